"""The record of an import, filed when the first change is about to be made and not before."""

from sqlalchemy import Connection

from fangdi.service.loading_types import LayerRows
from fangdi.store import loading as store


class Batch:
    """Number of the import that the changed rows carry; None as long as nothing changes."""

    def __init__(self, connection: Connection, rows: LayerRows, *, rejected: int) -> None:
        self.number: int | None = None
        self._connection = connection
        self._rows = rows
        self._rejected = rejected

    def open(self, jurisdiction_code: str) -> int:
        """File the import under a jurisdiction, once, and return its number."""
        if self.number is None:
            rows = self._rows
            self.number = store.open_batch(
                self._connection,
                {
                    "jurisdiction_code": jurisdiction_code,
                    "layer": rows.layer,
                    "file_name": rows.file_name,
                    "file_sha256": rows.file_sha256 or None,
                    "crs": rows.crs,
                    "mapping": dict(rows.mapping),
                    "rows_read": rows.rows_read,
                    "rejected": self._rejected,
                },
            )
        return self.number

"""Collects rows by table and numbers them."""

from collections import defaultdict
from itertools import count

from fangdi_gis_data.samples.model import Row

TABLES = (
    "jurisdiction", "zone", "agency", "agency_posts", "agency_staff", "parcel", "site", "site_parcel", "building",
    "building_parcel", "title", "tenure", "floor", "room", "room_status", "occupancy", "occupant", "document",
    "document_link", "room_function", "room_annex", "outside_use",
    "leader_post", "construction_project", "cost_rate", "idle_rule",
)  # fmt: skip
"""All tables that the city fills, in the order in which rows can refer to earlier ones."""


class Ledger:
    """The rows of a city while it is made."""

    def __init__(self) -> None:
        self.rows: dict[str, list[Row]] = {table: [] for table in TABLES}
        self._numbers: defaultdict[str, count[int]] = defaultdict(lambda: count(1))

    def number(self, kind: type[Row]) -> int:
        """Return the next key of a table."""
        return next(self._numbers[kind.table])

    def add(self, *rows: Row) -> None:
        """Keep rows."""
        for row in rows:
            self.rows[row.table].append(row)

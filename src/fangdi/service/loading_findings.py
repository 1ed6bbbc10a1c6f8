"""What is found in the rows of a file: bad rows, warnings and notes, in words."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from fangdi.domain.signs import spelled
from fangdi.service.loading_outlines import BoolArray

Severity = Literal["bad", "warning", "note"]


@dataclass(frozen=True, order=True)
class Finding:
    """One thing found in one row, in words; `row` counts as the user counts in that kind of file."""

    row: int
    field: str
    value: str
    reason: str
    reason_zh: str
    severity: Severity = "bad"


class Findings:
    """Collects findings and remembers which records are bad.

    Records are counted from 0 as they stand in memory; `rows` says which row of the file each came from.
    """

    def __init__(self, rows: np.ndarray[Any, Any]) -> None:
        self.rows = rows
        self.bad: BoolArray = np.zeros(len(rows), dtype=bool)
        self._found: list[Finding] = []

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self._found))

    def of(self, *severities: Severity) -> list[Finding]:
        """Return the findings of these severities in the order of the file."""
        return [finding for finding in self if finding.severity in severities]

    def add(  # noqa: PLR0913 - a finding has this many parts
        self,
        record: int,
        *,
        field: str,
        value: object,
        reason: str,
        zh: str,
        severity: Severity = "bad",
    ) -> None:
        """Report one record."""
        shown = "" if value is None or value is pd.NA or value != value else str(value)  # noqa: PLR0124 - NaN
        self._found.append(Finding(int(self.rows[record]), field, spelled(shown)[:80], reason, zh, severity))
        if severity == "bad":
            self.bad[record] = True

    def add_where(  # noqa: PLR0913
        self,
        mask: BoolArray | Iterable[bool],
        *,
        field: str,
        values: Any,
        reason: str,
        zh: str,
        severity: Severity = "bad",
    ) -> None:
        """Report every record where the mask is true, for one and the same reason."""
        where = np.flatnonzero(np.asarray(mask, dtype=bool))
        if not len(where):
            return
        shown = values.iloc[where].tolist() if isinstance(values, pd.Series) else [values] * len(where)
        for record, value in zip(where, shown, strict=True):
            self.add(int(record), field=field, value=value, reason=reason, zh=zh, severity=severity)

    def part(self, records: slice) -> "Findings":
        """Return findings of their own for consecutive records, which know what is bad so far."""
        part = Findings(self.rows[records])
        part.bad = self.bad[records].copy()
        return part

    def join(self, part: "Findings", first: int) -> None:
        """Add what was found in a part that begins at record `first`."""
        self.bad[first : first + len(part.bad)] |= part.bad
        self._found += part._found  # noqa: SLF001 - of the same kind

    def extend_by(self, records: np.ndarray[Any, Any]) -> "Findings":
        """Return findings for records that were repeated or left out: `records` are the old positions."""
        copy = Findings(self.rows[records])
        copy.bad = self.bad[records].copy()
        copy._found = list(self._found)
        return copy

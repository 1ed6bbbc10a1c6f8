"""What is handed from the files to the database and back: rows of a layer, findings about them, the outcome."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

import numpy as np
import pandas as pd

from fangdi.service.loading_outlines import BoolArray, Outlines

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
        self._found.append(Finding(int(self.rows[record]), field, shown[:80], reason, zh, severity))
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

    def extend_by(self, records: np.ndarray[Any, Any]) -> "Findings":
        """Return findings for records that were repeated or left out: `records` are the old positions."""
        copy = Findings(self.rows[records])
        copy.bad = self.bad[records].copy()
        copy._found = list(self._found)
        return copy


@dataclass
class LayerRows:
    """Rows of a file under our names, typed and in our units; what is wrong with them stands in `findings`.

    `outline` is in EPSG:4490, `drawn` in the file's own CRS; both are None when the layer has no shapes.
    """

    layer: str
    frame: pd.DataFrame
    findings: Findings
    outline: Outlines | None = None
    drawn: Outlines | None = None
    crs: str | None = None
    file_name: str = ""
    file_sha256: str = ""
    rows_read: int = 0
    mapping: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.frame)

    def take(self, records: np.ndarray[Any, Any]) -> "LayerRows":
        """Return these records only, by position."""
        return LayerRows(
            layer=self.layer,
            frame=self.frame.iloc[records].reset_index(drop=True),
            findings=self.findings.extend_by(records),
            outline=None if self.outline is None else self.outline.take(records),
            drawn=None if self.drawn is None else self.drawn.take(records),
            crs=self.crs,
            file_name=self.file_name,
            file_sha256=self.file_sha256,
            rows_read=self.rows_read,
            mapping=self.mapping,
        )


@dataclass
class Outcome:
    """What a load did; `stored` is False when nothing was changed on account of bad rows."""

    layer: str
    rows_read: int
    findings: list[Finding]
    stored: bool
    inserted: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    batch_id: int | None = None

    @property
    def changed(self) -> bool:
        """Whether anything was written."""
        return self.batch_id is not None


class PlanMaker(Protocol):
    """Puts drawn shapes into metric plan frames; implemented by the file package, which knows projections."""

    def default_frame(self, *, crs: str, longitude: float, latitude: float) -> str:
        """Return the frame for a building at this place when nothing else names one."""
        ...

    def own_frame(self, crs: str) -> str | None:
        """Return the frame that a file's CRS itself is, or None when its metres are no metres on the ground."""
        ...

    def place(self, drawn: Outlines, *, crs: str, frames: Sequence[str], which: np.ndarray[Any, Any]) -> Outlines:
        """Return the outlines in metres, outline i in `frames[which[i]]`."""
        ...


class Progress(Protocol):
    """Told how far a load has come."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Report that `done` of `total` records have passed this step."""
        ...


def silent(step: str, done: int, total: int) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class LoadOptions:
    """How to go about a load."""

    skip_bad: bool = False
    plan_crs: str | None = None
    dry_run: bool = False
    progress: Progress = silent

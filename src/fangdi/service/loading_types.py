"""What is handed from the files to the database and back: rows of a layer, findings about them, the outcome."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np
import pandas as pd

from fangdi.service.loading_ahead import OutlinesAhead
from fangdi.service.loading_findings import Finding, Findings
from fangdi.service.loading_outlines import Outlines


class BadOutlinesError(Exception):
    """Bad outlines came to light while rows were being stored: the transaction has to be rolled back."""


@dataclass
class LayerRows:
    """Rows of a file under our names, typed and in our units; what is wrong with them stands in `findings`.

    `outline` is in EPSG:4490, `drawn` in the file's own CRS; both are None when the layer has no shapes. With
    outlines worked on `ahead`, `drawn` is as the file has it and `outline` is None until that is finished.
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
    ahead: OutlinesAhead | None = None

    def __len__(self) -> int:
        return len(self.frame)

    def finish(self) -> None:
        """Wait for all work on the outlines, so that all findings are known."""
        if self.ahead is None:
            return
        parts = [self.ahead.next() for _ in range(len(self.ahead))]
        if sum(len(drawn) for drawn, _ in parts) == len(self):
            self.drawn, self.outline = (Outlines.joined(outlines) for outlines in zip(*parts, strict=True))
        self.ahead = None

    def outlines_of(self, part: slice) -> tuple[Outlines, Outlines] | None:
        """Return outlines of consecutive rows, as drawn and in EPSG:4490; None when the layer has none.

        Those worked on ahead are to be asked for in the parts in which that is done. Raises BadOutlinesError when some
        of them are bad.
        """
        if self.ahead is not None:
            if part != slice(None):
                done = self.ahead.next()
                self.refuse_bad()
                return done
            self.finish()
            self.refuse_bad()
        if self.drawn is None or self.outline is None:
            return None
        return self.drawn.part(part), self.outline.part(part)

    def refuse_bad(self) -> None:
        """Raise BadOutlinesError when any row is bad."""
        if self.findings.bad.any():
            raise BadOutlinesError

    def take(self, records: np.ndarray[Any, Any]) -> "LayerRows":
        """Return these records only, by position."""
        self.finish()
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

    def on_tiles(self, outline: Outlines) -> Outlines:
        """Return outlines in EPSG:4490 as tiles have them, in EPSG:3857."""
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

"""Outlines worked on ahead: part after part on a thread of its own, while other values are judged and rows stored."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol

import pandas as pd

from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines
from fangdi.store.loading_copy import CHUNK

Done = tuple[Outlines, Outlines]
"""Outlines of the good rows, as drawn and in EPSG:4490."""


class OutlineWork(Protocol):
    """Checks outlines and brings them to EPSG:4490; implemented by the file package, which knows projections."""

    def __call__(self, drawn: Outlines, frame: pd.DataFrame, findings: Findings) -> Done:
        """Add what is wrong to the findings; return the outlines of the good rows."""
        ...


class OutlinesAhead:
    """Parts of `CHUNK` rows each, handed out in order; what was found joins the findings as a part is handed out."""

    def __init__(self, work: OutlineWork, drawn: Outlines, frame: pd.DataFrame, findings: Findings) -> None:
        self._findings = findings
        self._first = 0
        self._due: deque[tuple[Findings, Future[Done]]] = deque()
        own = frame.copy(deep=False)  # columns are added to the caller's meanwhile
        pool = ThreadPoolExecutor(1)
        for begin in range(0, len(drawn), CHUNK):
            part = slice(begin, begin + CHUNK)
            found = findings.part(part)
            self._due.append((found, pool.submit(work, drawn.part(part), own.iloc[part], found)))
        pool.shutdown(wait=False)

    def __len__(self) -> int:
        return len(self._due)

    def next(self) -> Done:
        """Return the next part, waiting for it if need be."""
        found, due = self._due.popleft()
        done = due.result()
        self._findings.join(found, self._first)
        self._first += len(done[0])
        return done

    def cancel(self) -> None:
        """Leave undone what has not begun."""
        for _, due in self._due:
            due.cancel()

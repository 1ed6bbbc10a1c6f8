"""Noting in the audit trail what changes no row: in transactions of their own, committed before the answer leaves."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from fangdi.service import audit
from fangdi.store.access import scope_of
from fangdi_api.deps import write_connection

Writer = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction for whoever asks; a question itself is read-only."""
Things = Iterable[tuple[str, int]]
"""What an answer shows, as ("room", 5)."""

_AGAIN_AFTER_S = 3600.0
_MOST_KNOWN = 100_000


class NotedLately:
    """What was noted within the hour in this process: whoever moves about the map sees the same things many times."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._noted: OrderedDict[Hashable, float] = OrderedDict()

    def is_due(self, what: Hashable) -> bool:
        """Whether it was not noted lately."""
        return self._clock() - self._noted.get(what, float("-inf")) >= _AGAIN_AFTER_S

    def remember(self, what: Hashable) -> None:
        """Remember that it is noted now."""
        self._noted[what] = self._clock()
        self._noted.move_to_end(what)
        if len(self._noted) > _MOST_KNOWN:
            self._noted.popitem(last=False)


def writer(request: Request) -> Writer:
    """Return what opens a transaction for the request, if and when it has something to note."""
    return lambda: contextmanager(write_connection)(request)


Noting = Annotated[Writer, Depends(writer)]


class NoteReads:
    """Notes the classified assets among those that an answer shows: each once an hour for each reader."""

    def __init__(self, request: Request, noting: Noting) -> None:
        self._lately: NotedLately = request.app.state.noted
        self._noting = noting
        self._where = request.url.path

    def __call__(self, connection: Connection, things: Things) -> None:
        """Note them, when there are any."""
        reader = scope_of(connection).account
        due = [
            thing for thing in audit.classified_among(connection, things) if self._lately.is_due((reader, thing.key))
        ]
        if not due:
            return
        with self._noting() as own:
            audit.note_reads(own, due, where=self._where)
        for thing in due:
            self._lately.remember((reader, thing.key))


Reads = Annotated[NoteReads, Depends()]

"""Noting in the audit trail what changes no row: a transaction of its own, committed before the answer leaves."""

from collections.abc import Callable
from contextlib import AbstractContextManager, contextmanager
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection

from fangdi.service import audit
from fangdi_api.deps import write_connection

Writer = Callable[[], AbstractContextManager[Connection]]
"""Opens a transaction for whoever asks; a question itself is read-only."""


def writer(request: Request) -> Writer:
    """Return what opens a transaction for the request, if and when it has something to note."""
    return lambda: contextmanager(write_connection)(request)


Noting = Annotated[Writer, Depends(writer)]


def note_read(connection: Connection, noting: Writer, kind: str, key: int) -> None:
    """Note that a classified asset is looked at; of others nothing."""
    if audit.is_classified(connection, kind, key):
        with noting() as own:
            audit.note_read(own, kind=kind, key=key)

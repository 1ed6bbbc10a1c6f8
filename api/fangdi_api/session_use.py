"""Noting that sessions and tokens are in use, so that those left alone end."""

import logging
import time
from collections import OrderedDict

from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Receive, Scope, Send

from fangdi.errors import FangdiError
from fangdi.service.signing_in import note_use
from fangdi.store.access import Credential
from fangdi_api.deps import credential

_NOTED_EVERY_S = 60.0
_MOST_KNOWN = 10_000
_log = logging.getLogger(__name__)


class NoteUse:
    """Middleware that tells the database at most once a minute, in a transaction of its own, that a key was used."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._noted: OrderedDict[Credential, float] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, then note what it was made with."""
        await self._app(scope, receive, send)
        shown = credential(Request(scope)) if scope["type"] == "http" else None
        if shown is not None and self._is_due(shown):
            try:
                await run_in_threadpool(note_use, scope["app"].state.engine, shown)
            except FangdiError as error:  # the answer has left; the next request tries again
                _log.warning("Could not note that a session is in use: %s", error.message)

    def _is_due(self, shown: Credential) -> bool:
        now = time.monotonic()
        if now - self._noted.get(shown, float("-inf")) < _NOTED_EVERY_S:
            return False
        self._noted[shown] = now
        self._noted.move_to_end(shown)
        while len(self._noted) > _MOST_KNOWN:
            self._noted.popitem(last=False)
        return True

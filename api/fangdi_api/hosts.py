"""Only requests that name this machine are answered.

A page from elsewhere can let its own name lead to 127.0.0.1 and then read, as its own, whatever listens there (DNS
rebinding). The name it was called by stands in the Host header, which a page cannot choose.
"""

import re
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from fangdi_api.problems import problem

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
_HOST = re.compile(rb"(\[[0-9a-f:.]+\]|[^\[\]:/@\s]+)(:[0-9]{0,5})?", re.IGNORECASE)


class OwnHosts:
    """Middleware that refuses requests to any host but the loopback, the one served on, and the public one."""

    def __init__(self, app: ASGIApp, *, served_on: str, public_url: str | None = None) -> None:
        self._app = app
        public = urlsplit(public_url).hostname if public_url else None
        self._hosts = _LOOPBACK | {_in_url(name.lower()) for name in (served_on, public) if name}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] not in {"http", "websocket"} or _named(scope) in self._hosts:
            await self._app(scope, receive, send)
            return
        refusal = problem(
            HTTPStatus.BAD_REQUEST,
            "foreign-host",
            "Call this server by localhost or 127.0.0.1, or by the name in FANGDI_PUBLIC_URL. "
            "A server in front of it has to send one of them as Host.",
            request=Request({**scope, "type": "http", "headers": []}),  # a malformed Host has no place in an address
        )
        await refusal(scope, receive, send)


def _named(scope: Scope) -> str | None:
    """Return the one host that a request names, without the port."""
    named = [value for name, value in scope["headers"] if name == b"host"]
    found = _HOST.fullmatch(named[0]) if len(named) == 1 else None
    return found[1].decode("latin-1").lower() if found else None


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host

"""Changes are made only by our own pages, and by those who send a token.

A page from elsewhere can make a browser send a request together with our cookie (CSRF). It cannot read the answer to
GET /session, and so does not know what a change has to come with; and browsers say which page a request comes from.
"""

import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from fangdi.service.signing_in import csrf_of
from fangdi_api.deps import SESSION_COOKIE, credential
from fangdi_api.problems import problem

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_SIGN_IN = ("POST", "/api/v1/session")
"""Begins a session and so cannot know its secret; that it comes from our own page is checked all the same."""


class OwnPages:
    """Middleware that refuses changes asked for by pages from elsewhere."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        self._public = _origin(public_url) if public_url else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http" or scope["method"] in _SAFE or self._may(Request(scope)):
            await self._app(scope, receive, send)
            return
        refusal = problem(
            HTTPStatus.FORBIDDEN,
            "csrf",
            "请重新载入页面后再试。 Reload the page and try again; "
            "a change needs the X-CSRF-Token that GET /api/v1/session gives.",
            request=Request(scope),
        )
        await refusal(scope, receive, send)

    def _may(self, request: Request) -> bool:
        shown = credential(request)
        if shown is not None and shown.kind == "token":
            return True  # no page from elsewhere can send it: browsers ask us first, and we do not answer them
        return self._is_from_here(request) and _knows_the_secret(request)

    def _is_from_here(self, request: Request) -> bool:
        if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
            return False
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}".lower()
        return origin is None or origin.lower() in {own, self._public}


def _knows_the_secret(request: Request) -> bool:
    key = request.cookies.get(SESSION_COOKIE)
    if not key or (request.method, request.url.path) == _SIGN_IN:
        return True
    sent = request.headers.get("x-csrf-token", "")
    return hmac.compare_digest(sent.encode(), csrf_of(key).encode())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()

"""Security headers on every answer."""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


def headers(*, basemap_url: str | None, behind_tls: bool = False) -> Mapping[str, str]:
    """Return the headers; the only host besides ours is the one of the background map, when there is one.

    Behind TLS, browsers are told to come by https alone for a year (RFC 6797).
    """
    strict = {"Strict-Transport-Security": "max-age=31536000"} if behind_tls else {}
    basemap = f" {_origin(basemap_url)}" if basemap_url else ""
    policy = {
        "default-src": "'self'",
        "connect-src": f"'self'{basemap}",
        "img-src": f"'self' data: blob:{basemap}",  # MapLibre makes sprites and icons of blobs
        "worker-src": "'self' blob:",  # MapLibre starts its workers from a blob
        "style-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    } | strict


def _origin(template: str) -> str:
    """Return the origin of an XYZ template; hosts in rotation, as t{s}.example.org, become a wildcard."""
    parts = urlsplit(template)
    host = re.sub(r"^[^.]*\{[^}]*\}[^.]*", "*", parts.netloc)
    return f"{parts.scheme}://{host}"


class SecurityHeaders:
    """Middleware that adds the headers."""

    def __init__(self, app: ASGIApp, *, basemap_url: str | None, behind_tls: bool) -> None:
        self._app = app
        self._headers = headers(basemap_url=basemap_url, behind_tls=behind_tls)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)

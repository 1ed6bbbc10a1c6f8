"""How much one client may send, how long it may take over it, and how often it may ask."""

import asyncio
import math
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fangdi.errors import TooManyRequestsError
from fangdi.settings import Settings
from fangdi_api.problems import problem

MOST_BODY = 1_000_000
"""Bytes of a request's body; every change that the API takes is a small JSON object."""
BODY_WITHIN_S = 20.0
"""How long a client may take to send it."""
UPLOADS = {("POST", "/api/v1/plans"): "plan_mb", ("POST", "/api/v1/plan-batches"): "batch_mb"}
"""What carries a file, and the setting that says how large it may be, in MB."""
UPLOAD_WITHIN_S = 600.0
"""How long a client may take to send a file: 100 MB at 1.4 Mbit/s."""
PEOPLE_BEHIND_AN_ADDRESS = 5
"""How many times as often an address may ask as an account: an agency's offices share one address."""
_MOST_KNOWN = 20_000

_TOO_LARGE = "请求过大。 A request may carry at most {:,} bytes here."
_TOO_SLOW = "The request was not complete after {:g} s; send it again."
_TOO_OFTEN = "请求过于频繁，请稍后再试。 Too many requests; wait {} s and go on more slowly."


class Pace:
    """Buckets of requests, one for each client: full at first, refilled evenly, and an empty one has to wait."""

    def __init__(self, per_minute: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = float(per_minute)
        self._clock = clock
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait_s(self, client: Hashable) -> int:
        """Take one request out of the client's bucket; return in how many seconds to come again, 0 when it may now."""
        if not self._most:
            return 0
        now = self._clock()
        left, before = self._left.pop(client, (self._most, now))
        left = min(self._most, left + (now - before) * self._most / 60)
        wait = 0 if left >= 1 else math.ceil((1 - left) * 60 / self._most)
        self._left[client] = (left if wait else left - 1, now)
        if len(self._left) > _MOST_KNOWN:
            self._left.popitem(last=False)
        return wait

    def spend(self, account: int | None) -> None:
        """Take one request out of an account's bucket.

        Raises:
            TooManyRequestsError: when it is empty.
        """
        wait = 0 if account is None else self.wait_s(account)
        if wait:
            raise TooManyRequestsError(_TOO_OFTEN.format(wait), retry_after_s=wait)


class Limits:
    """Middleware that refuses what is too large, too slow, or too often from one address."""

    def __init__(self, app: ASGIApp, *, settings: Settings) -> None:
        self._app = app
        self._most_upload = {what: getattr(settings, name) * 1_000_000 for what, name in UPLOADS.items()}
        self._pace = Pace(settings.requests_per_minute * PEOPLE_BEHIND_AN_ADDRESS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        client = scope.get("client")
        wait = self._pace.wait_s(client[0]) if client else 0
        if wait:
            refusal = problem(
                HTTPStatus.TOO_MANY_REQUESTS,
                TooManyRequestsError.type_slug,
                _TOO_OFTEN.format(wait),
                request=Request(scope),
            )
            refusal.headers["Retry-After"] = str(wait)
            await refusal(scope, receive, send)
            return
        upload = self._most_upload.get((scope["method"], scope["path"]))
        most, within_s = (MOST_BODY, BODY_WITHIN_S) if upload is None else (upload, UPLOAD_WITHIN_S)
        if _stated_length(scope) > most:
            said = _TOO_LARGE.format(most)
            refusal = problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too-large", said, request=Request(scope))
            await refusal(scope, receive, send)
        else:
            await self._app(scope, _watched(receive, most=most, within_s=within_s), send)


def _stated_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() else 0
    return 0


def _watched(receive: Receive, *, most: int, within_s: float) -> Receive:
    """Count what comes in and watch the time until the body is there; what the route does then has limits of its own.

    What is raised here passes through the route that reads the body, and is answered as any HTTP error is.
    """
    until = time.monotonic() + within_s
    received, complete = 0, False

    async def watched() -> Message:
        nonlocal received, complete
        if complete:
            return await receive()
        try:
            message = await asyncio.wait_for(receive(), until - time.monotonic())
        except TimeoutError as error:
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, _TOO_SLOW.format(within_s)) from error
        received += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if received > most:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _TOO_LARGE.format(most))
        return message

    return watched

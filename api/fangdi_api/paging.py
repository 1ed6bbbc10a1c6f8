"""Cursors: opaque to clients, the sort key of the last item to us.

The next page begins after a key, not after a count, so pages neither skip nor repeat items when rows are added or
removed in between.
"""

import base64
import binascii
import json

from fangdi.domain.common import Key, PageRequest
from fangdi.errors import InvalidCursorError


def encode(key: Key | None) -> str | None:
    """Return the cursor for the page after a key; None after the last page."""
    if key is None:
        return None
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(cursor: str, *, shape: tuple[type, ...]) -> Key:
    """Return the key in a cursor; raise InvalidCursorError unless it has the shape of this list's keys."""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (binascii.Error, ValueError, RecursionError):
        raise _invalid() from None
    if not isinstance(key, list) or [type(part) for part in key] != list(shape):
        raise _invalid()
    if any(isinstance(part, int) and not 0 <= part < 1 << 63 for part in key):
        raise _invalid()
    if any(isinstance(part, str) and not _storable(part) for part in key):
        raise _invalid()
    return tuple(key)


def _storable(text: str) -> bool:
    """Whether PostgreSQL can hold a text: no NUL, and no half of a surrogate pair, which JSON can spell."""
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)


def page_request(cursor: str | None, *, limit: int, shape: tuple[type, ...]) -> PageRequest:
    """Return the page that a client asks for."""
    return PageRequest(limit, None if cursor is None else decode(cursor, shape=shape))


def _invalid() -> InvalidCursorError:
    return InvalidCursorError(
        "This cursor does not belong to this list. Leave `cursor` out first, then pass on `next` unchanged.",
        place={"field": "cursor"},
    )

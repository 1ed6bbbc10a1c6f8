"""What the database refuses, in words: its functions and triggers raise a SQLSTATE of ours with a word as message."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NoReturn

from sqlalchemy.exc import DBAPIError

from fangdi.errors import ChangedMeanwhileError, FangdiError, InvalidInputError, NotAllowedError, NotFoundError

_KINDS: Mapping[str, type[FangdiError]] = MappingProxyType(
    {
        "FD403": NotAllowedError,
        "FD404": NotFoundError,
        "FD409": ChangedMeanwhileError,
        "FD422": InvalidInputError,
    }
)
OUT_OF_REACH = "out_of_reach"
"""The word for what a policy, or the lack of a right, refuses."""
_POLICY = "42501"
TWICE = "twice"
"""The word for a second row over the same period (exclusion) or with the same key (uniqueness)."""
_TWICE = ("23P01", "23505")


def raise_refusal(
    error: DBAPIError, sentences: Mapping[Any, str], *, fields: Mapping[Any, str] | None = None
) -> NoReturn:
    """Raise what a refusal means; anything that `sentences` has no word for is a mistake of ours and stays as it is.

    `fields` says of some words which field of the input they are about.
    """
    state = getattr(error.orig, "sqlstate", None) or ""
    kind: type[FangdiError]
    if state == _POLICY:
        kind, word = NotAllowedError, OUT_OF_REACH
    elif state in _TWICE:
        kind, word = ChangedMeanwhileError, TWICE
    else:
        kind = _KINDS.get(state, FangdiError)
        word = str(getattr(error.orig, "diag").message_primary) if state in _KINDS else ""  # noqa: B009 - psycopg's
    if word not in sentences:
        raise error
    place = {"field": fields[word]} if fields and word in fields else None
    raise kind(sentences[word], place=place) from error

"""Facts that take long to find, kept in this process for as long as the data they come from stay the same.

Moving the radius of the zones, or colouring the map beside the coverage report, asks for the same distances and areas
again and again. Each is kept under the versions of the layers it is read from; these are read in the transaction of the
question, so that a kept fact is what the question would have found.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import TypeVar, cast

from sqlalchemy import Connection

from fangdi.store.access import scope_of
from fangdi.store.query import rows

Fact = TypeVar("Fact")

MOST = 8
"""Facts kept: the distances and areas of a few dates, some 10 MB each for 660,000 rooms."""
MOST_SUMS = 1000
"""Sums kept beside them: of the dates of time series, some 10 kB each for a hundred jurisdictions."""
_facts: OrderedDict[Hashable, object] = OrderedDict()
_sums: OrderedDict[Hashable, object] = OrderedDict()
_lock = Lock()


def remember(  # noqa: PLR0913 - how a fact is found, and under what it is kept
    connection: Connection,
    find: Callable[[], Fact],
    *,
    name: str,
    layers: tuple[str, ...],
    asked: Hashable,
    small: bool = False,
) -> Fact:
    """Return a fact, found anew only when one of the layers has changed; whoever receives it must not change it.

    Small ones, sums, are kept by themselves and in great number: they drive no large one out.
    """
    versions = tuple(row["version"] for row in rows(connection, "layer_versions", layers=list(layers)))
    if len(versions) != len(layers):
        return find()
    key = (str(connection.engine.url), scope_of(connection).view, name, versions, asked)
    kept, most = (_sums, MOST_SUMS) if small else (_facts, MOST)
    with _lock:
        if key in kept:
            kept.move_to_end(key)
            return cast("Fact", kept[key])
    fact = find()
    with _lock:
        kept[key] = fact
        while len(kept) > most:
            kept.popitem(last=False)
    return fact


def forget() -> None:
    """Drop everything that is kept."""
    with _lock:
        _facts.clear()
        _sums.clear()

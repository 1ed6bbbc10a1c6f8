"""The audit trail (操作留痕): search, history of an object, check, export, and notes of what changes no row."""

import dataclasses
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.audit import Action, CheckedTrail, Head, ObjectKind, TrailFilter, references
from fangdi.domain.common import Page, PageRequest
from fangdi.errors import InvalidInputError
from fangdi.store import audit as store
from fangdi.store.access import scope_of
from fangdi.store.query import Record

_LINE = re.compile(r"([0-9a-f]{64}) (\[([0-9]+), .*\])", re.DOTALL)


def search(connection: Connection, wanted: TrailFilter, page: PageRequest) -> Page[Record]:
    """Return the entries that answer a search, the latest first; only those the reader may see."""
    return _named(connection, _paged(store.search(connection, wanted, page), page))


def history(connection: Connection, kind: ObjectKind, key: int, page: PageRequest) -> Page[Record]:
    """Return what happened to an object, the latest first; nothing of an object that the reader does not see.

    From where it was done is for those who may read the trail.
    """
    found = store.history(connection, kind, key, page)
    if not scope_of(connection).allows(Capability.READ_TRAIL):
        found = [{**entry, "address": None} for entry in found]
    return _named(connection, _paged(found, page))


def check(connection: Connection) -> CheckedTrail:
    """Compute the chain anew: one altered, removed or slipped-in entry breaks it."""
    return store.check(connection)


def check_against(connection: Connection, exported: Iterable[str]) -> CheckedTrail:
    """Check the chain, and that it still holds the last entry of an export: a cut-off end shows only so."""
    head = read_head(exported)
    found = store.check(connection)
    if found.first_broken is not None:
        return found
    kept = store.hash_of(connection, head.id)
    return found if kept == head.hash else dataclasses.replace(found, first_broken=head.id)


def export_lines(connection: Connection) -> Iterator[str]:
    """Return the trail as lines of `hash text`, each hash the SHA-256 of the one before (as 32 bytes) and the text."""
    return (f"{line['hash']} {line['text']}\n" for line in store.lines(connection))


def read_head(exported: Iterable[str]) -> Head:
    """Return the last entry of an export, whose chain is checked on the way."""
    previous, head = b"", None
    for number, line in enumerate(exported, 1):
        found = _LINE.fullmatch(line.rstrip("\n"))
        if found is None:
            raise InvalidInputError(f"Line {number} is no line of an exported audit trail; choose another file.")
        digest = hashlib.sha256(previous + found[2].encode()).hexdigest()
        if digest != found[1]:
            raise InvalidInputError(
                f"The exported file was altered: its line {number} does not follow from the others."
            )
        previous, head = bytes.fromhex(digest), Head(int(found[3]), digest)
    if head is None:
        raise InvalidInputError("The file holds no entry; choose another export.")
    return head


def note_export(
    connection: Connection, *, name: str, details: Mapping[str, Any], jurisdiction: str | None = None
) -> None:
    """Note that something is taken out as a file: in a transaction of its own, before the file leaves.

    An export of someone with clearance may hold classified assets, so that the entry is for those with clearance.
    """
    store.note(
        connection,
        Action.EXPORT,
        object_kind="report",
        object_name=name,
        jurisdiction=jurisdiction,
        secret=scope_of(connection).cleared,
        details=details,
    )


def note_computation(connection: Connection) -> None:
    """Note that somebody has all findings computed anew: in a transaction of its own."""
    store.note(connection, Action.COMPUTE, object_kind="finding")


@dataclasses.dataclass(frozen=True, slots=True)
class Classified:
    """A classified asset that an answer shows."""

    kind: str
    id: int
    name: str
    jurisdiction: str

    @property
    def key(self) -> tuple[str, int]:
        """What tells it from others."""
        return self.kind, self.id


def classified_among(connection: Connection, things: Iterable[tuple[str, int]]) -> Sequence[Classified]:
    """Return those that are classified; looked for only for those with clearance, since nobody else sees such."""
    asked = list(things) if scope_of(connection).cleared else []
    if not asked:
        return []
    found = store.classified_among(connection, asked)
    return [Classified(row["kind"], row["id"], row["name"], row["jurisdiction_code"]) for row in found]


def note_reads(connection: Connection, shown: Sequence[Classified], *, where: str) -> None:
    """Note that someone sees these classified assets: in a transaction of its own, before the answer leaves."""
    for thing in shown:
        store.note(
            connection,
            Action.READ,
            object_kind=thing.kind,
            object_id=thing.id,
            object_name=thing.name,
            jurisdiction=thing.jurisdiction,
            secret=True,
            details={"in": where},
        )


def note_map(connection: Connection, layer: str) -> None:
    """Note that someone with clearance looks at a layer of the map that holds classified assets."""
    if scope_of(connection).cleared and store.has_classified(connection, layer):
        store.note(connection, Action.READ, object_kind="map", object_name=layer, secret=True)


def in_zone(time: datetime | None, *, name: str) -> datetime | None:
    """Return a time in UTC, taken in the zone of this machine where none is given; `name` is that of the parameter."""
    try:
        return None if time is None else time.astimezone(UTC)
    except (OverflowError, ValueError) as error:  # the first and the last day of the calendar, from other zones
        raise InvalidInputError(
            f"Give a time between the years 2 and 9998 as {name}.", place={"field": name}
        ) from error


def _named(connection: Connection, page: Page[Record]) -> Page[Record]:
    """Put beside every entry the names of the objects that it names by their ids, as `kind:id`."""
    meant = [references(entry["before"], entry["after"]) for entry in page.items]
    asked = sorted(set().union(*meant))
    names = {(found["kind"], found["id"]): found["name"] for found in store.names(connection, asked)} if asked else {}
    items = [
        {**entry, "names": {f"{kind}:{key}": names[kind, key] for kind, key in sorted(found) if (kind, key) in names}}
        for entry, found in zip(page.items, meant, strict=True)
    ]
    return Page(items, page.after)


def _paged(found: Any, page: PageRequest) -> Page[Record]:
    more = len(found) > page.limit
    return Page(found[: page.limit], (found[page.limit - 1]["id"],) if more else None)

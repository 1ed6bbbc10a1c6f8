"""The audit trail: searching it, checking its chain, and noting what changes no row."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from sqlalchemy import Connection, text

from fangdi.domain.audit import CheckedTrail, Head, TrailFilter
from fangdi.domain.common import PageRequest
from fangdi.store.engine import sql
from fangdi.store.query import Record, first, rows


def search(connection: Connection, wanted: TrailFilter, page: PageRequest) -> Sequence[Record]:
    """Return entries that the transaction may read, the latest first, and one more than the page has."""
    asked = {name: getattr(wanted, name) for name in wanted.__slots__}
    return rows(connection, "audit_search", **asked, **_page(page))


def history(connection: Connection, kind: str, key: int, page: PageRequest) -> Sequence[Record]:
    """Return what happened to an object that the transaction sees; nothing when it does not see it."""
    connection.execute(text("SELECT set_config('fangdi.history', 'on', true)"))
    found = rows(connection, "audit_history", object_kind=kind, object_id=key, **_page(page))
    connection.execute(text("SELECT set_config('fangdi.history', '', true)"))
    return found


def check(connection: Connection) -> CheckedTrail:
    """Compute the whole chain anew."""
    found = first(connection, "audit_check") or {}
    head = Head(found["head_id"], found["head"]) if found["head_id"] is not None else None
    return CheckedTrail(found["entries"], found["first_broken"], head)


def hash_of(connection: Connection, entry: int) -> str | None:
    """Return the hash of an entry, None when there is no such entry."""
    found = first(connection, "audit_hash", id=entry)
    return found["hash"] if found else None


def lines(connection: Connection) -> Iterator[Record]:
    """Return all entries in the order of the chain as id, hash and text, a few at a time."""
    answer = connection.execution_options(yield_per=5000).execute(text(sql("audit_lines")))
    yield from cast("Iterator[Record]", answer.mappings())


def note(  # noqa: PLR0913 - an entry has this many parts
    connection: Connection,
    action: str,
    *,
    object_kind: str,
    object_id: int | None = None,
    object_name: str | None = None,
    jurisdiction: str | None = None,
    secret: bool = False,
    details: Mapping[str, Any] | None = None,
    reason: str | None = None,
) -> None:
    """Add an entry; in a transaction of its own, since the chain is locked until it ends."""
    given = {
        "action": action,
        "object_kind": object_kind,
        "object_id": object_id,
        "object_name": object_name,
        "jurisdiction_code": jurisdiction,
        "secret": secret,
        "details": None if details is None else json.dumps(details, ensure_ascii=False, default=str),
        "reason": reason,
    }
    connection.execute(text(sql("audit_note")), given)


def classified_among(connection: Connection, things: Sequence[tuple[str, int]]) -> Sequence[Record]:
    """Return kind, id, name and jurisdiction of those assets that are classified."""
    kinds, ids = [kind for kind, _ in things], [number for _, number in things]
    return rows(connection, "audit_secret", kinds=kinds, ids=ids)


def names(connection: Connection, things: Sequence[tuple[str, int]]) -> Sequence[Record]:
    """Return kind, id and name of those objects that the transaction sees."""
    return rows(connection, "audit_names", kinds=[kind for kind, _ in things], ids=[number for _, number in things])


def has_classified(connection: Connection, layer: str) -> bool:
    """Whether a layer of the map holds anything classified that the transaction may see."""
    return bool((first(connection, "audit_secret_on_map", layer=layer) or {})["any_secret"])


def _page(page: PageRequest) -> dict[str, Any]:
    return {"before": page.after[0] if page.after else None, "page_size": page.limit + 1}

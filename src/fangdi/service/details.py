"""Details of single things and lists of them, for the map and for other programs."""

from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Page, PageRequest
from fangdi.domain.idle import idle_days
from fangdi.domain.room_state import RoomState, room_state
from fangdi.domain.vocabulary import RoomStatus
from fangdi.errors import NotFoundError
from fangdi.service.scope import KINDS, require
from fangdi.store import details as store
from fangdi.store.details import Kind, ListOf
from fangdi.store.query import Record


def detail(connection: Connection, kind: Kind, key: int | str, *, as_of: date) -> dict[str, Any]:
    """Return one thing with its links; raise NotFoundError when there is none."""
    found = store.detail(connection, kind, key, as_of=as_of)
    if found is None:
        raise NotFoundError(
            f"没有{KINDS[kind]} {key},请搜索或从上级进入。 "
            f"There is no {kind} {key}; search for it or follow a link from above."
        )
    return dict(found)


def room(connection: Connection, key: int, *, as_of: date) -> dict[str, Any]:
    """Return a room with its state on the date, and since when it is idle if it is."""
    found = detail(connection, "room", key, as_of=as_of)
    status = found["status"]
    state = room_state(
        occupied=bool(found["occupants"]),
        status=RoomStatus(status["status"]) if status else None,
        assignable=found["assignable"],
    )
    since = found.pop("free_since") if state is RoomState.IDLE else None
    idle = {"idle_since": since, "idle_days": idle_days(since, as_of=as_of)}
    return {**found, "state": state, **idle}


def page_of(connection: Connection, things: ListOf, page: PageRequest, **filters: Any) -> Page[Record]:
    """Return one page of a list; what its filters name must exist."""
    checked = {"jurisdiction", "building_id", "floor_id", "site_id"}
    require(connection, **{name: value for name, value in filters.items() if name in checked})
    return store.page_of(connection, things, page, **filters)

"""Single things with their links up and down, and lists of them in pages."""

from datetime import date
from typing import Any, Literal

from sqlalchemy import Connection

from fangdi.domain.common import Page, PageRequest
from fangdi.store.query import Record, first, rows
from fangdi.store.scope import subtree

Kind = Literal["jurisdiction", "agency", "parcel", "site", "building", "floor", "room"]
ListOf = Literal["jurisdictions", "agencies", "sites", "parcels", "buildings", "rooms"]


def detail(connection: Connection, kind: Kind, key: int | str, *, as_of: date) -> Record | None:
    """Return one thing as of a date, or None."""
    parameters: dict[str, Any] = {"id": key} if kind == "jurisdiction" else {"id": key, "as_of": as_of}
    return first(connection, f"detail_{kind}", **parameters)


def page_of(connection: Connection, things: ListOf, page: PageRequest, **filters: Any) -> Page[Record]:
    """Return one page of a list in the order of its keys."""
    if "jurisdiction" in filters:
        filters["jurisdictions"] = subtree(connection, filters.pop("jurisdiction"))
    key = "code" if things == "jurisdictions" else "id"
    start: int | str = "" if key == "code" else 0
    found = rows(
        connection,
        f"list_{things}",
        after=page.after[0] if page.after else start,
        page_size=page.limit + 1,
        **filters,
    )
    return Page(found[: page.limit], (found[page.limit - 1][key],) if len(found) > page.limit else None)

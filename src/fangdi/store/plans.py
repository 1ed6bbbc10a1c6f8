"""Floor plans: the rows of what was uploaded and read. Policies decide who reads and writes them."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.common import Page, PageRequest
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.domain.signs import legible
from fangdi.errors import ChangedMeanwhileError, NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, first, rows
from fangdi.store.refusals import raise_refusal

_CHANGEABLE = (
    "reading",
    "unit_name",
    "unit_metres",
    "unit_said_by",
    "unit_confirmed",
    "layers",
    "edits",
    "repairs",
    "georeference",
    "placement",
)
_AS_JSON = {"reading", "layers", "edits", "repairs", "georeference", "placement"}


def page_of(
    connection: Connection, page: PageRequest, *, building_id: int | None = None, status: str | None = None
) -> Page[Record]:
    """Return one page of the plans, the latest first."""
    found = rows(
        connection,
        "plan_rows",
        id=None,
        building_id=building_id,
        status=status,
        before=page.after[0] if page.after else None,
        page_size=page.limit + 1,
    )
    return Page(found[: page.limit], (found[page.limit - 1]["id"],) if len(found) > page.limit else None)


def plan(connection: Connection, number: int) -> Record:
    """Return a plan without its file; raise NotFoundError unless the reader sees it."""
    found = first(connection, "plan_rows", id=number, building_id=None, status=None, before=None, page_size=1)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_PLAN])
    return found


def content(connection: Connection, number: int) -> Record:
    """Return the file of a plan with its name and format."""
    found = first(connection, "plan_content", plan_id=number)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_PLAN])
    return found


def floors(connection: Connection, number: int) -> Sequence[Record]:
    """Return the floors of a plan in order; shapes as WKB."""
    return rows(connection, "plan_floors", plan_id=number)


def drawn_rooms(connection: Connection, number: int) -> Sequence[Record]:
    """Return the rooms of a plan in order; shapes as WKB."""
    return rows(connection, "plan_rooms", plan_id=number)


def findings(connection: Connection, number: int) -> Sequence[Record]:
    """Return the findings about a plan, the gravest first; shapes as WKB."""
    return rows(connection, "plan_findings", plan_id=number)


def building(connection: Connection, number: int) -> Record:
    """Return where a building stands; raise NotFoundError unless the reader sees it."""
    found = first(connection, "plan_building", id=number)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_BUILDING], place={"field": "building_id"})
    return found


def building_rooms(connection: Connection, number: int, *, as_of: date) -> Sequence[Record]:
    """Return the rooms of a building on a date, with their areas and users."""
    return rows(connection, "plan_building_rooms", building_id=number, as_of=as_of)


def building_floors(connection: Connection, number: int) -> Sequence[Record]:
    """Return the floors of a building with their gross areas."""
    return rows(connection, "plan_building_floors", building_id=number)


def earlier(connection: Connection, number: int) -> Sequence[Record]:
    """Return other plans of the building: whether newer and imported, and whether of the same file."""
    return rows(connection, "plan_earlier", id=number)


def building_state(connection: Connection, number: int) -> str:
    """Return a text that is another after any change to the building's floors, rooms and their uses."""
    state: str = connection.execute(text("SELECT fangdi.building_state(:id)"), {"id": number}).scalar_one()
    return state


def add(connection: Connection, building_id: int, **values: Any) -> int:
    """Keep a file and how it was read; return the number of the plan."""
    with_json = {name: _json(value) if name in _AS_JSON else value for name, value in values.items()}
    return int(run(connection, sql("plan_insert"), building_id=building_id, **with_json).scalar_one())


def change(connection: Connection, number: int, *, revision: int, unplaced: bool = False, **values: Any) -> None:
    """Change a draft that is still as it was at a revision; `unplaced` takes its placement away."""
    given = {
        name: None if values.get(name) is None else _json(values[name]) if name in _AS_JSON else values[name]
        for name in _CHANGEABLE
    }
    done = run(connection, sql("plan_change"), id=number, revision=revision, unplaced=unplaced, **given)
    if done.rowcount != 1:
        _say_why_not(connection, number, revision=revision)


def agree_to_placement(connection: Connection, number: int, *, revision: int) -> None:
    """Note with a draft that whoever acts agrees to its placement as it was at a revision."""
    if run(connection, sql("plan_agree"), id=number, revision=revision).rowcount != 1:
        _say_why_not(connection, number, revision=revision)


def delete(connection: Connection, number: int) -> None:
    """Delete a draft."""
    if run(connection, sql("plan_delete"), id=number).rowcount != 1:
        _say_why_not(connection, number, revision=None)


def write_drawn(
    connection: Connection,
    number: int,
    *,
    jurisdiction_code: str,
    floors: Sequence[Mapping[str, Any]],
    rooms: Sequence[Mapping[str, Any]],
) -> None:
    """Write floors and rooms of a draft in place of those it had; shapes as hexadecimal WKB."""
    place = {"plan_id": number, "jurisdiction_code": jurisdiction_code}
    run(connection, sql("plan_clear_drawn"), plan_id=number)
    run(connection, sql("plan_floors_insert"), rows=_json(floors), **place)
    run(connection, sql("plan_rooms_insert"), rows=_json(rooms), **place)


def write_findings(
    connection: Connection,
    number: int,
    *,
    jurisdiction_code: str,
    said_by: str,
    findings: Sequence[Mapping[str, Any]],
) -> None:
    """Write what somebody found in place of what the same found before."""
    run(connection, sql("plan_clear_findings"), plan_id=number, said_by=[said_by])
    run(
        connection,
        sql("plan_findings_insert"),
        plan_id=number,
        jurisdiction_code=jurisdiction_code,
        said_by=said_by,
        rows=_json(findings),
    )


def lock(connection: Connection, number: int) -> None:
    """Let nobody else change a draft or its building before this transaction ends."""
    run(connection, "SELECT fangdi.lock_plan(:id)", id=number)


def take_over(  # noqa: PLR0913 - what an import consists of
    connection: Connection,
    number: int,
    *,
    revision: int,
    frame: str,
    floors: Sequence[Mapping[str, Any]],
    rooms: Sequence[Mapping[str, Any]],
    ended: Sequence[int],
    as_of: date,
) -> None:
    """Write floors and rooms of the building from a plan, and end rooms, as reviewed (plan_import.sql says how)."""
    run(
        connection,
        "SELECT fangdi.import_plan(:id, :revision, :frame, CAST(:floors AS jsonb), CAST(:rooms AS jsonb), "
        "CAST(:ended AS bigint[]), CAST(:as_of AS date))",
        id=number,
        revision=revision,
        frame=frame,
        floors=_json(floors),
        rooms=_json(rooms),
        ended=list(ended),
        as_of=as_of,
    )


def mappings(connection: Connection, number: int | None = None) -> Sequence[Record]:
    """Return the layer mappings that were saved, or one of them."""
    return rows(connection, "plan_mappings", id=number)


def save_mapping(connection: Connection, *, reading: Mapping[str, Any], **values: Any) -> int:
    """Save a layer mapping and return its number."""
    return int(run(connection, sql("plan_mapping_save"), reading=_json(reading), **values).scalar_one())


def delete_mapping(connection: Connection, number: int) -> bool:
    """Delete a layer mapping; return whether it was there to delete."""
    return bool(run(connection, sql("plan_mapping_delete"), id=number).rowcount)


def run(connection: Connection, statement: str, **parameters: Any) -> Any:
    """Run a change; a refusal of the database is an error in words."""
    try:
        return connection.execute(text(statement), parameters)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)


def _say_why_not(connection: Connection, number: int, *, revision: int | None) -> NoReturn:
    """Raise why a plan that can be seen was not changed: policies let it pass without a word."""
    found = plan(connection, number)
    if found["status"] != "draft" or found["frozen_at"] is not None:
        raise ChangedMeanwhileError(SENTENCES[Refusal.NOT_DRAFT])
    if revision is not None and found["revision"] != revision:
        raise ChangedMeanwhileError(SENTENCES[Refusal.CHANGED])
    raise NotAllowedError(SENTENCES[Refusal.OUT_OF_REACH])


def _json(value: Any) -> str | None:
    return None if value is None else json.dumps(_storable(value), ensure_ascii=False)


def _storable(value: Any) -> Any:
    """Return a value without what no text may hold, NUL among it, halves of pairs as `?`, and numbers that are none."""
    if isinstance(value, str):
        return legible(value.encode("utf-8", "replace").decode("utf-8"))
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {_storable(str(name)): _storable(one) for name, one in value.items()}
    if isinstance(value, Sequence | set | frozenset):
        return [_storable(one) for one in value]
    return value

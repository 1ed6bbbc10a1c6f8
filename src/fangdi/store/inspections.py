"""What inspections find out: approved functions of rooms, annexes of offices, use by outsiders, posts of leaders."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from psycopg.types.range import Range
from sqlalchemy import Connection, Table, delete, func, insert, select, update
from sqlalchemy.exc import DBAPIError

from fangdi.errors import InvalidInputError, NotAllowedError, NotFoundError
from fangdi.store.query import Record, first, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.tables import leader_post, outside_use, room_annex, room_function

TABLES: Mapping[str, Table] = MappingProxyType(
    {"function": room_function, "annex": room_annex, "outside": outside_use, "post": leader_post}
)
"""By the word that addresses use for it."""
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该行政区的用房督查权限。 Your roles do not reach this; ask who supervises the use of rooms in its "
            "jurisdiction."
        ),
        TWICE: ("这段时期已有记录;请先截止原记录。 Something is on record for the period already; end that one first."),
        "no_room": "没有这个房间。 There is no such room; search for it.",
        "no_agency": "没有这个单位。 There is no such agency; search for it.",
        "no_record": "没有这条记录,或您没有权限。 There is no such record, or your roles do not reach it.",
        "other_building": (
            "休息室、卫生间须与办公室在同一楼座。 A rest room or washroom is in the building of its office."
        ),
        "ends_before": "截止日期须晚于起始日期。 The end must come after the first day.",
        "only_ended": "已登记的内容只能截止,不能修改。 What was entered is only ever ended.",
        "only_today": (
            "登记当日可以撤回,次日起只能截止。 What was entered is withdrawn on the same day; after that it is ended."
        ),
    }
)


def of_room(connection: Connection, room_id: int) -> Record:
    """Return what is on record about a room, the latest first."""
    found = first(connection, "inspections_of_room", id=room_id)
    if found is None:
        raise NotFoundError(SENTENCES["no_room"])
    return found


def posts_of(connection: Connection, agency_id: int) -> list[Record]:
    """Return the posts of an agency's leaders, those held first."""
    return list(rows(connection, "leader_posts", agency_id=agency_id))


def enter(connection: Connection, record: str, *, since: date | None, until: date | None, **values: Any) -> int:
    """Enter a record and return its number; `until` is the first day without it."""
    table = TABLES[record]
    statement = insert(table).values(valid=Range(since, until, "[)"), **values).returning(table.c.id)
    try:
        return int(connection.execute(statement).scalar_one())
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)


def end(connection: Connection, kind: str, number: int, *, ends: date, **values: Any) -> None:
    """End a record; `ends` is the first day without it."""
    table = TABLES[kind]
    found = connection.execute(select(func.lower(table.c.valid)).where(table.c.id == number)).first()
    if found is None:
        raise NotFoundError(SENTENCES["no_record"])
    if found[0] is not None and ends <= found[0]:
        raise InvalidInputError(SENTENCES["ends_before"], place={"field": "ends"})
    until = func.daterange(func.lower(table.c.valid), ends)
    statement = update(table).where(table.c.id == number).values(valid=until, **values).returning(table.c.id)
    try:
        changed = connection.execute(statement).first()
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)
    if changed is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def withdraw(connection: Connection, kind: str, number: int) -> None:
    """Take back what was entered today by mistake; the trail keeps it."""
    table = TABLES[kind]
    if connection.execute(select(table.c.id).where(table.c.id == number)).first() is None:
        raise NotFoundError(SENTENCES["no_record"])
    try:
        gone = connection.execute(delete(table).where(table.c.id == number).returning(table.c.id)).first()
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)
    if gone is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])

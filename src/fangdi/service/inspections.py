"""What inspections find out, entered and ended; findings follow when they are computed next."""

import re
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.errors import InvalidInputError
from fangdi.service.scope import require
from fangdi.store import inspections as store
from fangdi.store.query import Record, rows

_STAFF_NUMBER = re.compile(r"[0-9A-Za-z._/+=:#-]+")


def enter_on_room(
    connection: Connection, room_id: int, record: str, *, since: date, until: date | None, **values: Any
) -> Record:
    """Enter an approved function, an annex or an outside use of a room, and return all that is on record about it."""
    _check_days(since, until)
    if record == "function":
        _check_code(connection, "meta_vocabulary", "room_uses", values["use_code"], "use_code")
    if values.get("office_id") == room_id:
        raise InvalidInputError("房间不能附属于自身。 A room does not belong to itself.", place={"field": "office_id"})
    store.enter(connection, record, since=since, until=until, room_id=room_id, **values)
    return store.of_room(connection, room_id)


def posts(connection: Connection, agency_id: int) -> list[Record]:
    """Return the posts of an agency's leaders, those held first."""
    require(connection, agency_id=agency_id)
    return store.posts_of(connection, agency_id)


def enter_post(
    connection: Connection, agency_id: int, *, since: date, until: date | None, **values: Any
) -> list[Record]:
    """Enter a post of a leader, and return all of the agency."""
    require(connection, agency_id=agency_id)
    _check_days(since, until)
    if not _STAFF_NUMBER.fullmatch(values["person_key"]):
        raise InvalidInputError(
            "只填人员编号(字母、数字和 . _ - / + = : #),不填姓名。 Give the staff number alone, in letters, digits and "
            ". _ - / + = : #; no names.",
            place={"field": "person_key"},
        )
    if (until is None) != (values["ended_by"] is None):
        raise InvalidInputError(
            "已离任的须注明离任日期和方式。 A post that is over says when and how it ended.",
            place={"field": "ended_by"},
        )
    if values["rank_code"] is not None:
        _check_code(connection, "meta_vocabulary", "ranks", values["rank_code"], "rank_code")
    store.enter(connection, "post", since=since, until=until, agency_id=agency_id, **values)
    return store.posts_of(connection, agency_id)


def end_post(  # noqa: PLR0913 - what is noted of it
    connection: Connection, agency_id: int, number: int, *, ends: date, ended_by: str | None, document_no: str | None
) -> list[Record]:
    """End a post, and return all of the agency."""
    require(connection, agency_id=agency_id)
    if ended_by is None:
        raise InvalidInputError(
            "请注明离任方式。 Say how the post ended: ended, transferred or retired.", place={"field": "ended_by"}
        )
    more = {"end_document_no": document_no} if document_no else {}
    store.end(connection, "post", number, ends=ends, ended_by=ended_by, **more)
    return store.posts_of(connection, agency_id)


def withdraw_post(connection: Connection, agency_id: int, number: int) -> list[Record]:
    """Take back a post that was entered today, and return those that stay."""
    require(connection, agency_id=agency_id)
    store.withdraw(connection, "post", number)
    return store.posts_of(connection, agency_id)


def end_on_room(connection: Connection, room_id: int, kind: str, number: int, *, ends: date) -> Record:
    """End a record about a room, and return all of them."""
    store.of_room(connection, room_id)
    store.end(connection, kind, number, ends=ends)
    return store.of_room(connection, room_id)


def withdraw_on_room(connection: Connection, room_id: int, kind: str, number: int) -> Record:
    """Take back a record about a room that was entered today, and return those that stay."""
    store.of_room(connection, room_id)
    store.withdraw(connection, kind, number)
    return store.of_room(connection, room_id)


def _check_days(since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise InvalidInputError(
            "截止日期须晚于起始日期。 The end must come after the first day.", place={"field": "until"}
        )


def _check_code(connection: Connection, name: str, column: str, code: str, field: str) -> None:
    known = {one["code"] for one in rows(connection, name)[0][column]}
    if code not in known:
        raise InvalidInputError(f"没有这个代码:{code}。 There is no such code.", place={"field": field})

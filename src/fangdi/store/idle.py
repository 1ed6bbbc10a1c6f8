"""Idle rooms (闲置) under the rules that say what is idle, and these rules in their versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.common import NOTHING, BuildingRef, Definition, Page, PageRequest, Question, Total
from fangdi.domain.idle import AROUND_DAYS, IdleFilter, IdleRoom, LastUser, Past
from fangdi.domain.idle_rules import IdleRule, RuledPlaces, definition, ruled
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.uses import possibly_idle
from fangdi.domain.vocabulary import RoomStatus
from fangdi.errors import NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.scope import limits, middle_room, room_uses, subtree

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该行政区的标准管理权限;适用全部行政区的规则只能由管理全部行政区的管理员登记。 "
            "Your roles do not reach this jurisdiction; a rule for all is for who administers norms everywhere."
        ),
        TWICE: "同一时期已有规则;请刷新后重试。 A rule is there for the period already; load the list again.",
        "no_jurisdiction": "没有这个行政区。 There is no such jurisdiction.",
        "no_use": (
            "用途不存在,或属公用部位、不分配给单位。 There is no such use, or such rooms are not assigned to agencies."
        ),
        "has_begun": (
            "已生效的规则只能在登记当日撤回;此后不能修改或删除,只能自今日或以后起由新版本取代。 A rule that has "
            "begun is withdrawn on the day of its entry alone; enter a new version that begins today or later."
        ),
    }
)
FIELDS: Mapping[str, str] = MappingProxyType({"no_use": "use_codes", "no_jurisdiction": "jurisdiction_code"})
NO_RULE = "没有这条规则。 There is no such rule; list the rules."


@dataclass(frozen=True, slots=True)
class IdleFound:
    """A page of idle rooms, the total of all pages, and their usable area by building, m²."""

    page: Page[IdleRoom]
    total: Total
    by_building: Mapping[int, float]


def rule_rows(connection: Connection, *, as_of: date | None = None, number: int | None = None) -> list[Record]:
    """Return rules as rows: those in force on a date, or all versions."""
    return list(rows(connection, "idle_rules", as_of=as_of, id=number))


def rule_row(connection: Connection, number: int) -> Record:
    """Return a version of a rule."""
    found = rule_rows(connection, number=number)
    if not found:
        raise NotFoundError(NO_RULE)
    return found[0]


def rules(connection: Connection, *, as_of: date | None = None) -> list[IdleRule]:
    """Return rules as values."""
    return [rule_of(row) for row in rule_rows(connection, as_of=as_of)]


def rule_of(row: Record) -> IdleRule:
    """Return a row as a value."""
    return IdleRule(
        id=row["id"],
        jurisdiction=row["jurisdiction_code"],
        min_days=row["min_days"],
        uses=None if row["use_codes"] is None else tuple(row["use_codes"]),
        statuses=tuple(RoomStatus(status) for status in row["statuses"]),
        period_months=row["period_months"],
        m2_per_head=row["m2_per_head"],
        seat_share=row["seat_share"],
        source=row["source"],
        verification=Verification(row["verification"]),
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )


def add_rule(connection: Connection, wanted: IdleRule, *, reason: str | None) -> int:
    """Enter a version and return its number; what it may be was checked (`domain.idle_rules`)."""
    return int(
        _change(
            connection,
            "idle_rule_insert",
            jurisdiction_code=wanted.jurisdiction,
            min_days=wanted.min_days,
            use_codes=None if wanted.uses is None else list(wanted.uses),
            statuses=list(wanted.statuses),
            period_months=wanted.period_months,
            m2_per_head=wanted.m2_per_head,
            seat_share=wanted.seat_share,
            source=wanted.source,
            verification=wanted.verification,
            valid_from=wanted.valid_from,
            reason=reason,
        ).scalar_one()
    )


def end_rule(connection: Connection, number: int, *, ends: date | None) -> None:
    """End a version; None lets it hold until further notice."""
    if _change(connection, "idle_rule_end", id=number, ends=ends).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def withdraw_rule(connection: Connection, number: int) -> None:
    """Remove a version that has not begun or was entered today."""
    if _change(connection, "idle_rule_withdraw", id=number).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def in_force(connection: Connection, question: Question) -> tuple[RuledPlaces, ...]:
    """Return which rule says in which jurisdictions what is idle on the date."""
    found = rules(connection, as_of=question.as_of)
    within = subtree(connection, question.jurisdiction)
    differing = len({rule.idle_part for rule in found}) > 1
    paths = {row["code"]: row["path"] for row in rows(connection, "jurisdiction_paths")} if differing else {}
    return ruled(found, paths, within=within)


def in_words(connection: Connection, found: Sequence[RuledPlaces]) -> Definition:
    """Say in words what is idle under the rules."""
    uses = {row["code"]: Definition(row["name"], row["name_en"]) for row in rows(connection, "room_uses")}
    several = len(found) > 1
    places = {row["code"]: row["name"] for row in rows(connection, "jurisdiction_paths")} if several else {}
    return definition(found, uses=uses, places=places)


def uses_of(connection: Connection, rule: IdleRule, *, category: str | None = None) -> list[str]:
    """Return the uses whose rooms can be idle under a rule, all or those of one category."""
    possible = possibly_idle(room_uses(connection), category=category)
    return possible if rule.uses is None else [use for use in possible if use in rule.uses]


def idle_rooms(
    connection: Connection,
    question: Question,
    wanted: IdleFilter,
    *,
    ruled_places: Sequence[RuledPlaces],
    page: PageRequest,
) -> IdleFound:
    """Return idle rooms by building, one page and the total of all; each rule is asked about its own places."""
    building, room = page.after or (0, 0)
    asked = {
        **limits(connection, question),
        "middle_room": middle_room(connection),
        "building_id": wanted.building_id,
        "min_area_m2": wanted.min_area_m2,
        "max_area_m2": wanted.max_area_m2,
        "around_days": AROUND_DAYS,
        "after_building": building,
        "after_room": room,
        "page_size": page.limit + 1,
    }
    items: list[IdleRoom] = []
    total, by_building = NOTHING, dict[int, float]()
    for one in ruled_places:
        rule = one.rule
        days = max(rule.min_days, wanted.min_days or 0)
        of_rule = {
            "jurisdictions": None if one.places is None else list(one.places),
            "uses": uses_of(connection, rule, category=wanted.category),
            "statuses": list(rule.statuses),
            "min_days": days if days or wanted.min_days is not None else None,
        }
        found = rows(connection, "idle_rooms", **{**asked, **of_rule})
        items += [_idle_room(row) for row in found if row["id"] is not None]
        first = found[0]
        total += Total(int(first["total_rooms"]), first["total_area_m2"], int(first["total_rooms_without_area"]))
        by_building |= {int(number): float(area) for number, area in first["by_building"].items()}
    items.sort(key=lambda room: (room.building.id, room.id))
    last = items[page.limit - 1] if len(items) > page.limit else None
    key = None if last is None else (last.building.id, last.id)
    return IdleFound(Page(items[: page.limit], key), total, by_building)


def area_by_building(connection: Connection, question: Question) -> Mapping[int, float]:
    """Return the idle usable area by building, m² of one basis."""
    ruled_places = in_force(connection, question)
    nothing = PageRequest(limit=0)
    return idle_rooms(connection, question, IdleFilter(), ruled_places=ruled_places, page=nothing).by_building


def _idle_room(row: Record) -> IdleRoom:
    last, moved, status = row["last_agency_id"], row["moved_to"], row["last_status"]
    longitude, latitude = row["location"]
    return IdleRoom(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        level=float(row["level"]),
        floor=row["floor_name"],
        location=(longitude, latitude),
        building=BuildingRef(row["building_id"], row["building_name"]),
        use=row["use"],
        use_name=row["use_name"],
        category=row["category"],
        area_m2=row["area_m2"],
        idle_since=row["idle_since"],
        last_agency=None if last is None else LastUser(last, row["last_agency_name"]),
        past=Past(
            use_until=row["use_until"],
            agency_until=row["agency_until"],
            moved_to=None if moved is None else BuildingRef(moved, row["moved_to_name"]),
            status=None if status is None else RoomStatus(status),
            status_until=row["status_until"],
        ),
    )


def _change(connection: Connection, name: str, **parameters: Any) -> Any:
    try:
        return connection.execute(text(sql(name)), parameters)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES, fields=FIELDS)

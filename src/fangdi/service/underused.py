"""Under-used space (低效使用): which agencies have too many m² a head, and of which rooms too few seats are taken."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from sqlalchemy import Connection

from fangdi.domain.common import AgencyRef, BuildingRef, Question
from fangdi.domain.idle_rules import DEFAULT, IdleRule, RuledPlaces, nearest
from fangdi.domain.underused import (
    Measured,
    UnderUsedAgency,
    UnderUsedReport,
    UnderUsedRoom,
    period_ends,
    under_used_since,
)
from fangdi.domain.vocabulary import RoomCategory
from fangdi.service.scope import require
from fangdi.store import idle, scope
from fangdi.store import underused as store
from fangdi.store.query import Record, rows


def under_used(connection: Connection, question: Question) -> UnderUsedReport:
    """Answer what is under-used on the date, each jurisdiction by the rule that is nearest to it."""
    require(connection, jurisdiction=question.jurisdiction)
    agencies: list[UnderUsedAgency] = []
    rooms: list[UnderUsedRoom] = []
    days: set[date] = set()
    by_head = by_seat = False
    for one in _by_rule(connection, question):
        rule = one.rule
        ends = period_ends(question.as_of, months=rule.period_months)
        if not ends:
            continue
        if rule.m2_per_head is not None:
            by_head = True
            agencies += _agencies(connection, question, ends, places=one.places, threshold=rule.m2_per_head)
        if rule.seat_share is not None:
            by_seat = True
            rooms += _rooms(connection, question, ends, ruled=one, share=rule.seat_share)
        if rule.m2_per_head is not None or rule.seat_share is not None:
            days |= set(ends)
    agencies.sort(key=lambda found: (-found.spare_m2, found.agency.id))
    rooms.sort(key=lambda found: (found.building.id, found.id))
    return UnderUsedReport(question, tuple(sorted(days)), tuple(agencies), tuple(rooms), by_head, by_seat)


def _by_rule(connection: Connection, question: Question) -> list[RuledPlaces]:
    """Return the rules in force with the jurisdictions each is nearest to, of those asked about."""
    rules = idle.rules(connection, as_of=question.as_of)
    within = scope.subtree(connection, question.jurisdiction)
    if len(rules) <= 1:
        return [RuledPlaces(rules[0] if rules else DEFAULT, None if within is None else tuple(within))]
    paths = {row["code"]: row["path"] for row in rows(connection, "jurisdiction_paths")}
    places: dict[int, list[str]] = {}
    by_id: dict[int, IdleRule] = {}
    for code in paths if within is None else within:
        rule = nearest(rules, paths[code])
        places.setdefault(rule.id, []).append(code)
        by_id[rule.id] = rule
    return [RuledPlaces(by_id[number], tuple(codes)) for number, codes in places.items()]


def _agencies(
    connection: Connection,
    question: Question,
    ends: Sequence[date],
    *,
    places: Sequence[str] | None,
    threshold: float,
) -> list[UnderUsedAgency]:
    areas = {day: store.office_m2(connection, question, day) for day in ends}
    found = []
    for _, of_agency in groupby(store.present(connection, question, ends, places), key=lambda row: row["id"]):
        days = {row["day"]: row for row in of_agency}
        measures = tuple(_per_head(day, days.get(day), areas[day]) for day in ends)
        since = under_used_since(measures, threshold=threshold, above=True)
        last = days.get(ends[-1])
        if since is None or last is None:
            continue
        agency = AgencyRef(last["id"], last["name"], last["level"])
        area = areas[ends[-1]].get(agency.id, 0.0)
        found.append(UnderUsedAgency(agency, since, threshold, area, last["present"], measures))
    return found


def _per_head(day: date, row: Record | None, areas: Mapping[int, float]) -> Measured:
    if row is None or row["present"] <= 0:
        return Measured(day, None)
    return Measured(day, areas.get(row["id"], 0.0) / row["present"], row["present"])


def _rooms(
    connection: Connection, question: Question, ends: Sequence[date], *, ruled: RuledPlaces, share: float
) -> list[UnderUsedRoom]:
    uses = idle.uses_of(connection, ruled.rule, category=RoomCategory.OFFICE)  # nobody sits in a meeting room
    found = []
    of_rooms = store.rooms(connection, question, ends, places=ruled.places, uses=uses, share=share)
    for _, of_room in groupby(of_rooms, key=lambda row: row["id"]):
        days = {row["day"]: row for row in of_room}
        measures = tuple(_taken(day, days.get(day)) for day in ends)
        since = under_used_since(measures, threshold=share, above=False)
        last = days.get(ends[-1])
        if since is not None and last is not None:
            found.append(_room(last, since, share, measures))
    return found


def _taken(day: date, row: Record | None) -> Measured:
    return Measured(day, None) if row is None else Measured(day, row["persons"] / row["seats"], row["persons"])


def _room(row: Record, since: date, share: float, measures: tuple[Measured, ...]) -> UnderUsedRoom:
    longitude, latitude = row["location"]
    return UnderUsedRoom(
        id=row["id"],
        number=row["number"],
        level=float(row["level"]),
        location=(longitude, latitude),
        building=BuildingRef(row["building_id"], row["building_name"]),
        agency=AgencyRef(row["agency_id"], row["agency_name"], row["agency_level"]),
        area_m2=row["area_m2"],
        seats=row["seats"],
        persons=row["persons"],
        since=since,
        threshold=share,
        measures=measures,
    )

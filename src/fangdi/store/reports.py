"""The sets behind the first two answers, as values of the domain."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import NOTHING, AgencyRef, BuildingRef, Page, PageRequest, Question, Total
from fangdi.domain.usage import AreaItem, Staffing, UsageFilter, UsedRoom
from fangdi.domain.usage_sums import UsageSum
from fangdi.domain.uses import counting
from fangdi.domain.vocabulary import SpellKind
from fangdi.store import usage
from fangdi.store.query import Record, rows
from fangdi.store.scope import limits, room_uses, subtree


def areas_by_building(
    connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest
) -> Page[AreaItem]:
    """Return usable area by agency, building and category in this order, one page."""
    agency, building, category = page.after or (0, 0, "")
    in_one = {} if wanted.building_id is None else {"building_id": wanted.building_id}
    found = rows(
        connection,
        "areas_in_building" if in_one else "areas_by_building",
        **limits(connection, question),
        **in_one,
        agency_id=wanted.agency_id,
        category=wanted.category,
        after_agency=agency,
        after_building=building,
        after_category=category,
        page_size=page.limit + 1,
    )
    items = [_area_item(row) for row in found]
    last = items[page.limit - 1] if len(items) > page.limit else None
    return Page(items[: page.limit], None if last is None else (last.agency.id, last.building.id, last.category))


def areas_total(connection: Connection, question: Question, wanted: UsageFilter) -> Total:
    """Return the usable area that counts for agencies; a shared room counts once."""
    uses = counting(room_uses(connection), category=wanted.category)
    if wanted.agency_id is not None or wanted.building_id is not None:
        only = {"agency_id": wanted.agency_id, "building_id": wanted.building_id}
        return _total(rows(connection, "areas_total_of", **limits(connection, question), uses=uses, **only)[0])
    found = [one for one in _used(connection, question) if one.use_code in uses]
    return _once(connection, question, uses, found)


def areas_by_agency(connection: Connection, question: Question) -> tuple[Mapping[int, Mapping[str, Total]], Total]:
    """Return usable area by agency and category, and the total, in which a shared room counts once."""
    uses = counting(room_uses(connection))
    found = _counting(connection, question)
    return _by_agency(connection, found), _once(connection, question, uses, found)


def used_by_agency(connection: Connection, question: Question) -> tuple[Mapping[int, Mapping[str, Total]], float]:
    """Return what `areas_by_agency` does, but of the total the area alone (m²): nothing is read from the rooms."""
    found = _counting(connection, question)
    return _by_agency(connection, found), math.fsum(one.area_m2 for one in found)


def _counting(connection: Connection, question: Question) -> list[UsageSum]:
    uses = set(counting(room_uses(connection)))
    return [one for one in _used(connection, question) if one.use_code in uses]


def _by_agency(connection: Connection, found: Sequence[UsageSum]) -> Mapping[int, Mapping[str, Total]]:
    categories = {use.code: use.category for use in room_uses(connection)}
    areas: defaultdict[int, defaultdict[str, Total]] = defaultdict(lambda: defaultdict(lambda: NOTHING))
    for one in found:
        assert one.agency_id is not None  # noqa: S101 - somebody uses it
        areas[one.agency_id][categories[one.use_code]] += Total(one.rooms, one.area_m2, one.rooms - one.with_area)
    return areas


def _used(connection: Connection, question: Question) -> list[UsageSum]:
    """Return the sums of what agencies use, whole and in part, in the jurisdictions asked about."""
    places = subtree(connection, question.jurisdiction)
    found = usage.as_of(connection, as_of=question.as_of, basis=question.basis)
    inside = None if places is None else set(places)
    return [
        one
        for one in found
        if one.kind in (SpellKind.USED, SpellKind.PART) and (inside is None or one.jurisdiction_code in inside)
    ]


def _once(connection: Connection, question: Question, uses: Sequence[str], found: Sequence[UsageSum]) -> Total:
    """Add up what agencies use, with every shared room as one room."""
    whole = [one for one in found if one.kind is SpellKind.USED]
    once = rows(connection, "areas_shared_once", **limits(connection, question), uses=uses)[0]
    return Total(
        sum(one.rooms for one in whole) + once["rooms"],
        math.fsum(one.area_m2 for one in found),
        sum(one.rooms - one.with_area for one in whole) + once["rooms_without_area"],
    )


def all_rooms(connection: Connection, question: Question) -> Total:
    """Return the usable area of all rooms, used or not; circulation does not count."""
    uses = counting(room_uses(connection))
    return _total(rows(connection, "areas_all_rooms", **limits(connection, question), uses=uses)[0])


def rooms_of_agency(
    connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest
) -> Page[UsedRoom]:
    """Return the rooms that make up an agency's usable area, one page."""
    found = rows(
        connection,
        "areas_rooms",
        **limits(connection, question),
        agency_id=wanted.agency_id,
        building_id=wanted.building_id,
        category=wanted.category,
        after_room=page.after[0] if page.after else 0,
        page_size=page.limit + 1,
    )
    items = [_used_room(row) for row in found]
    return Page(items[: page.limit], (items[page.limit - 1].id,) if len(items) > page.limit else None)


def staffing(
    connection: Connection, *, as_of: date, jurisdiction: str | None = None, agency_id: int | None = None
) -> tuple[Staffing, ...]:
    """Return posts and staff of every agency, those out of scope marked so."""
    found = rows(
        connection,
        "agencies_staffing",
        as_of=as_of,
        jurisdictions=subtree(connection, jurisdiction),
        agency_id=agency_id,
    )
    return tuple(
        Staffing(AgencyRef(row["id"], row["name"], row["level"]), int(row["posts"]), row["present"], row["in_scope"])
        for row in found
    )


def _area_item(row: Record) -> AreaItem:
    return AreaItem(
        agency=AgencyRef(row["agency_id"], row["agency_name"], row["agency_level"]),
        building=BuildingRef(row["building_id"], row["building_name"]),
        location=_point(row["building_location"]),
        category=row["category"],
        rooms=row["rooms"],
        area_m2=row["area_m2"],
        rooms_without_area=row["rooms_without_area"],
    )


def _used_room(row: Record) -> UsedRoom:
    return UsedRoom(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        level=float(row["level"]),
        location=_point(row["location"]),
        building=BuildingRef(row["building_id"], row["building_name"]),
        use=row["use"],
        category=row["category"],
        share=row["share"],
        unit=row["unit"],
        since=row["since"],
        room_m2=row["room_m2"],
    )


def _total(row: Record) -> Total:
    return Total(row["rooms"], row["area_m2"], row["rooms_without_area"])


def _point(lonlat: list[float]) -> tuple[float, float]:
    return lonlat[0], lonlat[1]

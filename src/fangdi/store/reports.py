"""The sets behind the first two answers, as values of the domain."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import AgencyRef, BuildingRef, Page, PageRequest, Question, Total
from fangdi.domain.idle import IdleFilter, IdleRoom, LastUser
from fangdi.domain.usage import AreaItem, Staffing, UsageFilter, UsedRoom
from fangdi.store.query import Record, rows


def areas_by_building(
    connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest
) -> tuple[Page[AreaItem], Total]:
    """Return usable area by agency, building and category in this order, one page and the total of all."""
    agency, building, category = page.after or (0, 0, "")
    found = rows(
        connection,
        "areas_by_building",
        as_of=question.as_of,
        basis=question.basis,
        jurisdiction=question.jurisdiction,
        agency_id=wanted.agency_id,
        building_id=wanted.building_id,
        category=wanted.category,
        after_agency=agency,
        after_building=building,
        after_category=category,
        page_size=page.limit + 1,
    )
    items = [_area_item(row) for row in found if row["agency_id"] is not None]
    last = items[page.limit - 1] if len(items) > page.limit else None
    key = None if last is None else (last.agency.id, last.building.id, last.category)
    return Page(items[: page.limit], key), _total(found[0], prefix="total_")


def areas_by_agency(connection: Connection, question: Question) -> tuple[Mapping[int, Mapping[str, Total]], Total]:
    """Return usable area by agency and category, and the total, in which a shared room counts once."""
    found = rows(
        connection,
        "areas_by_agency",
        as_of=question.as_of,
        basis=question.basis,
        jurisdiction=question.jurisdiction,
    )
    areas: defaultdict[int, dict[str, Total]] = defaultdict(dict)
    for row in found:
        areas[row["agency_id"]][row["category"]] = _total(row)
    total = Total(
        rooms=sum(row["rooms_once"] for row in found),
        area_m2=sum(row["area_m2"] for row in found),
        rooms_without_area=sum(row["without_area_once"] for row in found),
    )
    return areas, total


def all_rooms(connection: Connection, question: Question) -> Total:
    """Return the usable area of all rooms, used or not; circulation does not count."""
    found = rows(
        connection,
        "areas_all_rooms",
        as_of=question.as_of,
        basis=question.basis,
        jurisdiction=question.jurisdiction,
    )
    return _total(found[0])


def rooms_of_agency(
    connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest
) -> Page[UsedRoom]:
    """Return the rooms that make up an agency's usable area, one page."""
    found = rows(
        connection,
        "areas_rooms",
        as_of=question.as_of,
        basis=question.basis,
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
    found = rows(connection, "agencies_staffing", as_of=as_of, jurisdiction=jurisdiction, agency_id=agency_id)
    return tuple(
        Staffing(AgencyRef(row["id"], row["name"], row["level"]), int(row["posts"]), row["present"], row["in_scope"])
        for row in found
    )


def idle_rooms(
    connection: Connection, question: Question, wanted: IdleFilter, *, page: PageRequest
) -> tuple[Page[IdleRoom], Total]:
    """Return idle rooms by building, one page and the total of all."""
    building, room = page.after or (0, 0)
    found = rows(
        connection,
        "idle_rooms",
        as_of=question.as_of,
        basis=question.basis,
        jurisdiction=question.jurisdiction,
        building_id=wanted.building_id,
        category=wanted.category,
        min_area_m2=wanted.min_area_m2,
        max_area_m2=wanted.max_area_m2,
        min_days=wanted.min_days,
        after_building=building,
        after_room=room,
        page_size=page.limit + 1,
    )
    items = [_idle_room(row) for row in found if row["id"] is not None]
    last = items[page.limit - 1] if len(items) > page.limit else None
    key = None if last is None else (last.building.id, last.id)
    return Page(items[: page.limit], key), _total(found[0], prefix="total_")


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


def _idle_room(row: Record) -> IdleRoom:
    last = row["last_agency_id"]
    return IdleRoom(
        id=row["id"],
        number=row["number"],
        name=row["name"],
        level=float(row["level"]),
        floor=row["floor_name"],
        location=_point(row["location"]),
        building=BuildingRef(row["building_id"], row["building_name"]),
        use=row["use"],
        category=row["category"],
        area_m2=row["area_m2"],
        idle_since=row["idle_since"],
        last_agency=None if last is None else LastUser(last, row["last_agency_name"]),
    )


def _total(row: Record, *, prefix: str = "") -> Total:
    return Total(row[f"{prefix}rooms"], row[f"{prefix}area_m2"], row[f"{prefix}rooms_without_area"])


def _point(lonlat: list[float]) -> tuple[float, float]:
    return lonlat[0], lonlat[1]

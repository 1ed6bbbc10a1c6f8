"""The three answers: usable area per agency, idle rooms, and the reach of the concentrated-office zones."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from fangdi.domain.common import Page, PageRequest, Question
from fangdi.domain.costs.calculation import BuildingCost
from fangdi.domain.coverage import (
    BuildingCoverage,
    CoverageReport,
    Reach,
    Unplaced,
    Zone,
    cover_agencies,
    place,
    total_by_band,
)
from fangdi.domain.idle import Holding, IdleFilter, IdleReport
from fangdi.domain.usage import AgenciesReport, AreasReport, RoomsReport, UsageFilter, usage_by_agency
from fangdi.service.costs import costs_of
from fangdi.service.scope import require
from fangdi.store import coverage as coverage_store
from fangdi.store import idle as idle_store
from fangdi.store import reports as store


def areas(connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest) -> AreasReport:
    """Answer how much usable area each agency has, by building and category (m²)."""
    require(
        connection,
        jurisdiction=question.jurisdiction,
        agency_id=wanted.agency_id,
        building_id=wanted.building_id,
    )
    found = store.areas_by_building(connection, question, wanted, page=page)
    return AreasReport(question, store.areas_total(connection, question, wanted), found)


def areas_of_agencies(connection: Connection, question: Question) -> AgenciesReport:
    """Answer how much usable area each agency has over all its buildings, per post, and what is unassigned (m²)."""
    require(connection, jurisdiction=question.jurisdiction)
    by_agency, total = store.areas_by_agency(connection, question)
    staff = store.staffing(connection, as_of=question.as_of, jurisdiction=question.jurisdiction)
    return AgenciesReport(
        question,
        total,
        store.all_rooms(connection, question),
        usage_by_agency(staff, by_agency),
    )


def rooms_behind(connection: Connection, question: Question, wanted: UsageFilter, *, page: PageRequest) -> RoomsReport:
    """Answer which rooms make up an agency's figure; `wanted` names the agency."""
    require(
        connection,
        jurisdiction=question.jurisdiction,
        agency_id=wanted.agency_id,
        building_id=wanted.building_id,
    )
    agency = store.staffing(connection, as_of=question.as_of, agency_id=wanted.agency_id)[0].agency
    return RoomsReport(question, agency, store.rooms_of_agency(connection, question, wanted, page=page))


def idle(connection: Connection, question: Question, wanted: IdleFilter, *, page: PageRequest) -> IdleReport:
    """Answer which rooms are idle, since when, why, how much area that is (m²), and what keeping them costs."""
    require(connection, jurisdiction=question.jurisdiction, building_id=wanted.building_id)
    rules = idle_store.in_force(connection, question)
    found = idle_store.idle_rooms(connection, question, wanted, ruled_places=rules, page=page)
    costs = costs_of(connection, question, sorted(found.by_building))
    items = [replace(room, holding=_holding({room.building.id: room.area_m2}, costs)) for room in found.page.items]
    return IdleReport(
        question,
        found.total,
        Page(items, found.page.after),
        idle_store.in_words(connection, rules),
        _holding(found.by_building, costs, all_known=found.total.rooms_without_area == 0),
    )


def _holding(
    areas_m2: Mapping[int, float | None], costs: Mapping[int, BuildingCost], *, all_known: bool = True
) -> Holding:
    """Return what usable area by building costs a year; area of unknown size or cost makes it incomplete."""
    yuan, complete = [], all_known
    for building, area in areas_m2.items():
        cost = costs.get(building)
        per = cost.per_usable_m2 if cost else None
        if per is not None and area is not None:
            yuan.append(per * area)
        complete = complete and per is not None and area is not None and cost is not None and cost.rates_complete
    return Holding(sum(yuan) if yuan else None, complete)


def coverage(connection: Connection, question: Question, reach: Reach) -> CoverageReport:
    """Answer how far the zones reach: what of agencies, posts and area is inside, within the radius, outside."""
    require(connection, jurisdiction=question.jurisdiction, zone_id=reach.zone_id)
    zones = tuple(
        Zone(row["id"], row["name"], reach.of(row["radius_m"]))
        for row in coverage_store.zones(connection, as_of=question.as_of, zone_id=reach.zone_id)
    )
    areas_m2 = coverage_store.areas_m2(connection, question)
    buildings = _cover_buildings(connection, question, reach, zones=zones, areas_m2=areas_m2)
    staffing = store.staffing(connection, as_of=question.as_of, jurisdiction=question.jurisdiction)
    agencies = cover_agencies(
        areas_m2, staffing=staffing, placings={item.building.id: item.placing for item in buildings}
    )
    placed = {agency.agency.id for agency in agencies}
    nowhere = [staff for staff in staffing if staff.in_scope and staff.agency.id not in placed]
    return CoverageReport(
        question=question,
        radius_m=reach.of(None),
        zones=zones,
        totals=total_by_band(buildings, agencies),
        unplaced=Unplaced(len(nowhere), sum(staff.posts for staff in nowhere)),
        buildings=buildings,
        agencies=agencies,
    )


def _cover_buildings(
    connection: Connection,
    question: Question,
    reach: Reach,
    *,
    zones: tuple[Zone, ...],
    areas_m2: coverage_store.AreasByAgency,
) -> tuple[BuildingCoverage, ...]:
    used: defaultdict[int, float] = defaultdict(float)
    for by_building in areas_m2.values():
        for building_id, area in by_building.items():
            used[building_id] += area
    radii = {zone.id: zone.radius_m for zone in zones}
    within_m = max(radii.values(), default=1)
    distances = coverage_store.distances_m(connection, question, within_m=within_m, zone_id=reach.zone_id)
    return tuple(
        BuildingCoverage(building, place(distances.get(building.id, {}), radii_m=radii), used[building.id])
        for building in coverage_store.buildings(connection, question)
    )

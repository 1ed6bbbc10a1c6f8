"""What using office premises costs a year (成本租金), of buildings and agencies, and what is too dear."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import AgencyRef, BuildingRef, Definition, PageRequest, Question
from fangdi.domain.costs.calculation import DEFINITION, BuildingCost, reckon
from fangdi.domain.costs.rates import CostRate, RateBook, Scope, check
from fangdi.domain.costs.use import UseCost, UsedPart
from fangdi.domain.norms.book import NormBook
from fangdi.domain.rounding import round_to_total, two_decimals
from fangdi.domain.usage import UsageFilter
from fangdi.domain.use.split import Split
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service import use as use_service
from fangdi.service.scope import require
from fangdi.store import costs as store
from fangdi.store import coverage, reports
from fangdi.store import norms as norm_store
from fangdi.store.query import Record

_ALL = PageRequest(limit=10_000_000)
NO_BUILDING = "该楼座在基准日不存在。 The building does not exist on the date."


@dataclass(frozen=True, slots=True)
class CostOfBuilding:
    """A building and what using it costs; `used_m2` is usable area in use, `location` in EPSG:4490."""

    building: BuildingRef
    location: tuple[float, float]
    tenure: str | None
    used_m2: float
    cost: BuildingCost


@dataclass(frozen=True, slots=True)
class CostOfAgency:
    """An agency and what its use costs, with the buildings that it is made of.

    `shown_m2` is the usable area by building as the reports of use round it, m² with two decimals.
    """

    agency: AgencyRef
    posts: int
    buildings: Mapping[int, BuildingRef]
    use: UseCost
    shown_m2: Mapping[int, float]

    @property
    def area_m2(self) -> float:
        """Usable area, m²: exactly that of its buildings together."""
        return two_decimals(math.fsum(self.shown_m2.get(part.building_id, 0.0) for part in self.use.parts))

    @property
    def shown_yuan(self) -> Sequence[float | None]:
        """What each part costs a year, yuan with two decimals: the parts add up to the whole."""
        return round_to_total([part.yuan for part in self.use.parts], total_m2=self.use.yuan)


@dataclass(frozen=True, slots=True)
class BuildingCosts:
    """Every building that stands on the date."""

    question: Question
    items: tuple[CostOfBuilding, ...]
    definition: Definition = DEFINITION


@dataclass(frozen=True, slots=True)
class AgencyCosts:
    """Every agency that uses rooms on the date."""

    question: Question
    items: tuple[CostOfAgency, ...]
    definition: Definition = DEFINITION


def of_buildings(connection: Connection, question: Question) -> BuildingCosts:
    """Answer what each building costs a year, and by how much it is above the reasonable level."""
    require(connection, jurisdiction=question.jurisdiction)
    used = _used_by_building(_shown(connection, question))
    found = store.building_rows(connection, question)
    costs = _reckon(connection, found, question.as_of)
    return BuildingCosts(question, tuple(_building(row, costs[row["id"]], used) for row in found))


def of_building(connection: Connection, number: int, question: Question) -> CostOfBuilding:
    """Answer what one building costs a year, line by line."""
    require(connection, building_id=number)
    everywhere = Question(question.as_of, question.basis)
    found = store.building_rows(connection, everywhere, buildings=[number])
    if not found:
        raise NotFoundError(NO_BUILDING, place={"field": "as_of"})
    around = Question(question.as_of, question.basis, found[0]["jurisdiction_code"])
    used = _used_by_building(_shown(connection, around))
    return _building(found[0], _reckon(connection, found, question.as_of)[number], used)


def of_agencies(connection: Connection, question: Question) -> AgencyCosts:
    """Answer what the use of each agency costs a year, and by how much it is above the reasonable level."""
    require(connection, jurisdiction=question.jurisdiction)
    areas = coverage.areas_m2(connection, question)
    found = store.building_rows(connection, question)
    costs = _reckon(connection, found, question.as_of)
    names = {row["id"]: BuildingRef(row["id"], row["name"]) for row in found}
    staff = {one.agency.id: one for one in reports.staffing(connection, as_of=question.as_of)}
    used, _ = reports.used_by_agency(connection, question)
    shown = _shown(connection, question)
    items = []
    for number in sorted(areas.keys() & staff.keys()):
        without = sum(one.rooms_without_area for one in used.get(number, {}).values())
        use = UseCost(_parts(areas[number], costs), without)
        items.append(CostOfAgency(staff[number].agency, staff[number].posts, names, use, shown[number]))
    return AgencyCosts(question, tuple(items))


def of_agency(connection: Connection, number: int, question: Question) -> CostOfAgency:
    """Answer what the use of one agency costs a year, building by building."""
    everywhere = Question(question.as_of, question.basis)
    require(connection, agency_id=number)
    all_areas = coverage.areas_m2(connection, everywhere)
    areas, shown = all_areas.get(number, {}), _shown(connection, everywhere).get(number, {})
    found = store.building_rows(connection, everywhere, buildings=sorted(areas))
    costs = _reckon(connection, found, question.as_of)
    names = {row["id"]: BuildingRef(row["id"], row["name"]) for row in found}
    one = reports.staffing(connection, as_of=question.as_of, agency_id=number)[0]
    without = _rooms_without_area(connection, everywhere, number)
    use = UseCost(_parts(areas, costs, without), sum(without.values()))
    return CostOfAgency(one.agency, one.posts, names, use, shown)


def costs_of(connection: Connection, question: Question, buildings: Sequence[int]) -> Mapping[int, BuildingCost]:
    """Return what some buildings cost, by building."""
    everywhere = Question(question.as_of, question.basis)
    return _reckon(connection, store.building_rows(connection, everywhere, buildings=buildings), question.as_of)


def enter(connection: Connection, wanted: CostRate, *, reason: str | None, today: date) -> Record:
    """Enter a new version of a rate; what held until then ends the day it begins, and the past stays as it was."""
    if wanted.scope.building_id is not None and any(
        one is not None for one in (wanted.scope.jurisdiction, wanted.scope.structure, wanted.scope.has_lift)
    ):
        raise InvalidInputError(
            "楼座单独费率不再区分行政区、结构或电梯。 A rate of one building names nothing beside it.",
            place={"field": "building_id"},
        )
    standing, path = store.rates(connection, kind=wanted.kind), _path(connection, wanted.scope, today)
    before = check(wanted, standing, today=today, path=path)
    if before is not None:
        store.end(connection, before.id, ends=wanted.valid_from)
    return store.rate_row(connection, store.add(connection, wanted, reason=reason))


def withdraw(connection: Connection, number: int) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    gone = store.rate_of(store.rate_row(connection, number))
    store.withdraw(connection, number)
    for other in store.rates(connection, kind=gone.kind):
        if other.scope == gone.scope and gone.valid_from is not None and other.valid_until == gone.valid_from:
            store.end(connection, other.id, ends=gone.valid_until)


def _path(connection: Connection, scope: Scope, today: date) -> Sequence[str]:
    """Return the jurisdictions from the uppermost down to that of a rate, or of its building."""
    if scope.building_id is not None:
        found = store.building_rows(connection, Question(today), buildings=[scope.building_id])
        return store.building_of(found[0]).rated.path if found else []
    return norm_store.path_to(connection, scope.jurisdiction) if scope.jurisdiction is not None else []


def _reckon(connection: Connection, found: Sequence[Record], as_of: date) -> dict[int, BuildingCost]:
    rates = RateBook(store.rates(connection, as_of=as_of), as_of=as_of)
    norms = NormBook(norm_store.norms(connection, as_of=as_of), as_of=as_of)
    return {row["id"]: reckon(store.building_of(row), rates, norms) for row in found}


def _used_by_building(shown_m2: Mapping[int, Mapping[int, float]]) -> dict[int, float]:
    used: defaultdict[int, list[float]] = defaultdict(list)
    for by_building in shown_m2.values():
        for building, area in by_building.items():
            used[building].append(area)
    return {building: two_decimals(math.fsum(areas)) for building, areas in used.items()}


def _building(row: Record, cost: BuildingCost, used: Mapping[int, float]) -> CostOfBuilding:
    longitude, latitude = row["location"]
    return CostOfBuilding(
        BuildingRef(row["id"], row["name"]), (longitude, latitude), row["tenure"], used.get(row["id"], 0.0), cost
    )


def _shown(connection: Connection, question: Question) -> dict[int, dict[int, float]]:
    """Return areas by agency and building with two decimals: those of the cells of the report of use."""
    found: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    for cell in use_service.used(connection, question, Split.RECORDED).cells:
        found[cell.agency_id][cell.building_id] += cell.hundredths
    return {agency: {number: part / 100 for number, part in parts.items()} for agency, parts in found.items()}


def _parts(
    areas: Mapping[int, float], costs: Mapping[int, BuildingCost], without: Mapping[int, int] | None = None
) -> list[UsedPart]:
    known = without or {}
    return [UsedPart(one, area, costs[one], known.get(one, 0)) for one, area in sorted(areas.items()) if one in costs]


def _rooms_without_area(connection: Connection, question: Question, agency: int) -> dict[int, int]:
    """Return how many rooms of an agency lack an area of the basis, by building."""
    found: dict[int, int] = {}
    for item in reports.areas_by_building(connection, question, UsageFilter(agency), page=_ALL).items:
        found[item.building.id] = found.get(item.building.id, 0) + item.rooms_without_area
    return found

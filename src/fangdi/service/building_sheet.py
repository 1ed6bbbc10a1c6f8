"""The sheet of a building (楼座表): facts, floors, who uses what, what is idle, and how complete the data are."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Definition, PageRequest, Question
from fangdi.domain.idle import IdleFilter, IdleReport
from fangdi.domain.rounding import apportion, hundredths_of, round_to_total
from fangdi.domain.use.split import Split
from fangdi.service import completeness, details, reports, use
from fangdi.service.completeness import BuildingCompleteness
from fangdi.service.use import RoomInUse, RoomsInUse
from fangdi.store import use as store

DEFINITION = Definition(
    "各层使用面积为计入使用面积的全部房间;在用为各单位使用的部分,闲置为无单位使用的可分配房间,其余为公用部位等。"
    "建筑面积与使用面积同一口径,互不换算。",
    "The usable area of a floor is that of all rooms that count; in use is what agencies have, idle the assignable "
    "rooms that nobody has, and the rest common parts and the like. Gross area is of the same basis, never converted.",
)
_ALL = PageRequest(limit=1_000_000)


@dataclass(frozen=True, slots=True)
class FloorLine:
    """A floor; areas in hundredths of m² of the basis, gross area in m² (None: unknown)."""

    id: int
    name: str
    level: float
    gross_m2: float | None
    rooms: int
    rooms_without_area: int
    usable: int
    used: int
    idle: int


@dataclass(frozen=True, slots=True)
class UserLine:
    """An agency in the building; areas in hundredths of m²."""

    agency_id: int
    name: str
    rooms: int
    by_category: Mapping[str, int]

    @property
    def area(self) -> int:
        """All it has there."""
        return sum(self.by_category.values())


@dataclass(frozen=True, slots=True)
class BuildingSheet:
    """Everything about a building on a date."""

    question: Question
    detail: Mapping[str, Any]
    use: RoomsInUse
    floors: Sequence[FloorLine]
    users: Sequence[UserLine]
    idle: IdleReport
    completeness: BuildingCompleteness
    definition: Definition = DEFINITION


def sheet(connection: Connection, building_id: int, question: Question, *, split: Split) -> BuildingSheet:
    """Answer what a building is, who uses it, what is idle in it and what its data lack."""
    detail = details.detail(connection, "building", building_id, as_of=question.as_of)
    complete = completeness.of_building(connection, building_id, question)
    used = use.rooms(connection, question, split=split, building_id=building_id)
    idle = reports.idle(connection, question, IdleFilter(building_id), page=_ALL)
    floors = _floors(connection, question, building_id, used, idle)
    return BuildingSheet(question, detail, used, floors, users(used.rooms), idle, complete)


def users(rooms: Sequence[RoomInUse]) -> list[UserLine]:
    """Add up rooms by agency, the largest first."""
    names: dict[int, str] = {}
    areas: defaultdict[int, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    numbers: defaultdict[int, set[int]] = defaultdict(set)
    for room in rooms:
        agency = room.row["agency_id"]
        names[agency] = room.row["agency_name"]
        areas[agency][room.row["category"]] += room.hundredths or 0
        numbers[agency].add(room.row["id"])
    found = [UserLine(agency, name, len(numbers[agency]), dict(areas[agency])) for agency, name in names.items()]
    return sorted(found, key=lambda line: (-line.area, line.agency_id))


def _floors(
    connection: Connection, question: Question, building_id: int, used: RoomsInUse, idle: IdleReport
) -> list[FloorLine]:
    rows = store.floors(connection, question, building_id)
    usable = [float(row["usable_m2"]) for row in rows]
    shares = apportion(usable, hundredths=hundredths_of(math.fsum(usable)))
    gross = round_to_total([row["gross_m2"] for row in rows])
    in_use: defaultdict[float, int] = defaultdict(int)
    for room in used.rooms:
        in_use[room.row["level"]] += room.hundredths or 0
    empty: defaultdict[float, int] = defaultdict(int)
    areas = [room.area_m2 or 0.0 for room in idle.page.items]
    for room_idle, part in zip(
        idle.page.items, apportion(areas, hundredths=hundredths_of(math.fsum(areas))), strict=True
    ):
        empty[room_idle.level] += part
    return [
        FloorLine(
            id=row["id"],
            name=row["name"],
            level=row["level"],
            gross_m2=area,
            rooms=row["rooms"],
            rooms_without_area=row["rooms_without_area"],
            usable=share,
            used=in_use[row["level"]],
            idle=empty[row["level"]],
        )
        for row, share, area in zip(rows, shares, gross, strict=True)
    ]

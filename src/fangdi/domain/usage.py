"""How much usable area (使用面积) each agency has: the first answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from fangdi.domain.common import AgencyRef, BuildingRef, Definition, Page, Question, Total

DEFINITION = Definition(
    zh=(
        "使用面积:基准日在用的房间面积乘以该单位的分摊比例之和,单位平方米,只计所选面积口径;"
        "交通空间(走廊、楼梯、电梯等)不计;该口径无面积的房间只计间数,不以其他口径代替。"
    ),
    en=(
        "Usable area in m²: the sum over the rooms in use on the date of room area times the agency's share, in the "
        "chosen basis alone. Circulation (corridors, stairs, lifts) does not count. Rooms without an area in that "
        "basis are counted as rooms and never filled in from another basis."
    ),
)


@dataclass(frozen=True, slots=True)
class UsageFilter:
    """What to look for; None leaves a question open."""

    agency_id: int | None = None
    building_id: int | None = None
    category: str | None = None


@dataclass(frozen=True, slots=True)
class AreaItem:
    """Usable area of one agency in one building and category (用房类别), m²."""

    agency: AgencyRef
    building: BuildingRef
    location: tuple[float, float]
    category: str
    rooms: int
    area_m2: float
    rooms_without_area: int


@dataclass(frozen=True, slots=True)
class AreasReport:
    """The first answer: one page of items and the total of all pages."""

    question: Question
    total: Total
    page: Page[AreaItem]
    definition: Definition = DEFINITION


@dataclass(frozen=True, slots=True)
class Staffing:
    """Authorised posts (编制) and staff present (实有人数; None when not reported) of an agency, persons.

    `in_scope` says whether the agency exists on the date in the jurisdiction asked about; others appear when they hold
    rooms there.
    """

    agency: AgencyRef
    posts: int
    present: int | None
    in_scope: bool = True


@dataclass(frozen=True, slots=True)
class AgencyUsage:
    """Usable area of one agency over all its buildings, m²."""

    agency: AgencyRef
    posts: int
    present: int | None
    rooms: int
    area_m2: float
    rooms_without_area: int
    area_by_category: Mapping[str, float]

    @property
    def area_per_post_m2(self) -> float | None:
        """Usable area per authorised post; None without posts, since a share of nobody means nothing."""
        return self.area_m2 / self.posts if self.posts > 0 else None


@dataclass(frozen=True, slots=True)
class AgenciesReport:
    """Usable area per agency, and what is left unassigned."""

    question: Question
    total: Total
    all_rooms: Total
    agencies: tuple[AgencyUsage, ...]
    definition: Definition = DEFINITION

    @property
    def unassigned_m2(self) -> float:
        """Usable area that counts for no agency: empty rooms, common parts, and shares nobody holds."""
        return self.all_rooms.area_m2 - self.total.area_m2


def usage_of(staff: Staffing, by_category: Mapping[str, Total]) -> AgencyUsage:
    """Put together what one agency has in each category."""
    return AgencyUsage(
        agency=staff.agency,
        posts=staff.posts,
        present=staff.present,
        rooms=sum(part.rooms for part in by_category.values()),
        area_m2=sum(part.area_m2 for part in by_category.values()),
        rooms_without_area=sum(part.rooms_without_area for part in by_category.values()),
        area_by_category={category: part.area_m2 for category, part in by_category.items()},
    )


def usage_by_agency(staffing: Iterable[Staffing], areas: Mapping[int, Mapping[str, Total]]) -> tuple[AgencyUsage, ...]:
    """Give every agency in scope its areas, and every other one that has any; `areas` is by agency and category."""
    return tuple(
        usage_of(staff, areas.get(staff.agency.id, {}))
        for staff in staffing
        if staff.in_scope or staff.agency.id in areas
    )


@dataclass(frozen=True, slots=True)
class UsedRoom:
    """A room behind a figure: what of it counts for the agency."""

    id: int
    number: str | None
    name: str | None
    level: float
    location: tuple[float, float]
    building: BuildingRef
    use: str
    category: str
    share: float
    unit: str | None
    since: date | None
    room_m2: float | None

    @property
    def area_m2(self) -> float | None:
        """Part of the room's area that counts for the agency, m²; None when the basis has no area for the room."""
        return None if self.room_m2 is None else self.room_m2 * self.share


@dataclass(frozen=True, slots=True)
class RoomsReport:
    """The rooms behind an agency's figure."""

    question: Question
    agency: AgencyRef
    page: Page[UsedRoom]
    definition: Definition = DEFINITION

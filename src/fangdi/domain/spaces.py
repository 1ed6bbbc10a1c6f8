"""Looking for space (找房): idle rooms side by side on one floor, of a size, in suitable buildings, near a place."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.common import BuildingRef, Definition, Question

DEFINITION = Definition(
    zh=(
        "相连房间:同一楼层上相邻的闲置房间,墙间距不超过 0.6 米且相对长度不小于一扇门;"
        "选择跨走廊时,相距不超过 3.6 米也算相连。"
        "每层给出满足间数与面积的一组,房间最少者优先,其次多余面积最小、最紧凑。没有轮廓或没有该口径面积的房间不参与。"
    ),
    en=(
        "Adjoining rooms: idle rooms of one floor with no more than 0.6 m of wall between them that face each other "
        "over at least a door's width; across a corridor, where asked, with no more than 3.6 m. Each floor offers one "
        "group that has the rooms and the area: of the fewest rooms, then of the least area to spare, then the most "
        "compact. Rooms without an outline, or without an area of the basis, play no part."
    ),
)
CLOSEST = Definition(
    zh=(
        "最接近的一组:满足位置、楼座和单间等其他条件的相连闲置房间中,间数与合计面积各占所需的比例,取较小者,比例最大的一组;"
        "比例相同的,面积大者优先,其次近者优先。只因超过最大面积而不满足的,为超出最少的一组。"
    ),
    en=(
        "The closest: of adjoining idle rooms that meet the other conditions on place, building and rooms, those that "
        "are the largest share of what is asked, the smaller of the shares of rooms and of area; then the largest "
        "area, then the nearest. Where only the most area is exceeded: the group that exceeds it least."
    ),
)


@dataclass(frozen=True, slots=True)
class Near:
    """A place, longitude and latitude in EPSG:4490, and how far from it on the ellipsoid, m; None is no limit."""

    longitude: float
    latitude: float
    radius_m: float | None


@dataclass(frozen=True, slots=True)
class BuildingWanted:
    """Features of the building; None does not matter. Levels as 1 for the ground floor."""

    has_lift: bool | None = None
    built_from: int | None = None
    safety: Sequence[str] | None = None
    tenure: str | None = None
    title: str | None = None
    level_from: float | None = None
    level_to: float | None = None
    built_to: int | None = None
    building_id: int | None = None


@dataclass(frozen=True, slots=True)
class SpaceQuestion:
    """Everything that is asked; `min_room_m2` and `max_room_m2` are about each room, `min_days` how long it is idle."""

    question: Question
    space: SpaceWanted
    building: BuildingWanted = field(default_factory=BuildingWanted)
    near: Near | None = None
    category: str | None = None
    whole_floor: bool = False
    min_room_m2: float | None = None
    max_room_m2: float | None = None
    min_days: int | None = None


@dataclass(frozen=True, slots=True)
class OfferedRoom:
    """A room of an offer, usable area in m²."""

    id: int
    number: str | None
    name: str | None
    area_m2: float


@dataclass(frozen=True, slots=True)
class Offer:
    """Adjoining idle rooms of one floor; `whole_floor`: no assignable room of the floor is in use."""

    building: BuildingRef
    location: tuple[float, float]
    floor_id: int
    floor: str
    level: float
    distance_m: float | None
    rooms: tuple[OfferedRoom, ...]
    area_m2: float
    spread_m: float
    whole_floor: bool
    has_lift: bool | None
    built_year: int | None
    safety_grade: str | None
    tenure: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Closest:
    """The offer that comes closest to what is asked, and what it lacks: rooms, and m² of the least and the most area.

    `offer` is None where no idle room meets the other conditions.
    """

    asked: SpaceQuestion
    offer: Offer | None
    definition: Definition = CLOSEST

    @property
    def rooms_lacking(self) -> int:
        """Rooms that are missing."""
        return max(0, self.asked.space.rooms - len(self.offer.rooms)) if self.offer else 0

    @property
    def area_lacking_m2(self) -> float:
        """Usable area that is missing, m²."""
        return max(0.0, self.asked.space.min_area_m2 - self.offer.area_m2) if self.offer else 0.0

    @property
    def area_over_m2(self) -> float:
        """Usable area beyond the most that is wanted, m²."""
        most = self.asked.space.max_area_m2
        return max(0.0, self.offer.area_m2 - most) if self.offer and most is not None else 0.0


@dataclass(frozen=True, slots=True)
class SpaceReport:
    """Offers, nearest first (or least to spare first where no place was named), and what could not be looked at."""

    asked: SpaceQuestion
    offers: tuple[Offer, ...]
    idle_rooms: int
    rooms_left_out: int
    definition: Definition = DEFINITION

"""Which rooms are idle (闲置), since when, and how much area that is: the second answer."""

from dataclasses import dataclass
from datetime import date

from fangdi.domain.common import BuildingRef, Definition, Page, Question, Total

DEFINITION = Definition(
    zh=(
        "闲置房间:基准日存在、用途可分配、无单位使用,且未在维修、预留或移交中的房间;公用部位不算闲置。"
        "闲置起始日为最近一次使用或停用状态结束之日,没有则为房间启用之日,再没有则为建档以来。"
    ),
    en=(
        "Idle: the room exists on the date, its use is assignable, no agency uses it, and it is neither under repair, "
        "reserved nor handed over; common parts are never idle. Idle since the day the last use or status ended, else "
        "since the room exists, else since records begin."
    ),
)


@dataclass(frozen=True, slots=True)
class IdleFilter:
    """What to look for; None leaves a question open. Areas in m² of the report's basis."""

    building_id: int | None = None
    category: str | None = None
    min_area_m2: float | None = None
    max_area_m2: float | None = None
    min_days: int | None = None


@dataclass(frozen=True, slots=True)
class LastUser:
    """The agency that used the room last."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class IdleRoom:
    """An idle room. `idle_since` None means: since records begin."""

    id: int
    number: str | None
    name: str | None
    level: float
    floor: str
    location: tuple[float, float]
    building: BuildingRef
    use: str
    use_name: str
    category: str
    area_m2: float | None
    idle_since: date | None
    last_agency: LastUser | None


@dataclass(frozen=True, slots=True)
class IdleReport:
    """The second answer: one page of idle rooms and the total of all pages."""

    question: Question
    total: Total
    page: Page[IdleRoom]
    definition: Definition = DEFINITION


def idle_days(since: date | None, *, as_of: date) -> int | None:
    """Count the days a room has been idle: 0 on the first idle day itself; None when nobody knows since when."""
    return None if since is None else (as_of - since).days

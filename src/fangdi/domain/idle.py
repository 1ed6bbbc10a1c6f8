"""Which rooms are idle (闲置), since when, and how much area that is: the second answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import BuildingRef, Definition, Page, Question, Total
from fangdi.domain.vocabulary import RoomStatus

AROUND_DAYS = 92
"""An agency that took rooms elsewhere, or was abolished, within three months of leaving a room left it for that."""


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


class IdleReason(StrEnum):
    """Why a room stands idle, as its history says."""

    NEVER_USED = "never_used"  # 从未使用
    AGENCY_ENDED = "agency_ended"  # 原使用单位撤销
    AGENCY_MOVED = "agency_moved"  # 原使用单位迁出
    GIVEN_BACK = "given_back"  # 原使用单位腾退
    AFTER_REPAIR = "after_repair"  # 维修结束后未分配
    AFTER_RESERVATION = "after_reservation"  # 预留解除后未分配
    TAKEN_BACK = "taken_back"  # 移交结束后未分配


REASON_NAMES: Mapping[IdleReason, Definition] = MappingProxyType(
    {
        IdleReason.NEVER_USED: Definition("从未使用", "Never used"),
        IdleReason.AGENCY_ENDED: Definition("原使用单位撤销", "Its user was abolished"),
        IdleReason.AGENCY_MOVED: Definition("原使用单位迁往别处", "Its user moved elsewhere"),
        IdleReason.GIVEN_BACK: Definition("原使用单位腾退", "Its user gave it back"),
        IdleReason.AFTER_REPAIR: Definition("维修结束后未分配", "Not assigned after repair"),
        IdleReason.AFTER_RESERVATION: Definition("预留解除后未分配", "Not assigned after it was reserved"),
        IdleReason.TAKEN_BACK: Definition("移交结束后未分配", "Not assigned after it came back"),
    }
)
_AFTER: Mapping[RoomStatus, IdleReason] = MappingProxyType(
    {
        RoomStatus.REPAIR: IdleReason.AFTER_REPAIR,
        RoomStatus.RESERVED: IdleReason.AFTER_RESERVATION,
        RoomStatus.HANDED_OVER: IdleReason.TAKEN_BACK,
    }
)


@dataclass(frozen=True, slots=True)
class Past:
    """What ended in a room: its last use, with the last day of the agency, and its last state; ends are exclusive.

    `moved_to` is the other building in which the agency took rooms within AROUND_DAYS of leaving.
    """

    use_until: date | None = None
    agency_until: date | None = None
    moved_to: BuildingRef | None = None
    status: RoomStatus | None = None
    status_until: date | None = None


def why(past: Past) -> IdleReason:
    """Say why a room stands idle: by what ended last, and by what became of its user about then."""
    if (
        past.status is not None
        and past.status_until is not None
        and (past.use_until is None or past.status_until > past.use_until)
    ):
        return _AFTER[past.status]
    if past.use_until is None:
        return IdleReason.NEVER_USED
    if past.agency_until is not None and (past.agency_until - past.use_until).days <= AROUND_DAYS:
        return IdleReason.AGENCY_ENDED
    return IdleReason.AGENCY_MOVED if past.moved_to else IdleReason.GIVEN_BACK


@dataclass(frozen=True, slots=True)
class Holding:
    """What keeping idle rooms costs a year, yuan; at least so much unless `complete`. None: no rates."""

    yuan: float | None
    complete: bool


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
    past: Past
    holding: Holding = Holding(None, complete=False)

    @property
    def reason(self) -> IdleReason:
        """Why it stands idle."""
        return why(self.past)


@dataclass(frozen=True, slots=True)
class IdleReport:
    """The second answer: one page of idle rooms, and the total and yearly cost of all pages."""

    question: Question
    total: Total
    page: Page[IdleRoom]
    definition: Definition
    holding: Holding = Holding(None, complete=False)


def idle_days(since: date | None, *, as_of: date) -> int | None:
    """Count the days a room has been idle: 0 on the first idle day itself; None when nobody knows since when."""
    return None if since is None else (as_of - since).days

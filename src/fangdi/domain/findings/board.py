"""What is asked of findings, and how answers name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fangdi.domain.common import Definition
from fangdi.domain.findings.life import State
from fangdi.domain.findings.model import RoomRole, Value
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.kinds import Verification

DEFINITION = Definition(
    zh=(
        "问题由系统按规则逐项计算,数据变化后重新计算;同一规则、同一对象的问题始终是同一条,消除后再次出现的记为新的一轮。"
        "处置:提醒、责令整改(注明期限)、说明情况、销号。所示数据仅含查看人有权查看的内容。"
    ),
    en=(
        "Findings are computed rule by rule and anew when data change. The same rule and object is one finding for "
        "ever; one that comes back begins its next episode. People warn, order rectification with a deadline, explain "
        "and close. What is shown is what the reader may see."
    ),
)

_ALLOWED = ("approved_m2", "ceiling_m2", "washroom_limit_m2")
"""Figures of what is allowed, in m²; lists are ordered by the excess beside them (`finding_list.sql`)."""
UNSETTLED = "unsettled"
"""Stands for every state but closed in a filter."""


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What to look for; None does not matter. `state` may be `unsettled`."""

    rule: Rule | None = None
    state: str | None = None
    severity: Severity | None = None
    agency_id: int | None = None
    building_id: int | None = None
    room_id: int | None = None
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class FindingItem:
    """A finding as lists show it; names are None where the object is gone or hidden."""

    id: int
    rule: Rule
    object_kind: ObjectKind
    object_key: str
    subject: str
    jurisdiction_code: str
    severity: Severity
    state: State
    holds: bool
    episode: int
    since: date
    deadline: date | None
    overdue: bool
    measure: float | None
    figures: Mapping[str, Value]
    certainty: Verification
    agency_id: int | None
    agency: str | None
    building_id: int | None
    building: str | None
    room_id: int | None
    """Room that it is about; of a person the first of the offices."""
    room: str | None
    floor_id: int | None
    parcel_id: int | None
    parcel: str | None
    person_key: str | None
    rank: str | None
    """Of a person, in Chinese; `rank_en` in English."""
    rank_en: str | None
    last_event_id: int | None

    @property
    def began(self) -> date | None:
        """First day of the breach, where the data say it; None where only the day on which it was found is known."""
        match self.rule:
            case Rule.KEPT_OFFICE:
                due = self._day("due") if self.figures.get("days") else None
                return due + timedelta(1) if due else None
            case Rule.WRONG_TENURE:
                return self._day("ended") if self.figures.get("days") else None
            case Rule.LET_OR_LENT:
                return self._day("since")
            case _:
                return None

    @property
    def over_rate(self) -> float | None:
        """How far beyond what is allowed, of 1; None where nothing is laid down, or nothing at all is allowed."""
        allowed = next((self.figures[name] for name in _ALLOWED if self.figures.get(name) is not None), None)
        if not isinstance(allowed, int | float) or not allowed or self.measure is None:
            return None
        return self.measure / allowed

    def _day(self, name: str) -> date | None:
        said = self.figures.get(name)
        return date.fromisoformat(said) if isinstance(said, str) else None


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings of a rule are in a state."""

    rule: Rule
    state: State
    severity: Severity
    findings: int
    overdue: int


@dataclass(frozen=True, slots=True)
class RoomSeen:
    """A room of the evidence that the reader may see, usable area in m²."""

    id: int
    role: RoomRole
    number: str | None
    name: str | None
    building_id: int
    building: str
    floor_id: int
    floor: str
    level: float
    use: str
    area_m2: float | None

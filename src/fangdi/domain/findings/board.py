"""What is asked of findings, and how answers name them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

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
    room: str | None
    floor_id: int | None
    parcel_id: int | None
    parcel: str | None
    person_key: str | None
    last_event_id: int | None


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

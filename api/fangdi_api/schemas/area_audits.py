"""Shapes of area audits (面积核查)."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from fangdi_api.schemas.common import Answer, AreaM2, BuildingName

Subject = Literal["room", "floor", "building", "agency"]
Verdict = Literal["within", "beyond", "incomplete", "missing", "not_comparable"]
"""within 限差内, beyond 超限, incomplete 部分可比 (a sum, within over the rooms that have both areas, where others lack
one), missing 缺少数据, not_comparable 口径不同不可比."""
Against = Literal["registered", "planning", "declared", "stated"]
Decision = Literal["open", "accepted", "rejected"]
DifferenceM2 = AreaM2


class AuditWanted(BaseModel):
    """How to audit."""

    accuracy: Literal[1, 2, 3] | None = Field(
        default=None, description="房屋面积精度等级 (GB/T 17986.1); null: FANGDI_ACCURACY_CLASS"
    )


class Tolerance(Answer):
    """Rule of tolerance: limit in m² = root × √S + linear × S (限差)."""

    accuracy: int
    root: float
    linear: float
    source: str
    verified: bool = Field(description="whether the source was seen; else from memory")


class Compared(Answer):
    """What the sums of a floor, the building or an agency are compared by: only the rooms that have both areas."""

    rooms: int = Field(description="rooms that have both areas")
    of_rooms: int = Field(description="rooms of the floor, the building or the agency, without corridors and the like")
    figure_m2: AreaM2 = Field(description="sum of the figure over the rooms with both")
    measured_m2: AreaM2 = Field(description="what the same rooms measure; the tolerance is that of this area")


class Comparison(Answer):
    """A figure against the measured one."""

    against: Against
    difference_m2: DifferenceM2 | None = Field(
        description="measured less the other; of a sum of rooms, over those that have both: see `compared`"
    )
    tolerance_m2: AreaM2 | None
    verdict: Verdict
    compared: Compared | None = Field(default=None, description="of sums of rooms only")


class AuditLine(Answer):
    """One thing that is judged."""

    id: int
    subject: Subject
    measure: Literal["usable", "gross"] = Field(description="使用面积 or 建筑面积")
    label: str
    floor: str | None = Field(description="key of the floor on the plan")
    level: float | None
    room: str | None = Field(description="key of the room on the plan")
    room_id: int | None
    agency_id: int | None
    drawn_only: bool = Field(
        description="a sum over the floors that the plan draws, of a building that has others: not that of the building"
    )
    registered_m2: AreaM2 | None
    planning_m2: AreaM2 | None
    declared_m2: AreaM2 | None
    stated_m2: AreaM2 | None
    measured_m2: AreaM2 | None
    comparisons: list[Comparison]
    verdict: Verdict = Field(description="the gravest of the comparisons")
    decision: Decision
    remark: str | None
    decided_by: str | None
    decided_at: datetime | None


class AuditRow(Answer):
    """An audit, in lists."""

    id: int
    number: str | None = Field(description="编号, as 330200-2026-0001; null until accepted")
    status: Literal["draft", "accepted"]
    building: BuildingName
    plan_id: int
    file_name: str
    accuracy: int
    verdicts: dict[Verdict, int]
    undecided: int = Field(description="lines beyond tolerance without a decision")
    made_at: datetime
    made_by: str
    accepted_at: datetime | None
    accepted_by: str | None


class AuditDetail(AuditRow):
    """An audit with its lines: rooms, floors, building, agencies."""

    rule: Tolerance
    lines: list[AuditLine]
    may_change: bool


class LineDecision(BaseModel):
    """What the auditor decides about a line."""

    decision: Decision
    remark: Annotated[str, Field(max_length=1000, pattern=r"^[^\x00]*$")] | None = None

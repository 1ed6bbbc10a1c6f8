"""Shapes of the rules of what is idle and under-used, and of what is under-used."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from fangdi.domain.idle_rules import STATUS_NAMES
from fangdi.domain.norms.kinds import VERIFICATION_NAMES, Verification
from fangdi.domain.rounding import two_decimals
from fangdi.domain.underused import Measured, UnderUsedReport
from fangdi.domain.vocabulary import RoomStatus
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import AgencyName, Answer, AreaM2, Body, BuildingName, Labels, LonLat, Words
from fangdi_api.schemas.norms import Code
from fangdi_api.schemas.reports import Report

UseCode = Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+$")]


class IdleRuleAnswer(Answer):
    """A version of the rule of what is idle (闲置) and under-used (低效使用)."""

    id: int
    jurisdiction_code: str | None = Field(description="for all below it too; null: all jurisdictions")
    jurisdiction: str | None
    jurisdiction_en: str | None
    min_days: int = Field(description="days without a user after which a room is idle; 0: from the first day")
    use_codes: list[str] | None = Field(description="uses of rooms that count; null: all assigned to agencies")
    statuses: list[RoomStatus] = Field(description="states in which a room without a user is not idle")
    period_months: int = Field(description="length of the periods at whose ends under-use is looked at, months")
    m2_per_head: float | None = Field(description="offices of more usable m² a person are under-used; or null")
    seat_share: float | None = Field(description="rooms with fewer of their seats taken are under-used, of 1; or null")
    source: str
    verification: Verification
    verified: bool
    verification_name: Labels
    valid_from: date | None
    valid_until: date | None = Field(description="first day without it; null: until further notice")
    entered_at: datetime
    entered_by: str
    reason: str | None
    withdrawable: bool = Field(description="it has not begun, or was entered today")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "IdleRuleAnswer":
        """Shape a row."""
        sure = Verification(row["verification"])
        return cls.model_validate({**row, "verified": sure.verified, "verification_name": VERIFICATION_NAMES[sure]})


class StatusWord(Answer):
    """A state of rooms that a rule may name."""

    code: RoomStatus
    zh: str
    en: str


class IdleRulesAnswer(Answer):
    """Rules in force on a date, or all versions; and in words what is idle on the date."""

    as_of: date | None
    definition: Labels
    statuses: list[StatusWord]
    items: list[IdleRuleAnswer]

    @classmethod
    def of(cls, found: list[Mapping[str, Any]], as_of: date | None, definition: object) -> "IdleRulesAnswer":
        """Shape rows."""
        statuses = [{"code": code, "zh": name.zh, "en": name.en} for code, name in STATUS_NAMES.items()]
        items = [IdleRuleAnswer.of(row) for row in found]
        return cls.model_validate({"as_of": as_of, "definition": definition, "statuses": statuses, "items": items})


class IdleRuleToEnter(Body):
    """A new version of the rule; what held until then ends the day it begins."""

    jurisdiction_code: Code | None = Field(default=None, description="null: all jurisdictions")
    min_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    use_codes: Annotated[list[UseCode], Field(max_length=100)] | None = None
    statuses: list[RoomStatus] = Field(default_factory=lambda: list(RoomStatus))
    period_months: Literal[1, 3, 6, 12] = 3
    m2_per_head: Annotated[float, Field(gt=0, le=1e4, allow_inf_nan=False)] | None = None
    seat_share: Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)] | None = None
    source: Words
    verification: Verification = Verification.MEMORY
    valid_from: EnteredDay
    reason: Words


class MeasuredAnswer(Answer):
    """A measure at the end of a period."""

    day: date
    value: float | None = Field(description="m² a person, or the share of seats taken; null: no figures")
    persons: int | None = Field(description="present, or filed in the room")


class UnderUsedAgencyAnswer(Answer):
    """An agency with too many m² of offices a person present."""

    agency: AgencyName
    since: date
    threshold_m2: float
    m2_per_head: AreaM2
    area_m2: AreaM2 = Field(description="usable area of its offices at the end of the last period")
    present: int
    spare_m2: AreaM2 = Field(description="above the threshold for those present")
    measures: list[MeasuredAnswer]


class UnderUsedRoomAnswer(Answer):
    """A room of which too few seats are taken."""

    id: int
    number: str | None
    level: float
    location: LonLat
    building: BuildingName
    agency: AgencyName
    area_m2: AreaM2 | None
    seats: int
    persons: int
    since: date
    threshold: float
    measures: list[MeasuredAnswer]


class UnderUsedAnswer(Report):
    """What is under-used."""

    periods: list[date] = Field(description="ends of the periods that were looked at")
    agencies_looked_at: bool = Field(description="a rule in force says how many m² a head are too many")
    rooms_looked_at: bool = Field(description="a rule in force says how few seats taken are too few")
    agencies: list[UnderUsedAgencyAnswer]
    rooms_total: int
    rooms: list[UnderUsedRoomAnswer] = Field(description="the first of them; a file has all")

    @classmethod
    def of(cls, report: UnderUsedReport, *, most: int) -> "UnderUsedAnswer":
        """Shape a report, cut to the first rooms."""
        question = report.question
        agencies = [UnderUsedAgencyAnswer.model_validate(one) for one in report.agencies]
        return cls.model_validate(
            {
                "as_of": question.as_of,
                "basis": question.basis,
                "definition": report.definition,
                "periods": report.periods,
                "agencies_looked_at": report.agencies_looked_at,
                "rooms_looked_at": report.rooms_looked_at,
                "agencies": [one.model_copy(update={"measures": _rounded(one.measures)}) for one in agencies],
                "rooms_total": len(report.rooms),
                "rooms": report.rooms[:most],
            }
        )


def _rounded(measures: list[MeasuredAnswer] | tuple[Measured, ...]) -> list[MeasuredAnswer]:
    shaped = [MeasuredAnswer.model_validate(one) for one in measures]
    return [one.model_copy(update={"value": None if one.value is None else two_decimals(one.value)}) for one in shaped]

"""Shapes of what inspections find out about rooms and leaders (用房督查)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StringConstraints

from fangdi.domain.findings.offices import AnnexKind, PostEnd
from fangdi.domain.findings.rooms import OutsideUse
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import Answer, Body, Words

Id = Annotated[int, Field(ge=1, lt=1 << 63)]


class Recorded(Answer):
    """When something holds, and who entered it."""

    id: int
    since: date | None
    until: date | None = Field(description="first day without it; null: until further notice")
    entered_by: str
    withdrawable: bool = Field(description="entered today: may be taken back as a slip")


class FunctionAnswer(Recorded):
    """A use approved for the room (批准用途)."""

    use: str
    use_name: str
    use_name_en: str
    document_no: str
    remark: str | None


class AnnexAnswer(Recorded):
    """A room that belongs to an office (附属房间): this room, or one that belongs to it."""

    kind: AnnexKind
    room_id: int
    room: str | None
    office_id: int
    office: str | None
    remark: str | None


class OutsideUseAnswer(Recorded):
    """Use by somebody outside (出租出借)."""

    kind: OutsideUse
    outsider: str
    document_no: str | None
    annual_income_yuan: float | None
    remark: str | None


class InspectionsAnswer(Answer):
    """What is on record about a room, the latest first."""

    functions: list[FunctionAnswer]
    annexes: list[AnnexAnswer]
    outside_uses: list[OutsideUseAnswer]


class LeaderPostAnswer(Recorded):
    """A post of a leader (任职)."""

    person_key: str
    rank_code: str | None
    rank: str | None
    rank_en: str | None
    ended_by: PostEnd | None
    document_no: str | None = Field(description="of the appointment")
    end_document_no: str | None = Field(description="of the removal")
    has_rooms: bool = Field(description="false: no room has a user of this staff number, so nothing follows from it")


class Dated(Body):
    """From when until when something holds."""

    since: EnteredDay
    until: EnteredDay | None = Field(default=None, description="first day without it; null: until further notice")


class FunctionToEnter(Dated):
    """A use that was approved."""

    use_code: Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+$")]
    document_no: Words
    remark: Words | None = None


class AnnexToEnter(Dated):
    """An office that the room belongs to."""

    office_id: Id
    kind: AnnexKind
    remark: Words | None = None


class OutsideUseToEnter(Dated):
    """Somebody outside who has the room."""

    kind: OutsideUse
    outsider: Words
    document_no: Words | None = None
    annual_income_yuan: Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)] | None = None
    remark: Words | None = None


class LeaderPostToEnter(Dated):
    """A post; one that is over says how it ended."""

    person_key: Annotated[
        str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=r"^[^\x00]*$")
    ] = Field(description="staff number: letters, digits and . _ - / + = : # alone, so that nobody enters a name")
    rank_code: Annotated[str, Field(max_length=64, pattern=r"^[a-z_]+$")] | None = None
    ended_by: PostEnd | None = None
    document_no: Words | None = None
    end_document_no: Words | None = None


class RecordEnd(Body):
    """The first day on which something holds no more; of a post also how it ended."""

    ends: EnteredDay
    ended_by: PostEnd | None = None
    document_no: Words | None = None

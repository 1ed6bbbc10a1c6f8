"""Shapes of approved areas (核定面积) and what they follow from."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from fangdi.domain.norms.approved import GROSS, Step
from fangdi.domain.norms.entitlement import DEFINITION, Entitlement, Part, line_areas
from fangdi.domain.norms.kinds import VERIFICATION_NAMES, NormKind, Verification
from fangdi.domain.norms.wording import NOT_KEPT, STEP_NAMES, formula
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.service.approved_areas import EntitlementsReport
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import Answer, AreaM2, Body, Labels, Words
from fangdi_api.schemas.norms import NormRef
from fangdi_api.schemas.reports import Report

M2 = Annotated[float, Field(ge=0, le=1e8, allow_inf_nan=False, description="m² usable")]


class ComparedAnswer(Answer):
    """Approved and used area of a part of basic office premises, m² usable."""

    part: Part
    approved_m2: AreaM2 | None = Field(description="null: nothing approved, and a figure or all posts are missing")
    used_m2: AreaM2
    over_m2: AreaM2 | None
    over_rate: float | None = Field(description="over_m2 / approved_m2, of 1")
    by_hand: bool = Field(description="the approved area is of an approval by hand")


class EntitlementRow(Answer):
    """An agency, what it is entitled to, and what it uses."""

    id: int
    name: str
    level: AdministrativeLevel
    jurisdiction_code: str
    posts: int = Field(description="authorised posts (编制), persons; 0 also where they are not visible")
    posts_visible: bool = Field(description="false: the reader may not see the posts, so nothing can be computed")
    use_hidden: bool = Field(
        description="true: it also uses rooms elsewhere that the reader does not see; used and over are at least these"
    )
    present: int | None = Field(description="staff present (实有人数); plays no part in the approved area")
    compared: list[ComparedAnswer]
    by_hand: bool
    verification: Verification = Field(description="of the least sure figure it rests on; of an approval: official")
    verified: bool
    verification_name: Labels
    rooms_without_area: int

    @classmethod
    def of(cls, one: Entitlement) -> "EntitlementRow":
        """Shape an agency."""
        return cls.model_validate(_row(one))


class EntitlementsAnswer(Report):
    """Every agency of a jurisdiction."""

    items: list[EntitlementRow]

    @classmethod
    def of(cls, report: EntitlementsReport) -> "EntitlementsAnswer":
        """Shape a report."""
        question = report.question
        return cls.model_validate(
            {
                "as_of": question.as_of,
                "basis": question.basis,
                "definition": report.definition,
                "items": [_row(one) for one in report.agencies],
            }
        )


class LineAnswer(Answer):
    """A step of the calculation: its formula with the figures put in, and the norms it rests on."""

    step: Step
    name: Labels
    rank: Labels | None = Field(description="职级 of a line by rank")
    formula: Labels
    area_m2: AreaM2 | None
    gross: bool = Field(description="the area is gross (建筑面积); otherwise usable (使用面积)")
    missing: NormKind | None = Field(description="kind of figure that nobody has laid down")
    norms: list[NormRef]
    overruled: list[NormRef] = Field(description="laxer figures of jurisdictions below, which do not bind")


class ApprovalAnswer(Answer):
    """An area approved by hand (核定批复), m² usable."""

    id: int
    office_m2: AreaM2 | None
    service_m2: AreaM2 | None
    equipment_m2: AreaM2 | None
    total_m2: AreaM2
    document_no: str
    issued_on: date
    issued_by: str | None
    remark: str | None
    valid_from: date | None
    valid_until: date | None
    entered_by: str
    entered_at: datetime
    withdrawable: bool = Field(description="entered today and not replaced since: may be taken back as a slip")


class EntitlementAnswer(EntitlementRow):
    """The whole calculation for an agency (面积核定表)."""

    as_of: date
    basis: str
    definition: Labels
    not_counted: Labels
    lines: list[LineAnswer]
    approval: ApprovalAnswer | None = Field(description="the one that holds on the date")
    approvals: list[ApprovalAnswer] = Field(description="all of them, the latest first")


class ApprovalToEnter(Body):
    """An approval by hand to enter, m² usable; parts that the document does not name stay out."""

    total_m2: Annotated[float, Field(ge=0.01, le=1e8, allow_inf_nan=False, description="m² usable")]
    office_m2: M2 | None = None
    service_m2: M2 | None = None
    equipment_m2: M2 | None = None
    document_no: Words
    issued_on: EnteredDay
    issued_by: Words | None = None
    remark: Words | None = None
    valid_from: EnteredDay
    valid_until: EnteredDay | None = Field(default=None, description="first day without it; null: until further notice")


class ApprovalEnd(Body):
    """The first day on which an approval holds no more."""

    ends: EnteredDay


def lines_of(one: Entitlement) -> list[LineAnswer]:
    """Shape the calculation; rounded lines add up to their rounded sums."""
    names = {rank.rank: rank.name for rank in one.ranks}
    areas = dict(zip(map(id, one.computed.lines), line_areas(one.computed.lines), strict=True))
    return [
        LineAnswer.model_validate(
            {
                "step": line.step,
                "name": STEP_NAMES[line.step],
                "rank": names.get(line.rank or ""),
                "formula": formula(line),
                "area_m2": areas[id(line)],
                "gross": line.step in GROSS,
                "missing": line.missing,
                "norms": [NormRef.of(norm) for norm in line.norms],
                "overruled": [NormRef.of(norm) for norm in line.overruled],
            }
        )
        for line in one.computed.lines
    ]


def _row(one: Entitlement) -> dict[str, object]:
    sure = Verification.OFFICIAL if one.approval else one.computed.verification
    return {
        "id": one.id,
        "name": one.name,
        "level": one.level,
        "jurisdiction_code": one.jurisdiction_code,
        "posts": one.posts,
        "posts_visible": one.sees_posts,
        "use_hidden": one.use_hidden,
        "present": one.present,
        "compared": one.shown,
        "by_hand": one.approval is not None,
        "verification": sure,
        "verified": sure.verified,
        "verification_name": VERIFICATION_NAMES[sure],
        "rooms_without_area": one.rooms_without_area,
    }


def entitlement_answer(
    one: Entitlement, approvals: list[ApprovalAnswer], *, as_of: date, basis: str
) -> EntitlementAnswer:
    """Shape the whole calculation."""
    return EntitlementAnswer.model_validate(
        {
            **_row(one),
            "as_of": as_of,
            "basis": basis,
            "definition": DEFINITION,
            "not_counted": NOT_KEPT,
            "lines": lines_of(one),
            "approval": one.approval,
            "approvals": approvals,
        }
    )

"""Agencies against their approved areas (超核定面积): office, service and equipment rooms, and the three together.

管理办法 第十九条: an agency stays within its approved area. Usable area in m² of one basis.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from fangdi.domain.findings.model import GRACE_M2, WITH_CLASSIFIED, About, Judged, Key, Value
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.approved import Step
from fangdi.domain.norms.entitlement import PART_CATEGORIES, Entitlement, Part
from fangdi.domain.norms.model import Norm

_STEPS: Mapping[Part, frozenset[Step]] = {
    Part.OFFICE: frozenset({Step.OFFICE_OF_RANK}),
    Part.SERVICE: frozenset({Step.SERVICE}),
    Part.EQUIPMENT: frozenset({Step.OFFICE_OF_RANK, Step.SERVICE, Step.EQUIPMENT}),
    Part.BASIC: frozenset({Step.OFFICE_OF_RANK, Step.SERVICE, Step.EQUIPMENT}),
}
"""Which lines of the calculation each part rests on."""


@dataclass(frozen=True, slots=True)
class AgencyUse:
    """Where an agency has rooms, and how much of what it uses is classified (m² by category of rooms)."""

    places: Sequence[str] = ()
    classified_m2: Mapping[str, float] | None = None


def judge(one: Entitlement, use: AgencyUse) -> Iterator[Judged]:
    """Judge every part of which something is approved; with classified rooms also together with those.

    Without clearance nobody is told an area that holds classified rooms, and so these are judged apart.
    """
    for part in Part:
        approved = one.approved_m2(part)
        if approved is None:
            continue
        everything = one.compared(part).used_m2
        hidden = sum((use.classified_m2 or {}).get(category, 0.0) for category in PART_CATEGORIES[part])
        yield _judged(one, use, part, approved=approved, used=everything - hidden)
        if use.classified_m2:
            yield _judged(one, use, part, approved=approved, used=everything, classified=True)


def _judged(  # noqa: PLR0913 - what is held against what
    one: Entitlement, use: AgencyUse, part: Part, *, approved: float, used: float, classified: bool = False
) -> Judged:
    over = used - approved
    figures: dict[str, Value] = {
        "part": part,
        "approved_m2": approved,
        "used_m2": used,
        "over_m2": max(0.0, over),
        "over_rate": over / approved if approved and over > 0 else None,
        "posts": one.posts,
        "approval_no": one.approval.document_no if one.approval else None,
    }
    return Judged(
        key=Key(Rule.OVER_AREA, ObjectKind.AGENCY, str(one.id), part + (WITH_CLASSIFIED if classified else "")),
        holds=over > GRACE_M2,
        about=About(one.jurisdiction_code, tuple(use.places), classified, agency_id=one.id),
        severity=Severity.MAJOR if part is Part.BASIC else Severity.MINOR,
        measure=max(0.0, over),
        figures=figures,
        norms=() if one.approval else _norms(one, part),
    )


def _norms(one: Entitlement, part: Part) -> tuple[Norm, ...]:
    lines = (line for line in one.computed.lines if line.step in _STEPS[part])
    return tuple({norm.id: norm for line in lines for norm in line.norms}.values())

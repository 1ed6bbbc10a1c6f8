"""Shapes of the cost of use (成本租金): rates, what buildings and agencies cost, and the calculation."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, Field

from fangdi.domain.costs.calculation import BuildingCost, CostLine, Item, Note, Standing
from fangdi.domain.costs.kinds import FACTS, UNIT_NAMES, CostKind, CostUnit
from fangdi.domain.costs.rates import CostRate
from fangdi.domain.costs.use import UseCost, UsedPart
from fangdi.domain.costs.wording import ITEM_NAMES, NOTE_TEXTS, STANDING_NAMES, formula
from fangdi.domain.norms.kinds import VERIFICATION_NAMES, Verification
from fangdi.domain.norms.model import Norm
from fangdi.domain.rounding import two_decimals
from fangdi.domain.vocabulary import TenureKind
from fangdi.service.costs import AgencyCosts, BuildingCosts, CostOfAgency, CostOfBuilding
from fangdi_api.days import EnteredDay
from fangdi_api.schemas.common import AgencyName, Answer, AreaM2, Body, BuildingName, Labels, LonLat, Words
from fangdi_api.schemas.norms import Code, NormRef
from fangdi_api.schemas.reports import Report

Yuan = Annotated[float, AfterValidator(two_decimals), Field(description="yuan, two decimals")]


class CostKindWord(Answer):
    """A kind of rates."""

    code: CostKind
    zh: str
    en: str
    unit: CostUnit
    unit_name: Labels
    optional: bool = Field(description="the cost is reckoned without it where nobody has laid it down")


class CostRateAnswer(Answer):
    """A version of a rate: for which buildings, since when, and what it rests on."""

    id: int
    kind: CostKind
    kind_name: Labels
    unit: CostUnit
    unit_name: Labels
    jurisdiction_code: str | None = Field(description="for all below it too; null: all jurisdictions")
    jurisdiction: str | None
    jurisdiction_en: str | None
    building_id: int | None = Field(description="for this building alone")
    building: str | None
    structure: str | None
    has_lift: bool | None
    figure: float
    source: str
    verification: Verification
    verified: bool = Field(description="false: show it as unverified wherever it is used")
    verification_name: Labels
    valid_from: date | None
    valid_until: date | None = Field(description="first day without it; null: until further notice")
    entered_at: datetime
    entered_by: str
    reason: str | None
    withdrawable: bool = Field(description="it has not begun, or was entered today")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "CostRateAnswer":
        """Shape a row."""
        facts, sure = FACTS[CostKind(row["kind"])], Verification(row["verification"])
        return cls.model_validate(
            {
                **row,
                "kind_name": facts.name,
                "unit": facts.unit,
                "unit_name": UNIT_NAMES[facts.unit],
                "verified": sure.verified,
                "verification_name": VERIFICATION_NAMES[sure],
            }
        )


class CostRatesAnswer(Answer):
    """Rates in force on a date, or all versions; and the kinds there are."""

    as_of: date | None
    kinds: list[CostKindWord]
    items: list[CostRateAnswer]

    @classmethod
    def of(cls, found: list[Mapping[str, Any]], as_of: date | None) -> "CostRatesAnswer":
        """Shape rows."""
        kinds = [
            {
                "code": kind,
                "zh": facts.name.zh,
                "en": facts.name.en,
                "unit": facts.unit,
                "unit_name": UNIT_NAMES[facts.unit],
                "optional": facts.optional,
            }
            for kind, facts in FACTS.items()
        ]
        items = [CostRateAnswer.of(row) for row in found]
        return cls.model_validate({"as_of": as_of, "kinds": kinds, "items": items})


class CostRateToEnter(Body):
    """A new version of a rate; what held until then ends the day it begins."""

    kind: CostKind
    jurisdiction_code: Code | None = Field(default=None, description="null: all jurisdictions")
    building_id: Annotated[int, Field(ge=1, lt=1 << 63)] | None = Field(
        default=None, description="for this building alone; leave jurisdiction and features out"
    )
    structure: Annotated[str, Field(pattern=r"^(steel|steel_concrete|reinforced_concrete|mixed|brick_wood|other)$")] | (
        None
    ) = None
    has_lift: bool | None = None
    figure: Annotated[float, Field(ge=0, le=1e7, allow_inf_nan=False, strict=True)]
    source: Words = Field(description="what it rests on: document, contract, survey")
    verification: Verification = Verification.MEMORY
    valid_from: EnteredDay
    reason: Words


class CostFigures(Answer):
    """What a m² usable costs a year, held against the reasonable level."""

    per_usable_m2: Yuan | None = Field(
        description="yuan a year; null: no rates. At least so much unless rates_complete"
    )
    level_yuan_m2: Yuan | None = Field(description="reasonable level, yuan a year; null: nobody has laid one down")
    over_yuan_m2: Yuan | None
    over_rate: float | None = Field(description="over_yuan_m2 / level_yuan_m2, of 1")
    standing: Standing
    standing_name: Labels
    rates_complete: bool = Field(description="no rate is missing: what a m² costs is known, and else at least so much")
    complete: bool = Field(
        description="nothing is missing: no rate, no floor area, no area of a room; else it is at least so much"
    )
    verification: Verification = Field(description="of the least sure figure")
    verified: bool
    verification_name: Labels


class BuildingCostRow(CostFigures):
    """A building and what it costs."""

    building: BuildingName
    location: LonLat
    tenure: TenureKind | None
    gross_m2: AreaM2 | None = Field(description="floor area (建筑面积); null: none of this basis")
    used_m2: AreaM2 = Field(description="usable area in use")
    per_gross_m2: Yuan | None = Field(description="cost of a m² gross, yuan a year")
    yuan: Yuan | None = Field(description="cost of the whole building, yuan a year; null: no rates or floor area")

    @classmethod
    def of(cls, one: CostOfBuilding) -> "BuildingCostRow":
        """Shape a building."""
        return cls.model_validate(_building(one))


class BuildingCostsAnswer(Report):
    """Every building."""

    items: list[BuildingCostRow]

    @classmethod
    def of(cls, report: BuildingCosts) -> "BuildingCostsAnswer":
        """Shape a report."""
        return cls.model_validate({**_head(report), "items": [_building(one) for one in report.items]})


class AgencyCostRow(CostFigures):
    """An agency and what its use costs."""

    agency: AgencyName
    posts: int
    area_m2: AreaM2 = Field(description="usable area that is known")
    rooms_without_area: int = Field(description="rooms it uses without an area of the basis: they cost nothing here")
    yuan: Yuan | None = Field(description="cost a year; at least so much unless complete")
    over_yuan: Yuan | None = Field(description="above the reasonable level, a year")


class AgencyCostsAnswer(Report):
    """Every agency that uses rooms."""

    items: list[AgencyCostRow]

    @classmethod
    def of(cls, report: AgencyCosts) -> "AgencyCostsAnswer":
        """Shape a report."""
        return cls.model_validate({**_head(report), "items": [_agency(one) for one in report.items]})


class CostRateRef(Answer):
    """A rate that a line rests on."""

    id: int
    kind: CostKind
    kind_name: Labels
    figure: float
    unit_name: Labels
    source: str
    verification: Verification
    verified: bool
    verification_name: Labels


class CostLineAnswer(Answer):
    """A line of the calculation, for each m² gross."""

    item: Item
    name: Labels
    yuan_m2: Yuan | None = Field(description="yuan a year; null: a rate or fact is missing")
    formula: Labels = Field(description="with the figures put in, or what is missing")
    note: Note | None
    note_text: Labels | None
    missing: CostKind | None
    rates: list[CostRateRef]


class BuildingCostAnswer(BuildingCostRow):
    """The calculation for one building."""

    as_of: date
    definition: Labels
    lines: list[CostLineAnswer]
    efficiency: float | None = Field(description="K, usable part of the floor area")
    efficiency_rate: CostRateRef | None
    efficiency_norm: NormRef | None
    level_rate: CostRateRef | None


class AgencyCostPart(Answer):
    """What an agency uses of a building, and what that costs."""

    building: BuildingName
    area_m2: AreaM2
    rooms_without_area: int
    per_usable_m2: Yuan | None
    yuan: Yuan | None
    level_yuan_m2: Yuan | None
    over_yuan_m2: Yuan | None
    rates_complete: bool = Field(description="no rate of the building is missing")
    complete: bool = Field(
        description="no rate of the building is missing, nor the area of a room; else at least so much"
    )


class AgencyCostAnswer(AgencyCostRow):
    """The cost of one agency, building by building."""

    as_of: date
    definition: Labels
    parts: list[AgencyCostPart]


def building_answer(one: CostOfBuilding, *, as_of: date, definition: object) -> BuildingCostAnswer:
    """Shape the calculation for one building."""
    cost, by = one.cost, one.cost.efficiency_by
    return BuildingCostAnswer.model_validate(
        {
            **_building(one),
            "as_of": as_of,
            "definition": definition,
            "lines": [_line(line) for line in cost.lines],
            "efficiency": cost.efficiency,
            "efficiency_rate": _ref(by) if isinstance(by, CostRate) else None,
            "efficiency_norm": NormRef.of(by) if isinstance(by, Norm) else None,
            "level_rate": _ref(cost.level) if cost.level else None,
        }
    )


def agency_answer(one: CostOfAgency, *, as_of: date, definition: object) -> AgencyCostAnswer:
    """Shape the cost of one agency."""
    parts = [_part(part, one, yuan) for part, yuan in zip(one.use.parts, one.shown_yuan, strict=True)]
    return AgencyCostAnswer.model_validate({**_agency(one), "as_of": as_of, "definition": definition, "parts": parts})


def _head(report: BuildingCosts | AgencyCosts) -> dict[str, object]:
    question = report.question
    return {"as_of": question.as_of, "basis": question.basis, "definition": report.definition}


def _figures(cost: BuildingCost | UseCost) -> dict[str, object]:
    level, excess = cost.level_yuan_m2, cost.over_yuan_m2
    return {
        "per_usable_m2": cost.per_usable_m2 if isinstance(cost, BuildingCost) else cost.per_m2,
        "level_yuan_m2": level,
        "over_yuan_m2": excess,
        "over_rate": None if excess is None or not level else excess / level,
        "standing": cost.standing,
        "standing_name": STANDING_NAMES[cost.standing],
        "rates_complete": cost.rates_complete,
        "complete": cost.complete,
        "verification": cost.verification,
        "verified": cost.verification.verified,
        "verification_name": VERIFICATION_NAMES[cost.verification],
    }


def _building(one: CostOfBuilding) -> dict[str, object]:
    cost = one.cost
    return {
        **_figures(cost),
        "building": one.building,
        "location": one.location,
        "tenure": one.tenure,
        "gross_m2": cost.gross_m2,
        "used_m2": one.used_m2,
        "per_gross_m2": cost.per_gross_m2,
        "yuan": cost.yuan,
    }


def _agency(one: CostOfAgency) -> dict[str, object]:
    use = one.use
    return {
        **_figures(use),
        "agency": one.agency,
        "posts": one.posts,
        "area_m2": one.area_m2,
        "rooms_without_area": use.rooms_without_area,
        "yuan": use.yuan,
        "over_yuan": use.over_yuan,
    }


def _part(part: UsedPart, one: CostOfAgency, yuan: float | None) -> dict[str, object]:
    return {
        "building": one.buildings[part.building_id],
        "area_m2": one.shown_m2[part.building_id],
        "rooms_without_area": part.rooms_without_area,
        "per_usable_m2": part.cost.per_usable_m2,
        "yuan": yuan,
        "level_yuan_m2": part.cost.level_yuan_m2,
        "over_yuan_m2": part.cost.over_yuan_m2,
        "rates_complete": part.cost.rates_complete,
        "complete": part.complete,
    }


def _line(line: CostLine) -> dict[str, object]:
    return {
        "item": line.item,
        "name": ITEM_NAMES[line.item],
        "yuan_m2": line.yuan_m2,
        "formula": formula(line),
        "note": line.note,
        "note_text": NOTE_TEXTS[line.note] if line.note else None,
        "missing": line.missing,
        "rates": [_ref(rate) for rate in line.rates],
    }


def _ref(rate: CostRate) -> CostRateRef:
    facts = FACTS[rate.kind]
    return CostRateRef.model_validate(
        {
            "id": rate.id,
            "kind": rate.kind,
            "kind_name": facts.name,
            "figure": rate.figure,
            "unit_name": UNIT_NAMES[facts.unit],
            "source": rate.source,
            "verification": rate.verification,
            "verified": rate.verification.verified,
            "verification_name": VERIFICATION_NAMES[rate.verification],
        }
    )

"""Shapes of how the gross floor area (建筑面积) of a plan is counted, rule by rule."""

from pydantic import Field

from fangdi.domain.plans.gross import Case
from fangdi.domain.vocabulary import AreaBasis
from fangdi_api.schemas.common import Answer, AreaM2, Labels

Ratio = Field(description="K 值: usable over gross; null: gross is unknown")


class CountedRule(Answer):
    """What one rule counts, and which clause says so."""

    case: Case
    says: Labels
    factor: float = Field(description="1 whole, 0.5 half, 0 none")
    area_m2: AreaM2 = Field(description="area that the rule is about")
    counted_m2: AreaM2 = Field(description="what of it counts: area × factor")
    standard: str
    clause: str
    verified: bool = Field(description="of the rule: whether its wording was seen, or is quoted by third parties")
    clause_verified: bool = Field(description="of the number of the clause; else it is from memory")


class GrossFloor(Answer):
    """Gross floor area of a floor."""

    key: str
    name: str
    level: float | None
    usable_m2: AreaM2
    gross_m2: AreaM2 | None = Field(description="null: no outer outline")
    efficiency: float | None = Ratio
    outline_implied: bool = Field(description="the outer outline is not drawn: gross is an estimate")
    parts: list[CountedRule]


class GrossByBasis(Answer):
    """Gross floor area by the rules of one standard, of all floors of the plan and of each."""

    basis: AreaBasis
    standard: str
    usable_m2: AreaM2
    gross_m2: AreaM2 | None = Field(description="null: a floor has none")
    efficiency: float | None = Ratio
    outline_implied: bool = Field(description="of a floor at least: gross is an estimate")
    parts: list[CountedRule]
    floors: list[GrossFloor]


class Gross(Answer):
    """How the gross floor area is counted, by each standard that defines one; the first is the usual."""

    bases: list[GrossByBasis]

"""The yearly cost of using a building (成本租金), line by line, and how far it is above the reasonable level.

    gross m²:  c = value × (1 − residual) ÷ useful life + land value ÷ land term + upkeep + services + energy
    usable m²: c ÷ K

For a leased building its rent, spread over its floor area, stands for depreciation and land, which the landlord bears.
A building older than its useful life is written off and depreciates no more. Every rate is a row (`rates`); which
components make up the cost is our reading of 上海条例 第二十条, which names the system and no formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fangdi.domain.common import Definition
from fangdi.domain.costs.kinds import CostKind
from fangdi.domain.costs.rates import CostRate, RateBook, Rated
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm
from fangdi.domain.vocabulary import TenureKind

DEFINITION = Definition(
    zh=(
        "成本租金:每平方米使用面积一年的使用成本。单位建筑面积成本 = 房屋价值 ×(1 − 净残值率)÷ 折旧年限 "
        "+ 土地价值 ÷ 摊销年限 + 维修养护费 + 物业服务费 + 能源费;除以使用面积系数 K 折合为使用面积成本。"
        "租用的楼座以年租金代替折旧与土地;已满折旧年限的不再计提折旧。"
        "借用的与自有的同样计算:衡量的是占用成本,而非由谁付费。"
        "未登记的费率不作推算,缺项的成本为已知各项之和,实际不低于此数。"
        "K 为统一的标准系数,与楼座实际的使用面积占比不同,故各单位成本之和不等于整栋成本。"
    ),
    en=(
        "Cost of use: what a square metre of usable area costs a year. For floor area: value × (1 − residual) ÷ useful "
        "life + land value ÷ term + upkeep + services + energy; divided by K for usable area. Of leased buildings the "
        "rent stands for depreciation and land; buildings past their useful life depreciate no more. Borrowed ones are "
        "reckoned as owned ones: what counts is what the space costs, whoever pays. No rate is guessed: where some are "
        "missing, the cost is that of the others and in truth no less. K is nominal and not the building's true "
        "share of usable area, so that the costs of its agencies do not add up to that of the building."
    ),
)


class Item(StrEnum):
    """A line of the calculation."""

    DEPRECIATION = "depreciation"  # 折旧
    LAND = "land"  # 土地
    RENT = "rent"  # 租金
    UPKEEP = "upkeep"  # 维修养护
    SERVICES = "services"  # 物业服务
    ENERGY = "energy"  # 能源


class Note(StrEnum):
    """What has to be said of a line."""

    WRITTEN_OFF = "written_off"  # 已满折旧年限
    AGE_UNKNOWN = "age_unknown"  # 建成年份未登记
    NO_RENT = "no_rent"  # 租金未登记
    NO_AREA = "no_area"  # 建筑面积未登记


@dataclass(frozen=True, slots=True)
class CostedBuilding:
    """What the cost of a building follows from; `gross_m2` in the basis asked for, None where it has none."""

    rated: Rated
    built_year: int | None = None
    height_m: float | None = None
    gross_m2: float | None = None
    tenure: TenureKind | None = None
    annual_rent_yuan: float | None = None


@dataclass(frozen=True, slots=True)
class CostLine:
    """A component in yuan a year for each m² gross, and what it follows from; None: a rate or fact is `missing`."""

    item: Item
    yuan_m2: float | None
    rates: tuple[CostRate, ...] = ()
    missing: CostKind | None = None
    note: Note | None = None
    inputs: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BuildingCost:
    """The cost of a building: its lines, K and the reasonable level; amounts in yuan a year."""

    lines: tuple[CostLine, ...]
    efficiency: float | None
    """K: usable part of the floor area"""
    efficiency_by: CostRate | Norm | None
    level: CostRate | None
    gross_m2: float | None

    @property
    def rates_complete(self) -> bool:
        """Whether no component is missing: what a m² costs is then known, and else at least so much."""
        return all(line.yuan_m2 is not None for line in self.lines)

    @property
    def complete(self) -> bool:
        """Whether the cost of the whole building is known: no component is missing, nor its floor area."""
        return self.rates_complete and self.gross_m2 is not None

    @property
    def per_gross_m2(self) -> float | None:
        """Cost of a m² gross: the sum of the known components; None where none is known."""
        known = [line.yuan_m2 for line in self.lines if line.yuan_m2 is not None]
        return sum(known) if known else None

    @property
    def per_usable_m2(self) -> float | None:
        """Cost of a m² usable."""
        cost = self.per_gross_m2
        return None if cost is None or self.efficiency is None else cost / self.efficiency

    @property
    def yuan(self) -> float | None:
        """Cost of the whole building."""
        cost = self.per_gross_m2
        return None if cost is None or self.gross_m2 is None else cost * self.gross_m2

    @property
    def level_yuan_m2(self) -> float | None:
        """Reasonable level for a m² usable."""
        return None if self.level is None else self.level.figure

    @property
    def standing(self) -> "Standing":
        """How the cost stands to the reasonable level."""
        return stands(self.per_usable_m2, self.level_yuan_m2, complete=self.rates_complete)

    @property
    def over_yuan_m2(self) -> float | None:
        """How much a m² usable costs above the reasonable level; 0 at or below it, None where that is not known."""
        return over(self.per_usable_m2, self.level_yuan_m2, complete=self.rates_complete)

    @property
    def verification(self) -> Verification:
        """How sure the least sure figure is that the cost rests on."""
        used = [rate.verification for line in self.lines for rate in line.rates]
        if isinstance(self.efficiency_by, Norm):
            used.append(self.efficiency_by.source.verification)
        elif self.efficiency_by is not None:
            used.append(self.efficiency_by.verification)
        order = list(Verification)
        return max(used, key=order.index, default=Verification.MEMORY)


class Standing(StrEnum):
    """How a cost stands to the reasonable level."""

    OVER = "over"  # 高于合理水平
    WITHIN = "within"  # 不高于
    UNKNOWN = "unknown"  # 缺费率或合理水平


def stands(cost: float | None, level: float | None, *, complete: bool) -> Standing:
    """Say how a cost stands to a level; an incomplete one can be over, as the truth is no less, but never within."""
    if cost is None or level is None:
        return Standing.UNKNOWN
    if cost > level + _SAME:
        return Standing.OVER
    return Standing.WITHIN if complete else Standing.UNKNOWN


def over(cost: float | None, level: float | None, *, complete: bool) -> float | None:
    """Return how far a cost is above a level; an incomplete one is at least so far above."""
    standing = stands(cost, level, complete=complete)
    if standing is Standing.UNKNOWN or cost is None or level is None:
        return None
    return cost - level if standing is Standing.OVER else 0.0


_SAME = 1e-9
"""Costs nearer than this are the same."""


def reckon(building: CostedBuilding, rates: RateBook, norms: NormBook) -> BuildingCost:
    """Reckon what using a building costs on the books' day."""
    held = (
        [_rent(building)]
        if building.tenure is TenureKind.LEASED
        else [_depreciation(building, rates), _land(building, rates)]
    )
    running = [
        _running(item, kind, building, rates)
        for item, kind in (
            (Item.UPKEEP, CostKind.UPKEEP),
            (Item.SERVICES, CostKind.SERVICES),
            (Item.ENERGY, CostKind.ENERGY),
        )
    ]
    by = rates.find(CostKind.EFFICIENCY, building.rated) or _norm_efficiency(building, norms)
    level = rates.find(CostKind.REASONABLE_LEVEL, building.rated)
    return BuildingCost((*held, *running), by.figure if by else None, by, level, building.gross_m2)


def _depreciation(building: CostedBuilding, rates: RateBook) -> CostLine:
    """Value × (1 − residual) ÷ life, a straight line; nothing once the life is over."""
    value = rates.find(CostKind.BUILDING_VALUE, building.rated)
    life = rates.find(CostKind.USEFUL_LIFE, building.rated)
    if value is None or life is None:
        missing = CostKind.BUILDING_VALUE if value is None else CostKind.USEFUL_LIFE
        return CostLine(Item.DEPRECIATION, None, missing=missing)
    residual = rates.find(CostKind.RESIDUAL_RATIO, building.rated)
    kept = residual.figure if residual else 0.0
    used: tuple[CostRate, ...] = tuple(rate for rate in (value, residual, life) if rate)
    inputs = {"value": value.figure, "residual": kept, "life": life.figure}
    if building.built_year is None:
        yearly, note = value.figure * (1 - kept) / life.figure, Note.AGE_UNKNOWN
        return CostLine(Item.DEPRECIATION, yearly, used, note=note, inputs=inputs)
    age = rates.as_of.year - building.built_year
    if age >= life.figure:
        return CostLine(Item.DEPRECIATION, 0.0, used, note=Note.WRITTEN_OFF, inputs=inputs | {"age": age})
    return CostLine(Item.DEPRECIATION, value.figure * (1 - kept) / life.figure, used, inputs=inputs)


def _land(building: CostedBuilding, rates: RateBook) -> CostLine:
    value = rates.find(CostKind.LAND_VALUE, building.rated)
    term = rates.find(CostKind.LAND_TERM, building.rated)
    if value is None or term is None:
        return CostLine(Item.LAND, None, missing=CostKind.LAND_VALUE if value is None else CostKind.LAND_TERM)
    inputs = {"value": value.figure, "term": term.figure}
    return CostLine(Item.LAND, value.figure / term.figure, (value, term), inputs=inputs)


def _rent(building: CostedBuilding) -> CostLine:
    if building.annual_rent_yuan is None:
        return CostLine(Item.RENT, None, note=Note.NO_RENT)
    if building.gross_m2 is None:
        return CostLine(Item.RENT, None, note=Note.NO_AREA)
    inputs = {"rent": building.annual_rent_yuan, "gross": building.gross_m2}
    return CostLine(Item.RENT, building.annual_rent_yuan / building.gross_m2, inputs=inputs)


def _running(item: Item, kind: CostKind, building: CostedBuilding, rates: RateBook) -> CostLine:
    rate = rates.find(kind, building.rated)
    return CostLine(item, None, missing=kind) if rate is None else CostLine(item, rate.figure, (rate,))


def _norm_efficiency(building: CostedBuilding, norms: NormBook) -> Norm | None:
    """Return K of the norm for the building's height; one whose height is not known counts as multi-storey."""
    path = building.rated.path
    tall = norms.find(NormKind.HIGH_RISE_ABOVE, path=path)
    high = tall is not None and building.height_m is not None and building.height_m > tall.norm.figure
    kind = NormKind.EFFICIENCY_HIGH_RISE if high else NormKind.EFFICIENCY_MULTI_STOREY
    found = norms.find(kind, path=path)
    return found.norm if found else None

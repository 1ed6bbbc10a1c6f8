"""Kinds of rates that the cost of use (成本租金) is reckoned from, and what each is measured in."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import Definition


class CostKind(StrEnum):
    """What a rate says. No rates were found in a regulation or notice: every one is what a deployment lays down."""

    BUILDING_VALUE = "building_value"  # 房屋价值: what building anew costs, or the value in the books
    RESIDUAL_RATIO = "residual_ratio"  # 净残值率
    USEFUL_LIFE = "useful_life"  # 折旧年限
    LAND_VALUE = "land_value"  # 土地价值, 按楼面地价
    LAND_TERM = "land_term"  # 土地摊销年限
    UPKEEP = "upkeep"  # 维修养护费
    SERVICES = "services"  # 物业服务费
    ENERGY = "energy"  # 能源费
    EFFICIENCY = "efficiency"  # 使用面积系数 of a building, instead of the norm's K
    REASONABLE_LEVEL = "reasonable_level"  # 合理水平


class CostUnit(StrEnum):
    """What a rate is measured in; m² gross is floor area (建筑面积), m² usable is 使用面积."""

    YUAN_PER_GROSS_M2 = "yuan_per_gross_m2"
    YUAN_PER_GROSS_M2_YEAR = "yuan_per_gross_m2_year"
    YUAN_PER_USABLE_M2_YEAR = "yuan_per_usable_m2_year"
    RATIO = "ratio"  # of 1
    YEARS = "years"


@dataclass(frozen=True, slots=True)
class CostKindFacts:
    """What holds for all rates of a kind; one that is `optional` is reckoned without where nobody has laid it down."""

    name: Definition
    unit: CostUnit
    optional: bool = False


_YEARLY = CostUnit.YUAN_PER_GROSS_M2_YEAR

FACTS: Mapping[CostKind, CostKindFacts] = MappingProxyType(
    {
        CostKind.BUILDING_VALUE: CostKindFacts(
            Definition("房屋价值(重置价或账面原值)", "Value of the building, to build anew or in the books"),
            CostUnit.YUAN_PER_GROSS_M2,
        ),
        CostKind.RESIDUAL_RATIO: CostKindFacts(
            Definition("净残值率", "Residual value, of the building's value"), CostUnit.RATIO, optional=True
        ),
        CostKind.USEFUL_LIFE: CostKindFacts(Definition("折旧年限", "Useful life"), CostUnit.YEARS),
        CostKind.LAND_VALUE: CostKindFacts(
            Definition("土地价值(楼面地价)", "Value of the land, for each m² of floor area"), CostUnit.YUAN_PER_GROSS_M2
        ),
        CostKind.LAND_TERM: CostKindFacts(
            Definition("土地摊销年限", "Years over which the land is spread"), CostUnit.YEARS
        ),
        CostKind.UPKEEP: CostKindFacts(Definition("维修养护费", "Upkeep"), _YEARLY),
        CostKind.SERVICES: CostKindFacts(Definition("物业服务费", "Property services"), _YEARLY),
        CostKind.ENERGY: CostKindFacts(Definition("能源费", "Energy"), _YEARLY),
        CostKind.EFFICIENCY: CostKindFacts(
            Definition("实际使用面积系数(代替标准 K)", "Usable part of the floor area, instead of the norm's K"),
            CostUnit.RATIO,
            optional=True,
        ),
        CostKind.REASONABLE_LEVEL: CostKindFacts(
            Definition("成本租金合理水平", "Reasonable level of the cost of use"), CostUnit.YUAN_PER_USABLE_M2_YEAR
        ),
    }
)

UNIT_NAMES: Mapping[CostUnit, Definition] = MappingProxyType(
    {
        CostUnit.YUAN_PER_GROSS_M2: Definition("元/㎡建筑面积", "yuan/m² gross"),
        CostUnit.YUAN_PER_GROSS_M2_YEAR: Definition("元/㎡建筑面积·年", "yuan/m² gross a year"),
        CostUnit.YUAN_PER_USABLE_M2_YEAR: Definition("元/㎡使用面积·年", "yuan/m² usable a year"),
        CostUnit.RATIO: Definition("(比例)", "(ratio)"),
        CostUnit.YEARS: Definition("年", "years"),
    }
)

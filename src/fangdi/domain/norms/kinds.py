"""Kinds of norm figures (标准指标), what each is measured in, and which way it grows stricter."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import Definition


class NormKind(StrEnum):
    """What a figure says; the standard is 发改投资〔2014〕2674号 unless a row names another source."""

    OFFICE_CEILING = "office_ceiling"  # 办公室使用面积上限, by rank
    OFFICE_CEILING_BOUND = (
        "office_ceiling_bound"  # 下级可规定的办公室上限: what a lower jurisdiction's own figure may not exceed
    )
    PRIVATE_TOILET = "private_toilet"  # 办公室内卫生间上限, inside the ceiling
    SERVICE_RATE = "service_rate"  # 服务用房人均使用面积, by authorised posts
    EQUIPMENT_RATIO = "equipment_ratio"  # 设备用房比例
    EFFICIENCY_MULTI_STOREY = "efficiency_multi_storey"  # 多层建筑总使用面积系数 K
    EFFICIENCY_HIGH_RISE = "efficiency_high_rise"  # 高层建筑总使用面积系数 K
    HIGH_RISE_ABOVE = "high_rise_above"  # 高层建筑的高度起点
    CANTEEN = "canteen"  # 食堂
    CAR_PARKING = "car_parking"  # 汽车库
    BICYCLE_PARKING = "bicycle_parking"  # 自行车库
    MOTORCYCLE_PARKING = "motorcycle_parking"  # 电动车、摩托车库
    GUARD = "guard"  # 警卫用房
    VACATE_AFTER_POST = "vacate_after_post"  # 卸任后腾退期限
    RETURN_AFTER_LEAVING = "return_after_leaving"  # 调离、退休后收回期限


class Verification(StrEnum):
    """How sure the wording behind a figure is (核实情况); only the first counts as verified."""

    OFFICIAL = "official"  # 已核实: seen in a text of an official body
    QUOTED = "quoted"  # 转引: quoted by a third party
    PRACTICE = "practice"  # 实务佐证: as systems in use have it, no law
    MEMORY = "memory"  # 未核实: no source was found

    @property
    def verified(self) -> bool:
        """Whether the figure may be shown without a warning."""
        return self is Verification.OFFICIAL


class Shape(StrEnum):
    """How a figure depends on the number of posts, persons or places."""

    CONSTANT = "constant"  # one figure
    LINEAR = "linear"  # `figure` up to `upto`, `figure_beyond` from `beyond_from`, a straight line between
    EXCESS = "excess"  # `figure` for each up to `upto`, `figure_beyond` for each beyond


class Unit(StrEnum):
    """What a figure is measured in."""

    USABLE_M2_PER_PERSON = "usable_m2_per_person"  # ㎡使用面积/人
    GROSS_M2_PER_PERSON = "gross_m2_per_person"  # ㎡建筑面积/人
    GROSS_M2_PER_PLACE = "gross_m2_per_place"  # ㎡建筑面积/辆
    USABLE_M2 = "usable_m2"  # ㎡使用面积
    RATIO = "ratio"  # of 1
    METRES = "m"  # m
    MONTHS = "months"  # 月


@dataclass(frozen=True, slots=True)
class KindFacts:
    """What holds for all figures of a kind; `by_rank` and `by_level` say what tells its rows apart.

    A rank belongs to one level, so that figures by rank need no level to be told apart.
    """

    name: Definition
    unit: Unit
    shape: Shape = Shape.CONSTANT
    by_level: bool = False
    by_rank: bool = False
    smaller_is_stricter: bool = True


def _facts(zh: str, en: str, unit: Unit, **more: bool | Shape) -> KindFacts:
    return KindFacts(Definition(zh, en), unit, **more)  # type: ignore[arg-type]


FACTS: Mapping[NormKind, KindFacts] = MappingProxyType(
    {
        NormKind.OFFICE_CEILING: _facts(
            "办公室使用面积上限", "Office ceiling", Unit.USABLE_M2_PER_PERSON, by_rank=True
        ),
        NormKind.OFFICE_CEILING_BOUND: _facts(
            "下级自行规定办公室面积时的上限", "Bound of offices set below", Unit.USABLE_M2_PER_PERSON, by_level=True
        ),
        NormKind.PRIVATE_TOILET: _facts(
            "办公室内卫生间上限(含在办公室面积内)", "Private toilet, inside the ceiling", Unit.USABLE_M2
        ),
        NormKind.SERVICE_RATE: _facts(
            "服务用房人均使用面积", "Service rooms", Unit.USABLE_M2_PER_PERSON, shape=Shape.LINEAR, by_level=True
        ),
        NormKind.EQUIPMENT_RATIO: _facts(
            "设备用房占办公室与服务用房使用面积之和的比例", "Equipment rooms, of offices and service rooms", Unit.RATIO
        ),
        NormKind.EFFICIENCY_MULTI_STOREY: _facts(
            "多层建筑总使用面积系数 K",
            "Efficiency K, up to the height of a high-rise",
            Unit.RATIO,
            smaller_is_stricter=False,
        ),
        NormKind.EFFICIENCY_HIGH_RISE: _facts(
            "高层建筑总使用面积系数 K", "Efficiency K, high-rise", Unit.RATIO, smaller_is_stricter=False
        ),
        NormKind.HIGH_RISE_ABOVE: _facts("高层建筑的高度起点", "High-rise above", Unit.METRES),
        NormKind.CANTEEN: _facts("食堂", "Canteen", Unit.GROSS_M2_PER_PERSON, shape=Shape.EXCESS),
        NormKind.CAR_PARKING: _facts("汽车库", "Car parking", Unit.GROSS_M2_PER_PLACE, shape=Shape.EXCESS),
        NormKind.BICYCLE_PARKING: _facts("自行车库", "Bicycle parking", Unit.GROSS_M2_PER_PLACE),
        NormKind.MOTORCYCLE_PARKING: _facts(
            "电动车、摩托车库", "Parking of electric bicycles and motorcycles", Unit.GROSS_M2_PER_PLACE
        ),
        NormKind.GUARD: _facts("警卫用房", "Guard rooms", Unit.GROSS_M2_PER_PERSON),
        NormKind.VACATE_AFTER_POST: _facts("卸任后腾退办公室的期限", "Office vacated after the post", Unit.MONTHS),
        NormKind.RETURN_AFTER_LEAVING: _facts(
            "调离、退休后收回办公室的期限", "Office returned after leaving", Unit.MONTHS
        ),
    }
)

VERIFICATION_NAMES: Mapping[Verification, Definition] = MappingProxyType(
    {
        Verification.OFFICIAL: Definition("已核实", "Verified"),
        Verification.QUOTED: Definition("转引,未见官方原文", "Quoted, official text not seen"),
        Verification.PRACTICE: Definition("实务做法,未见条文", "Practice, no clause seen"),
        Verification.MEMORY: Definition("未核实", "Unverified"),
    }
)

UNIT_NAMES: Mapping[Unit, Definition] = MappingProxyType(
    {
        Unit.USABLE_M2_PER_PERSON: Definition("㎡使用面积/人", "m² usable a person"),
        Unit.GROSS_M2_PER_PERSON: Definition("㎡建筑面积/人", "m² gross a person"),
        Unit.GROSS_M2_PER_PLACE: Definition("㎡建筑面积/辆", "m² gross a vehicle"),
        Unit.USABLE_M2: Definition("㎡使用面积", "m² usable"),
        Unit.RATIO: Definition("(比例)", "(ratio)"),
        Unit.METRES: Definition("米", "m"),
        Unit.MONTHS: Definition("个月", "months"),
    }
)

"""The cost of use in words: the name of each line, and its formula with the figures put in."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fangdi.domain.common import Definition
from fangdi.domain.costs.calculation import CostLine, Item, Note, Standing
from fangdi.domain.costs.kinds import FACTS
from fangdi.domain.rounding import two_decimals

ITEM_NAMES: Mapping[Item, Definition] = MappingProxyType(
    {
        Item.DEPRECIATION: Definition("折旧", "Depreciation"),
        Item.LAND: Definition("土地", "Land"),
        Item.RENT: Definition("租金", "Rent"),
        Item.UPKEEP: Definition("维修养护", "Upkeep"),
        Item.SERVICES: Definition("物业服务", "Property services"),
        Item.ENERGY: Definition("能源", "Energy"),
    }
)
NOTE_TEXTS: Mapping[Note, Definition] = MappingProxyType(
    {
        Note.WRITTEN_OFF: Definition("已满折旧年限,不再计提", "past its useful life: depreciates no more"),
        Note.AGE_UNKNOWN: Definition(
            "建成年份未登记,按未满年限计", "year of completion unknown: taken as within its life"
        ),
        Note.NO_RENT: Definition("年租金未登记", "the rent is not recorded"),
        Note.NO_AREA: Definition("该口径的建筑面积未登记", "no floor area of this basis"),
    }
)
STANDING_NAMES: Mapping[Standing, Definition] = MappingProxyType(
    {
        Standing.OVER: Definition("高于合理水平", "Above the level"),
        Standing.WITHIN: Definition("不高于合理水平", "Within the level"),
        Standing.UNKNOWN: Definition("不能判断", "Cannot be told"),
    }
)


def at_least(yuan: float | None, *, without_rate: int = 0, without_floor_area: int = 0, rooms: int = 0) -> str:
    """Write a sum of costs with what it leaves out: for want of rates, floor areas of buildings, or areas of rooms."""
    said = "—" if yuan is None else f"{two_decimals(yuan):,.2f}"
    left_out = ";".join(
        words.format(n=number)
        for number, words in (
            (without_rate, "{n} 项费率不全 with rates missing"),
            (without_floor_area, "{n} 栋没有建筑面积 building(s) without floor area"),
            (rooms, "{n} 间没有面积 room(s) without area"),
        )
        if number
    )
    return f"{said}(不低于 at least:{left_out})" if left_out else said


def figure(value: float) -> str:
    """Write a figure with no more than four decimals and no zeros at its end."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def formula(line: CostLine) -> Definition:
    """Return the formula of a line with its figures; where one is missing, what nobody has laid down or recorded."""
    if line.missing is not None:
        name = FACTS[line.missing].name
        return Definition(f"缺少费率:{name.zh}", f"Nobody has laid down: {name.en}")
    if line.yuan_m2 is None:
        return NOTE_TEXTS[line.note] if line.note else Definition("缺少数值", "a figure is missing")
    return _FORMULAS[line.item](line)


def _depreciation(line: CostLine) -> Definition:
    value, life = figure(line.inputs["value"]), figure(line.inputs["life"])
    if line.note is Note.WRITTEN_OFF:
        age = figure(line.inputs["age"])
        return Definition(
            f"已使用 {age} 年,满 {life} 年折旧年限,不再计提",
            f"{age} years in use, past its useful life of {life}: no more",
        )
    kept = line.inputs["residual"]
    part = f" × (1 − {figure(kept * 100)}%)" if kept else ""
    return Definition(f"{value} 元/㎡{part} ÷ {life} 年", f"{value} yuan/m²{part} ÷ {life} years")


def _land(line: CostLine) -> Definition:
    value, term = figure(line.inputs["value"]), figure(line.inputs["term"])
    return Definition(f"{value} 元/㎡ ÷ {term} 年", f"{value} yuan/m² ÷ {term} years")


def _rent(line: CostLine) -> Definition:
    rent, gross = figure(line.inputs["rent"]), f"{line.inputs['gross']:,.2f}"
    return Definition(f"年租金 {rent} 元 ÷ 建筑面积 {gross} ㎡", f"rent {rent} yuan ÷ floor area {gross} m²")


def _as_laid_down(_: CostLine) -> Definition:
    return Definition("按登记的费率", "as laid down")


_FORMULAS: Mapping[Item, Callable[[CostLine], Definition]] = MappingProxyType(
    {
        Item.DEPRECIATION: _depreciation,
        Item.LAND: _land,
        Item.RENT: _rent,
        Item.UPKEEP: _as_laid_down,
        Item.SERVICES: _as_laid_down,
        Item.ENERGY: _as_laid_down,
    }
)

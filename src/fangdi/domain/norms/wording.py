"""The calculation of an approved area in words: the name of each step, and its formula with the figures put in."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from fangdi.domain.common import Definition
from fangdi.domain.norms.approved import Line, Step
from fangdi.domain.norms.entitlement import Part
from fangdi.domain.norms.kinds import FACTS, Shape

STEP_NAMES: Mapping[Step, Definition] = MappingProxyType(
    {
        Step.OFFICE_OF_RANK: Definition("办公室", "Offices"),
        Step.OFFICES: Definition("A 办公室使用面积", "A, offices"),
        Step.SERVICE: Definition("B 服务用房使用面积", "B, service rooms"),
        Step.EQUIPMENT: Definition("设备用房使用面积", "Equipment rooms"),
        Step.BASIC: Definition("基本办公用房使用面积(核定面积)", "Basic office premises, usable (approved area)"),
        Step.GROSS_MULTI_STOREY: Definition("折合建筑面积(多层)", "As gross area, multi-storey"),
        Step.GROSS_HIGH_RISE: Definition("折合建筑面积(高层)", "As gross area, high-rise"),
        Step.CANTEEN: Definition("食堂建筑面积", "Canteen, gross"),
        Step.TOTAL_MULTI_STOREY: Definition("总建筑面积(多层)", "Total gross area, multi-storey"),
        Step.TOTAL_HIGH_RISE: Definition("总建筑面积(高层)", "Total gross area, high-rise"),
    }
)
NOT_KEPT = Definition(
    "车库、警卫用房和人防设施的数量由建设项目确定,不在其内。",
    "Parking, guard rooms and civil-defence rooms are not in it: their numbers come with a building project.",
)


def formula(line: Line) -> Definition:
    """Return the formula of a line with its figures; where one is missing, what nobody has laid down."""
    if line.missing is not None:
        name = FACTS[line.missing].name
        return Definition(f"缺少指标:{name.zh}", f"Nobody has laid down: {name.en}")
    if line.area_m2 is None:
        return Definition("缺少上面的数值", "A figure above is missing")
    return _FORMULAS[line.step](line)


def _figure(value: float) -> str:
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def _rank(line: Line) -> Definition:
    posts, ceiling = _figure(line.inputs["posts"]), _figure(line.inputs["ceiling"])
    return Definition(f"{posts} 人 × {ceiling} ㎡", f"{posts} posts × {ceiling} m²")


def _service(line: Line) -> Definition:
    posts, rate = _figure(line.inputs["posts"]), _figure(line.inputs["rate"])
    norm = line.norms[0]
    zh, en = f"{posts} 人 × {rate} ㎡", f"{posts} posts × {rate} m²"
    if norm.shape is Shape.LINEAR and norm.figure_beyond is not None:
        low, high = _figure(norm.figure), _figure(norm.figure_beyond)
        zh += f"({norm.upto} 人及以下为 {low} ㎡;{norm.beyond_from} 人及以上为 {high} ㎡;其间按直线内插)"
        en += f" ({low} m² up to {norm.upto}, {high} m² from {norm.beyond_from}, a straight line between)"
    return Definition(zh, en)


def _equipment(line: Line) -> Definition:
    offices, service = _figure(line.inputs["offices"]), _figure(line.inputs["service"])
    percent = _figure(line.inputs["ratio"] * 100)
    return Definition(
        f"(A + B) × {percent}% = ({offices} + {service}) × {percent}%",
        f"(A + B) × {percent} % = ({offices} + {service}) × {percent} %",
    )


def _gross(line: Line) -> Definition:
    basic, k = _figure(line.inputs["basic"]), _figure(line.inputs["efficiency"])
    return Definition(f"{basic} ÷ K {k}", f"{basic} ÷ K {k}")


def _canteen(line: Line) -> Definition:
    norm, posts = line.norms[0], int(line.inputs["posts"])
    low = _figure(norm.figure)
    if norm.upto is None or norm.figure_beyond is None or posts <= norm.upto:
        return Definition(f"{posts} 人 × {low} ㎡", f"{posts} persons × {low} m²")
    high, rest = _figure(norm.figure_beyond), posts - norm.upto
    return Definition(
        f"{norm.upto} 人 × {low} ㎡ + {rest} 人 × {high} ㎡",
        f"{norm.upto} persons × {low} m² + {rest} persons × {high} m²",
    )


_FORMULAS: Mapping[Step, Callable[[Line], Definition]] = MappingProxyType(
    {
        Step.OFFICE_OF_RANK: _rank,
        Step.OFFICES: lambda _: Definition("各职级之和", "sum over the ranks"),
        Step.SERVICE: _service,
        Step.EQUIPMENT: _equipment,
        Step.BASIC: lambda _: Definition("A + B + 设备用房", "A + B + equipment rooms"),
        Step.GROSS_MULTI_STOREY: _gross,
        Step.GROSS_HIGH_RISE: _gross,
        Step.CANTEEN: _canteen,
        Step.TOTAL_MULTI_STOREY: lambda _: Definition("折合建筑面积 + 食堂", "gross area + canteen"),
        Step.TOTAL_HIGH_RISE: lambda _: Definition("折合建筑面积 + 食堂", "gross area + canteen"),
    }
)

PARTS: Mapping[str, Definition] = MappingProxyType(
    {
        Part.OFFICE: Definition("办公室", "Offices"),
        Part.SERVICE: Definition("服务用房", "Service rooms"),
        Part.EQUIPMENT: Definition("设备用房", "Equipment rooms"),
        Part.BASIC: Definition("合计", "Together"),
    }
)
"""What the parts of a basic area are called."""

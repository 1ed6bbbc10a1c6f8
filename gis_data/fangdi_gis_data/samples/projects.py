"""Invented building projects: one under way, one that is finished, and one of which little is known yet."""

from collections.abc import Iterator
from datetime import date

from fangdi_gis_data.samples.agencies import CITY_CODE, MARK
from fangdi_gis_data.samples.model import ConstructionProject, Period

_Known = tuple[str | None, str | None, str | None, str | None, float | None, float | None]
_PROJECTS: tuple[tuple[str, str, str, _Known, Period], ...] = (
    (
        CITY_CODE,
        "2021-03",
        "市档案馆库房扩建",
        ("市发展和改革委员会", "市机关事务管理局", "市档案馆", "行政中心东侧", 3200.0, 1860.0),
        (date(2021, 6, 1), date(2023, 11, 1)),
    ),
    (
        CITY_CODE,
        "2025-01",
        "市级机关办公用房维修改造",
        ("市发展和改革委员会", "市机关事务管理局", "市卫生健康委员会等", "行政中心3号楼", 6400.0, 2350.0),
        (date(2025, 3, 1), None),
    ),
    (
        "330212",
        "2025-07",
        "区政务服务中心新建",
        (None, "鄞州机关事务服务中心", None, None, 5200.0, None),
        (date(2025, 9, 1), None),
    ),
)
"""Place, number, name, then approved by, builder, user, address, gross m² and estimate in 10,000 CNY; period."""


def projects() -> Iterator[ConstructionProject]:
    """Return the projects."""
    for number, (place, code, name, known, valid) in enumerate(_PROJECTS, start=1):
        approved_by, builder, user_name, address, gross, estimate = known
        yield ConstructionProject(
            id=number,
            jurisdiction_code=place,
            code=code,
            name=name + MARK,
            approved_by=approved_by,
            builder=builder,
            user_name=user_name,
            address=address,
            planning_gross_m2=gross,
            estimate_10k_yuan=estimate,
            valid=valid,
        )

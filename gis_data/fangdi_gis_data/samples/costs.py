"""Invented rates of the cost of use, and an invented rule of what is under-used: no such figures were published."""

from collections.abc import Iterator, Sequence
from datetime import date

from fangdi_gis_data.samples.agencies import CITY_CODE
from fangdi_gis_data.samples.model import Building, Period
from fangdi_gis_data.samples.programme import HISTORY_FROM
from fangdi_gis_data.samples.room_model import CostRate, IdleRule

_SOURCE = "示例:虚构费率,非真实标准"
_REVISED = date(2023, 1, 1)
"""When the rates of upkeep and energy rose in the sample."""
_FROM_THE_START: Period = (HISTORY_FROM, None)
_DEAR_ENERGY = 96.0
_FIGURES: tuple[tuple[str, float, str | None, bool | None, Period], ...] = (
    ("building_value", 3000, None, None, _FROM_THE_START),
    ("building_value", 3600, "reinforced_concrete", None, _FROM_THE_START),
    ("building_value", 2200, "brick_wood", None, _FROM_THE_START),
    ("useful_life", 50, None, None, _FROM_THE_START),
    ("useful_life", 40, "mixed", None, _FROM_THE_START),
    ("useful_life", 30, "brick_wood", None, _FROM_THE_START),
    ("land_value", 2800, None, None, _FROM_THE_START),
    ("land_term", 50, None, None, _FROM_THE_START),
    ("upkeep", 24, None, None, (HISTORY_FROM, _REVISED)),
    ("upkeep", 28, None, None, (_REVISED, None)),
    ("services", 42, None, None, _FROM_THE_START),
    ("services", 54, None, True, _FROM_THE_START),
    ("energy", 52, None, None, (HISTORY_FROM, _REVISED)),
    ("energy", 58, None, None, (_REVISED, None)),
    ("energy", 66, None, True, (_REVISED, None)),
    ("reasonable_level", 430, None, None, _FROM_THE_START),
)
"""Kind, figure, structure, lift, and the period."""


def cost_rates(buildings: Sequence[Building]) -> Iterator[CostRate]:
    """Return the rates of the city, and one that its first building has for itself."""
    for number, (kind, figure, structure, has_lift, valid) in enumerate(_FIGURES, start=1):
        yield CostRate(
            id=number,
            jurisdiction_code=CITY_CODE,
            structure=structure,
            has_lift=has_lift,
            kind=kind,
            figure=figure,
            source=_SOURCE,
            valid=valid,
            reason="示例",
        )
    first = buildings[0]
    yield CostRate(
        id=len(_FIGURES) + 1,
        jurisdiction_code=first.jurisdiction_code,
        building_id=first.id,
        kind="energy",
        figure=_DEAR_ENERGY,
        source="示例:虚构的年度能耗决算",
        valid=(_REVISED, None),
        reason="示例",
    )


def idle_rules() -> Iterator[IdleRule]:
    """Return what the city takes for under-used; what is idle it leaves as the system has it."""
    yield IdleRule(
        jurisdiction_code=CITY_CODE,
        min_days=0,
        period_months=3,
        m2_per_head=10.5,
        seat_share=0.75,
        source="示例:虚构的认定规则",
        verification="memory",
        valid=_FROM_THE_START,
        reason="示例",
    )

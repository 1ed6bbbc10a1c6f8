"""The gross floor area (建筑面积) of a plan rule by rule, by both standards that define one."""

import math
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.plans import gross
from fangdi.domain.plans.model import Plan
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import plan_checks
from fangdi.service.plans import stored

Shown = dict[str, Any]
BASES = (AreaBasis.REGISTERED, AreaBasis.PLANNING)
"""Titles rest on GB/T 17986.1, planning on GB/T 50353; the first is what is shown unless somebody asks."""


def breakdown(connection: Connection, number: int) -> Shown:
    """Return how the gross area of a plan and of its floors is counted; NotFoundError unless the reader sees it."""
    found = stored(connection, number)
    around = plan_checks.circulation(connection, found.rooms)
    return {"bases": [by_basis(found.plan, basis, circulation=around) for basis in BASES]}


def by_basis(plan: Plan, basis: AreaBasis, *, circulation: Collection[str] = ()) -> Shown:
    """Return the gross area by the rules of one standard, floor by floor and of all floors; areas in m²."""
    counted = gross.building_gross(plan, basis=basis)
    ratios = plan_checks.figures(plan, circulation=circulation, basis=basis)
    floors = [
        {
            "key": floor.key,
            "name": floor.name,
            "level": floor.level,
            **_figures(ratios.floors[floor.key]),
            "outline_implied": floor.outline_implied,
            "parts": _rules(area.parts),
        }
        for floor, area in zip(plan.floors, counted.floors, strict=True)
    ]
    return {
        "basis": basis,
        "standard": gross.RULES[basis, gross.Case.WHOLE].standard,
        **_figures(ratios.whole),
        "outline_implied": any(area.estimated for area in counted.floors),
        "parts": _rules(part for area in counted.floors for part in area.parts),
        "floors": floors,
    }


def _figures(ratio: gross.Efficiency) -> Shown:
    k = None if ratio.k is None else round(ratio.k, 4)
    return {"usable_m2": ratio.usable_m2, "gross_m2": ratio.gross_m2, "efficiency": k}


def _rules(parts: Iterable[gross.CountedPart]) -> list[Shown]:
    """Return what each rule counts, in the order of the rules."""
    listed = list(parts)
    return [
        {
            "case": rule.case,
            "says": rule.says,
            "factor": rule.factor,
            "area_m2": math.fsum(part.outline_area_m2 for part in listed if part.rule is rule),
            "counted_m2": math.fsum(part.counted_m2 for part in listed if part.rule is rule),
            "standard": rule.standard,
            "clause": rule.clause,
            "verified": rule.verified,
            "clause_verified": rule.clause_verified,
        }
        for rule in gross.RULES.values()
        if any(part.rule is rule for part in listed)
    ]

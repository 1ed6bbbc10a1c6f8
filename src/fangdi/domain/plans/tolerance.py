"""Tolerances of areas (面积限差), GB/T 17986.1: how far two determinations of one area may differ."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from types import MappingProxyType


class AccuracyClass(IntEnum):
    """Accuracy class of house surveying (房屋面积精度等级)."""

    FIRST = 1  # 一级
    SECOND = 2  # 二级
    THIRD = 3  # 三级


@dataclass(frozen=True, slots=True)
class ToleranceRule:
    """Limit in m² = `root` × √S + `linear` × S, for an area S in m²; the figures are data with a source."""

    accuracy: AccuracyClass
    root: float
    linear: float
    source: str
    verified: bool

    def limit_m2(self, area_m2: float) -> float:
        """Return how far two determinations of an area may differ, m²."""
        return self.root * math.sqrt(area_m2) + self.linear * area_m2


def _rules() -> tuple[ToleranceRule, ...]:
    quoted = "GB/T 17986.1-2000, as quoted by third parties"
    return (
        ToleranceRule(AccuracyClass.FIRST, 0.02, 0.0006, "GB/T 17986.1-2000, from memory", verified=False),
        ToleranceRule(AccuracyClass.SECOND, 0.04, 0.002, quoted, verified=True),
        ToleranceRule(AccuracyClass.THIRD, 0.08, 0.006, quoted, verified=True),
    )


GBT_17986: Mapping[AccuracyClass, ToleranceRule] = MappingProxyType({rule.accuracy: rule for rule in _rules()})
"""Limits by class, for where a deployment has set none of its own; offices are class 3 unless somebody says else.

That they are is from memory too (standards seen say nothing of it), which is why the class is a setting."""

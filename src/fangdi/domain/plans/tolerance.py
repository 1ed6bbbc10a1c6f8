"""Tolerances of areas (面积限差), GB/T 17986.1: how far two determinations of one area may differ."""

import math
from dataclasses import dataclass
from enum import IntEnum


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

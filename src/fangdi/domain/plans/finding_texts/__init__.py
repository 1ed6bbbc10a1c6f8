"""What each finding says, in Chinese and English, and what to do about it; placeholders are the finding's `values`.

A counted thing stands behind its number in both its forms: `{count:wall|walls}`.
"""

from collections.abc import Mapping
from types import MappingProxyType

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.finding_texts.areas import AREAS
from fangdi.domain.plans.finding_texts.files import FILES
from fangdi.domain.plans.finding_texts.form import FindingText
from fangdi.domain.plans.finding_texts.outlines import OUTLINES
from fangdi.domain.plans.finding_texts.places import PLACES
from fangdi.domain.plans.finding_texts.rooms import ROOMS
from fangdi.domain.plans.findings import Finding, FindingCode

__all__ = ["TEXTS", "FindingText", "say"]

TEXTS: Mapping[FindingCode, FindingText] = MappingProxyType(FILES | PLACES | OUTLINES | ROOMS | AREAS)

_SHARES = {"share", "score"}
"""Values shown in per cent."""
_SHORT_M = 0.1
"""Shorter lengths are told to the millimetre: a gap of 3 mm is no gap of 0.00 m."""


def say(finding: Finding) -> Labels:
    """Return the finding as a sentence; areas and lengths with two decimals, short lengths with three, shares in %."""
    says = TEXTS[finding.code].says
    shown = {name: _shown(name, value) for name, value in finding.values.items()}
    chinese = {name.removesuffix("_zh"): words for name, words in shown.items() if name.endswith("_zh")}
    return Labels(says.zh.format_map(shown | chinese), says.en.format_map(shown))


class _Word(str):
    """A value as it is shown; with the two forms of what it counts, the right one stands behind it."""

    __slots__ = ()

    def __format__(self, forms: str, /) -> str:
        one, _, many = forms.partition("|")
        return f"{self!s} {one if self == '1' else many}" if forms else str(self)


def _shown(name: str, value: str | float) -> str:
    return _Word(_written(name, value))


def _written(name: str, value: str | float) -> str:
    if not isinstance(value, float):
        return str(value)
    if name in _SHARES:
        return f"{value:.1%}"
    return f"{value:.3f}" if name.endswith("_m") and abs(value) < _SHORT_M else f"{value:.2f}"

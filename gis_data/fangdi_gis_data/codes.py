"""Forms and check digits of the codes in Chinese registers."""

import re

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from fangdi.service.loading_words import half_width

JURISDICTION = re.compile(r"[0-9]{6}([0-9]{6})?")
"""GB/T 2260, six digits; below county the twelve-digit statistical code."""

PARCEL = re.compile(r"[0-9]{12}[GJZ][ABCDEFGHSWXY][0-9]{5}")
"""宗地代码, GB/T 37346: division 6, cadastral district 3, sub-district 3, kind of right 2, number 5."""

UNIT = re.compile(PARCEL.pattern + "[FLQW][0-9]{8}")
"""不动产单元代码, GB/T 37346: parcel code 19, kind of fixture 1, number of the unit 8."""

NATURAL_BUILDING = re.compile(PARCEL.pattern + "F[0-9]{4}")
"""自然幢号: parcel code 19, F, number of the building 4; unverified."""


def compact(code: str) -> str:
    """Return a code without the blanks it is printed with, in half-width capitals."""
    return re.sub(r"[\s\-]", "", half_width(code)).upper()


def uscc_fault(code: str) -> str | None:
    """Return what is wrong with a unified social credit code (统一社会信用代码, GB 32100), or None.

    python-stdnum knows only codes whose second character is a digit; ours all are (11 agencies, 12 institutions,
    13 group organs).
    """
    if len(code) != 18:
        return f"has {len(code)} characters instead of 18"
    try:
        uscc.validate(code)
    except ValidationError:
        expected = _expected_digit(code)
        return f"the check character should be {expected}" if expected else "is not a unified social credit code"
    return None


def _expected_digit(code: str) -> str | None:
    try:
        return str(uscc.calc_check_digit(code[:17]))
    except (ValueError, ValidationError):
        return None

"""Reading what a file says about floors: '3', 'B1', '3层', '地下一层', 'GF', and ranges such as '0-3' or '0;1'."""

import re
from collections.abc import Mapping
from typing import Literal

from fangdi.service.loading_words import half_width

LevelRanges = Literal["lowest", "each"]

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HAN = "[零〇一二两三四五六七八九十]+"
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d)?")
_FLOOR = re.compile(rf"(?:第|F|L|地上)?(\d+|{_HAN})(?:层|楼|F|/F)?", re.IGNORECASE)
_BELOW = re.compile(rf"(?:B|-|负|地下室?(?:第)?|LG)(\d+|{_HAN})(?:层|楼|F|/F)?", re.IGNORECASE)
_RANGE = re.compile(r"([+-]?\d+(?:\.\d)?)-([+-]?\d+(?:\.\d)?)")

_NAMED = {
    "g": 0.0,
    "gf": 0.0,
    "ground": 0.0,
    "ground floor": 0.0,
    "首层": 1.0,
    "底层": 1.0,
    "地下室": -1.0,
    "basement": -1.0,
}

MOST, LEAST = 999.9, -999.9
"""What the floor's level column, numeric(4,1), can hold."""


def han_number(text: str) -> int:
    """Read a Chinese numeral up to 99: 三, 十二, 二十, 二十一."""
    if "十" not in text:
        return int("".join(str(_DIGITS[digit]) for digit in text))
    tens, _, ones = text.partition("十")
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)


def read_levels(text: str, *, named: Mapping[str, float], ranges: LevelRanges | None) -> list[float]:
    """Return the level a file names, several when it is a range and `ranges` is each.

    `named` are the deployment's own names and win. The numbers of the file are kept: where the ground floor is 0 it
    stays 0. Raises ValueError with the advice when the text names no level, or several without a choice of `ranges`.
    """
    clean = text.strip()
    if clean in named:
        return [float(named[clean])]
    clean = half_width(clean)
    single = _single(clean)
    if single is not None:
        return [_storable(single, text)]
    several = _several(clean)
    if not several:
        raise ValueError("names no floor that is known; translate it with level_map")
    if ranges is None:
        raise ValueError("spans several floors; choose with level_ranges: lowest or each")
    wanted = [min(several)] if ranges == "lowest" else several
    return [_storable(level, text) for level in wanted]


def _single(text: str) -> float | None:
    if _NUMBER.fullmatch(text):
        return float(text)
    if text.lower() in _NAMED:
        return _NAMED[text.lower()]
    below = _BELOW.fullmatch(text)
    if below:
        return -float(_count(below[1]))
    above = _FLOOR.fullmatch(text)
    return float(_count(above[1])) if above else None


def _count(digits: str) -> int:
    return int(digits) if digits.isascii() else han_number(digits)


def _several(text: str) -> list[float]:
    """Read '0-3', '-1-3', '0;1' and mixtures; the steps of a range are whole floors."""
    found: set[float] = set()
    for part in text.split(";"):
        clean = part.strip()
        span = _RANGE.fullmatch(clean)
        if span:
            low, high = sorted((float(span[1]), float(span[2])))
            if high - low > 200:
                return []
            found.update(low + step for step in range(int(high - low) + 1))
        elif _NUMBER.fullmatch(clean):
            found.add(float(clean))
        else:
            return []
    return sorted(found)


def _storable(level: float, text: str) -> float:
    if not LEAST <= level <= MOST:
        raise ValueError(f"{text} is no floor of a building")
    return level

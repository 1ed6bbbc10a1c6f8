"""Which level the title of a plan names: 三层平面图, B1层, 3F PLAN, SECOND FLOOR PLAN."""

import re
import unicodedata

from fangdi_gis_data.levels import read_levels

_HAN = "[零〇一二两三四五六七八九十]"
_CHINESE = re.compile(
    rf"(?:地下室?第?|负|-|B)\s*(?:\d{{1,2}}|{_HAN}{{1,3}})\s*(?:层|楼|F)|(?:第|地上)?\s*(?:\d{{1,3}}|{_HAN}{{1,3}})\s*(?:层|楼)|首层|底层|地下室",
    re.IGNORECASE,
)
_SHORT = re.compile(r"(?<![A-Za-z0-9])(?:B\d{1,2}F?|\d{1,3}F|F\d{1,3}|L\d{1,3})(?![A-Za-z0-9])", re.IGNORECASE)
_ORDINALS = {
    name: level
    for level, names in enumerate(
        ("ground", "first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th", "seventh 7th",
         "eighth 8th", "ninth 9th", "tenth 10th")
    )
    for name in names.split()
}  # fmt: skip
_ENGLISH = re.compile(rf"\b({'|'.join(_ORDINALS)}|\d{{1,2}}th)\s+(?:floor|level|storey|story)\b", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:level|floor|storey|story)\s*[:#]?\s*(-?\d{1,3})\b", re.IGNORECASE)
_BASEMENT = re.compile(r"\bbasement(?:\s*(\d))?\b", re.IGNORECASE)
_SPAN = re.compile(rf"(?:\d|{_HAN})\s*(?:[~～、,至到—-]+)\s*(?:\d|{_HAN})+\s*(?:层|楼|F)", re.IGNORECASE)
_PLAN = re.compile(r"平面|\bplans?\b|布置图|测绘图|分层图", re.IGNORECASE)
_STANDS_ON = re.compile(r"(?:所在|名义|实际)(?:楼)?层(?:数|次)?\s*:?\s*(-?\d{1,3})(?![\d.])")
"""A cell of the frame of a plan by floor (分层分户图)."""
_MOST_LETTERS = 40


def is_floor_title(text: str) -> bool:
    """Return whether a text is the title of a floor: it names a level and is a plan, or says nothing but a level."""
    clean = _clean(text)
    if len(clean) > _MOST_LETTERS or (level_of(clean) is None and not _SPAN.search(clean)):
        return False
    if _PLAN.search(clean) or _STANDS_ON.search(clean):
        return True
    rest = clean
    for pattern in (_CHINESE, _SHORT, _ENGLISH, _NUMBERED, _BASEMENT):
        rest = pattern.sub("", rest)
    return not any(letter.isalnum() for letter in rest)


def level_of(text: str) -> float | None:
    """Return the level that a title names; None where it names none, or several."""
    clean = _clean(text)
    if _SPAN.search(clean):
        return None
    stands = _STANDS_ON.search(clean)
    if stands:
        return float(stands[1]) or None
    for pattern in (_CHINESE, _SHORT):
        found = pattern.search(clean)
        if found:
            try:
                return read_levels(found[0].replace(" ", "").replace("地下室一", "地下一"), named={}, ranges=None)[0]
            except ValueError:
                continue
    english = _ENGLISH.search(clean)
    if english:
        word = english[1].lower()
        return float(_ORDINALS[word] if word in _ORDINALS else int(word[:-2]))
    numbered = _NUMBERED.search(clean)
    if numbered:
        return float(numbered[1])
    below = _BASEMENT.search(clean)
    return -float(below[1] or 1) if below else None


def _clean(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())

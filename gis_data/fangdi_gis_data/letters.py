"""What the font of a document cannot set, in words: 👍 in a remark is [thumbs up sign], and not an empty place."""

import unicodedata
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_RARE_CHARACTERS = range(0x3400, 0x4DB6)
"""CJK extension A: the standard Chinese fonts of PDF readers have it beside the letters of GBK (Adobe-GB1-4)."""
_NOT_OF_UNICODE_MAP = frozenset("·ńňɑɡ")
"""Letters of GBK that the fonts have, but not under their Unicode number (CMap UniGB-UCS2-H)."""
_BESIDE_GBK = frozenset("¥€・")
_COMPATIBILITY = range(0xF900, 0xFE50)
"""Second forms of characters and forms for vertical text: of GBK, and not of that map."""
_INSTEAD = str.maketrans({"·": "・", "•": "・", "−": "-", "‑": "-", "²": "2", "³": "3"})
"""What looks the same or says the same in the standard fonts."""
_MODIFIERS = frozenset("\u200d\ufe0e\ufe0f")
"""Joiners and selectors of a look: they say nothing by themselves."""


def in_words(text: str, font: str) -> str:
    """Return a text whose letters the font has, with the names of others in brackets."""
    if text.isascii():
        return text
    if not isinstance(pdfmetrics.getFont(font), TTFont):
        text = text.replace("m²", "㎡").translate(_INSTEAD)
    return "".join(_letter(letter, font) for letter in text)


@lru_cache(maxsize=8192)
def _letter(letter: str, font: str) -> str:
    if letter in _MODIFIERS:
        return ""
    if _has(font, letter):
        return letter
    return f"[{unicodedata.name(letter, f'U+{ord(letter):04X}').lower()}]"


def _has(font: str, letter: str) -> bool:
    known = pdfmetrics.getFont(font)
    if isinstance(known, TTFont):
        return ord(letter) in known.face.charToGlyph
    return ord(letter) in _RARE_CHARACTERS or letter in _BESIDE_GBK or _is_of_gbk(letter)


def _is_of_gbk(letter: str) -> bool:
    if letter in _NOT_OF_UNICODE_MAP or ord(letter) in _COMPATIBILITY:
        return False
    try:
        letter.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True

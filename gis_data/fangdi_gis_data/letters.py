"""What the font of a document cannot set, in words: 👍 in a remark is [thumbs up sign], and not an empty place."""

import unicodedata
from functools import lru_cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_LAST_IN_STANDARD_FONTS = 0xFFFF
"""The Chinese fonts that every PDF reader brings are addressed by two bytes a letter."""
_MODIFIERS = frozenset("\u200d\ufe0e\ufe0f")
"""Joiners and selectors of a look: they say nothing by themselves."""


def in_words(text: str, font: str) -> str:
    """Return a text whose letters the font has, with the names of others in brackets."""
    return text if text.isascii() else "".join(_letter(letter, font) for letter in text)


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
    return ord(letter) <= _LAST_IN_STANDARD_FONTS

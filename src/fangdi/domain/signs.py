"""Signs that no text may hold: control characters (控制字符) break books and documents, and hide in names."""

import re

BARRED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
"""What XML 1.0, section 2.2, and so every book of sheets cannot hold, and DEL; tab and line ends are text."""
_HALVES = r"[\ud800-\udfff]"
"""Halves of surrogate pairs, which stand for no letter: UTF-8 cannot write them (Unicode, D75)."""
_BARRED = re.compile(f"{BARRED}|{_HALVES}")


def legible(text: str) -> str:
    """Return a text without the signs that no text may hold."""
    return _BARRED.sub("", text)


def spelled(text: str) -> str:
    r"""Return a text with such signs spelled out, as \x07: to be shown to whoever has to remove them."""
    return _BARRED.sub(lambda sign: ascii(sign[0])[1:-1], text)

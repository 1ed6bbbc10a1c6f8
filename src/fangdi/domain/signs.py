"""Signs that no text may hold: control characters (控制字符) break books and documents, and hide in names."""

import re

BARRED = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f" + "\ufffe\uffff]"
"""What XML 1.0, section 2.2, and so every book of sheets cannot hold, and DEL; tab and line ends are text.

The last two as they are and not escaped: so RE2 understands it too, which goes through columns six times as fast.
"""
_HALVES = r"[\ud800-\udfff]"
"""Halves of surrogate pairs, which stand for no letter: UTF-8 cannot write them (Unicode, D75)."""
_BARRED = re.compile(f"{BARRED}|{_HALVES}")


def legible(text: str) -> str:
    """Return a text without the signs that no text may hold."""
    return _BARRED.sub("", text)


def spelled(text: str) -> str:
    r"""Return a text with such signs spelled out, as \x07: to be shown to whoever has to remove them."""
    return _BARRED.sub(lambda sign: ascii(sign[0])[1:-1], text)


_TURNING = re.compile(r"[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Signs of no width, and those that turn the direction of letters (Unicode, annex 9): `gnp.fxd` reads `dxf.png`."""


def one_line(text: str) -> str:
    """Return a name in one line: without signs that break lines, turn letters round or show nothing."""
    return _TURNING.sub("", legible(" ".join(text.split()))).strip()


def is_odd(text: str) -> bool:
    """Return whether a text holds signs that no name has; line ends and blanks are no such signs."""
    return _BARRED.search(text) is not None or _TURNING.search(text) is not None

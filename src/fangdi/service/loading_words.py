"""How words and figures are compared: full-width letters and digits (全角) mean what the half-width ones (半角) do."""

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0x2212: 0x2D}
"""The full-width block of Unicode has the order of ASCII; besides the ideographic space and the minus sign."""


def half_width(text: str) -> str:
    """Return figures, letters and signs half-width: ＧＢ／Ｔ １ becomes GB/T 1.

    Not Unicode's NFKC, which would also turn 10² into 102.
    """
    return text if text.isascii() else text.translate(_HALF_WIDTH)


def same_word(text: str) -> str:
    """Return a word as words of a closed list are compared: half-width, without case and outer blanks."""
    return half_width(text).strip().casefold()

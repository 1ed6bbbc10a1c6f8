"""Reading room labels (房间标注): number, name, use, stated area and size, in Chinese and English forms.

301 办公室 23.5㎡ · A-301 · B1-02 会议室 · AREA: 512 SF · S=23.5 · 13'8 x 14' · 使用面积:18.20m²
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from fangdi.domain.plans.model import StatedBasis
from fangdi_gis_data.plans import room_words

FOOT_M = 0.3048
INCH_M = 0.0254
SQUARE_FOOT_M2 = FOOT_M**2

_METRES2 = r"(?:m2|m\^2\^?|m2\^|平方米|平米|平方|sq\.?\s*m\.?|sqm|m\s*sq\.?|qm)"
_FEET2 = r"(?:sq\.?\s*ft\.?|sqft|s\.?\s*f\.?|ft2|ft\^2|square\s*fee?t|平方英尺)"
_FIGURE = r"(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_WITH_UNIT = re.compile(rf"{_FIGURE}\s*(?:({_METRES2})|({_FEET2}))(?![a-z])", re.IGNORECASE)
_CALLED = re.compile(
    rf"(?:面积|\bnet area|\bgross area|\barea|\bNGF|\bNIA|\bGIA|\b[SA](?=\s*[:=]))\s*[:=约为]*\s*{_FIGURE}",
    re.IGNORECASE,
)
_AREA_WORDS = re.compile(
    r"(?:(?:建筑|使用|套内|室内|净|房间|轴线)*面积|\b(?:net|gross|room|floor)?\s*area\b|\bNGF\b|\bNIA\b|\bGIA\b|\b[SA]\s*[:=])\s*[:=约为]*",
    re.IGNORECASE,
)
_NET = re.compile(r"使用面积|套内|净面积|室内面积|\bnet\b|\bNIA\b|\bNGF\b", re.IGNORECASE)
_GROSS = re.compile(r"建筑面积|\bgross\b|\bGIA\b", re.IGNORECASE)
_CENTRE = re.compile(r"轴线面积|中线面积")
_FEET = r"""(\d+)\s*'\s*-?\s*(\d+(?:\.\d+)?)?(?:\s*(\d+)/(\d+))?\s*(?:"|'')?"""
_FEET_SIZE = re.compile(rf"{_FEET}\s*[x×*]\s*{_FEET}", re.IGNORECASE)
_METRIC_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*(?:mm|m)?\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(?:mm|m)?", re.IGNORECASE)
_NUMBER = (
    r"(?:\d{1,2}F-\d{1,3}|[A-Z]{1,3}\d{0,2}[-#.]?\d{2,4}(?:[-.]\d{1,3})?[A-Z]?|[A-Z]\d{1,2}[-.]\d{1,3}|"
    r"\d{1,2}[-#.]\d{2,4}(?:-\d{1,3})?[A-Z]?|\d{3,4}(?:-\d{1,3})?[A-Z]?)"
)
_WHOLE_NUMBER = re.compile(
    rf"(?:(?:room|rm|no)\.?\s*|房间?号\s*:?\s*|编号\s*:?\s*|#)?({_NUMBER})\s*(?:室|号|#|号房)?", re.IGNORECASE
)
_NUMBER_FIRST = re.compile(rf"({_NUMBER})(?![\d.,])(?:室(?!内)|号房?|#)?[\s:,、_/|-]*(?=\D)(.+)")
_NUMBER_LAST = re.compile(r"(.*[^\d\s.\-#A-Z])[\s:,、_/|(#-]*((?:[A-Z]-?)?\d{3,4}(?:-\d{1,3})?[A-Z]?)\)?")
_USE = re.compile(r"(?:用途|功能|use)\s*[::]\s*(\S+)", re.IGNORECASE)
_NAME_WORDS = re.compile(r"^(?:名称|房间名称?|name)\s*[::]\s*", re.IGNORECASE)


_FIGURE_LAST = re.compile(r"(|.*[^\d.,\s±+\-=:x×*/])\s*(?<![\d.])(\d{1,4}\.\d{1,2})")
_SHORT = frozenset("卫厨厅库井梯廊")


@dataclass(frozen=True, slots=True)
class RoomText:
    """What a label says. All None: it is no label of a room."""

    number: str | None = None
    name: str | None = None
    use: str | None = None
    area_m2: float | None = None
    basis: StatedBasis = StatedBasis.UNKNOWN
    size_m: tuple[float, float] | None = None
    """Width and depth as written, such as 13'8 x 14'."""
    figure: float | None = None
    """A figure with decimals and nothing to say what it is: the area, if the rest is the label of a room."""
    named: bool = False
    """Whether the name has words that rooms are called by."""

    @property
    def sure(self) -> bool:
        """Whether this can be nothing but the label of a room: a room's name, or a number or area with a name."""
        return self.named or (self.number is not None and (self.name or self.area_m2) is not None)

    @property
    def says_something(self) -> bool:
        """Whether it has a number, a name or an area."""
        return bool(self.number or self.name or self.area_m2)


NOTHING = RoomText()


def parse_label(text: str | Iterable[str]) -> RoomText:
    """Return what a text says of a room; several lines are read from the top and put together."""
    lines = text.splitlines() if isinstance(text, str) else list(text)
    return put_together(parse_line(line) for line in lines)


def put_together(parts: Iterable[RoomText]) -> RoomText:
    """Return several readings as one: the first number, use, area and size, and the names after each other."""
    whole = NOTHING
    for part in parts:
        name = _names(whole.name, part.name)
        first_area = whole if whole.area_m2 is not None else part
        whole = RoomText(
            whole.number or part.number,
            name,
            whole.use or part.use,
            first_area.area_m2,
            first_area.basis,
            whole.size_m or part.size_m,
            whole.figure if whole.figure is not None else part.figure,
            whole.named or part.named,
        )
    if whole.area_m2 is None and whole.figure and (whole.named or whole.number):
        return replace(whole, area_m2=whole.figure, figure=None)
    return whole


def _names(before: str | None, after: str | None) -> str | None:
    if not before or not after or before == after:
        return before or after
    return before + after if ord(before[-1]) > 0x2E80 and ord(after[0]) > 0x2E80 else f"{before} {after}"


def parse_line(line: str) -> RoomText:
    """Return what one line says; nothing where it is a title, a note, a mark or a dimension."""
    clean = " ".join(unicodedata.normalize("NFKC", line).split())
    size, rest = _size(clean)
    read, rest = _area(rest)
    read = replace(read, size_m=size)
    use = _USE.search(rest)
    if use:
        read, rest = replace(read, use=use[1]), rest[: use.start()] + rest[use.end() :]
    rest = _NAME_WORDS.sub("", rest.strip(" ,;:、【】<>·-_/|"))
    if not rest or room_words.is_title(rest) or room_words.is_mark(rest) or room_words.is_note(rest):
        return read
    figure = _FIGURE_LAST.fullmatch(rest)
    if figure:
        read, rest = replace(read, figure=float(figure[2])), figure[1].strip()
    number, name = _number_and_name(rest) if rest else (None, None)
    if (
        name is not None
        and (room_words.is_mark(name) or not any(letter.isalpha() for letter in name) or len(name) < 2)
        and name not in _SHORT
    ):
        name = None
    return replace(read, number=number, name=name, named=name is not None and room_words.names_room(name))


def _number_and_name(text: str) -> tuple[str | None, str | None]:
    whole = _WHOLE_NUMBER.fullmatch(text)
    if whole:
        return whole[1].upper(), None
    first = _NUMBER_FIRST.fullmatch(text)
    if first:
        return first[1], first[2].strip()
    last = _NUMBER_LAST.fullmatch(text)
    if last and not last[2].startswith("0"):
        return last[2], last[1].strip(" -#(:") or None
    return None, text if not re.fullmatch(r"[\d.,\s'\"x×*+\-/°%±:=]+", text) else None


def _size(text: str) -> tuple[tuple[float, float] | None, str]:
    feet = _FEET_SIZE.search(text)
    if feet:
        one, other = _feet(feet.groups()[:4]), _feet(feet.groups()[4:])
        return (one, other), text[: feet.start()] + text[feet.end() :]
    metric = _METRIC_SIZE.fullmatch(text)
    if metric:
        one, other = (float(side) / (1000 if float(side) >= 100 else 1) for side in metric.groups())
        return (one, other), ""
    return None, text


def _feet(parts: Iterable[str | None]) -> float:
    feet, inches, over, under = (float(part) if part else 0.0 for part in parts)
    return feet * FOOT_M + (inches + (over / under if under else 0.0)) * INCH_M


def feet_and_inches_m(text: str) -> float | None:
    """Return the metres of a length written as 3'-1", 12' or 7 1/2"; None of any other text."""
    clean = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(_FEET, clean)
    if found:
        return _feet(found.groups())
    inches = re.fullmatch(r'(\d+(?:\.\d+)?)(?:\s+(\d+)/(\d+))?\s*"', clean)
    return _feet(("0", *inches.groups())) if inches else None


def _area(text: str) -> tuple[RoomText, str]:
    """Return the area that a line states, and the line without it; without a unit it is in square metres."""
    found = _WITH_UNIT.search(text)
    square = SQUARE_FOOT_M2 if found and found[3] else 1.0
    if not found:
        found = _CALLED.search(text)
    if not found:
        return NOTHING, text
    figure = float(found[1].replace(",", "")) * square
    rest = _AREA_WORDS.sub(" ", text[: found.start()] + " " + text[found.end() :]) if figure else text
    if _CALLED.match(found[0]):
        rest = _AREA_WORDS.sub(" ", text[: found.start()]) + " " + text[found.end() :]
    return RoomText(area_m2=figure or None, basis=_basis(text)), rest.strip()


def _basis(text: str) -> StatedBasis:
    for pattern, basis in ((_CENTRE, StatedBasis.WALL_CENTRE), (_NET, StatedBasis.NET), (_GROSS, StatedBasis.GROSS)):
        if pattern.search(text):
            return basis
    return StatedBasis.UNKNOWN

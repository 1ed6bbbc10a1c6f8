"""Spaces with their bodies measured: what is a room, what is a roof or beam typed as a space, what has no shape."""

import re
from dataclasses import dataclass

import shapely

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi_gis_data.plans.ifc.bodies import Footprint, Solid
from fangdi_gis_data.plans.ifc.spaces import Space, is_group

LEAST_HEIGHT_M = 1.5
"""Nobody stands upright in less; GB/T 50353 counts sloped rooms from a clear height of 1.20 m, full from 2.10 m."""
BEAM_WIDTH_M = 0.8
"""A body that hangs above the floor and is narrower is a beam."""
_HANGS_M = 1.5
"""A body that begins higher above its storey does not stand on the floor of that storey, m."""
_COVERS = 0.5
"""Share of a roof's area that has to lie over spaces below for the roof to be theirs."""

_KINDS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (en, zh, re.compile(rf"(?:the\s+)?(?:{words})", re.IGNORECASE))
    for en, zh, words in (
        (
            "roof",
            "屋面",
            r"(?:flat\s+|main\s+)?roof(?:top)?s?|roof\s+(?:plan|deck|level|slab)|屋面|屋顶|天面|dach|toiture",
        ),
        ("beam", "梁", r"beams?|girders?|[主次圈]?梁|balken|unterzug|poutre"),
        ("slab", "楼板", r"slabs?|楼板|板|decke"),
        ("column", "柱", r"columns?|pillars?|[构造]*柱|stütze"),
        ("wall", "墙体", r"walls?|墙体?|wand"),
    )
)
_NUMBERED = re.compile(r"^[\W\d_]+|[\W\d_]+$")


@dataclass(frozen=True, slots=True)
class Measured:
    """A space with its body and the area it stands on, net of columns; metres."""

    space: Space
    body: Solid
    footprint: Footprint
    elevation_m: float | None
    """Of its storey."""

    @property
    def height_m(self) -> float:
        """Return from the lowest to the highest point."""
        return self.body.top - self.body.bottom


def not_a_room(one: Measured, others: list[Measured]) -> tuple[str, str] | None:
    """Return what a space is instead of a room, in English and Chinese, or None where it is a room.

    A word alone does not decide, since rooms are on roofs and people are called Beam: the shape has to agree.
    """
    if is_group(one.space.entity):
        return "group of spaces that count themselves", "由其他空间组成的组合"
    if one.space.kind == "GFA":
        return "gross floor area of the storey", "楼层建筑面积"
    named = _named(one.space)
    narrow = _narrower_than(one.footprint, BEAM_WIDTH_M)
    if one.height_m < LEAST_HEIGHT_M:
        return named or _low(one, others, narrow=narrow)
    hangs = one.elevation_m is not None and one.body.bottom > one.elevation_m + _HANGS_M
    if hangs and narrow:
        return named or ("beam", "梁")
    if named is None:
        return None
    on_top = named[0] == "roof" and _lies_over(one, others) and _nothing_above(one, others)
    return named if on_top or narrow else None


def _low(one: Measured, others: list[Measured], *, narrow: bool) -> tuple[str, str]:
    """Return what a body is in which nobody can stand."""
    if _lies_over(one, others):
        return "roof", "屋面"
    return ("beam", "梁") if narrow else ("slab or void", "板或夹层")


def finding(one: Measured, kind: tuple[str, str], *, floor: str | None) -> Finding:
    """Return that a space is no room, with its area and what it states."""
    stated = max((figure.area_m2 for figure in one.space.stated), default=0.0)
    return Finding(
        FindingCode.NOT_A_SPACE,
        Severity.WARNING,
        {
            "name": one.space.title,
            "kind": kind[0],
            "kind_zh": kind[1],
            "area_m2": one.footprint.area,
            "stated_m2": stated,
            "height_m": one.height_m,
        },
        floor=floor,
        handle=one.space.guid,
        at=one.footprint.representative_point(),
        shape=one.footprint,
    )


def no_footprint(space: Space, reason: str, reason_zh: str, *, floor: str | None) -> Finding:
    """Return that a space has no shape to measure."""
    values = {"name": space.title, "reason": reason, "reason_zh": reason_zh}
    return Finding(FindingCode.NO_FOOTPRINT, Severity.ERROR, values, floor=floor, handle=space.guid)


def _named(space: Space) -> tuple[str, str] | None:
    """Return the building part that a name says and nothing else: "4 - Roof" is one, "Roof plant room" is not."""
    for written in (space.name, space.number, space.use, space.entity.ObjectType):
        bare = _NUMBERED.sub("", written or "")
        for english, chinese, words in _KINDS:
            if bare and words.fullmatch(bare):
                return english, chinese
    return None


def _narrower_than(shape: Footprint, width_m: float) -> bool:
    return bool(shape.buffer(-width_m / 2, join_style="mitre").is_empty)


def _lies_over(one: Measured, others: list[Measured]) -> bool:
    below = [other.footprint for other in others if other is not one and other.body.top <= one.body.bottom + 0.5]
    covered = one.footprint.intersection(shapely.union_all(below)).area if below else 0.0
    return bool(covered > _COVERS * one.footprint.area)


def _nothing_above(one: Measured, others: list[Measured]) -> bool:
    above = [other for other in others if other is not one and other.body.bottom >= one.body.top - 0.5]
    return not any(other.footprint.intersects(one.footprint) for other in above)

"""Which closed outlines are rooms: boxes of labels, furniture and outlines around rooms are taken out, and named."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely import STRtree

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, Outline
from fangdi_gis_data.plans.dxf.outlines import Closed, polygonal
from fangdi_gis_data.plans.dxf.things import Written

LEAST_ROOM_M2 = 0.5
"""Closed shapes without a label are no rooms below that: a duct of 0.7 × 0.7 m is."""
_MOST_NAMED = 30
"""Small shapes are named one by one up to that many of a layer, beyond it together."""
_BOX_FILL = 5.0
"""A box around a text has no more than that many times the area of the text,"""
_BOX_TALL = 3.2
"""and is no taller than that many of its lines."""
_MOST_BOX_M2 = 6.0
_MOST_FURNITURE_M2 = 4.0
_INSIDE_M = 0.002


@dataclass
class Chosen:
    """Outlines taken for rooms, those that enclose rooms, and findings on what was taken out."""

    rooms: list[Closed]
    around: list[Closed] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def choose(closed: Sequence[Closed], texts: Sequence[Written], labels: Sequence[Written]) -> Chosen:
    """Return which outlines are rooms. `labels` are those of the texts that read like labels of rooms."""
    chosen = Chosen(sorted(closed, key=lambda each: (each.outline.area_m2, each.handle)))
    _take_out_boxes(chosen, texts)
    holding = _holding(chosen.rooms, labels)
    _take_out_small(chosen, holding)
    holding = _holding(chosen.rooms, labels)
    inside = _inside(chosen.rooms)
    _take_out_furniture_and_outer(chosen, holding, inside)
    _cut_nested(chosen)
    return chosen


def _holding(closed: Sequence[Closed], texts: Sequence[Written]) -> list[list[Written]]:
    """Return for each outline the texts whose smallest outline it is; outlines come smallest first."""
    held: list[list[Written]] = [[] for _ in closed]
    if not closed or not texts:
        return held
    tree = STRtree([each.shape for each in closed])
    pairs = tree.query(shapely.points(np.array([text.at for text in texts])), predicate="within")
    smallest: dict[int, int] = {}
    for text, outline in zip(*pairs.tolist(), strict=True):
        smallest[text] = min(outline, smallest.get(text, outline))
    for text, outline in sorted(smallest.items()):
        held[outline].append(texts[text])
    return held


def _inside(closed: Sequence[Closed]) -> list[list[int]]:
    """Return for each outline the numbers of those that lie inside it."""
    inner: list[list[int]] = [[] for _ in closed]
    if not closed:
        return inner
    shapes = np.array([each.shape for each in closed], dtype=object)
    points = shapely.point_on_surface(shapes)
    tree = STRtree(shapes)
    for small, large in sorted(zip(*tree.query(points, predicate="within").tolist(), strict=True)):
        if small != large and shapes[small].area < shapes[large].area:
            covered = shapes[small].difference(shapes[large]).area
            if covered <= _INSIDE_M * shapes[small].length:
                inner[large].append(small)
    return inner


def _take_out_boxes(chosen: Chosen, texts: Sequence[Written]) -> None:
    kept = []
    for closed, held in zip(chosen.rooms, _holding(chosen.rooms, texts), strict=True):
        if held and _is_box(closed, held):
            text = " ".join(each.text for each in held)[:40]
            values: dict[str, str | int | float] = {"text": text, "area_m2": float(closed.outline.area_m2)}
            chosen.findings.append(_about(closed, FindingCode.LABEL_BOX, Severity.NOTE, values))
        else:
            kept.append(closed)
    chosen.rooms = kept


def _is_box(closed: Closed, held: Sequence[Written]) -> bool:
    west, south, east, north = closed.shape.bounds
    lines = sum(len(text.lines) for text in held)
    tallest = max(text.height for text in held)
    letters = sum(text.height * (1 + 1.6 * (len(text.lines) - 1)) * max(text.width, text.height) for text in held)
    area = closed.outline.area_m2
    low = min(east - west, north - south) <= _BOX_TALL * tallest * max(1, lines)
    return low and area <= _BOX_FILL * letters and area <= _MOST_BOX_M2


def _take_out_small(chosen: Chosen, holding: Sequence[Sequence[Written]]) -> None:
    small = [
        closed for closed, held in zip(chosen.rooms, holding, strict=True)
        if not held and closed.outline.area_m2 < LEAST_ROOM_M2
    ]  # fmt: skip
    chosen.rooms = [closed for closed in chosen.rooms if closed not in small]
    by_layer = Counter(closed.layer for closed in small)
    for closed in small:
        if by_layer[closed.layer] <= _MOST_NAMED:
            values: dict[str, str | int | float] = {
                "area_m2": float(closed.outline.area_m2),
                "least_m2": LEAST_ROOM_M2,
            }
            chosen.findings.append(_about(closed, FindingCode.TOO_SMALL, Severity.NOTE, values))
    for layer, count in sorted(by_layer.items()):
        if count > _MOST_NAMED:
            chosen.findings.append(
                Finding(
                    FindingCode.FURNITURE, Severity.NOTE, {"count": count, "kind": f"{layer}, < {LEAST_ROOM_M2} m²"}
                )
            )


def _take_out_furniture_and_outer(
    chosen: Chosen, holding: Sequence[Sequence[Written]], inside: Sequence[Sequence[int]]
) -> None:
    furniture: Counter[str] = Counter()
    out: set[int] = set()
    for number, inner in enumerate(inside):
        if holding[number]:
            for small in inner:
                area = chosen.rooms[small].outline.area_m2
                if not holding[small] and area < min(_MOST_FURNITURE_M2, 0.25 * chosen.rooms[number].outline.area_m2):
                    out.add(small)
    for small in sorted(out):
        furniture[chosen.rooms[small].layer] += 1
    for number, inner in enumerate(inside):
        labelled = [small for small in inner if holding[small]]
        if labelled and not holding[number]:
            outer = chosen.rooms[number]
            chosen.around.append(outer)
            values: dict[str, str | int | float] = {
                "area_m2": float(outer.outline.area_m2),
                "count": len(labelled),
            }
            chosen.findings.append(_about(outer, FindingCode.ENCLOSES_ROOMS, Severity.NOTE, values))
            out.add(number)
    for layer, count in sorted(furniture.items()):
        chosen.findings.append(Finding(FindingCode.FURNITURE, Severity.NOTE, {"count": count, "kind": layer}))
    chosen.rooms = [closed for number, closed in enumerate(chosen.rooms) if number not in out]


def _cut_nested(chosen: Chosen) -> None:
    """Take rooms that lie in other rooms off these; the innermost first, so that each is taken off once."""
    inside = _inside(chosen.rooms)
    for number, inner in enumerate(inside):
        outer = chosen.rooms[number]
        deeper = {small for other in inner for small in inside[other]}
        for small in inner:
            if small in deeper:
                continue
            room = chosen.rooms[small]
            values: dict[str, str | int | float] = {
                "room": outer.handle,
                "other": room.handle,
                "area_m2": float(room.outline.area_m2),
            }
            chosen.findings.append(_about(room, FindingCode.NESTED_ROOM, Severity.WARNING, values))
            outer = cut(outer, shapely.union_all([room.shape]), room.outline.area_m2)
        chosen.rooms[number] = outer


def cut(closed: Closed, hole: shapely.Geometry, exact_m2: float | None = None) -> Closed:
    """Return an outline less a hole; `exact_m2` is the hole's area over true arcs where it lies wholly inside."""
    left = polygonal(closed.shape.difference(hole))
    gone = closed.shape.area - left.area
    if exact_m2 is not None and abs(gone - hole.area) < 1e-6 * max(hole.area, 1e-3):
        gone = exact_m2
    return Closed(Outline(left, closed.outline.area_m2 - gone), closed.handle, closed.layer, closed.found_by)


def _about(closed: Closed, code: FindingCode, severity: Severity, values: dict[str, str | int | float]) -> Finding:
    return Finding(
        code, severity, values, handle=closed.handle, at=closed.shape.representative_point(), shape=closed.shape
    )


def from_walls(rooms: Sequence[shapely.Polygon], layer: str) -> list[Closed]:
    """Return faces between walls as outlines; their place stands for a handle, as no one entity draws them."""
    found = []
    for room in rooms:
        centre = room.representative_point()
        found.append(Closed(Outline.straight(room), f"@{centre.x:.2f},{centre.y:.2f}", layer, FoundBy.WALLS))
    return found

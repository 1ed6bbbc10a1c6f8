"""What a drawing tells of its layers and of its unit, before anything is measured."""

import math
from collections import defaultdict
from collections.abc import Iterable

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon

from fangdi.domain.plans.model import LayerMeaning, LayerRole
from fangdi_gis_data.plans.arcs import Curve
from fangdi_gis_data.plans.dxf.things import Contents, Drawn, Written
from fangdi_gis_data.plans.label_text import RoomText, feet_and_inches_m, parse_label
from fangdi_gis_data.plans.layer_guess import LayerContent
from fangdi_gis_data.plans.plan_units import Evidence

_AROUND = 6.0
"""An outline around a label is a room where its area is that many times the label's."""
_QUARTER = math.radians(75), math.radians(100)
"""What a door swings."""


class Looked:
    """Closed outlines, roughly stroked, with the texts that each of them is the smallest to hold. In drawing units."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.says: list[RoomText] = [parse_label(text.lines) for text in contents.written]
        self.closed: list[tuple[Drawn, Polygon]] = []
        for thing in contents.drawn:
            shape = _rough(thing.curve)
            if shape is not None:
                self.closed.append((thing, shape))
        self.holds: dict[int, list[int]] = self._holding()

    def _holding(self) -> dict[int, list[int]]:
        held: dict[int, list[int]] = defaultdict(list)
        if not self.closed or not self.contents.written:
            return held
        shapes = [shape for _, shape in self.closed]
        points = shapely.points(np.array([text.at for text in self.contents.written]))
        by_layer: dict[tuple[int, str], int] = {}
        for text, outline in zip(*STRtree(shapes).query(points, predicate="within").tolist(), strict=True):
            key = (text, self.closed[outline][0].layer)
            if key not in by_layer or shapes[outline].area < shapes[by_layer[key]].area:
                by_layer[key] = outline
        for (text, _), outline in sorted(by_layer.items()):
            held[outline].append(text)
        return held

    def layers(self) -> list[LayerContent]:
        """Return what is on each layer."""
        found: dict[str, LayerContent] = {}

        def of(layer: str) -> LayerContent:
            return found.setdefault(layer, LayerContent(layer))

        for thing in self.contents.drawn:
            content = of(thing.layer)
            content.entities += 1
            content.lines += not thing.curve.closed
        for text, says in zip(self.contents.written, self.says, strict=True):
            content = of(text.layer)
            content.entities += 1
            content.texts.append(text.text)
            content.room_texts += says.sure
            content.area_texts += says.area_m2 is not None
        for number, (thing, shape) in enumerate(self.closed):
            content = of(thing.layer)
            content.closed += 1
            content.area += shape.area
            content.lines -= not thing.curve.closed
            content.labelled += self._is_labelled(number, shape)
        return list(found.values())

    def _is_labelled(self, number: int, shape: Polygon) -> bool:
        """Return whether an outline holds the label of one room; what holds more is around rooms."""
        says = [self.says[text] for text in self.holds.get(number, ()) if self._labels(text, shape)]
        numbers, names = sum(bool(each.number) for each in says), sum(each.named for each in says)
        return bool(says) and numbers <= 1 and names <= 2

    def _labels(self, number: int, shape: Polygon) -> bool:
        text, says = self.contents.written[number], self.says[number]
        return bool(says.sure or says.number or says.area_m2) and shape.area > _AROUND * _area(text)

    def evidence(self, meaning: LayerMeaning) -> Evidence:
        """Return the sizes that tell the unit, of what matters where layers say so."""
        rooms, openings = meaning.of(LayerRole.ROOM), meaning.of(LayerRole.OPENING)
        matter = rooms | meaning.of(LayerRole.WALL) | meaning.of(LayerRole.FLOOR)
        drawn = [thing for thing in self.contents.drawn if thing.layer in matter] or self.contents.drawn
        outlines = [(n, shape) for n, (thing, shape) in enumerate(self.closed) if thing.layer in rooms]
        holding = [shape for n, shape in outlines if any(self._labels(text, shape) for text in self.holds.get(n, ()))]
        letters = [text.height for text, says in zip(self.contents.written, self.says, strict=True) if says.sure]
        doors = _doors(thing for thing in self.contents.drawn if thing.layer in openings)
        dimensions = [(length, metres) for length, text in self.contents.dimensions
                      if length > 0 and (metres := feet_and_inches_m(text)) is not None]  # fmt: skip
        return Evidence(
            width=_width(drawn),
            areas=[shape.area for shape in holding] or [shape.area for _, shape in outlines],
            doors=doors or _doors(self.contents.drawn),
            letters=letters or [text.height for text in self.contents.written],
            proofs=[metres / length for length, metres in dimensions] + self._stated(outlines),
            feet_inches=len(dimensions)
            + sum(
                says.size_m is not None and "'" in text.text
                for text, says in zip(self.contents.written, self.says, strict=True)
            )
            >= 2,
        )

    def _stated(self, outlines: Iterable[tuple[int, Polygon]]) -> list[float]:
        """Return metres a unit by outlines that hold one label with an area or a size."""
        proofs = []
        for number, shape in outlines:
            says = [self.says[text] for text in self.holds.get(number, ())]
            areas = [s.area_m2 for s in says if s.area_m2] or [s.size_m[0] * s.size_m[1] for s in says if s.size_m]
            if len(areas) == 1 and shape.area > 0:
                proofs.append(math.sqrt(areas[0] / shape.area))
        return proofs


def _area(text: Written) -> float:
    return text.width * text.height * (1 + 1.6 * (len(text.lines) - 1))


def _rough(curve: Curve) -> Polygon | None:
    xs, ys = zip(*curve.points, strict=True)
    size = max(max(xs) - min(xs), max(ys) - min(ys))
    if not curve.closed and (len(curve.points) < 4 or curve.gap > 1e-4 * size):
        return None
    if curve.closed and len(curve.points) < 3 and not curve.arcs:
        return None
    drawn = curve.as_closed().strokes(max(size, 1e-9) / 50)
    shape = Polygon(drawn) if len(drawn) > 3 else None
    if shape is not None and not shape.is_valid:
        hull = shape.convex_hull  # near enough for telling what is on a layer
        shape = hull if isinstance(hull, Polygon) else None
    return shape if shape is not None and shape.area > 0 else None


def _doors(things: Iterable[Drawn]) -> list[float]:
    """Return the radii of arcs that turn as doors do."""
    found = []
    for thing in things:
        if len(thing.curve.arcs) == 1 and len(thing.curve.points) == 2:
            arc = thing.curve.arcs[0][1]
            if _QUARTER[0] <= abs(arc.end - arc.start) <= _QUARTER[1]:
                found.append(arc.reach)
    return found


def _width(drawn: Iterable[Drawn]) -> float:
    """Return the longer side of what is drawn."""
    points = np.array([point for thing in drawn for point in thing.curve.points])
    return float(np.ptp(points, axis=0).max()) if len(points) else 0.0

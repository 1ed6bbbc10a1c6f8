"""Making one floor of its features: rooms drawn or enclosed by walls, parts, outline, labels and lines."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.floor_names import name_of_level
from fangdi.domain.plans.model import FoundBy, Label, LayerRole, Outline, PartKind, PlanFloor, PlanPart, PlanRoom
from fangdi_gis_data.plans.layers import enclosed
from fangdi_gis_data.plans.layers.features import Feature
from fangdi_gis_data.plans.layers.shapes import as_polygon, lines_of, only_polygons

_PARTS = {
    LayerRole.WALL: PartKind.WALL,
    LayerRole.OPENING: PartKind.OPENING,
    LayerRole.COLUMN: PartKind.COLUMN,
    LayerRole.VOID: PartKind.VOID,
    LayerRole.OPEN: PartKind.OPEN,
    LayerRole.SHARED: PartKind.SHARED,
}
_NO_KIND = ("without a kind", "无类型")
_NARROW = ("gaps between walls", "墙间窄缝")

Area: TypeAlias = Polygon | MultiPolygon


class FloorMaker:
    """Gathers the features of one floor; `made` returns it."""

    def __init__(self, level: float | None, name: str | None) -> None:
        self.level = level
        self.key = f"{level:g}" if level is not None else "?"
        self._name = name or (name_of_level(level) if level is not None else "未知 unknown")
        self._rooms: list[PlanRoom] = []
        self._parts: list[PlanPart] = []
        self._outlines: list[Area] = []
        self._labels: list[Label] = []
        self._lines: list[LineString] = []
        self._unused: Counter[str | None] = Counter()
        self._findings: list[Finding] = []
        self._keys: Counter[str] = Counter()

    def add(self, feature: Feature) -> None:
        """Add a feature as what it is; what is no area is a label or a line behind the plan."""
        kind = feature.shape.geom_type
        if kind in {"Point", "MultiPoint"}:
            self._label(feature)
        elif feature.role is LayerRole.ROOM:
            self._room(feature)
        elif kind in {"LineString", "MultiLineString"}:
            self._lines += lines_of(feature.shape)
        elif feature.role in _PARTS:
            self._part(feature, _PARTS[feature.role])
        elif feature.role is LayerRole.FLOOR:
            outline = as_polygon(feature, self._of_the_floor)
            self._outlines += [outline] if outline is not None else []
        else:
            self._unused[feature.kind] += 1
            self._label(feature)

    def made(self) -> tuple[PlanFloor | None, list[Finding]]:
        """Return the floor and what is to say of it; None for what lies on no floor and holds nothing."""
        self._findings += [_unused(kind, count, self._here()) for kind, count in sorted(self._unused.items(), key=str)]
        drawn = only_polygons(shapely.union_all(self._outlines)) if self._outlines else None
        if any(part.kind is PartKind.WALL for part in self._parts):
            drawn = self._enclose(drawn)
        if not self._rooms and not self._parts and (drawn is None or self.level is None) and not self._open():
            self._findings += [_no_floor(len(self._outlines))] if self._outlines else []
            return None, self._findings
        self._findings = [replace(each, floor=each.floor or self.key) for each in self._findings]
        floor = PlanFloor(
            key=self.key,
            name=self._name,
            level=self.level,
            outline=Outline.straight(drawn) if drawn is not None else None,
            rooms=tuple(self._rooms),
            parts=tuple(self._parts),
            labels=tuple(self._labels),
            backdrop=tuple(self._lines),
            outline_implied=drawn is not None and not self._outlines,
        )
        return floor, self._findings

    def _open(self) -> bool:
        """Return whether there are outlines that could be closed."""
        return any(finding.code is FindingCode.UNCLOSED for finding in self._findings)

    def _here(self) -> str | None:
        return self.key if self.level is not None else None

    def _room(self, feature: Feature) -> None:
        shape = as_polygon(feature, self._findings.append)
        if shape is None:
            if not any(each.code is FindingCode.UNCLOSED and each.handle == feature.handle for each in self._findings):
                self._no_footprint(feature)
            self._label(feature)
            return
        self._rooms.append(
            PlanRoom(
                key=self._key(feature.handle),
                outline=Outline.straight(shape),
                found_by=FoundBy.LAYER,
                handle=feature.handle,
                number=feature.number,
                name=feature.name,
                use=feature.use or (feature.kind if feature.kind and feature.kind.casefold() != "room" else None),
                stated=(feature.stated,) if feature.stated else (),
                layer=feature.layer,
            )
        )

    def _key(self, handle: str) -> str:
        """Return a key for a room: floor and handle, numbered where files use a handle again."""
        self._keys[handle] += 1
        again = f"#{self._keys[handle]}" if self._keys[handle] > 1 else ""
        return f"{self.key}/{handle}{again}"

    def _no_footprint(self, feature: Feature) -> None:
        values = {
            "name": feature.number or feature.name or feature.handle,
            "reason": "it is no closed area",
            "reason_zh": "不是闭合的面",
        }
        code = FindingCode.NO_FOOTPRINT
        self._findings.append(Finding(code, Severity.ERROR, values, floor=self._here(), handle=feature.handle))

    def _part(self, feature: Feature, kind: PartKind) -> None:
        shape = as_polygon(feature, self._findings.append)
        if shape is not None:
            self._parts.append(PlanPart(kind, Outline.straight(shape), feature.handle))
            if feature.name or feature.number:
                self._label(feature)

    def _of_the_floor(self, finding: Finding) -> None:
        self._findings.append(replace(finding, values={**finding.values, "of": str(LayerRole.FLOOR)}))

    def _label(self, feature: Feature) -> None:
        text = " ".join(part for part in (feature.number, feature.name) if part)
        if text:
            at = feature.shape.representative_point()
            self._labels.append(
                Label(text, at, feature.handle, number=feature.number, name=feature.name, stated=feature.stated)
            )

    def _enclose(self, drawn: Area | None) -> Area:
        """Add the rooms that walls enclose beside those drawn; return the outline, drawn or around the walls."""
        taken = [part.outline.shape for part in self._parts] + [room.outline.shape for room in self._rooms]
        outline = drawn if drawn is not None else enclosed.around(taken)
        rooms, narrow = enclosed.enclosed(outline, taken)
        for number, shape in enumerate(_in_reading_order(rooms), start=1):
            self._rooms.append(self._enclosed_room(number, shape))
        if narrow:
            self._findings.append(_shapes_unused(_NARROW, len(narrow), self._here()))
        return outline

    def _enclosed_room(self, number: int, shape: Polygon) -> PlanRoom:
        inside = [label for label in self._labels if shape.covers(label.at)]
        label = inside[0] if len(inside) == 1 else None
        if len(inside) > 1:
            texts: dict[str, str | int | float] = {
                "count": len(inside),
                "texts": ", ".join(one.text for one in inside[:5]),
                "text": "-",
            }
            code = FindingCode.SEVERAL_LABELS
            at = shape.representative_point()
            self._findings.append(Finding(code, Severity.WARNING, texts, floor=self._here(), at=at))
        return PlanRoom(
            key=self._key(f"walls-{number}"),
            outline=Outline.straight(shape),
            found_by=FoundBy.WALLS,
            handle=f"walls-{number}",
            number=label.number if label else None,
            name=label.name if label else None,
        )


def _in_reading_order(shapes: Iterable[Polygon]) -> list[Polygon]:
    """Return shapes from the north-west on, so that their numbers stay when the file is read again."""
    return sorted(shapes, key=lambda shape: (-round(shape.bounds[3], 1), round(shape.bounds[0], 1)))


def _no_floor(count: int) -> Finding:
    """Return that an outline belongs to no floor, as that of a whole building."""
    values: dict[str, str | int | float] = {"name": "外轮廓 outline", "count": count}
    return Finding(FindingCode.FLOOR_WITHOUT_ROOMS, Severity.NOTE, values)


def _unused(kind: str | None, count: int, floor: str | None) -> Finding:
    return _shapes_unused((kind, kind) if kind else _NO_KIND, count, floor)


def _shapes_unused(kind: tuple[str, str], count: int, floor: str | None) -> Finding:
    values: dict[str, str | int | float] = {"count": count, "kind": kind[0], "kind_zh": kind[1]}
    return Finding(FindingCode.FURNITURE, Severity.NOTE, values, floor=floor)

"""Making a floor of the lines and texts on its sheet: rooms, walls, columns, outline and backdrop."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, MultiPolygon, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Label, LayerMeaning, LayerRole, Outline, PartKind, PlanFloor, PlanPart, PlanRoom
from fangdi_gis_data.plans import labelling
from fangdi_gis_data.plans.dxf import candidates
from fangdi_gis_data.plans.dxf.candidates import cut
from fangdi_gis_data.plans.dxf.floors import Sheet
from fangdi_gis_data.plans.dxf.outlines import Closed, outlines_of
from fangdi_gis_data.plans.dxf.things import Written
from fangdi_gis_data.plans.dxf.walled import find_faces, walled_rooms
from fangdi_gis_data.plans.dxf.work import Work
from fangdi_gis_data.plans.label_text import parse_label
from fangdi_gis_data.plans.walls import THICKEST_WALL_M

_MOST_BACKDROP = 20_000
_BACKDROP_SAGITTA_M = 0.02
_SAME_OUTLINE = 0.05
"""Outlines of a floor that overlap by more than that share are not side by side."""
_OF_OUTLINES = frozenset({FindingCode.UNCLOSED, FindingCode.SELF_CROSSING})
"""What is told of outlines of floors as well as of rooms; a layer may hold both, and is told of once."""
_PARTS = (
    (LayerRole.COLUMN, PartKind.COLUMN),
    (LayerRole.OPEN, PartKind.OPEN),
    (LayerRole.VOID, PartKind.VOID),
    (LayerRole.SHARED, PartKind.SHARED),
)


@dataclass
class Built:
    """A floor and its findings; `matters` is whether there was anything to make it of."""

    floor: PlanFloor
    findings: list[Finding] = field(default_factory=list)


def build(sheet: Sheet, meaning: LayerMeaning, *, gap_m: float) -> Built:
    """Return the floor on a sheet, in metres."""
    work = Work(sheet, meaning, gap_m)
    labels = _labels(sheet.contents.written, meaning)
    found = _drawn_rooms(work, labels)
    find_faces(work, [text for text in labels if parse_label(text.lines).sure])
    if not found:
        found = walled_rooms(work, labels)
    columns = work.closed(LayerRole.COLUMN)
    found = _without_columns(found, columns)
    found.sort(key=lambda each: (each.handle, each.shape.bounds))
    rooms, written = _named(work, found, labels)
    drawn = _drawn_outlines(work, found)
    outline = _side_by_side(drawn) if drawn else _implied(work, found)
    floor = PlanFloor(
        key=sheet.key,
        name=sheet.name,
        level=sheet.level,
        outline=outline,
        outline_implied=outline is not None and not drawn,
        rooms=tuple(rooms),
        parts=tuple(_parts(work, columns)),
        labels=tuple(written),
        backdrop=tuple(_backdrop(work)),
    )
    return Built(floor, [replace(each, floor=sheet.key) for each in work.findings])


def _labels(texts: Sequence[Written], meaning: LayerMeaning) -> list[Written]:
    """Return the texts on layers of labels and of rooms, all where no layer has labels."""
    layers = meaning.of(LayerRole.LABEL)
    if not layers:
        return [text for text in texts if text.layer not in meaning.of(LayerRole.IGNORE)]
    return [text for text in texts if text.layer in layers | meaning.of(LayerRole.ROOM)]


def _drawn_rooms(work: Work, labels: Sequence[Written]) -> list[Closed]:
    outlines = outlines_of(work.drawn(LayerRole.ROOM))
    sure = [text for text in labels if (says := parse_label(text.lines)).says_something or says.figure]
    chosen = candidates.choose(outlines.closed, work.sheet.contents.written, sure)
    work.findings.extend(outlines.findings)
    work.findings.extend(chosen.findings)
    for layer, count in sorted(outlines.dots.items()):
        values: dict[str, str | int | float] = {"count": count, "kind": f"{layer}, 0 m²"}
        work.findings.append(Finding(FindingCode.FURNITURE, Severity.NOTE, values))
    work.around = chosen.around
    return chosen.rooms


def _without_columns(found: Sequence[Closed], columns: Sequence[Closed]) -> list[Closed]:
    """Return rooms net of the columns that stand in them."""
    if not columns:
        return list(found)
    tree = STRtree([column.shape for column in columns])
    net = []
    for room in found:
        for number in sorted(tree.query(room.shape, predicate="intersects").tolist()):
            column = columns[number]
            if room.shape.intersection(column.shape).area > 1e-6:
                room = cut(room, column.shape, column.outline.area_m2)  # noqa: PLW2901
        if room.shape.area > 0:
            net.append(room)
    return net


def _named(work: Work, found: Sequence[Closed], labels: Sequence[Written]) -> tuple[list[PlanRoom], list[Label]]:
    labelled = labelling.assign([closed.shape for closed in found], labels, nearly=_nearly_closed(work))
    shared = [closed.shape for closed in work.closed(LayerRole.SHARED)]
    labelled.elsewhere = [group for group in labelled.elsewhere if not any(s.covers(group.at) for s in shared)]
    keys = _keys(work.sheet.key, found)
    rooms = []
    for closed, key, named in zip(found, keys, labelled.rooms, strict=True):
        says = named.says
        rooms.append(
            PlanRoom(
                key=key,
                outline=closed.outline,
                found_by=closed.found_by,
                handle=closed.handle,
                number=says.number,
                name=says.name,
                use=says.use,
                stated=named.stated,
                layer=closed.layer or None,
            )
        )
    areas = [closed.outline.area_m2 for closed in found]
    said = labelling.findings_of(labelled, keys=keys, areas=areas, floor=work.sheet.key)
    shown = {room.handle: room.number or room.name or room.handle for room in rooms}
    work.findings = [_renamed(finding, shown) for finding in work.findings] + said
    return rooms, labelled.labels


def _nearly_closed(work: Work) -> list[Polygon]:
    """Return what open outlines go around, so that the labels in it are kept for when they are closed."""
    lines = [finding.shape for finding in work.findings if finding.code is FindingCode.UNCLOSED]
    return [Polygon(line.coords) for line in lines if isinstance(line, LineString) and len(line.coords) > 2]


def _keys(floor: str, found: Sequence[Closed]) -> list[str]:
    """Return keys that tell rooms apart and are the same each time the file is read."""
    seen: dict[str, int] = {}
    keys = []
    for closed in found:
        seen[closed.handle] = seen.get(closed.handle, 0) + 1
        again = f"~{seen[closed.handle]}" if seen[closed.handle] > 1 else ""
        keys.append(f"{floor}/{closed.handle}{again}")
    return keys


def _renamed(finding: Finding, shown: dict[str, str]) -> Finding:
    """Return a finding that calls rooms by number or name instead of handle."""
    if finding.code is not FindingCode.NESTED_ROOM:
        return finding
    return replace(finding, values={k: shown.get(v, v) if isinstance(v, str) else v for k, v in finding.values.items()})


def _parts(work: Work, columns: Sequence[Closed]) -> list[PlanPart]:
    parts: list[PlanPart] = []
    for role, kind in _PARTS:
        closed = columns if role is LayerRole.COLUMN else work.closed(role)
        parts.extend(PlanPart(kind, each.outline, each.handle) for each in closed)
    for kind, shapes in ((PartKind.WALL, (*work.faces.bodies, *work.narrow)), (PartKind.OPENING, work.faces.openings)):
        for shape in shapes:
            at = shape.representative_point()
            parts.append(PlanPart(kind, Outline.straight(shape), f"@{at.x:.2f},{at.y:.2f}"))
    return parts


def _drawn_outlines(work: Work, rooms: Sequence[Closed]) -> list[Closed]:
    """Return the outlines that are drawn around rooms, the largest first; those left open are named.

    Where no layer of outlines has one it is the outline on a layer of rooms that encloses all of them.
    """
    points = [room.shape.representative_point() for room in rooms]
    found = outlines_of(work.drawn(LayerRole.FLOOR))
    told = {finding.handle for finding in work.findings if finding.code in _OF_OUTLINES}
    for finding in found.findings:
        if finding.code in _OF_OUTLINES and finding.handle not in told:
            work.findings.append(replace(finding, values={**finding.values, "of": str(LayerRole.FLOOR)}))
    drawn = [each for each in found.closed if not points or any(each.shape.covers(point) for point in points)]
    if not drawn and points:
        drawn = [each for each in work.around if all(each.shape.covers(point) for point in points)]
    return sorted(drawn, key=lambda closed: (-closed.outline.area_m2, closed.handle))


def _implied(work: Work, rooms: Sequence[Closed]) -> Outline | None:
    """Return the outer line of walls and the rooms between them, which nobody drew."""
    if not work.faces.bodies or not rooms:
        return None
    solid = [*work.faces.bodies, *work.narrow, *work.faces.openings, *(room.shape for room in rooms)]
    return Outline.straight(_filled(shapely.union_all(solid)))


def _side_by_side(drawn: Sequence[Closed]) -> Outline:
    """Return outlines that lie beside each other as one; what overlaps those before it is another outline of them."""
    kept = [drawn[0]]
    whole = drawn[0].shape
    for closed in drawn[1:]:
        if closed.shape.intersection(whole).area <= _SAME_OUTLINE * closed.outline.area_m2:
            kept.append(closed)
            whole = _areas(whole.union(closed.shape))
    lost = sum(closed.shape.area for closed in kept) - whole.area
    return Outline(whole, sum(closed.outline.area_m2 for closed in kept) - lost)


def _filled(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    """Return a union of rooms and walls without the gaps that are narrower than a wall."""
    closed = shape.buffer(THICKEST_WALL_M / 2, join_style="mitre").buffer(-THICKEST_WALL_M / 2, join_style="mitre")
    solid = [Polygon(part.exterior) for part in shapely.get_parts(closed) if part.area > 1.0]
    return _areas(shapely.union_all(solid))


def _areas(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _backdrop(work: Work) -> list[LineString]:
    """Return the lines beside the rooms, the longest first where there are too many, simplified for drawing."""
    rooms = work.meaning.of(LayerRole.ROOM)
    things = [thing for thing in work.sheet.contents.drawn if thing.layer not in rooms]
    lines = [LineString(thing.curve.strokes(_BACKDROP_SAGITTA_M)) for thing in things]
    lengths = shapely.length(np.array(lines, dtype=object)) if lines else np.array([])
    longest = np.sort(np.argsort(-lengths, kind="stable")[:_MOST_BACKDROP])
    kept = np.array([lines[number] for number in longest if lengths[number] > _BACKDROP_SAGITTA_M], dtype=object)
    return list(shapely.simplify(kept, _BACKDROP_SAGITTA_M / 2)) if len(kept) else []

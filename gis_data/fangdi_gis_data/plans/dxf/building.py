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
from fangdi_gis_data.plans.dxf.candidates import LEAST_ROOM_M2, cut
from fangdi_gis_data.plans.dxf.floors import Sheet
from fangdi_gis_data.plans.dxf.outlines import Closed, outlines_of
from fangdi_gis_data.plans.dxf.things import Drawn, Written
from fangdi_gis_data.plans.label_text import parse_label
from fangdi_gis_data.plans.walls import THICKEST_WALL_M, WallFaces, fits_in, rooms_from_walls

_MOST_BACKDROP = 20_000
_BACKDROP_SAGITTA_M = 0.02
_MOST_WALL_LINES = 60_000
"""Beyond that the faces between wall lines are not looked for: that many hold no plan of one floor."""
_NARROWEST_ROOM_M = 0.8
"""Between walls, what nobody labelled and nobody can walk in is a thick wall or a shaft."""
_PARTS = ((LayerRole.COLUMN, PartKind.COLUMN), (LayerRole.OPEN, PartKind.OPEN), (LayerRole.VOID, PartKind.VOID))


@dataclass
class Built:
    """A floor and its findings; `matters` is whether there was anything to make it of."""

    floor: PlanFloor
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Work:
    sheet: Sheet
    meaning: LayerMeaning
    gap_m: float
    findings: list[Finding] = field(default_factory=list)
    around: list[Closed] = field(default_factory=list)
    faces: WallFaces = field(default_factory=WallFaces)
    narrow: list[Polygon] = field(default_factory=list)
    """Faces between wall lines that are rather thick walls and shafts than rooms."""

    def drawn(self, role: LayerRole) -> list[Drawn]:
        layers = self.meaning.of(role)
        return [thing for thing in self.sheet.contents.drawn if thing.layer in layers]

    def closed(self, role: LayerRole) -> list[Closed]:
        return outlines_of(self.drawn(role)).closed


def build(sheet: Sheet, meaning: LayerMeaning, *, gap_m: float) -> Built:
    """Return the floor on a sheet, in metres."""
    work = _Work(sheet, meaning, gap_m)
    labels = _labels(sheet.contents.written, meaning)
    found = _drawn_rooms(work, labels)
    work.faces = _faces(work)
    if not found:
        found = _walled_rooms(work, labels)
    columns = work.closed(LayerRole.COLUMN)
    found = _without_columns(found, columns)
    found.sort(key=lambda each: (each.handle, each.shape.bounds))
    rooms, written = _named(work, found, labels)
    floor = PlanFloor(
        key=sheet.key,
        name=sheet.name,
        level=sheet.level,
        outline=_outline(work, found),
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


def _drawn_rooms(work: _Work, labels: Sequence[Written]) -> list[Closed]:
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


def _faces(work: _Work) -> WallFaces:
    """Return what wall lines enclose; filled walls count by their fill only where nothing else is drawn."""
    things = work.drawn(LayerRole.WALL) + work.drawn(LayerRole.COLUMN)
    lines = [thing for thing in things if thing.kind not in ("HATCH", "MPOLYGON", "SOLID", "TRACE")] or things
    if not work.drawn(LayerRole.WALL) or len(lines) > _MOST_WALL_LINES:
        return WallFaces()
    openings = [LineString(thing.curve.strokes()) for thing in work.drawn(LayerRole.OPENING)]
    return rooms_from_walls([LineString(thing.curve.strokes()) for thing in lines], openings, gap_m=work.gap_m)


def _walled_rooms(work: _Work, labels: Sequence[Written]) -> list[Closed]:
    columns = shapely.union_all([closed.shape for closed in work.closed(LayerRole.COLUMN)])
    faces = [face for face in work.faces.rooms if face.intersection(columns).area < 0.5 * face.area]
    found = []
    holding = _hold(faces, labels)
    for face, closed in zip(faces, candidates.from_walls(faces, ""), strict=True):
        if face not in holding and not fits_in(face, _NARROWEST_ROOM_M):
            work.narrow.append(face)
        elif face.area < LEAST_ROOM_M2 and face not in holding:
            values: dict[str, str | int | float] = {"area_m2": float(face.area), "least_m2": LEAST_ROOM_M2}
            at = face.representative_point()
            work.findings.append(Finding(FindingCode.TOO_SMALL, Severity.NOTE, values, at=at, shape=face))
        else:
            found.append(closed)
    if work.narrow:
        values = {
            "count": len(work.narrow),
            "kind": f"without a label and narrower than {_NARROWEST_ROOM_M} m",
            "kind_zh": f"无标注且宽度不足 {_NARROWEST_ROOM_M} 米",
        }
        shape = shapely.union_all(work.narrow)
        at = work.narrow[0].representative_point()
        work.findings.append(Finding(FindingCode.FURNITURE, Severity.NOTE, values, at=at, shape=shape))
    for loose in work.faces.loose:
        values = {"gap_m": loose.gap_m}
        work.findings.append(Finding(FindingCode.UNCLOSED, Severity.WARNING, values, at=loose.end, shape=loose.line))
    return found


def _hold(faces: Sequence[Polygon], labels: Sequence[Written]) -> set[Polygon]:
    """Return the faces that hold a text of a label."""
    if not faces or not labels:
        return set()
    points = shapely.points(np.array([text.at for text in labels]))
    _, hit = STRtree(faces).query(points, predicate="within")
    return {faces[number] for number in hit.tolist()}


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


def _named(work: _Work, found: Sequence[Closed], labels: Sequence[Written]) -> tuple[list[PlanRoom], list[Label]]:
    labelled = labelling.assign([closed.shape for closed in found], labels)
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


def _parts(work: _Work, columns: Sequence[Closed]) -> list[PlanPart]:
    parts: list[PlanPart] = []
    for role, kind in _PARTS:
        closed = columns if role is LayerRole.COLUMN else work.closed(role)
        parts.extend(PlanPart(kind, each.outline, each.handle) for each in closed)
    for kind, shapes in ((PartKind.WALL, (*work.faces.bodies, *work.narrow)), (PartKind.OPENING, work.faces.openings)):
        for shape in shapes:
            at = shape.representative_point()
            parts.append(PlanPart(kind, Outline.straight(shape), f"@{at.x:.2f},{at.y:.2f}"))
    return parts


def _outline(work: _Work, rooms: Sequence[Closed]) -> Outline | None:
    """Return the outline that is drawn around the rooms, or the outer line of walls and the rooms between them."""
    points = [room.shape.representative_point() for room in rooms]
    drawn = [
        closed for closed in work.closed(LayerRole.FLOOR) if not points or any(closed.shape.covers(p) for p in points)
    ]
    if drawn:
        drawn.sort(key=lambda closed: (-closed.outline.area_m2, closed.handle))
        largest = drawn[0]
        apart = [closed for closed in drawn[1:] if not closed.shape.intersects(largest.shape)]
        if not apart:
            return largest.outline
        return Outline.straight(_areas(shapely.union_all([closed.shape for closed in (largest, *apart)])))
    if not work.faces.bodies or not rooms:
        return None
    solid = [*work.faces.bodies, *work.narrow, *work.faces.openings, *(room.shape for room in rooms)]
    return Outline.straight(_filled(shapely.union_all(solid)))


def _filled(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    """Return a union of rooms and walls without the gaps that are narrower than a wall."""
    closed = shape.buffer(THICKEST_WALL_M / 2, join_style="mitre").buffer(-THICKEST_WALL_M / 2, join_style="mitre")
    solid = [Polygon(part.exterior) for part in shapely.get_parts(closed) if part.area > 1.0]
    return _areas(shapely.union_all(solid))


def _areas(shape: shapely.Geometry) -> Polygon | MultiPolygon:
    parts = [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _backdrop(work: _Work) -> list[LineString]:
    """Return the lines beside the rooms, the longest first where there are too many, simplified for drawing."""
    rooms = work.meaning.of(LayerRole.ROOM)
    things = [thing for thing in work.sheet.contents.drawn if thing.layer not in rooms]
    lines = [LineString(thing.curve.strokes(_BACKDROP_SAGITTA_M)) for thing in things]
    lengths = shapely.length(np.array(lines, dtype=object)) if lines else np.array([])
    longest = np.sort(np.argsort(-lengths, kind="stable")[:_MOST_BACKDROP])
    kept = np.array([lines[number] for number in longest if lengths[number] > _BACKDROP_SAGITTA_M], dtype=object)
    return list(shapely.simplify(kept, _BACKDROP_SAGITTA_M / 2)) if len(kept) else []

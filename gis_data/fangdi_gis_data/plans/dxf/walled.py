"""Rooms of a drawing that has walls and no outlines of rooms."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import LayerRole
from fangdi_gis_data.plans.dxf import candidates
from fangdi_gis_data.plans.dxf.candidates import LEAST_ROOM_M2
from fangdi_gis_data.plans.dxf.outlines import Closed
from fangdi_gis_data.plans.dxf.things import Written
from fangdi_gis_data.plans.dxf.work import Work
from fangdi_gis_data.plans.walls import fits_in, rooms_from_walls

MOST_WALL_LINES = 60_000
"""Beyond that faces are not looked for: that many hold no plan of one floor, and noding them takes minutes."""
_FILLS = frozenset({"HATCH", "MPOLYGON", "SOLID", "TRACE"})
_LEAST_GLASS_M = 1.3
"""Longer than the leaf of a door."""
_NARROWEST_ROOM_M = 0.8
"""What nobody labelled and nobody can walk in is a thick wall or a shaft."""


def find_faces(work: Work, labels: Sequence[Written]) -> None:
    """Find what wall lines enclose. Filled walls count by their fill only where nothing else is drawn.

    Where labels stay outside, long lines of windows and doors count as walls, as in fronts of glass.
    """
    things = work.drawn(LayerRole.WALL) + work.drawn(LayerRole.COLUMN)
    lines = [thing for thing in things if thing.kind not in _FILLS] or things
    if not work.drawn(LayerRole.WALL):
        return
    if len(lines) > MOST_WALL_LINES:
        values: dict[str, str | int | float] = {
            "what": "the number of wall lines", "what_zh": "墙线数量", "found": len(lines), "most": MOST_WALL_LINES,
        }  # fmt: skip
        work.findings.append(Finding(FindingCode.TOO_LARGE, Severity.ERROR, values))
        return
    walls = [LineString(thing.curve.strokes()) for thing in lines]
    openings = [LineString(thing.curve.strokes()) for thing in work.drawn(LayerRole.OPENING)]
    work.faces = rooms_from_walls(walls, openings, gap_m=work.gap_m)
    inside = _held(work.faces.rooms, labels)
    glass = [line for line in openings if len(line.coords) == 2 and line.length > _LEAST_GLASS_M]
    if inside < len(labels) and glass:
        wider = rooms_from_walls([*walls, *glass], openings, gap_m=work.gap_m)
        if _held(wider.rooms, labels) > inside:
            work.faces = wider


def _held(faces: Sequence[Polygon], labels: Sequence[Written]) -> int:
    """Return how many labels lie in faces."""
    if not faces or not labels:
        return 0
    points = shapely.points(np.array([text.at for text in labels]))
    hit, _ = STRtree(faces).query(points, predicate="within")
    return len(set(hit.tolist()))


def walled_rooms(work: Work, labels: Sequence[Written]) -> list[Closed]:
    """Return the faces that are rooms, and name what is none."""
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

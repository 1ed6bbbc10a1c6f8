"""Reading a DXF file into a plan: open, take apart, find out unit and layers, and make each floor."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import shapely
from shapely import STRtree

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import LayerMeaning, LayerRole, Plan, PlanFloor, PlanFormat, Reading, Units
from fangdi_gis_data.plans import layer_guess, plan_units
from fangdi_gis_data.plans.arcs import Curve
from fangdi_gis_data.plans.dxf.building import Built, build
from fangdi_gis_data.plans.dxf.evidence import Looked
from fangdi_gis_data.plans.dxf.explode import explode
from fangdi_gis_data.plans.dxf.floors import split
from fangdi_gis_data.plans.dxf.opening import UnreadableError, open_dxf
from fangdi_gis_data.plans.dxf.outlines import Closed, outlines_of
from fangdi_gis_data.plans.dxf.things import Contents, Drawn
from fangdi_gis_data.plans.plan_units import Evidence, Judged
from fangdi_gis_data.plans.rescale import finding_times, floor_times

_STATES = {"frozen": "冻结", "off": "关闭", "invisible": "隐藏"}
_MATTER = (LayerRole.ROOM, LayerRole.WALL, LayerRole.FLOOR, LayerRole.COLUMN, LayerRole.SHARED)
_MOST_FRAMES = 400
_LEAST_FRAME_M = 5.0
_MOST_IN_FRAMES = 0.9


def read_dxf(file: Path, reading: Reading) -> Plan:
    """Return the plan in a DXF file, in metres of its own frame; what is wrong with it stands in the findings.

    Raises InvalidInputError for a unit that is not known.
    """
    if reading.unit is not None:
        plan_units.metres_of(reading.unit)
    try:
        opened = open_dxf(file)
    except UnreadableError as error:
        reasons: dict[str, str | int | float] = {"reason": error.english, "reason_zh": error.chinese}
        unreadable = Finding(FindingCode.UNREADABLE, Severity.ERROR, reasons)
        return Plan(PlanFormat.DXF, (), Units("m", 1.0, "content"), (unreadable,))
    contents = explode(opened.document)
    looked = Looked(contents)
    layers = looked.layers()
    meaning = reading.meaning or layer_guess.guess(layers)
    evidence = looked.evidence(meaning)
    header = plan_units.header_unit(opened.document.header.get("$INSUNITS"))
    judged = plan_units.judge(evidence, header=header, person=reading.unit)
    plan = _measured(contents, meaning, judged, reading, name=file.stem)
    findings = [*opened.findings, *_of_contents(contents), *_of_units(judged, evidence, plan)]
    findings += _of_layers(plan, meaning)
    return Plan(
        format=PlanFormat.DXF,
        floors=plan.floors,
        units=judged.units,
        findings=(*findings, *plan.findings),
        layers=layer_guess.summaries(layers),
        meant=meaning,
    )


def _measured(contents: Contents, meaning: LayerMeaning, judged: Judged, reading: Reading, *, name: str) -> Plan:
    """Return floors and their findings: found in the unit that is likely, and told in the one that counts."""
    metres = plan_units.metres_of(judged.likely)
    metric = contents.scaled(metres)
    matter = _matter(metric, meaning)
    sheets = split(metric, _frames(metric, meaning, matter), matter, reading, metres)
    for sheet in sheets.sheets:
        sheet.name = sheet.name or name
    built = [build(sheet, meaning, gap_m=reading.gap_m) for sheet in sheets.sheets]
    floors = [each.floor for each in built]
    if len(floors) == 1 and not (floors[0].rooms or floors[0].parts or floors[0].outline or _nearly(built[0])):
        floors = []
    findings = [*sheets.findings, *_of_floors(floors), *(finding for each in built for finding in each.findings)]
    factor = judged.units.metres / metres
    if factor != 1.0:
        floors = [floor_times(floor, factor) for floor in floors]
        findings = [finding_times(finding, factor) for finding in findings]
    return Plan(PlanFormat.DXF, tuple(floors), judged.units, tuple(findings))


def _nearly(built: Built) -> bool:
    """Return whether a floor has outlines that could be closed."""
    return any(finding.code is FindingCode.UNCLOSED for finding in built.findings)


def _matter(contents: Contents, meaning: LayerMeaning) -> list[int]:
    """Return the numbers of the curves that make rooms, walls and floors."""
    layers = frozenset[str]().union(*(meaning.of(role) for role in _MATTER))
    return [number for number, thing in enumerate(contents.drawn) if thing.layer in layers]


def _frames(contents: Contents, meaning: LayerMeaning, matter: Sequence[int]) -> list[Closed]:
    """Return frames: closed outlines on their layers, or, where there are none, large rectangles of other layers."""
    layers = meaning.of(LayerRole.FRAME)
    named = outlines_of([thing for thing in contents.drawn if thing.layer in layers]).closed
    if named:
        return named
    taken = frozenset[str]().union(*(meaning.of(role) for role in _MATTER))
    boxes = [thing for thing in contents.drawn if thing.layer not in taken and _is_large_box(thing.curve)]
    closed = outlines_of(boxes[:_MOST_FRAMES]).closed
    frames = [each for each in closed if each.shape.area > 0.999 * each.shape.envelope.area]
    return frames if _hold_most(frames, [contents.drawn[number] for number in matter]) else []


def _hold_most(frames: Sequence[Closed], things: Sequence[Drawn]) -> bool:
    """Return whether nearly all lies in frames: rectangles that are no frames hold a part at most."""
    if not frames or not things:
        return False
    points = shapely.points(np.array([thing.curve.points[0] for thing in things]))
    tree = STRtree([frame.shape.envelope for frame in frames])
    inside, _ = tree.query(points, predicate="within")
    return len(set(inside.tolist())) >= _MOST_IN_FRAMES * len(things)


def _is_large_box(curve: Curve) -> bool:
    """Return whether a curve may be a frame: four straight sides, and larger than a room is wide."""
    if len(curve.points) not in (4, 5) or curve.arcs:
        return False
    xs, ys = zip(*curve.points, strict=True)
    return bool(min(max(xs) - min(xs), max(ys) - min(ys)) > _LEAST_FRAME_M)


def _of_contents(contents: Contents) -> list[Finding]:
    """Return what could not be read or seen."""
    found = list(contents.findings)
    for kind, count in sorted(contents.unsupported.items()):
        found.append(Finding(FindingCode.UNSUPPORTED, Severity.WARNING, {"count": count, "kind": kind}))
    if contents.broken:
        values: dict[str, str | int | float] = {
            "count": contents.broken, "kind": "impossible numbers", "kind_zh": "数值无效",
        }  # fmt: skip
        found.append(Finding(FindingCode.UNSUPPORTED, Severity.WARNING, values))
    for (layer, state), count in sorted(contents.hidden.items()):
        values = {"name": layer, "state": state, "state_zh": _STATES.get(state, state), "count": count}
        found.append(Finding(FindingCode.SKIPPED_LAYER, Severity.NOTE, values))
    return found


def _of_units(judged: Judged, evidence: Evidence, plan: Plan) -> list[Finding]:
    """Return what is odd about the unit; rooms that are found between walls tell sizes where none is outlined."""
    metres, unit, inches = judged.units.metres, judged.units.name, judged.feet_are_inches
    width = evidence.width * metres
    if judged.feet_meant_inches:
        return [Finding(FindingCode.FEET_AND_INCHES, Severity.WARNING)]
    if judged.missing:
        values: dict[str, str | int | float] = {"unit": unit, "width_m": width, "feet_are_inches": inches}
        return [Finding(FindingCode.UNITS_MISSING, Severity.WARNING, values)]
    if judged.doubtful:
        areas = [area * metres**2 for area in evidence.areas] or [room.outline.area_m2 for room in plan.rooms]
        values = {
            "unit": unit,
            "width_m": width,
            "median_m2": plan_units.median(areas),
            "likely": judged.plausible,
            "feet_are_inches": inches,
        }
        return [Finding(FindingCode.UNITS_DOUBTFUL, Severity.ERROR, values)]
    return []


def _of_layers(plan: Plan, meaning: LayerMeaning) -> list[Finding]:
    if not meaning.of(LayerRole.ROOM) and not meaning.of(LayerRole.WALL):
        return [Finding(FindingCode.NO_ROOM_LAYER, Severity.ERROR), Finding(FindingCode.EMPTY, Severity.ERROR)]
    return [] if plan.rooms else [Finding(FindingCode.EMPTY, Severity.ERROR)]


def _of_floors(floors: Sequence[PlanFloor]) -> list[Finding]:
    return [
        Finding(FindingCode.LEVEL_UNKNOWN, Severity.WARNING, {"name": floor.name}, floor.key)
        for floor in floors
        if floor.level is None
    ]

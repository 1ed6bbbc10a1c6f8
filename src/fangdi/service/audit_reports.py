"""An area audit laid out for its files: lines as they were judged, and the floors as they are drawn."""

from collections.abc import Callable, Mapping
from typing import Any

from shapely.geometry import MultiPolygon, Polygon
from sqlalchemy import Connection

from fangdi.domain.common import Definition
from fangdi.domain.plans.auditing import Compared
from fangdi.domain.plans.model import Outline, PartKind, PlanFloor
from fangdi.domain.plans.report import (
    DRAWN_ONLY,
    FIGURES,
    AuditReport,
    ReportComparison,
    ReportFloor,
    ReportLine,
    ReportRoom,
)
from fangdi.service import plans
from fangdi.service.plan_placing import map_shape
from fangdi.service.plan_types import PlanMap
from fangdi.store import area_audits as store
from fangdi.store import meta
from fangdi.store.query import Record

Placed = Callable[[Outline | None], Polygon | MultiPolygon | None]
_DRAWN_DARK = frozenset({PartKind.WALL, PartKind.COLUMN})


def report(connection: Connection, number: int, on_map: PlanMap) -> AuditReport:
    """Return an audit with its plan; NotFoundError unless the reader sees it."""
    audit = store.audit(connection, number)
    found = plans.stored(connection, audit["plan_id"])
    lines = [_line(row) for row in store.lines(connection, number)]
    judged = {line.room: line for line in lines if line.room is not None}
    notice = meta.sample_notice(connection)
    return AuditReport(
        number=audit["number"],
        building=audit["building_name"],
        jurisdiction=audit["jurisdiction_code"],
        file_name=audit["file_name"],
        file_sha256=found.row["sha256"],
        rule=audit["source"],
        verified=audit["verified"],
        limit=f"±({audit['root']:g}√S + {audit['linear']:g}S) ㎡",
        accuracy=audit["accuracy"],
        made_at=audit["made_at"],
        made_by=audit["made_by"],
        accepted_at=audit["accepted_at"],
        accepted_by=audit["accepted_by"],
        lines=tuple(lines),
        floors=_floors(found, judged, on_map),
        sample_notice=Definition(str(notice.get("zh", "")), str(notice.get("en", ""))) if notice else None,
        jurisdiction_name=audit["jurisdiction_name"],
        seal=audit["lines_sha256"],
    )


def _line(row: Record) -> ReportLine:
    return ReportLine(
        subject=row["subject"],
        measure=row["measure"],
        label=_name(row),
        level=row["level"],
        floor=row["floor"],
        room=row["room"],
        figures={name: row[f"{name}_m2"] for name in FIGURES},
        comparisons=tuple(_comparison(made) for made in row["comparisons"]),
        verdict=row["verdict"],
        decision=row["decision"],
        remark=row["remark"],
        decided_by=row["decided_by"],
        decided_at=row["decided_at"],
    )


def _name(row: Record) -> str:
    """Return what a line is about; of an agency also that its sum is over some floors of the building alone."""
    partly = row["subject"] == "agency" and row["drawn_only"]
    return f"{row['label']}({DRAWN_ONLY.zh} {DRAWN_ONLY.en})" if partly else str(row["label"])


def _comparison(made: Mapping[str, Any]) -> ReportComparison:
    compared = made.get("compared")
    return ReportComparison(**{**made, "compared": Compared(**compared) if compared else None})


def _floors(found: plans.Stored, judged: Mapping[str, ReportLine], on_map: PlanMap) -> tuple[ReportFloor, ...]:
    placement = found.row["placement"]

    def placed(outline: Outline | None) -> Polygon | MultiPolygon | None:
        if placement is None or outline is None:
            return None
        moved = map_shape(outline.shape, placement, on_map)
        assert isinstance(moved, Polygon | MultiPolygon)  # noqa: S101 - a moved area is an area
        return moved

    return tuple(_floor(floor, judged, placed) for floor in found.plan.floors)


def _floor(floor: PlanFloor, judged: Mapping[str, ReportLine], placed: Placed) -> ReportFloor:
    rooms = [
        ReportRoom(
            key=room.key,
            label=judged[room.key].label,
            verdict=judged[room.key].verdict,
            measured_m2=room.outline.area_m2,
            shape=room.outline.shape,
            on_map=placed(room.outline),
        )
        for room in floor.rooms
        if room.key in judged  # drawn after the audit was drafted: not judged
    ]
    return ReportFloor(
        key=floor.key,
        name=floor.name,
        level=floor.level,
        rooms=tuple(rooms),
        walls=tuple(part.outline.shape for part in floor.parts if part.kind in _DRAWN_DARK),
        backdrop=floor.backdrop,
        outline=floor.outline.shape if floor.outline else None,
        on_map=placed(floor.outline),
    )

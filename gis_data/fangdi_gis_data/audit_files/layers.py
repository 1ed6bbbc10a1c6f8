"""An area audit as layers (GeoPackage): rooms and floors with their figures, and every line as a table.

On the map (EPSG:4490) where the plan was placed; else in metres of the plan's own frame, with no CRS.
"""

import tempfile
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
from shapely.geometry import MultiPolygon, Polygon

from fangdi.domain.plans.report import FIGURES, AuditReport, ReportLine
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.audit_files.head import facts, moment

_MAP = "EPSG:4490"
_FIGURES = ("_m2", "level")


def to_geopackage(report: AuditReport, *, look: Look) -> bytes:
    """Write the audit as a GeoPackage with the layers rooms and floors, and the tables lines and about."""
    placed = all(room.on_map is not None for floor in report.floors for room in floor.rooms)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "audit.gpkg"
        for name, frame in {"rooms": _rooms(report, placed=placed), "floors": _floors(report, placed=placed)}.items():
            if len(frame):
                with warnings.catch_warnings():
                    warnings.filterwarnings("ignore", "'crs' was not provided")  # a plan that was not placed has none
                    pyogrio.write_dataframe(frame, file, layer=name, driver="GPKG", geometry_type="MultiPolygon")
        lines = _typed(pd.DataFrame([_values(report, line) | _sums(line) for line in report.lines]))
        told = [*facts(report, look=look), *((key, f"{name.zh} {name.en}") for key, name in look.names.items())]
        about = pd.DataFrame(told, columns=["name", "value"])
        for name, table in {"lines": lines, "about": about}.items():
            pyogrio.write_dataframe(table, file, layer=name, driver="GPKG", append=file.exists())
        return file.read_bytes()


def _rooms(report: AuditReport, *, placed: bool) -> gpd.GeoDataFrame:
    lines = {(line.floor, line.room): line for line in report.of("room")}
    rows, shapes = [], []
    for floor in report.floors:
        for room in floor.rooms:
            line = lines.get((floor.key, room.key))
            if line is not None:
                rows.append(_values(report, line) | {"floor_name": floor.name})
                shapes.append(room.on_map if placed else room.shape)
    return _frame(rows, shapes, placed=placed)


def _floors(report: AuditReport, *, placed: bool) -> gpd.GeoDataFrame:
    lines = {line.floor: line for line in report.of("floor") if line.measure == "gross"}
    rows, shapes = [], []
    for floor in report.floors:
        shape = floor.on_map if placed else floor.outline
        if shape is not None:
            line = lines.get(floor.key)
            rows.append({"floor_name": floor.name} | (_values(report, line) if line else {"level": floor.level}))
            shapes.append(shape)
    return _frame(rows, shapes, placed=placed)


def _values(report: AuditReport, line: ReportLine) -> dict[str, Any]:
    compared: dict[str, Any] = {}
    for comparison in line.comparisons:
        compared[f"{comparison.against}_difference_m2"] = comparison.difference_m2
        compared[f"{comparison.against}_tolerance_m2"] = comparison.tolerance_m2
        compared[f"{comparison.against}_verdict"] = comparison.verdict
    return {
        "subject": line.subject,
        "measure": line.measure,
        "label": line.label,
        "level": line.level,
        "floor": line.floor,
        "room": line.room,
        **{f"{name}_m2": line.figures.get(name) for name in FIGURES},
        **compared,
        "verdict": line.verdict,
        "decision": line.decision,
        "remark": line.remark,
        "decided_by": line.decided_by,
        "decided_at": moment(line.decided_at) if line.decided_at else None,
        "number": report.number,
    }


def _sums(line: ReportLine) -> dict[str, Any]:
    """Return over how many rooms the sums of a line were compared, and what those add up to."""
    values: dict[str, Any] = {"rooms": line.rooms}
    for comparison in line.comparisons:
        over = comparison.compared
        values[f"{comparison.against}_rooms"] = over.rooms if over else None
        values[f"{comparison.against}_compared_m2"] = over.figure_m2 if over else None
        values[f"{comparison.against}_compared_measured_m2"] = over.measured_m2 if over else None
    return values


def _frame(rows: Sequence[dict[str, Any]], shapes: Sequence[Any], *, placed: bool) -> gpd.GeoDataFrame:
    several = [MultiPolygon([shape]) if isinstance(shape, Polygon) else shape for shape in shapes]
    return gpd.GeoDataFrame(_typed(pd.DataFrame(rows)), geometry=several, crs=_MAP if placed else None)


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns of figures are figures, though all of them be empty."""
    names = [str(name) for name in table]
    counts = {name: "Int64" for name in names if name.endswith("rooms")}
    figures = {name: "float" for name in names if name.endswith(_FIGURES)}
    return table.astype(counts | figures)

"""A plan in another unit: shapes, areas and the figures of findings times a factor."""

from dataclasses import replace
from typing import TypeVar

import shapely

from fangdi.domain.plans.findings import Finding
from fangdi.domain.plans.model import Label, Outline, PlanFloor

Shape = TypeVar("Shape", bound=shapely.Geometry)


def shape_times(shape: Shape, factor: float) -> Shape:
    """Return a shape with all coordinates times a factor."""
    moved: Shape = shapely.transform(shape, lambda points: points * factor)
    return moved


def floor_times(floor: PlanFloor, factor: float) -> PlanFloor:
    """Return a floor with all lengths times a factor; what the file states in figures stays."""
    return replace(
        floor,
        outline=_outline(floor.outline, factor) if floor.outline else None,
        rooms=tuple(replace(room, outline=_outline(room.outline, factor)) for room in floor.rooms),
        parts=tuple(replace(part, outline=_outline(part.outline, factor)) for part in floor.parts),
        labels=tuple(_label(label, factor) for label in floor.labels),
        backdrop=tuple(shape_times(line, factor) for line in floor.backdrop),
    )


def finding_times(finding: Finding, factor: float) -> Finding:
    """Return a finding with its place and its figures, by their units, times a factor."""
    values = {name: _value(name, value, factor) for name, value in finding.values.items()}
    at = shape_times(finding.at, factor) if finding.at is not None else None
    shape = shape_times(finding.shape, factor) if finding.shape is not None else None
    return replace(finding, values=values, at=at, shape=shape)


def _outline(outline: Outline, factor: float) -> Outline:
    return Outline(shape_times(outline.shape, factor), outline.area_m2 * factor * factor)


def _label(label: Label, factor: float) -> Label:
    return replace(label, at=shape_times(label.at, factor))


def _value(name: str, value: str | float, factor: float) -> str | float:
    if isinstance(value, str):
        return value
    if name.endswith("_m2"):
        return value * factor * factor
    return value * factor if name.endswith("_m") else value

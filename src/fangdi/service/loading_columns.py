"""The columns of a table as a layer's rows give them, ready to be copied."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from fangdi.service.loading_types import LayerRows
from fangdi.store.loading_copy import column, date_ranges, ewkb

MAP_SRID = 4490

_SAME = {
    "jurisdictions": ("code", "parent_code", "name", "name_en", "level", "successor_code", "source"),
    "zones": ("jurisdiction_code", "code", "name", "name_en", "kind", "radius_m"),
    "sites": ("jurisdiction_code", "code", "name", "name_en", "address", "classified"),
    "parcels": (
        "jurisdiction_code", "code", "parcel_code", "unit_code", "address", "right_type", "right_nature", "holder",
        "land_use_scheme", "land_use_code", "registered_land_m2", "planning_land_m2", "declared_land_m2",
        "measured_land_m2", "classified",
    ),
    "buildings": (
        "jurisdiction_code", "code", "natural_code", "name", "name_en", "address", "storeys_above", "storeys_below",
        "height_m", "built_year", "structure", "safety_grade", "has_lift", "registered_gross_m2", "planning_gross_m2",
        "declared_gross_m2", "measured_gross_m2", "classified",
    ),
    "floors": (
        "name", "elevation_m", "height_m", "registered_gross_m2", "planning_gross_m2", "declared_gross_m2",
        "measured_gross_m2",
    ),
    "rooms": (
        "code", "number", "name", "registered_usable_m2", "planning_usable_m2", "declared_usable_m2",
        "measured_usable_m2", "seats", "classified",
    ),
    "agencies": ("jurisdiction_code", "code", "name", "short_name", "name_en", "level", "kind", "uscc"),
}  # fmt: skip
"""Fields that are columns of the same name."""

_WHOLE = {"storeys_above", "storeys_below", "built_year", "seats"}
_FALSE_WHEN_UNKNOWN = {"classified"}
_SHAPE_COLUMN = {"jurisdictions": "boundary"}


def columns_of(rows: LayerRows, references: Mapping[str, Any]) -> dict[str, pa.Array]:
    """Return the columns that the file gives, `references` laid over them."""
    frame = rows.frame
    given: dict[str, pa.Array] = {}
    for name in _SAME.get(rows.layer, ()):
        if name not in frame:
            continue
        values: Any = frame[name]
        if name in _FALSE_WHEN_UNKNOWN:
            values = pd.Series([bool(v) if v is not None else False for v in values], dtype="bool")
        elif name in _WHOLE:
            values = pd.Series(values, dtype="Int32")
        given[name] = column(values)
    if "since" in frame or "ends" in frame:
        nothing = [None] * len(frame)
        given["valid"] = date_ranges(frame.get("since", nothing), frame.get("ends", nothing))
    given.update({name: column(values) for name, values in references.items()})
    if rows.outline is not None and rows.layer not in {"rooms", "floors"}:
        given.update(_shape_columns(rows))
    return given


def _shape_columns(rows: LayerRows) -> dict[str, pa.Array]:
    assert rows.outline is not None  # noqa: S101
    shapes = rows.outline.shapes()
    if rows.layer != "buildings":
        return {_SHAPE_COLUMN.get(rows.layer, "outline"): ewkb(shapes, MAP_SRID)}
    points = shapely.get_type_id(shapes) == 0
    location = np.where(points, shapes, shapely.point_on_surface(shapes))
    found = {"location": ewkb(location, MAP_SRID)}
    if not points.all():  # a file of points alone says nothing about outlines
        found["outline"] = ewkb(rows.outline.without(points).shapes(), MAP_SRID)
    return found

"""Where on the map a model lies: a map conversion, or latitude, longitude and true north of its site."""

import math
from typing import Any

import ifcopenshell.util.element as elements
import ifcopenshell.util.placement as placements
import ifcopenshell.util.unit as units
from ifcopenshell import entity_instance

from fangdi.domain.plans.model import Georeference
from fangdi.errors import InvalidInputError
from fangdi_gis_data import crs as crs_of_files
from fangdi_gis_data.plan_frame import local_frame

_PARTS = (1.0, 60.0, 3600.0, 3600.0e6)
"""Degrees, minutes, seconds and millionths of a second in an IfcCompoundPlaneAngleMeasure."""
_SAME_SCALE = 0.01
"""How far a scale may be off the unit of the model and still mean it; a map's own scale is within 0.1 %."""
_MOST_EASTING_M = 1e8
"""No map's easting or northing is beyond; what is, stands in millimetres."""


def georeference(model: Any, *, unit: float) -> Georeference | None:
    """Return where the model lies, or None if it does not say; `unit` is metres per length unit of the model."""
    return _map_conversion(model, unit) or _site(model, unit)


def _map_conversion(model: Any, unit: float) -> Georeference | None:
    """Read the map conversion (IFC4: IfcMapConversion; IFC2x3: the property sets agreed by buildingSMART)."""
    given = _given_in_2x3(model) if model.schema == "IFC2X3" else _given(model)
    if given is None:
        return None
    name, map_unit, values = given
    crs = _crs(name)
    if crs is None or not all(math.isfinite(value) for value in values.values()):
        return None
    axis = math.hypot(values["XAxisAbscissa"], values["XAxisOrdinate"])
    east, north = values["Eastings"], values["Northings"]
    metres = map_unit or (unit if max(abs(east), abs(north)) > _MOST_EASTING_M else 1.0)
    scale = _scale(values["Scale"], unit=unit, map_unit=metres)
    return Georeference(
        crs=crs,
        a=scale * values["XAxisAbscissa"] / axis,
        b=scale * values["XAxisOrdinate"] / axis,
        east=east * metres,
        north=north * metres,
        source="IfcMapConversion",
    )


def _scale(written: float, *, unit: float, map_unit: float) -> float:
    """Return the scale from metres to metres; some programs write it with the unit's factor in it, others without."""
    with_unit = written * map_unit / unit
    return with_unit if abs(with_unit - 1) <= _SAME_SCALE else written


def _given(model: Any) -> tuple[str, float | None, dict[str, float]] | None:
    for conversion in model.by_type("IfcMapConversion"):
        target = conversion.TargetCRS
        if target is None or not target.Name:
            continue
        map_unit = getattr(target, "MapUnit", None)
        factor = float(units.get_unit_scale(map_unit)) if map_unit is not None else None
        return str(target.Name), factor, _values(conversion.get_info(recursive=False))
    return None


def _given_in_2x3(model: Any) -> tuple[str, float | None, dict[str, float]] | None:
    for holder in (*model.by_type("IfcSite"), *model.by_type("IfcProject")):
        conversion = elements.get_pset(holder, "ePSet_MapConversion") or elements.get_pset(
            holder, "ePset_MapConversion"
        )
        target = elements.get_pset(holder, "ePSet_ProjectedCRS") or elements.get_pset(holder, "ePset_ProjectedCRS")
        if conversion and target and target.get("Name"):
            return str(target["Name"]), None, _values(conversion)
    return None


def _values(written: dict[str, Any]) -> dict[str, float]:
    """Return the parameters; those left out are those of no turn and no scale (IFC4, IfcMapConversion)."""
    values = {name: float(written.get(name) or 0.0) for name in ("Eastings", "Northings")}
    abscissa, ordinate = (float(written.get(name) or 0.0) for name in ("XAxisAbscissa", "XAxisOrdinate"))
    turned = abscissa or ordinate
    values["XAxisAbscissa"] = abscissa if turned else 1.0
    values["XAxisOrdinate"] = ordinate
    values["Scale"] = float(written.get("Scale") or 1.0)
    return values


def _crs(name: str) -> str | None:
    try:
        parsed = crs_of_files.parse(name.strip())
    except InvalidInputError:
        return None
    return crs_of_files.name_of(parsed) if parsed.is_projected else None


def _site(model: Any, unit: float) -> Georeference | None:
    """Place by the site: its reference point is the origin of its placement; true north turns the plan."""
    for site in model.by_type("IfcSite"):
        latitude, longitude = _degrees(site.RefLatitude), _degrees(site.RefLongitude)
        if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
            continue
        if abs(latitude) > 90 or abs(longitude) > 180:
            continue
        x, y = _origin(site, unit)
        a, b = _north(model)
        east, north = b * y - a * x, 0.0 - b * x - a * y
        return Georeference(local_frame(longitude, latitude), a=a, b=b, east=east, north=north, source="IfcSite")
    return None


def _degrees(measure: Any) -> float | None:
    """Return degrees of degrees, minutes, seconds and millionths; all of them carry the sign."""
    if not measure or not all(isinstance(part, (int, float)) for part in measure):
        return None
    return sum(float(part) / size for part, size in zip(measure, _PARTS, strict=False))


def _origin(site: entity_instance, unit: float) -> tuple[float, float]:
    try:
        matrix = placements.get_local_placement(site.ObjectPlacement)
    except (RecursionError, AttributeError, TypeError, ValueError, IndexError):  # a placement in a circle, or cut short
        return 0.0, 0.0
    x, y = float(matrix[0][3]) * unit, float(matrix[1][3]) * unit
    return (x, y) if math.isfinite(x) and math.isfinite(y) else (0.0, 0.0)


def _north(model: Any) -> tuple[float, float]:
    """Return cosine and sine of the turn that takes true north, given in the model's axes, to north."""
    for context in model.by_type("IfcGeometricRepresentationContext", include_subtypes=False):
        direction = context.TrueNorth
        if direction is None or len(direction.DirectionRatios) < 2:
            continue
        x, y = (float(ratio) for ratio in direction.DirectionRatios[:2])
        length = math.hypot(x, y)
        if math.isfinite(length) and length > 0:
            return y / length, x / length
    return 1.0, 0.0

"""Features of indoor layers in metres of one frame, with what their fields say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
from pyproj.exceptions import ProjError
from shapely.geometry.base import BaseGeometry

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import LayerRole, Stated
from fangdi.errors import InvalidInputError
from fangdi.service.loading_outlines import Outlines
from fangdi_gis_data import crs as crs_of_files
from fangdi_gis_data.plan_frame import Plans, local_frame
from fangdi_gis_data.plans.layers import columns as columns_of
from fangdi_gis_data.plans.layers import kinds
from fangdi_gis_data.plans.layers.columns import Columns, text_of
from fangdi_gis_data.plans.layers.level_names import level_in_name
from fangdi_gis_data.source import Source

MOST_FEATURES = 200_000
"""Features of one plan: a hundred floors with two thousand each."""
_DEGREES = "EPSG:4326"
_WIDEST_DEGREES = 0.1
"""A file without a CRS whose coordinates are less apart than this, and could be degrees, is in degrees: a site is no
wider than 10 km, and a plan in metres would be ten centimetres wide."""
_FARTHEST_M = 20_000.0
"""A plan whose shapes lie farther apart is none, m."""
_KEYS = ("id", "@id", "osm_id", "fid", "objectid", "guid", "uuid", "gml_id")


@dataclass(frozen=True, slots=True)
class Feature:
    """A feature: `layer` is its layer or file, with its kind where the layer has several."""

    layer: str
    handle: str
    role: LayerRole | None
    kind: str | None
    """The word that says what it is; None where it says nothing."""
    shape: BaseGeometry
    number: str | None = None
    name: str | None = None
    use: str | None = None
    level: str | None = None
    """Level as written in the feature."""
    level_id: str | None = None
    stated: Stated | None = None
    file: str = ""


@dataclass(frozen=True, slots=True)
class Frame:
    """The metric frame of a plan: a CRS, or None where it is not known where the plan lies."""

    crs: str | None
    said_by: str


def gather(sources: Sequence[Source], fields: Mapping[str, str]) -> tuple[list[list[Feature]], list[Finding]]:
    """Return the features of each layer, still in the coordinates of the files."""
    total = sum(len(source.frame) for source in sources)
    if total > MOST_FEATURES:
        raise InvalidInputError(
            f"要素过多({total} 个),请按楼层拆分。 / "
            f"{total} features are more than {MOST_FEATURES}; split the file by floors."
        )
    chosen_somewhere = {column for source in sources for column in source.columns}
    for what, column in fields.items():
        if what in columns_of.CHOICES and column not in chosen_somewhere:
            columns_of.choose(chosen_somewhere, {what: column}, kind=None)
    found: list[list[Feature]] = []
    findings: list[Finding] = []
    for source in sources:
        own = {what: column for what, column in fields.items() if column in source.columns}
        features, lost = _of_layer(source, own, several=len(sources) > 1)
        found.append(features)
        if lost and _role_of_layer(source, several=len(sources) > 1) not in _MAY_LACK_SHAPES:
            reason = {"reason": f"{lost} features have no geometry", "reason_zh": f"{lost} 个要素没有几何"}
            values = {"name": _title(source), **reason}
            findings.append(Finding(FindingCode.NO_FOOTPRINT, Severity.WARNING, values))
    return found, findings


_MAY_LACK_SHAPES = {LayerRole.IGNORE, LayerRole.LABEL}


def _role_of_layer(source: Source, *, several: bool) -> LayerRole | None:
    """Return what the name of a layer says of all its features; the name of a single file says nothing.

    "Floor 2" says which floor, and not that its features are outlines of floors.
    """
    name = source.layer or _title(source)
    role = kinds.role_of_name(name) if several else None
    return None if role is LayerRole.FLOOR and level_in_name(name) is not None else role


def _title(source: Source) -> str:
    if source.path.suffix.lower() == ".gpkg" and source.layer:
        return f"{source.path.stem}/{source.layer}" if source.layer != source.path.stem else source.path.stem
    return source.path.stem


def _of_layer(source: Source, fields: Mapping[str, str], *, several: bool) -> tuple[list[Feature], int]:
    """Return the features of one layer, and how many have no shape."""
    if source.shapes is None:
        return [], 0
    table = {column: _texts(source.frame[column]) for column in source.columns}
    kind = kinds.kind_field(source.columns, table)
    columns = columns_of.choose(source.columns, fields, kind=kind)
    title = _title(source)
    of_layer = _role_of_layer(source, several=several)
    key = next((column for column in source.columns if column.casefold() in _KEYS), None)
    level_id = next((column for column in source.columns if column.casefold() == "level_id"), None)
    shapes = source.shapes.shapes()
    made, lost = [], 0
    for row, shape in enumerate(shapes):
        if shape is None or shape.is_empty or not np.isfinite(shapely.bounds(shape)).all():
            lost += 1
            continue
        said = table[kind][row] if kind else None
        made.append(
            Feature(
                layer=f"{title}/{said}" if said and several else (said or title),
                handle=(table[key][row] if key else None) or str(source.rows[row]),
                role=_role(said, has_kinds=kind is not None, of_layer=of_layer),
                kind=said,
                shape=shapely.force_2d(shape),
                **_said(table, row, columns),
                level_id=table[level_id][row] if level_id else (table[key][row] if key else None),
                stated=_stated(source, columns, row),
                file=source.path.stem if source.path.suffix.lower() != ".gpkg" else title,
            )
        )
    return made, lost


def _role(said: str | None, *, has_kinds: bool, of_layer: LayerRole | None) -> LayerRole | None:
    """Return the role: by the feature's own kind; else by the layer's name; a layer that says nothing holds rooms.

    A layer whose name says that it holds no rooms is right whatever kinds its features have, as kinds of furniture.
    """
    if has_kinds and of_layer in {None, LayerRole.ROOM}:
        own = kinds.role_of(said) if said else None
        return own or (LayerRole.ROOM if of_layer is LayerRole.ROOM and said else None)
    return of_layer or LayerRole.ROOM


def _texts(column: Any) -> list[str | None]:
    return [text_of(value) for value in column.tolist()]


def _said(table: Mapping[str, list[str | None]], row: int, columns: Columns) -> dict[str, str | None]:
    chosen = {"number": columns.number, "name": columns.name, "use": columns.use, "level": columns.level}
    return {what: table[column][row] if column else None for what, column in chosen.items()}


def _stated(source: Source, columns: Columns, row: int) -> Stated | None:
    if columns.area is None:
        return None
    try:
        area = float(source.frame[columns.area].iloc[row])
    except (TypeError, ValueError):
        return None
    return Stated(area, columns.basis, columns.area) if np.isfinite(area) and area > 0 else None


def frame_of(sources: Iterable[Source], chosen: str | None) -> tuple[Frame, dict[int, str | None], list[Finding]]:
    """Return the frame, and the CRS of each layer by its place (None: metres of the frame), with findings.

    The frame is the file's own CRS if it is metric, else the chosen one if that is, else one centred on the data.
    """
    sources = list(sources)
    bounds = _bounds(sources)
    own: dict[int, str | None] = {}
    for place, source in enumerate(sources):
        own[place] = source.crs or chosen or (_DEGREES if _may_be_degrees(bounds) else None)
    findings = []
    if any(source.crs is None for source in sources) and chosen is None:
        findings.append(Finding(FindingCode.CRS_MISSING, Severity.WARNING))
    named = [crs for crs in own.values() if crs is not None]
    metric = [crs for crs in named if crs_of_files.is_metric(crs_of_files.parse(crs))]
    if not named:
        return Frame(None, "content"), own, findings
    if metric:
        return Frame(crs_of_files.name_of(crs_of_files.parse(metric[0])), "format"), own, findings
    if chosen is not None and crs_of_files.is_metric(crs_of_files.parse(chosen)):
        return Frame(crs_of_files.name_of(crs_of_files.parse(chosen)), "person"), own, findings
    return Frame(_centred(bounds, named[0]), "format"), own, findings


def placed(features: list[Feature], crs: str | None, frame: Frame) -> list[Feature]:
    """Return features of one CRS in the metres of the frame.

    Raises:
        InvalidInputError: coordinates that the CRS does not reach, or shapes too far apart for a building.
    """
    if not features or crs is None or frame.crs is None:
        return features
    outlines = Outlines.of([feature.shape for feature in features])
    try:
        moved = Plans().place(outlines, crs=crs, frames=[frame.crs], which=np.zeros(len(outlines), dtype=np.int64))
    except ProjError as error:
        raise InvalidInputError(f"坐标超出坐标系范围。 / Coordinates are out of reach of {crs}.") from error
    return [replace(feature, shape=shape) for feature, shape in zip(features, moved.shapes(), strict=True)]


def refuse_far_apart(features: Iterable[Feature]) -> None:
    """Refuse shapes that no building or site holds."""
    bounds = shapely.bounds([feature.shape for feature in features])
    if not len(bounds):
        return
    if not np.isfinite(bounds).all():
        raise InvalidInputError("坐标不是有效数值。 / Some coordinates are no numbers in the CRS.")
    width, height = bounds[:, 2:].max(axis=0) - bounds[:, :2].min(axis=0)
    if max(width, height) > _FARTHEST_M:
        raise InvalidInputError(
            f"图形范围达 {max(width, height) / 1000:.0f} 公里,不是建筑平面图。 / The shapes are "
            f"{max(width, height) / 1000:.0f} km apart: this is no plan of a building."
        )


def _bounds(sources: list[Source]) -> np.ndarray[Any, Any]:
    """Return least x, least y, most x, most y over all layers; NaN where there is nothing."""
    found = [source.shapes.bounds() for source in sources if source.shapes is not None and len(source.shapes)]
    every = np.concatenate(found) if found else np.full((1, 4), np.nan)
    every = every[np.isfinite(every).all(axis=1)]
    if not len(every):
        return np.full(4, np.nan)
    return np.concatenate([every[:, :2].min(axis=0), every[:, 2:].max(axis=0)])


def _may_be_degrees(bounds: np.ndarray[Any, Any]) -> bool:
    west, south, east, north = bounds
    fits = abs(west) <= 180 and abs(east) <= 180 and abs(south) <= 90 and abs(north) <= 90
    return bool(fits and max(east - west, north - south) < _WIDEST_DEGREES)


def _centred(bounds: np.ndarray[Any, Any], crs: str) -> str:
    """Return a frame centred on the data, whose coordinates are in a CRS of degrees or of other units."""
    if not np.isfinite(bounds).all():
        return local_frame(0.0, 0.0)
    middle = (float(bounds[0] + bounds[2]) / 2, float(bounds[1] + bounds[3]) / 2)
    there = crs_of_files.between(crs_of_files.parse(crs), crs_of_files.parse(_DEGREES))
    longitude, latitude = there.transform(*middle)
    if not (np.isfinite(longitude) and np.isfinite(latitude) and abs(latitude) <= 90):
        raise InvalidInputError(f"坐标超出坐标系范围。 / Coordinates are out of reach of {crs}.")
    return local_frame(longitude, latitude)

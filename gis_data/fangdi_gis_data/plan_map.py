"""Floor plans and the map: coordinates between EPSG:4490 and the metric frames in which plans are placed."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from pyproj import CRS

from fangdi_gis_data import crs as crs_of_files
from fangdi_gis_data.plan_frame import local_frame

Points = Sequence[tuple[float, float]]


class MapOfPlans:
    """Moves points between map and frames (implements the service's PlanMap); longitude and easting come first."""

    def frame(self, plan_crs: str | None, *, longitude: float, latitude: float) -> str:
        """Return the metric frame of a building's plans: the one it has, or one centred on it."""
        return plan_crs or local_frame(longitude, latitude)

    def own_frame(self, crs: str) -> str | None:
        """Return the metric frame that a CRS itself is; None for degrees and for Web Mercator."""
        return crs if crs_of_files.is_metric(crs_of_files.parse(crs)) else None

    def to_frame(self, lonlat: Points, *, crs: str) -> list[tuple[float, float]]:
        """Return points on the map in metres of a frame."""
        return _moved(lonlat, _between(f"EPSG:{crs_of_files.MAP_EPSG}", crs))

    def to_map(self, points: Points, *, crs: str) -> list[tuple[float, float]]:
        """Return points of a CRS on the map."""
        return _moved(points, _between(crs, f"EPSG:{crs_of_files.MAP_EPSG}"))


def _moved(points: Points, transformer: Any) -> list[tuple[float, float]]:
    if not points:
        return []
    x, y = transformer.transform([point[0] for point in points], [point[1] for point in points])
    return [(float(east), float(north)) for east, north in zip(x, y, strict=True)]


@cache
def _between(source: str, target: str) -> Any:
    return crs_of_files.between(_parsed(source), _parsed(target))


def _parsed(text: str) -> CRS:
    return crs_of_files.parse(text)

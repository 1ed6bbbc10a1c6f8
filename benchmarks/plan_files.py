"""Floor plans made for the benchmarks: offices on both sides of corridors, as DXF, IFC and GeoJSON, always the same."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ezdxf
import ifcopenshell
import ifcopenshell.guid

WIDTH_M, DEPTH_M, CORRIDOR_M, WALL_M = 4.0, 6.0, 2.0, 0.2
WINGS = 25
"""Offices along each side of a corridor."""
_DEGREE_M = 111_320.0
_WEST, _SOUTH = 121.55, 29.87

Room = tuple[str, float, float, float, float]
"""Number, and west, south, east, north in metres."""


def rooms(number: int) -> Iterator[Room]:
    """Yield so many rooms: row after row, two rows about a corridor."""
    for at in range(number):
        row, place = divmod(at, WINGS)
        pair, side = divmod(row, 2)
        west = place * (WIDTH_M + WALL_M)
        south = pair * 2 * (DEPTH_M + WALL_M + CORRIDOR_M) + side * (DEPTH_M + CORRIDOR_M + 2 * WALL_M)
        yield f"{1000 + at}", west, south, west + WIDTH_M, south + DEPTH_M


def write_dxf(file: Path, number: int) -> None:
    """Draw rooms in millimetres, each with its outline, both faces of its walls, a door in a block, and a label."""
    drawing = ezdxf.new("R2010", units=4)
    model = drawing.modelspace()
    door = drawing.blocks.new("DOOR")
    door.add_arc((0, 0), 900, 0, 90)
    door.add_line((0, 0), (0, 900))
    for name, *sides in rooms(number):
        west, south, east, north = (1000 * side for side in sides)
        outer = _corners(west - 100, south - 100, east + 100, north + 100)
        model.add_lwpolyline(_corners(west, south, east, north), close=True, dxfattribs={"layer": "ROOM"})
        model.add_lwpolyline(outer, close=True, dxfattribs={"layer": "WALL"})
        model.add_blockref("DOOR", (west + 200, south), dxfattribs={"layer": "DOOR"})
        label = model.add_text(f"{name} 办公室 24.0㎡", height=300, dxfattribs={"layer": "TEXT"})
        label.set_placement((west + 500, (south + north) / 2))
    drawing.saveas(file)


def write_geojson(file: Path, number: int) -> None:
    """Write rooms as polygons in degrees."""
    features = []
    for name, west, south, east, north in rooms(number):
        ring = [_lonlat(*corner) for corner in _corners(west, south, east, north)]
        shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        said = {"number": name, "name": "办公室", "level": 1}
        features.append({"type": "Feature", "geometry": shape, "properties": said})
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def write_ifc(file: Path, number: int) -> None:
    """Model rooms as spaces of one storey, 3 m high."""
    model = ifcopenshell.file(schema="IFC4")
    new = model.create_entity
    origin = new("IfcAxis2Placement3D", new("IfcCartesianPoint", (0.0, 0.0, 0.0)))
    up = new("IfcDirection", (0.0, 0.0, 1.0))
    context = new("IfcGeometricRepresentationContext", None, "Model", 3, 1e-6, origin, None)
    units = new("IfcUnitAssignment", [new("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")])
    place = new("IfcLocalPlacement", None, origin)

    def rooted(kind: str, **given: Any) -> Any:
        return new(kind, GlobalId=ifcopenshell.guid.new(), **given)

    project = rooted("IfcProject", Name="P", RepresentationContexts=[context], UnitsInContext=units)
    building = rooted("IfcBuilding", ObjectPlacement=place)
    storey = rooted("IfcBuildingStorey", Name="1F", Elevation=0.0, ObjectPlacement=place)
    spaces = []
    for name, *sides in rooms(number):
        corners = _corners(*sides)
        ring = new("IfcPolyline", [new("IfcCartesianPoint", corner) for corner in [*corners, corners[0]]])
        outline = new("IfcArbitraryClosedProfileDef", "AREA", None, ring)
        body = new("IfcExtrudedAreaSolid", outline, origin, up, 3.0)
        shape = new("IfcShapeRepresentation", context, "Body", "SweptSolid", [body])
        drawn = new("IfcProductDefinitionShape", None, None, [shape])
        spaces.append(rooted("IfcSpace", Name=name, LongName="办公室", ObjectPlacement=place, Representation=drawn))
    for whole, parts in ((project, [building]), (building, [storey]), (storey, spaces)):
        rooted("IfcRelAggregates", RelatingObject=whole, RelatedObjects=parts)
    model.write(str(file))


def _corners(west: float, south: float, east: float, north: float) -> list[tuple[float, float]]:
    return [(west, south), (east, south), (east, north), (west, north)]


def _lonlat(east: float, north: float) -> tuple[float, float]:
    """Return metres around Ningbo in degrees, near enough for a drawing."""
    return _WEST + east / (_DEGREE_M * math.cos(math.radians(_SOUTH))), _SOUTH + north / _DEGREE_M

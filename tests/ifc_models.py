"""Building models made for tests: storeys with spaces, walls and columns of given outlines and heights."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ifcopenshell
import ifcopenshell.guid

Corners = Sequence[tuple[float, float]]


def rectangle(west: float, south: float, east: float, north: float) -> Corners:
    """Return the corners of a rectangle."""
    return [(west, south), (east, south), (east, north), (west, north)]


class Model:
    """A model under construction; lengths are in its own unit, of `unit_m` metres."""

    def __init__(self, schema: str = "IFC4", *, unit_m: float = 1.0) -> None:
        self.file = ifcopenshell.file(schema=schema)
        new = self.file.create_entity
        self.origin = new("IfcAxis2Placement3D", new("IfcCartesianPoint", (0.0, 0.0, 0.0)))
        self.context = new("IfcGeometricRepresentationContext", None, "Model", 3, 1e-6, self.origin, None)
        prefix = {0.001: "MILLI", 1.0: None}.get(unit_m)
        if unit_m in {0.001, 1.0}:
            length = new("IfcSIUnit", UnitType="LENGTHUNIT", Prefix=prefix, Name="METRE")
        else:
            metre = new("IfcSIUnit", UnitType="LENGTHUNIT", Name="METRE")
            factor = new("IfcMeasureWithUnit", new("IfcLengthMeasure", unit_m), metre)
            size = new("IfcDimensionalExponents", 1, 0, 0, 0, 0, 0, 0)
            length = new("IfcConversionBasedUnit", size, "LENGTHUNIT", "FOOT", factor)
        area = new("IfcSIUnit", UnitType="AREAUNIT", Name="SQUARE_METRE")
        units = new("IfcUnitAssignment", [length, area])
        self.project = self._rooted("IfcProject", Name="P", RepresentationContexts=[self.context], UnitsInContext=units)
        self.site = self._rooted("IfcSite", ObjectPlacement=self._place())
        self.building = self._rooted("IfcBuilding", ObjectPlacement=self._place())
        self._under(self.project, [self.site])
        self._under(self.site, [self.building])

    def storey(self, name: str, elevation: float) -> Any:
        """Add a storey; its placement is at its elevation."""
        storey = self._rooted(
            "IfcBuildingStorey", Name=name, Elevation=elevation, ObjectPlacement=self._place(elevation)
        )
        self._under(self.building, [storey])
        return storey

    def space(self, storey: Any, name: str, corners: Corners, *, height: float = 3.0, **given: Any) -> Any:
        """Add a space whose body stands on the storey (or `lift` above it) with vertical sides."""
        lift = given.pop("lift", 0.0)
        body = self.prism(corners, height)
        return self.space_with(storey, name, body, "SweptSolid", lift=lift, **given)

    def space_with(self, storey: Any, name: str, body: Any, kind: str, *, lift: float = 0.0, **given: Any) -> Any:
        """Add a space with any body, or none."""
        place = self._place(lift, storey.ObjectPlacement)
        shape = self._shape(body, kind) if body is not None else None
        space = self._rooted("IfcSpace", Name=name, ObjectPlacement=place, Representation=shape, **given)
        self._under(storey, [space])
        return space

    def element(self, kind: str, storey: Any, corners: Corners, *, height: float = 3.0) -> Any:
        """Add a wall, column or the like."""
        shape = self._shape(self.prism(corners, height), "SweptSolid")
        place = self._place(0.0, storey.ObjectPlacement)
        element = self._rooted(kind, ObjectPlacement=place, Representation=shape)
        self._rooted("IfcRelContainedInSpatialStructure", RelatedElements=[element], RelatingStructure=storey)
        return element

    def states(self, space: Any, **areas: float) -> None:
        """State quantities of a space, as NetFloorArea=20."""
        quantities = [
            self.file.create_entity("IfcQuantityArea", name, None, None, area) for name, area in areas.items()
        ]
        group = self._rooted("IfcElementQuantity", Name="BaseQuantities", Quantities=quantities)
        self._rooted("IfcRelDefinesByProperties", RelatedObjects=[space], RelatingPropertyDefinition=group)

    def states_in(self, space: Any, group: str, name: str, area: float) -> None:
        """State an area as a property."""
        new = self.file.create_entity
        one = new("IfcPropertySingleValue", name, None, new("IfcAreaMeasure", area), None)
        held = self._rooted("IfcPropertySet", Name=group, HasProperties=[one])
        self._rooted("IfcRelDefinesByProperties", RelatedObjects=[space], RelatingPropertyDefinition=held)

    def prism(self, corners: Corners, height: float) -> Any:
        """Return the body over an outline."""
        new = self.file.create_entity
        points = [new("IfcCartesianPoint", (float(x), float(y))) for x, y in [*corners, corners[0]]]
        outline = new("IfcArbitraryClosedProfileDef", "AREA", None, new("IfcPolyline", points))
        return new("IfcExtrudedAreaSolid", outline, self.origin, new("IfcDirection", (0.0, 0.0, 1.0)), float(height))

    def cylinder(self, radius: float, height: float) -> Any:
        """Return a round body about the origin."""
        new = self.file.create_entity
        place = new("IfcAxis2Placement2D", new("IfcCartesianPoint", (0.0, 0.0)))
        outline = new("IfcCircleProfileDef", "AREA", None, place, float(radius))
        return new("IfcExtrudedAreaSolid", outline, self.origin, new("IfcDirection", (0.0, 0.0, 1.0)), float(height))

    def brep(self, points: Sequence[tuple[float, float, float]], faces: Sequence[Sequence[int]]) -> Any:
        """Return a body of plane faces, each by the numbers of its corners seen from outside counter-clockwise."""
        new = self.file.create_entity
        corners = [new("IfcCartesianPoint", tuple(float(part) for part in point)) for point in points]
        made = []
        for face in faces:
            loop = new("IfcPolyLoop", [corners[number] for number in face])
            made.append(new("IfcFace", [new("IfcFaceOuterBound", loop, True)]))
        return new("IfcFacetedBrep", new("IfcClosedShell", made))

    def write(self, folder: Path, name: str = "model.ifc") -> Path:
        """Write the model."""
        path = folder / name
        self.file.write(str(path))
        return path

    def _shape(self, body: Any, kind: str) -> Any:
        new = self.file.create_entity
        return new(
            "IfcProductDefinitionShape", None, None, [new("IfcShapeRepresentation", self.context, "Body", kind, [body])]
        )

    def _place(self, height: float = 0.0, above: Any = None) -> Any:
        new = self.file.create_entity
        at = new("IfcAxis2Placement3D", new("IfcCartesianPoint", (0.0, 0.0, float(height))))
        return new("IfcLocalPlacement", above, at)

    def _rooted(self, kind: str, **given: Any) -> Any:
        return self.file.create_entity(kind, GlobalId=ifcopenshell.guid.new(), **given)

    def _under(self, whole: Any, parts: list[Any]) -> None:
        self._rooted("IfcRelAggregates", RelatingObject=whole, RelatedObjects=parts)

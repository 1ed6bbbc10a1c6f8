"""A floor plan as a reader found it: floors and rooms in metres of the plan's own frame, before any map.

All coordinates are metres east and north (x, y) in one plane, the frame of measurement; `Georeference` says where on
the map it lies, if the file knows. Every area is measured in that frame.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from shapely.geometry import LineString, MultiPolygon, Point, Polygon

from fangdi.domain.plans.findings import Finding

SAGITTA_M = 0.001
"""How far a stroked arc may leave the true one, m."""


class PlanFormat(StrEnum):
    """Kind of file a plan came in."""

    DXF = "dxf"
    IFC = "ifc"
    GIS = "gis"  # GeoJSON, GeoPackage, Shapefile, IMDF, OSM indoor tags
    PICTURE = "picture"  # scanned plan or PDF: a backdrop, nothing is read from it


class FoundBy(StrEnum):
    """How the boundary of a room came about (边界来源)."""

    DRAWN = "drawn"  # 闭合轮廓线: a closed outline
    HATCH = "hatch"  # 填充边界: the boundary of a hatch
    WALLS = "walls"  # 墙线围合: enclosed by wall faces, with doors bridged
    BODY = "body"  # 实体模型: cut from the body of a model
    LAYER = "layer"  # 图层要素: a polygon of a GIS layer
    TRACED = "traced"  # 人工描绘: traced by hand over a backdrop


class StatedBasis(StrEnum):
    """What an area that a plan states was measured to (图注面积口径)."""

    NET = "net"  # 净面积: inner wall faces
    GROSS = "gross"  # 毛面积: with something that the net area leaves out
    WALL_CENTRE = "wall_centre"  # 轴线/墙中线
    UNKNOWN = "unknown"  # 未说明


class PartKind(StrEnum):
    """A part of a floor that is no room."""

    WALL = "wall"  # 墙体
    COLUMN = "column"  # 柱
    SHARED = "shared"  # 公共部位 that the file draws apart from rooms, as shafts
    VOID = "void"  # 挑空: open to the floor below
    OPEN = "open"  # 有顶未封闭: roofed and not enclosed, as a balcony or a covered corridor
    OPENING = "opening"  # 门窗洞口


@dataclass(frozen=True, slots=True)
class Outline:
    """A boundary: `shape` with arcs stroked to SAGITTA_M, `area_m2` exact over the true arcs."""

    shape: Polygon | MultiPolygon
    area_m2: float

    @classmethod
    def straight(cls, shape: Polygon | MultiPolygon) -> "Outline":
        """Return the outline of a shape that has no arcs."""
        return cls(shape, shape.area)


@dataclass(frozen=True, slots=True)
class Stated:
    """An area that the file itself states, in m²."""

    area_m2: float
    basis: StatedBasis
    source: str
    """Where the file says so: the text of the label, or the name of the property set and quantity."""


@dataclass(frozen=True, slots=True)
class Label:
    """A text on the plan, with what was read from it."""

    text: str
    at: Point
    handle: str
    number: str | None = None
    name: str | None = None
    stated: Stated | None = None


@dataclass(frozen=True, slots=True)
class PlanRoom:
    """A room (房间) on a plan. `key` tells it from all others of the plan."""

    key: str
    outline: Outline
    found_by: FoundBy
    handle: str
    """What traces it back to the file: a DXF handle, an IFC GlobalId, the number or id of a feature."""
    number: str | None = None
    name: str | None = None
    use: str | None = None
    """Use as written in the file."""
    stated: tuple[Stated, ...] = ()
    height_m: float | None = None
    layer: str | None = None


@dataclass(frozen=True, slots=True)
class PlanPart:
    """A wall, column, void or unenclosed part; `height_m` where known."""

    kind: PartKind
    outline: Outline
    handle: str
    height_m: float | None = None


@dataclass(frozen=True, slots=True)
class PlanFloor:
    """A floor (楼层). `outline` is its outer outline (外轮廓), if the file draws or implies one.

    `outline_implied`: nobody drew it; it is what walls and rooms cover together. So it lacks what the file leaves out,
    and cannot prove that rooms and walls add up.
    """

    key: str
    name: str
    level: float | None = None
    elevation_m: float | None = None
    height_m: float | None = None
    outline: Outline | None = None
    rooms: tuple[PlanRoom, ...] = ()
    parts: tuple[PlanPart, ...] = ()
    labels: tuple[Label, ...] = ()
    backdrop: tuple[LineString, ...] = ()
    """Other lines, drawn faint behind the rooms so that a person finds his way."""
    outline_implied: bool = False


@dataclass(frozen=True, slots=True)
class Units:
    """What one unit of the drawing is, and who said so."""

    name: str
    """mm, cm, m, in, ft or, of degrees, the CRS."""
    metres: float
    said_by: str
    """header, content, person or format."""


@dataclass(frozen=True, slots=True)
class Georeference:
    """Where the plan's frame lies: x' = a·x − b·y + east, y' = b·x + a·y + north in the metres of a CRS.

    `a`, `b` are scale × cosine and scale × sine of the rotation, counter-clockwise; `crs` is what pyproj understands.
    """

    crs: str
    a: float
    b: float
    east: float
    north: float
    source: str
    """IfcMapConversion, IfcSite, layer CRS, control points or footprint."""


@dataclass(frozen=True, slots=True)
class LayerSummary:
    """A layer of the file, for choosing what it means."""

    name: str
    entities: int
    closed_outlines: int
    texts: int
    sample_texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a reader found in a file; what is wrong stands in the findings and nowhere else."""

    format: PlanFormat
    floors: tuple[PlanFloor, ...]
    units: Units
    findings: tuple[Finding, ...] = ()
    georeference: Georeference | None = None
    layers: tuple[LayerSummary, ...] = ()
    meant: "LayerMeaning | None" = None
    """What the layers were taken for: as chosen, or as guessed."""

    @property
    def rooms(self) -> tuple[PlanRoom, ...]:
        """All rooms, floor by floor."""
        return tuple(room for floor in self.floors for room in floor.rooms)


class LayerRole(StrEnum):
    """What the things on a layer are (图层含义)."""

    ROOM = "room"  # 房间轮廓: closed outlines, or hatches
    WALL = "wall"  # 墙线
    OPENING = "opening"  # 门窗
    LABEL = "label"  # 房间标注
    FLOOR = "floor"  # 楼层外轮廓
    FRAME = "frame"  # 图框: one around each floor
    COLUMN = "column"  # 柱
    OPEN = "open"  # 有顶未封闭部位
    VOID = "void"  # 挑空
    SHARED = "shared"  # 公共部位 drawn apart from rooms, as corridors and stairs
    IGNORE = "ignore"  # 不读


@dataclass(frozen=True, slots=True)
class LayerMeaning:
    """Layers by what is on them; a layer may have several roles, as outlines and labels together."""

    roles: dict[str, frozenset[LayerRole]] = field(default_factory=dict)

    def of(self, role: LayerRole) -> frozenset[str]:
        """Return the layers that have a role."""
        return frozenset(layer for layer, roles in self.roles.items() if role in roles)


@dataclass(frozen=True, slots=True)
class FloorBox:
    """A rectangle around one floor of a drawing with several, in drawing units."""

    west: float
    south: float
    east: float
    north: float
    name: str
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """How to read a file: what a person confirmed or chose; None is as the file says or the content suggests."""

    unit: str | None = None
    meaning: LayerMeaning | None = None
    boxes: tuple[FloorBox, ...] = ()
    gap_m: float = 1.2
    """Widest opening in a wall that still closes a room, m: a door leaf of 1 m in its frame."""
    fields: dict[str, str] = field(default_factory=dict)
    """Of GIS layers: number, name, use, level, area → field of the file."""
    crs: str | None = None
    level: float | None = None
    """Level of a file that holds one floor and does not say which."""

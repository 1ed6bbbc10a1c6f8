"""Shapes of floor plans (平面图): what was read from a file, where it lies, and what its import would change.

Coordinates named `plan` are metres east and north in the plan's own frame; those on the map are EPSG:4490.
"""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, Field

from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, LayerRole, PartKind, PlanFormat, StatedBasis
from fangdi_api.schemas.common import Answer, AreaM2, BuildingName, Labels, LonLat

Status = Literal["draft", "imported", "superseded"]
"""draft 草稿: may be changed; imported 已入库; superseded 已被新版本取代."""
Unit = Literal["mm", "cm", "m", "in", "ft"]
Method = Literal["helmert", "affine", "footprint", "crs"]
ChangeKind = Literal["kept", "changed", "added", "removed", "split", "merged"]

PlanXY = Annotated[
    tuple[
        Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)],
        Annotated[float, Field(allow_inf_nan=False, ge=-1e9, le=1e9)],
    ],
    Field(description="metres east and north in the plan's own frame", examples=[[12.5, 3.25]]),
]
Rings = list[list[PlanXY]]
"""An outer ring and its holes, each closed."""
Metres = Annotated[float, AfterValidator(lambda value: round(value, 3)), Field(description="m, to the millimetre")]
Level = Annotated[float, Field(ge=-99.9, le=999.9, allow_inf_nan=False, description="楼层", examples=[3])]
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\x00]*$")]
Geometry = Annotated[dict[str, Any], Field(description="GeoJSON geometry in plan metres")]
MapGeometry = Annotated[dict[str, Any], Field(description="GeoJSON geometry in EPSG:4490")]


class Units(Answer):
    """What one unit of the drawing is, and who said so."""

    name: str = Field(description="mm, cm, m, in, ft or, of degrees, the CRS")
    metres: float
    said_by: str = Field(description="header, content, person or format")


class Layer(Answer):
    """A layer of the file (图层), and what it was taken for."""

    name: str
    entities: int
    closed_outlines: int
    texts: int
    sample_texts: list[str]
    roles: list[LayerRole] = Field(description="as chosen, or as guessed")


class Counts(Answer):
    """Findings by severity."""

    error: int = 0
    warning: int = 0
    note: int = 0


class PlanFloor(Answer):
    """A floor (楼层) of a plan."""

    key: str
    name: str
    level: float | None = Field(description="null: not known yet")
    elevation_m: float | None
    height_m: float | None
    rooms: int
    usable_m2: AreaM2 = Field(description="使用面积: sum of the rooms, to inner wall faces")
    gross_m2: AreaM2 | None = Field(description="建筑面积 by the basis of `gross_basis`; null: no outer outline")
    gross_basis: str | None = Field(default=None, description="GB/T 17986 or GB/T 50353")
    outline_implied: bool = Field(default=False, description="the outer outline is not drawn: gross is an estimate")
    efficiency: float | None = Field(description="K 值: usable over gross")
    bounds: tuple[float, float, float, float] | None = Field(description="west, south, east, north in plan metres")


class ReadingBox(BaseModel):
    """A rectangle around one floor of a drawing with several, in drawing units."""

    west: float = Field(allow_inf_nan=False)
    south: float = Field(allow_inf_nan=False)
    east: float = Field(allow_inf_nan=False)
    north: float = Field(allow_inf_nan=False)
    name: Word
    level: Level | None = None


class ReadingWanted(BaseModel):
    """How to read the file: what a person confirmed or chose; null is as the file says or the content suggests."""

    unit: Unit | None = None
    layers: dict[Word, list[LayerRole]] | None = Field(
        default=None, max_length=5000, description="图层含义: roles by layer; null: as guessed"
    )
    boxes: list[ReadingBox] = Field(default_factory=list, max_length=200)
    gap_m: float = Field(default=1.2, ge=0, le=10, allow_inf_nan=False, description="widest opening bridged, m")
    fields: dict[Literal["number", "name", "use", "level", "area"], Word] = Field(
        default_factory=dict, description="of GIS layers: field of the file by what it means"
    )
    crs: Word | None = Field(default=None, description="as EPSG:4549; of GIS layers that name none")
    level: Level | None = Field(default=None, description="of a file that holds one floor and does not say which")
    metres_per_pixel: float | None = Field(
        default=None, gt=0, le=10, allow_inf_nan=False, description="of a picture: m in a pixel of the backdrop"
    )
    levels: dict[Word, Level] = Field(default_factory=dict, max_length=500, description="level by key of the floor")
    unit_confirmed: bool = Field(default=False, description="单位已确认: the unit that was found is right")


class ControlPoint(BaseModel):
    """A place on the plan and the same place on the map (控制点)."""

    name: Word = ""
    plan: PlanXY
    map: LonLat


class PlacementWanted(BaseModel):
    """How to place the plan on the map (定位)."""

    method: Method
    points: list[ControlPoint] = Field(
        default_factory=list, max_length=100, description="of helmert (≥ 2), affine (≥ 3)"
    )
    floor: Word | None = Field(default=None, description="of footprint: the floor to match; the lowest by default")
    crs: Word | None = Field(default=None, description="of crs: the CRS that the plan's coordinates are in")


class ControlPointPlaced(Answer):
    """A control point and how far off it is."""

    name: str
    plan: PlanXY
    map: LonLat
    residual_m: Metres


class Finding(Answer):
    """One thing that is wrong (核查发现), in plain words, and what to do."""

    id: int
    code: FindingCode
    severity: Severity
    name: Labels
    text: Labels
    advice: Labels
    floor: str | None = Field(description="key of the floor")
    rooms: list[str] = Field(description="keys of the rooms")
    handle: str | None = Field(description="what traces it back to the file")
    at: PlanXY | None
    shape: Geometry | None


class Placement(Answer):
    """Where the plan lies on the map."""

    method: Method | str
    crs: str = Field(description="metric CRS that the plan was moved into")
    matrix: tuple[float, float, float, float, float, float] = Field(
        description="a, b, c, d, e, f: east = a·x + b·y + e, north = c·x + d·y + f, metres of `crs`"
    )
    scale: float
    rotation_deg: float = Field(description="counter-clockwise")
    rms_m: Metres | None
    score: float | None = Field(description="share of floor outline and footprint in common, 0 to 1")
    points: list[ControlPointPlaced]
    corners: list[LonLat] = Field(description="of the plan's bounds: south-west, south-east, north-east, north-west")
    bounds: tuple[float, float, float, float] = Field(description="the plan's bounds in plan metres")
    findings: list[Finding]


class PlanRow(Answer):
    """A floor plan, in lists."""

    id: int
    building: BuildingName
    file_name: str
    format: PlanFormat
    size_bytes: int
    version: int = Field(description="of this building's plans, from 1")
    status: Status
    floors_count: int
    rooms_count: int
    usable_m2: AreaM2
    findings: Counts
    placed: bool
    uploaded_at: datetime
    uploaded_by: str
    imported_at: datetime | None


class PlanDetail(PlanRow):
    """A floor plan with everything but drawing and findings."""

    sha256: str
    revision: int = Field(description="grows with every change of the draft")
    units: Units
    units_confirmed: bool
    layers: list[Layer]
    fields: list[str] = Field(default_factory=list, description="of GIS layers: the file's fields")
    reading: ReadingWanted
    floors: list[PlanFloor]
    placement: Placement | None
    gross_m2: AreaM2 | None
    efficiency: float | None
    missing: list[Literal["rooms", "units", "levels", "placement"]] = Field(description="what import waits for")
    may_change: bool = Field(description="the reader may change this plan, and it is a draft")


class DrawnRoom(Answer):
    """A room (房间) as drawn."""

    key: str
    number: str | None
    name: str | None
    use: str | None
    area_m2: AreaM2 = Field(description="exact over true arcs")
    stated_m2: AreaM2 | None
    stated_basis: StatedBasis | None
    found_by: FoundBy
    handle: str
    layer: str | None
    edited: bool = Field(description="number, name, use or outline were changed by hand")
    verdict: str | None = Field(default=None, description="of the newest audit of this plan")
    shape: list[Rings]
    label_at: PlanXY | None = Field(description="a place inside, to write on")


class DrawnPart(Answer):
    """A wall, column, void or unenclosed part."""

    kind: PartKind
    shape: list[Rings]


class DrawnLabel(Answer):
    """A text on the plan."""

    text: str
    at: PlanXY


class Drawing(Answer):
    """A floor to draw, in plan metres; strokes leave true arcs by at most 1 mm."""

    key: str
    name: str
    level: float | None
    bounds: tuple[float, float, float, float] | None
    outline: list[Rings] | None
    rooms: list[DrawnRoom]
    parts: list[DrawnPart]
    labels: list[DrawnLabel]
    backdrop: list[list[PlanXY]]


class FloorOnMap(Answer):
    """Rooms and outline of a floor on the map, once the plan is placed."""

    key: str
    outline: MapGeometry | None
    rooms: list[dict[str, Any]] = Field(description="GeoJSON features in EPSG:4490 with key, number and area_m2")


class Preview(Answer):
    """What a reading would come to; nothing was stored."""

    plan: PlanDetail
    floors: list[Drawing]
    findings: list[Finding]


class Findings(Answer):
    """All findings of a plan, the gravest first."""

    items: list[Finding]
    counts: Counts


class Repair(Answer):
    """A repair (修复) that is proposed: before and after, in plan metres."""

    id: str
    kind: str
    code: str = Field(description="code of the finding that it settles")
    text: Labels
    floor: str | None
    rooms: list[str]
    before: Geometry | None
    after: Geometry | None


class Repairs(Answer):
    """Repairs that are proposed and not yet accepted."""

    items: list[Repair]
    accepted: int = Field(description="repairs accepted before")


class RepairsAccepted(BaseModel):
    """Which proposed repairs to apply."""

    accepted: list[Word] = Field(min_length=1, max_length=10_000)


class RoomEdit(BaseModel):
    """What to change of a room, or a room to add that was traced by hand; what is left out stays."""

    number: Word | None = None
    name: Word | None = None
    use: Word | None = None
    floor: Word | None = Field(default=None, description="of a room to add: key of its floor")
    shape: list[Rings] | None = Field(default=None, max_length=100, description="outline traced by hand")


class RoomBefore(Answer):
    """A room as it is stored now."""

    id: int
    number: str | None
    name: str | None
    level: float
    area_m2: AreaM2 | None = Field(description="measured usable area")


class RoomAfter(Answer):
    """A room as the plan has it."""

    key: str
    number: str | None
    name: str | None
    level: float | None
    area_m2: AreaM2


class LosesRoom(Answer):
    """A use of a room (使用情况) whose room would end."""

    occupancy_id: int
    room_id: int
    agency_id: int
    agency: str
    unit: str | None


class Change(Answer):
    """What import would do to rooms."""

    kind: ChangeKind
    before: list[RoomBefore]
    after: list[RoomAfter]
    overlap: float | None = Field(description="share of the outlines in common, 0 to 1; null: nothing drawn before")
    loses: list[LosesRoom]


class Changes(Answer):
    """The plan against the building's rooms, to be reviewed before import."""

    state: str = Field(description="pass back to import: it is refused when the rooms changed in between")
    counts: dict[ChangeKind, int]
    items: list[Change]
    occupancies_lost: int
    missing: list[Literal["rooms", "units", "levels", "placement"]]


class ImportWanted(BaseModel):
    """Agreement to what `changes` listed."""

    state: Word


class Imported(Answer):
    """What import did."""

    plan: PlanDetail
    counts: dict[ChangeKind, int]
    floors: int


class MappingWanted(BaseModel):
    """A layer mapping (图层对应) to save for the plans of an agency or surveyor."""

    jurisdiction_code: str = Field(pattern=r"^[0-9]{6}([0-9]{6})?$", examples=["330200"])
    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$")]
    agency_id: int | None = Field(default=None, ge=1, lt=1 << 63)
    surveyor: Word | None = Field(default=None, description="测绘单位")
    unit: Unit | None = None
    layers: dict[Word, list[LayerRole]] = Field(default_factory=dict, max_length=5000)
    gap_m: float = Field(default=1.2, ge=0, le=10, allow_inf_nan=False)
    fields: dict[Literal["number", "name", "use", "level", "area"], Word] = Field(default_factory=dict)


class Mapping(MappingWanted, Answer):
    """A layer mapping that was saved."""

    id: int
    changed_at: datetime
    changed_by: str


class Mappings(Answer):
    """Layer mappings that the reader may use."""

    items: list[Mapping]

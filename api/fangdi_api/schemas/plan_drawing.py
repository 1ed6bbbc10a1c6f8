"""Shapes of what is drawn on a floor plan, what is wrong with it (核查发现), and how that is mended."""

from typing import Any

from pydantic import BaseModel, Field

from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import FoundBy, PartKind, StatedBasis
from fangdi_api.schemas.common import Answer, AreaM2, Labels
from fangdi_api.schemas.plan_values import Geometry, MapGeometry, PlanXY, Rings, Word


class Counts(Answer):
    """Findings by severity."""

    error: int = 0
    warning: int = 0
    note: int = 0


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

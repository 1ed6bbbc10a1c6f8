"""Shapes of floor plans (平面图): in lists, and with everything but drawing and findings."""

from datetime import datetime
from typing import Literal

from pydantic import Field

from fangdi.domain.plans.model import PlanFormat
from fangdi_api.schemas.common import Answer, AreaM2, BuildingName
from fangdi_api.schemas.plan_drawing import Counts, Drawing, Finding
from fangdi_api.schemas.plan_placement import Placement
from fangdi_api.schemas.plan_reading import Layer, ReadingWanted, Units
from fangdi_api.schemas.plan_values import Missing

Status = Literal["draft", "imported", "superseded"]
"""draft 草稿: may be changed; imported 已入库; superseded 已被新版本取代."""


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
    feet_are_inches: bool = Field(default=False, description="said to be in feet, the drawing is read in inches")
    layers: list[Layer]
    fields: list[str] = Field(default_factory=list, description="of GIS layers: the file's fields")
    reading: ReadingWanted
    floors: list[PlanFloor]
    placement: Placement | None
    gross_m2: AreaM2 | None
    efficiency: float | None
    missing: list[Missing] = Field(description="what import waits for")
    may_change: bool = Field(description="the reader may change this plan, and it is a draft")


class Preview(Answer):
    """What a reading would come to; nothing was stored."""

    plan: PlanDetail
    floors: list[Drawing]
    findings: list[Finding]

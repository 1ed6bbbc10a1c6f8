"""Shapes of where a floor plan lies on the map (定位), and how well that fits."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from fangdi_api.schemas.common import Answer, LonLat
from fangdi_api.schemas.plan_drawing import Finding
from fangdi_api.schemas.plan_values import Metres, PlanXY, Word

Method = Literal["helmert", "affine", "footprint", "crs"]


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


class AgreementWanted(BaseModel):
    """Which placement somebody agrees to: the one of this revision of the plan, which they saw."""

    revision: int = Field(ge=1, lt=1 << 63)


class Agreement(Answer):
    """Who agreed to a placement beyond the limits, and when."""

    by: str
    at: datetime


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
    doubtful: bool = Field(description="beyond a limit: import waits until somebody agrees to it")
    far: bool = Field(description="too far from the building: it has to be placed again before import")
    agreed: Agreement | None = None
    findings: list[Finding]

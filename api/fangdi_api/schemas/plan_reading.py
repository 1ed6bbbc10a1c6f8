"""Shapes of how a floor plan is read: units, layers (图层), and mappings that were saved."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, Field

from fangdi.domain.plans.model import LayerRole
from fangdi_api.schemas.common import Answer
from fangdi_api.schemas.plan_values import Level, Unit, Word


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

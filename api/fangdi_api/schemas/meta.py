"""Shapes of what a client asks first."""

from datetime import date

from pydantic import Field

from fangdi.domain.norms.kinds import NormKind, Shape, Unit, Verification
from fangdi_api.schemas.common import Answer, BBox, Labels
from fangdi_api.schemas.details import JurisdictionRow


class Health(Answer):
    """Whether the server and its database answer."""

    status: str = Field(examples=["ok"])


class SampleNotice(Labels):
    """Notice that the data are invented, and the seed they were made from."""

    seed: int | None = None


class LayerInfo(Answer):
    """A tile layer."""

    version: int = Field(description="grows with every change of what the layer shows")
    minzoom: int
    maxzoom: int


class Basemap(Answer):
    """Background map of this deployment."""

    url: str = Field(description="XYZ template")
    attribution: str | None


class Meta(Answer):
    """What a client needs to know before it asks anything."""

    name: str
    version: str
    sample: bool = Field(description="whether the data are invented")
    sample_notice: SampleNotice | None
    as_of: date = Field(description="today, the default date of all questions")
    recorded_from: date | None = Field(description="first dated change of use; null where there is none")
    bbox: BBox | None = Field(description="extent of buildings, sites and zones; null for an empty database")
    levels: list[float] = Field(description="floor levels there are")
    layers: dict[str, LayerInfo]
    basemap: Basemap | None
    plane_epsg: int
    coverage_radius_m: float
    bases: list[str]
    jurisdictions: list[JurisdictionRow]


class Word(Answer):
    """A code with its labels."""

    code: str
    zh: str
    en: str


class RoomUse(Word):
    """A use of rooms (房间用途)."""

    category: str
    assignable: bool


class Rank(Word):
    """A rank of staff (职级)."""

    level: str
    leader: bool


class NormKindWord(Word):
    """A kind of norm figures (标准指标): what it is measured in, and what a figure of it needs."""

    code: NormKind
    unit: Unit
    unit_name: Labels
    shape: Shape = Field(description="constant; linear: two steps and a line between; excess: another figure beyond")
    by_level: bool = Field(description="figures are told apart by level")
    by_rank: bool = Field(description="figures are told apart by rank")


class CertaintyWord(Word):
    """How sure the wording behind a figure is (核实情况)."""

    code: Verification
    verified: bool


class Vocabulary(Answer):
    """The word lists."""

    room_uses: list[RoomUse]
    ranks: list[Rank]
    agency_kinds: list[Word]
    levels: list[Word]
    bases: list[Word]
    norm_kinds: list[NormKindWord]
    certainties: list[CertaintyWord]

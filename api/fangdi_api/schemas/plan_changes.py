"""Shapes of what the import of a floor plan (入库) would change, and did."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from fangdi_api.schemas.common import Answer, AreaM2
from fangdi_api.schemas.plan_values import Missing, Word
from fangdi_api.schemas.plans import PlanDetail

ChangeKind = Literal["kept", "changed", "added", "removed", "split", "merged"]


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


class Effect(Answer):
    """How many rooms of the building import adds, changes and ends; heirs of split and merged rooms are changed."""

    added: int
    changed: int
    ended: int


class OtherPlan(Answer):
    """Another plan of the building."""

    id: int
    version: int
    file_name: str
    uploaded_at: datetime
    imported_at: datetime | None


class Changes(Answer):
    """The plan against the building's rooms, to be reviewed before import."""

    state: str = Field(description="pass back to import: it is refused when the rooms changed in between")
    counts: dict[ChangeKind, int] = Field(description="changes by kind, as they are listed")
    effect: Effect
    items: list[Change]
    occupancies_lost: int
    missing: list[Missing]
    newer: list[OtherPlan] = Field(description="later plans of these floors that were imported: import asks to agree")
    same_file: list[OtherPlan] = Field(description="earlier plans of the building that are the very same file")


class ImportWanted(BaseModel):
    """Agreement to what `changes` listed."""

    state: Word
    replace_newer: bool = Field(default=False, description="agree that this older plan replaces a newer one")


class Imported(Answer):
    """What import did."""

    plan: PlanDetail
    counts: dict[ChangeKind, int]
    effect: Effect
    floors: int

"""What a judgement comes to: which finding it is about, whether the rule is broken, and the evidence."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fangdi.domain.findings.life import Seen
from fangdi.domain.findings.rules import FACTS, ObjectKind, Rule, Severity, Unit
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.norms.model import Norm, least_sure

Value = str | int | float | bool | None
"""A figure of the evidence: areas in m², days and rooms as numbers, dates as YYYY-MM-DD."""

GRACE_M2 = 0.005
"""Half a hundredth of a square metre: documents write two decimals, and less than that is no excess."""
_RUNNING = frozenset({"days"})
"""Figures that grow by themselves from day to day: no change that is worth an entry."""
WITH_CLASSIFIED = "+classified"
"""Ends the subject of a finding that counts classified rooms in; without clearance nobody sees it."""


class RoomRole(StrEnum):
    """What a room is in the evidence."""

    OFFICE = "office"  # 办公室
    REST = "rest"  # 休息室
    WASHROOM = "washroom"  # 卫生间
    USED = "used"  # 所用房间
    OFFERED = "offered"  # 可用的闲置房间


@dataclass(frozen=True, slots=True)
class EvidenceRoom:
    """A room of the evidence, by id."""

    id: int
    role: RoomRole


@dataclass(frozen=True, slots=True)
class Key:
    """Identity of a finding: the rule, the object, and what about the object."""

    rule: Rule
    object_kind: ObjectKind
    object_key: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class About:
    """Where a finding belongs, and who sees it: those who see all `places`; `secret` ones with clearance only."""

    jurisdiction: str
    places: tuple[str, ...] = ()
    secret: bool = False
    agency_id: int | None = None
    building_id: int | None = None
    room_id: int | None = None
    parcel_id: int | None = None
    person_key: str | None = None

    @property
    def all_places(self) -> list[str]:
        """Every jurisdiction that something of the evidence lies in."""
        return sorted({self.jurisdiction, *self.places})


@dataclass(frozen=True, slots=True)
class Judged:
    """The outcome for one object; `measure` is in the rule's unit, None where nothing is measured."""

    key: Key
    holds: bool
    about: About
    severity: Severity = Severity.MAJOR
    measure: float | None = None
    figures: Mapping[str, Value] = field(default_factory=dict)
    rooms: tuple[EvidenceRoom, ...] = ()
    norms: tuple[Norm, ...] = ()

    @property
    def certainty(self) -> Verification:
        """How sure the figures of norms are that it rests on; the clause of the rule comes on top."""
        return least_sure(self.norms)

    @property
    def shown_figures(self) -> dict[str, Value]:
        """The figures as they are kept: areas to a hundredth."""
        return {
            name: round(value, 6 if name.endswith("_rate") else 4) if isinstance(value, float) else value
            for name, value in self.figures.items()
        }

    @property
    def gist(self) -> str:
        """What counts of the evidence, as a text that stays the same while nothing of it changes."""
        steady = {
            name: round(value, 2) if isinstance(value, float) else value
            for name, value in self.figures.items()
            if name not in _RUNNING
        }
        rooms = [[room.id, room.role] for room in self.rooms if room.role is not RoomRole.OFFERED]
        return json.dumps([self.severity, steady, rooms], ensure_ascii=False, sort_keys=True)

    @property
    def seen(self) -> Seen:
        """What the life of the finding follows from."""
        grows = FACTS[self.key.rule].unit is Unit.DAYS
        return Seen(self.holds, None if grows else self.measure, self.gist)

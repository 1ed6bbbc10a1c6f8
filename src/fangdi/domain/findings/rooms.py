"""What rooms are used for and on what paper: another function, let or lent, without agreement.

管理办法 第十八条, 第十九条: rooms are used under an agreement and a permit, for the function that was approved, and not
let or lent. Usable area in m² of one basis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fangdi.domain.findings.model import WITH_CLASSIFIED, About, EvidenceRoom, Judged, Key, RoomRole
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity


class OutsideUse(StrEnum):
    """How somebody outside has a room (对外使用)."""

    LET = "let"  # 出租
    LENT = "lent"  # 出借


@dataclass(frozen=True, slots=True)
class Room:
    """A room on a date, with the agency that uses most of it."""

    id: int
    building_id: int
    jurisdiction: str
    secret: bool
    area_m2: float | None
    agency_id: int | None

    @property
    def about(self) -> About:
        """Where findings about it belong."""
        return About(
            self.jurisdiction,
            (),
            self.secret,
            agency_id=self.agency_id,
            building_id=self.building_id,
            room_id=self.id,
        )


@dataclass(frozen=True, slots=True)
class Function:
    """The use that was approved for a room (批准用途), and the one it has; each with its category."""

    approved: str
    approved_category: str
    actual: str
    actual_category: str
    document_no: str


def judge_function(room: Room, function: Function) -> Judged:
    """Judge whether a room is used as approved; for another category of rooms it is graver."""
    return Judged(
        key=Key(Rule.OTHER_FUNCTION, ObjectKind.ROOM, str(room.id)),
        holds=function.approved != function.actual,
        about=room.about,
        severity=Severity.MINOR if function.approved_category == function.actual_category else Severity.MAJOR,
        measure=room.area_m2,
        figures={
            "approved_use": function.approved,
            "actual_use": function.actual,
            "document_no": function.document_no,
            "area_m2": room.area_m2,
        },
        rooms=(EvidenceRoom(room.id, RoomRole.USED),),
    )


@dataclass(frozen=True, slots=True)
class Outside:
    """Somebody outside who has a room; `since` None: nobody knows since when."""

    use: OutsideUse
    outsider: str
    since: date | None
    until: date | None
    document_no: str | None
    annual_income_yuan: float | None


def judge_outside(room: Room, outside: Outside) -> Judged:
    """Judge a room that was let or lent: wrong as long as it lasts; without any paper it is graver."""
    return Judged(
        key=Key(Rule.LET_OR_LENT, ObjectKind.ROOM, str(room.id), outside.use),
        holds=True,
        about=room.about,
        severity=Severity.MINOR if outside.document_no else Severity.MAJOR,
        measure=room.area_m2,
        figures={
            "outside_use": outside.use,
            "outsider": outside.outsider,
            "since": outside.since.isoformat() if outside.since else None,
            "document_no": outside.document_no,
            "income_yuan": outside.annual_income_yuan,
            "area_m2": room.area_m2,
        },
        rooms=(EvidenceRoom(room.id, RoomRole.USED),),
    )


@dataclass(frozen=True, slots=True)
class Papers:
    """What an agency uses in a building, classified rooms apart from the others, and on what paper."""

    building_id: int
    agency_id: int
    jurisdiction: str
    secret: bool
    rooms: int
    unnumbered: Sequence[int]
    unfiled: Sequence[int]


def judge_papers(papers: Papers) -> Judged:
    """Judge whether every room has an agreement or permit; a number without the document is less grave than none."""
    wrong = (*papers.unnumbered, *papers.unfiled)
    subject = f"agency:{papers.agency_id}" + (WITH_CLASSIFIED if papers.secret else "")
    return Judged(
        key=Key(Rule.NO_AGREEMENT, ObjectKind.BUILDING, str(papers.building_id), subject),
        holds=bool(wrong),
        about=About(
            papers.jurisdiction,
            (),
            papers.secret,
            agency_id=papers.agency_id,
            building_id=papers.building_id,
        ),
        severity=Severity.MAJOR if papers.unnumbered else Severity.MINOR,
        measure=float(len(wrong)),
        figures={
            "rooms": papers.rooms,
            "rooms_unnumbered": len(papers.unnumbered),
            "rooms_unfiled": len(papers.unfiled),
        },
        rooms=tuple(EvidenceRoom(number, RoomRole.USED) for number in wrong),
    )

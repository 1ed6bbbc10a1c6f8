"""Offices against the ceilings of their occupants (办公室超标准), and leaders with several offices or one they kept.

建设标准 表1 and its notes: a rest room counts inside the ceiling; some leaders may have a washroom inside it, with a
limit. 管理办法 第十九条: a leader has one office; it is vacated some months after the post ended, or after transfer or
retirement. Usable area in m² of one basis.
"""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from fangdi.domain.findings.model import GRACE_M2, About, EvidenceRoom, Judged, Key, RoomRole, Value
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.kinds import NormKind
from fangdi.domain.norms.model import Norm

_SEVERAL = 2


class PostEnd(StrEnum):
    """How a post came to its end (离任方式)."""

    ENDED = "ended"  # 不再任职
    TRANSFERRED = "transferred"  # 调离
    RETIRED = "retired"  # 退休


class AnnexKind(StrEnum):
    """What a room that belongs to an office is (附属房间)."""

    REST = "rest"  # 休息室
    WASHROOM = "washroom"  # 卫生间


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person in an office: rank, and the jurisdictions from the uppermost down to that of the agency."""

    person_key: str
    rank: str | None
    leader: bool
    agency_id: int
    path: Sequence[str]


@dataclass(frozen=True, slots=True)
class Annex:
    """A room that belongs to an office: a rest room (休息室) or a washroom (卫生间)."""

    room_id: int
    washroom: bool
    area_m2: float | None
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """An office on a date with who sits in it."""

    room_id: int
    building_id: int
    jurisdiction: str
    secret: bool
    area_m2: float | None
    occupants: Sequence[Sitting]
    annexes: Sequence[Annex] = ()

    @property
    def evidence(self) -> tuple[EvidenceRoom, ...]:
        """The office and what belongs to it."""
        belonging = (
            EvidenceRoom(one.room_id, RoomRole.WASHROOM if one.washroom else RoomRole.REST) for one in self.annexes
        )
        return (EvidenceRoom(self.room_id, RoomRole.OFFICE), *belonging)


def judge_office(office: Office, book: NormBook, *, washroom_ranks: frozenset[str]) -> Iterator[Judged]:
    """Judge the size of an office, and its washroom where it has one.

    Nothing is said of an office of unknown area or with an occupant whose ceiling nobody has laid down.
    """
    ceilings = [_ceiling(one, book) for one in office.occupants]
    norms = [norm for norm in ceilings if norm is not None]
    if norms and len(norms) == len(ceilings) and office.area_m2 is not None:
        yield _size(office, sum(norm.figure for norm in norms), norms)
    if any(annex.washroom for annex in office.annexes):
        yield _washroom(office, book, washroom_ranks)


def _ceiling(one: Sitting, book: NormBook) -> Norm | None:
    binding = book.find(NormKind.OFFICE_CEILING, path=one.path, rank=one.rank) if one.rank else None
    return binding.norm if binding else None


def _size(office: Office, ceiling: float, norms: Sequence[Norm]) -> Judged:
    belonging = sum(annex.area_m2 or 0.0 for annex in office.annexes)
    own = office.area_m2 or 0.0
    over = own + belonging - ceiling
    figures: dict[str, Value] = {
        "office_m2": own,
        "annexes_m2": belonging if office.annexes else None,
        "size_m2": own + belonging,
        "ceiling_m2": ceiling,
        "over_m2": max(0.0, over),
        "persons": len(office.occupants),
        "ranks": ",".join(sorted(str(one.rank) for one in office.occupants)),
        "rooms_without_area": sum(annex.area_m2 is None for annex in office.annexes) or None,
    }
    leads = any(one.leader for one in office.occupants)
    return Judged(
        key=Key(Rule.OVER_CEILING, ObjectKind.ROOM, str(office.room_id), "size"),
        holds=over > GRACE_M2,
        about=_about(office),
        severity=Severity.MAJOR if leads else Severity.MINOR,
        measure=max(0.0, over),
        figures=figures,
        rooms=office.evidence,
        norms=tuple({norm.id: norm for norm in norms}.values()),
    )


def _washroom(office: Office, book: NormBook, ranks: frozenset[str]) -> Judged:
    """Hold the washroom against its limit, or against nothing where none of the occupants may have one."""
    area = sum(annex.area_m2 or 0.0 for annex in office.annexes if annex.washroom)
    entitled = next((one for one in office.occupants if one.rank in ranks), None)
    binding = book.find(NormKind.PRIVATE_TOILET, path=entitled.path) if entitled else None
    limit = binding.norm.figure if binding else 0.0
    return Judged(
        key=Key(Rule.OVER_CEILING, ObjectKind.ROOM, str(office.room_id), "washroom"),
        holds=area > limit + GRACE_M2 or (entitled is None and bool(office.occupants)),
        about=_about(office),
        severity=Severity.MINOR,
        measure=max(0.0, area - limit),
        figures={"washroom_m2": area, "washroom_limit_m2": limit, "washroom_allowed": entitled is not None},
        rooms=office.evidence,
        norms=(binding.norm,) if binding else (),
    )


def _about(office: Office) -> About:
    first = office.occupants[0].agency_id if office.occupants else None
    secret = office.secret or any(annex.secret for annex in office.annexes)
    return About(
        office.jurisdiction, (), secret, agency_id=first, building_id=office.building_id, room_id=office.room_id
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """An office of a person."""

    room_id: int
    building_id: int
    agency_id: int
    jurisdiction: str
    secret: bool
    area_m2: float | None


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader with all offices held on a date."""

    person_key: str
    rank: str | None
    seats: Sequence[Seat]


def judge_leader(leader: Leader) -> Judged:
    """Judge how many offices a leader has; those that are not classified alone, where they are several already."""
    open_ = [seat for seat in leader.seats if not seat.secret]
    seats = open_ if len(open_) >= _SEVERAL else list(leader.seats)
    known = [seat.area_m2 for seat in seats if seat.area_m2 is not None]
    return Judged(
        key=Key(Rule.SEVERAL_OFFICES, ObjectKind.PERSON, leader.person_key),
        holds=len(seats) >= _SEVERAL,
        about=_of_person(leader.person_key, seats),
        measure=float(len(seats)),
        figures={"offices": len(seats), "total_m2": sum(known), "rank": leader.rank},
        rooms=tuple(EvidenceRoom(seat.room_id, RoomRole.OFFICE) for seat in seats),
    )


def _of_person(person_key: str, seats: Sequence[Seat]) -> About:
    first = seats[0]
    return About(
        first.jurisdiction,
        tuple(seat.jurisdiction for seat in seats),
        any(seat.secret for seat in seats),
        agency_id=first.agency_id,
        building_id=first.building_id,
        person_key=person_key,
    )


@dataclass(frozen=True, slots=True)
class PostOver:
    """A post that has ended, the first day without it, and the offices of that agency that the person still has."""

    person_key: str
    rank: str | None
    agency_id: int
    path: Sequence[str]
    ended: date
    how: PostEnd
    seats: Sequence[Seat]
    document_no: str | None = None


LIMITS: Mapping[PostEnd, NormKind] = {
    PostEnd.ENDED: NormKind.VACATE_AFTER_POST,
    PostEnd.TRANSFERRED: NormKind.RETURN_AFTER_LEAVING,
    PostEnd.RETIRED: NormKind.RETURN_AFTER_LEAVING,
}


def judge_post(post: PostOver, book: NormBook) -> Judged | None:
    """Judge whether an office should have been given back; None where nobody has laid down in what time."""
    binding = book.find(LIMITS[post.how], path=post.path)
    if binding is None or not post.seats:
        return None
    seats = [seat for seat in post.seats if not seat.secret] or post.seats
    due = months_after(post.ended, round(binding.norm.figure))
    late = (book.as_of - due).days
    return Judged(
        key=Key(Rule.KEPT_OFFICE, ObjectKind.PERSON, post.person_key, f"agency:{post.agency_id}"),
        holds=late > 0,
        about=_of_person(post.person_key, seats),
        measure=float(max(0, late)),
        figures={
            "rank": post.rank,
            "post_end": post.how,
            "post_ended": post.ended.isoformat(),
            "limit_months": round(binding.norm.figure),
            "due": due.isoformat(),
            "days": max(0, late),
            "document_no": post.document_no,
        },
        rooms=tuple(EvidenceRoom(seat.room_id, RoomRole.OFFICE) for seat in seats),
        norms=(binding.norm,),
    )


def months_after(day: date, months: int) -> date:
    """Return the same day so many months on, or the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))

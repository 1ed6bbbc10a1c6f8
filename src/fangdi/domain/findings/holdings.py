"""By what right buildings are held: wrong tenure, title not with the administration, leased while space stands idle.

管理办法 第五条: titles are registered with the offices administration; held by the user only for state secrecy;
recorded where papers are missing. Leasing comes after re-allocation and exchange. Usable area in m² of one basis.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fangdi.domain.findings.model import About, EvidenceRoom, Judged, Key, RoomRole
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.vocabulary import TenureKind, TitleState


@dataclass(frozen=True, slots=True)
class Held:
    """A building on a date: its last tenure, and how many rooms of it are in use.

    `ended` is the first day after that tenure, None while it lasts; `contracts` counts the contracts on file.
    """

    building_id: int
    jurisdiction: str
    secret: bool
    tenure: TenureKind | None
    since: date | None
    ended: date | None
    contracts: int
    rooms_in_use: int
    agency_id: int | None = None

    @property
    def about(self) -> About:
        """Where findings about it belong."""
        return About(self.jurisdiction, (), self.secret, agency_id=self.agency_id, building_id=self.building_id)


def judge_tenure(held: Held, *, as_of: date) -> list[Judged]:
    """Judge a building that is not the government's own: its contract, and whether the period is over."""
    if held.tenure in {None, TenureKind.OWNED}:
        return []
    ended = held.ended if held.ended is not None and held.ended <= as_of else None
    late = (as_of - ended).days + 1 if ended else 0
    figures = {
        "tenure": held.tenure,
        "since": held.since.isoformat() if held.since else None,
        "ended": held.ended.isoformat() if held.ended else None,
        "rooms": held.rooms_in_use,
    }
    key = str(held.building_id)
    return [
        Judged(
            key=Key(Rule.WRONG_TENURE, ObjectKind.BUILDING, key, "period"),
            holds=ended is not None and held.rooms_in_use > 0,
            about=held.about,
            measure=float(late),
            figures={**figures, "days": late},
        ),
        Judged(
            key=Key(Rule.WRONG_TENURE, ObjectKind.BUILDING, key, "contract"),
            holds=ended is None and held.contracts == 0,
            about=held.about,
            figures={**figures, "contracts": held.contracts},
        ),
    ]


@dataclass(frozen=True, slots=True)
class Titled:
    """A building or parcel that is the government's own, and the state of its title; None: nothing is on record."""

    kind: ObjectKind
    id: int
    jurisdiction: str
    secret: bool
    state: TitleState | None
    certificate_no: str | None = None


def judge_title(titled: Titled) -> Judged:
    """Judge where the title is registered; recorded only (权属备案) is less grave than not registered at all."""
    building = titled.id if titled.kind is ObjectKind.BUILDING else None
    parcel = titled.id if titled.kind is ObjectKind.PARCEL else None
    return Judged(
        key=Key(Rule.NOT_REGISTERED, titled.kind, str(titled.id)),
        holds=titled.state not in {TitleState.ADMINISTRATION, TitleState.USER},
        about=About(titled.jurisdiction, (), titled.secret, building_id=building, parcel_id=parcel),
        severity=Severity.MINOR if titled.state is TitleState.RECORDED else Severity.MAJOR,
        figures={"title": titled.state, "certificate_no": titled.certificate_no},
    )


@dataclass(frozen=True, slots=True)
class IdleRoom:
    """An idle room of an own building, and how far the building is from the leased one, m on the ellipsoid."""

    id: int
    building_id: int
    floor_id: int
    jurisdiction: str
    secret: bool
    area_m2: float
    distance_m: float


@dataclass(frozen=True, slots=True)
class Leasing:
    """What an agency uses in a leased building, and the idle rooms within reach of it."""

    building_id: int
    agency_id: int
    jurisdiction: str
    secret: bool
    rooms: Sequence[int]
    needed_m2: float
    radius_m: float
    idle: Sequence[IdleRoom] = ()


def judge_leasing(leasing: Leasing) -> Judged:
    """Judge whether own idle rooms would do instead: on one floor, else in one building, the nearest first.

    Rooms that are not classified are offered first, so that what can be told is told to everybody.
    """
    offer = _offer([room for room in leasing.idle if not room.secret], leasing.needed_m2)
    offer = offer or _offer(leasing.idle, leasing.needed_m2)
    secret = leasing.secret or any(room.secret for room in offer)
    used = tuple(EvidenceRoom(number, RoomRole.USED) for number in leasing.rooms)
    return Judged(
        key=Key(Rule.LEASED_DESPITE_IDLE, ObjectKind.BUILDING, str(leasing.building_id), f"agency:{leasing.agency_id}"),
        holds=bool(offer) and leasing.needed_m2 > 0,
        about=About(
            leasing.jurisdiction,
            tuple(room.jurisdiction for room in offer),
            secret,
            agency_id=leasing.agency_id,
            building_id=leasing.building_id,
        ),
        measure=leasing.needed_m2,
        figures={
            "leased_m2": leasing.needed_m2,
            "leased_rooms": len(leasing.rooms),
            "idle_m2": sum(room.area_m2 for room in offer),
            "idle_rooms": len(offer),
            "one_floor": len({room.floor_id for room in offer}) == 1 if offer else None,
            "distance_m": round(offer[0].distance_m, 1) if offer else None,
            "radius_m": leasing.radius_m,
        },
        rooms=used + tuple(EvidenceRoom(room.id, RoomRole.OFFERED) for room in offer),
    )


def _offer(idle: Sequence[IdleRoom], needed_m2: float) -> tuple[IdleRoom, ...]:
    """Return the fewest rooms of the nearest floor, or else of the nearest building, that have the area."""
    for place in ("floor_id", "building_id"):
        groups: dict[int, list[IdleRoom]] = {}
        for room in idle:
            groups.setdefault(getattr(room, place), []).append(room)
        enough = [rooms for rooms in groups.values() if sum(room.area_m2 for room in rooms) >= needed_m2]
        if enough:
            nearest = min(enough, key=lambda rooms: (rooms[0].distance_m, getattr(rooms[0], place)))
            return _fewest(nearest, needed_m2)
    return ()


def _fewest(rooms: Sequence[IdleRoom], needed_m2: float) -> tuple[IdleRoom, ...]:
    taken: list[IdleRoom] = []
    area = 0.0
    for room in sorted(rooms, key=lambda room: (-room.area_m2, room.id)):
        if area >= needed_m2:
            break
        taken.append(room)
        area += room.area_m2
    return tuple(sorted(taken, key=lambda room: room.id))

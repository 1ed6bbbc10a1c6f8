"""Lets the rooms, staffs the agencies, and enters rooms, occupancies, posts and people."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fangdi_gis_data.samples.agencies import CITY_CODE, organs, tenancies
from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.estate import Built
from fangdi_gis_data.samples.events import EVENTS
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import AgencyPosts, AgencyStaff
from fangdi_gis_data.samples.programme import HISTORY_FROM
from fangdi_gis_data.samples.room_model import Occupancy, Occupant, Room, RoomState
from fangdi_gis_data.samples.staffing import Staffing, staff
from fangdi_gis_data.samples.tenants import Closure, House, Use, let

Place = tuple[str, int]
_Entered = dict[tuple[int, date, str], int]
_UNITS = ("办公室", "综合处", "政策法规处", "规划处", "业务一处", "业务二处", "财务处", "人事处", "信息处", "监督处")
_UNIT_EVERY = 9
"""Offices of one section before the next begins."""


def settle_people(
    ledger: Ledger, houses: Mapping[Place, tuple[House, Built]], agencies: Mapping[str, int], *, seed: int
) -> None:
    """Enter rooms, their users over time, and the agencies' posts and staff."""
    uses: list[Use] = []
    closures: list[Closure] = []
    for place, (house, _) in houses.items():
        mine = [tenancy for tenancy in tenancies() if tenancy.building == place]
        events = [event for event in EVENTS if event.building == place]
        let_here, closed_here = let(house, mine, events, rng=stream(seed, "let", *place))
        uses += let_here
        closures += closed_here
    staffings = _staffings(uses, seed=seed)
    leader_rooms = {room for staffing in staffings.values() for room in staffing.leader_rooms}
    for _, built in houses.values():
        for rooms in built.rooms.values():
            ledger.add(*(_furnished(room, leader_rooms) for room in rooms))
    _enter_closures(ledger, closures)
    entered = _enter_uses(ledger, uses, agencies)
    for key, staffing in staffings.items():
        _enter_staff(ledger, key, agencies[key], staffing)
        _enter_seats(ledger, key, staffing, entered)


def _staffings(uses: list[Use], *, seed: int) -> dict[str, Staffing]:
    found = {}
    for organ in organs():
        mine = [use for use in uses if use.agency == organ.key]
        rng = stream(seed, "staff", organ.key)
        found[organ.key] = staff(organ.key, city=organ.district is None, uses=mine, until=organ.until, rng=rng)
    return found


def _furnished(room: Room, leader_rooms: set[int]) -> Room:
    return replace(room, use_code="leader_office", seats=1) if room.id in leader_rooms else room


def _enter_closures(ledger: Ledger, closures: list[Closure]) -> None:
    for each in closures:
        ledger.add(
            RoomState(
                id=ledger.number(RoomState),
                jurisdiction_code=each.room.jurisdiction_code,
                room_id=each.room.id,
                status=each.status,
                reason=each.reason,
                valid=each.valid,
            )
        )


def _enter_uses(ledger: Ledger, uses: list[Use], agencies: Mapping[str, int]) -> _Entered:
    """Enter the occupancies; return their keys by room, first day and agency."""
    entered: _Entered = {}
    counts: dict[str, int] = {}
    for use in uses:
        key = entered[use.room.id, use.since, use.agency] = ledger.number(Occupancy)
        counts[use.agency] = counts.get(use.agency, -1) + 1
        section = _UNITS[counts[use.agency] // _UNIT_EVERY % len(_UNITS)]
        ledger.add(
            Occupancy(
                id=key,
                jurisdiction_code=use.room.jurisdiction_code,
                room_id=use.room.id,
                agency_id=agencies[use.agency],
                unit=section if use.room.use_code == "office" else None,
                share=use.share,
                valid=(use.since, use.until),
                document_no=f"示例使用凭证〔{use.since.year}〕{use.agency}号",
            )
        )
    return entered


def _owner(agency: str) -> str:
    """Return the jurisdiction in an agency's key."""
    return CITY_CODE if agency.startswith("A") else agency[:6]


def _enter_staff(ledger: Ledger, key: str, agency_id: int, staffing: Staffing) -> None:
    for rank, posts, valid in staffing.posts:
        year = (valid[0] or HISTORY_FROM).year
        ledger.add(
            AgencyPosts(
                id=ledger.number(AgencyPosts),
                jurisdiction_code=_owner(key),
                agency_id=agency_id,
                rank_code=rank,
                posts=posts,
                valid=valid,
                document_no=f"示例编委〔{year}〕{key}号",
            )
        )
    for present, valid in staffing.present:
        ledger.add(
            AgencyStaff(
                id=ledger.number(AgencyStaff),
                jurisdiction_code=_owner(key),
                agency_id=agency_id,
                present=present,
                valid=valid,
            )
        )


def _enter_seats(ledger: Ledger, key: str, staffing: Staffing, entered: _Entered) -> None:
    for seat in staffing.seats:
        number = ledger.number(Occupant)
        ledger.add(
            Occupant(
                id=number,
                jurisdiction_code=_owner(key),
                occupancy_id=entered[seat.use.room.id, seat.use.since, seat.use.agency],
                person_key=f"SAMPLE-{number:05d}",
                rank_code=seat.rank,
            )
        )

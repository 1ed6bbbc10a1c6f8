"""Enters what inspections would find: permits on file, approved functions, annexes, outside users, posts of leaders."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from numpy.random import Generator

from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import Agency, Document, Period
from fangdi_gis_data.samples.programme import HISTORY_FROM, HISTORY_TO
from fangdi_gis_data.samples.room_model import (
    LeaderPost,
    Occupancy,
    Occupant,
    OutsideUse,
    Room,
    RoomAnnex,
    RoomFunction,
)

_WITHOUT_PERMIT = 0.12
"""Permits that nobody filed."""
_WITHOUT_NUMBER = 0.004
"""Uses whose permit was never numbered."""
_APPROVED = 260
_OTHERWISE = 9
_ANNEXES = 8
_OUTSIDE = (
    ("let", "某咖啡店(示例)", 86_000.0, "示例租赁合同〔2023〕7号"),
    ("let", "某打印服务部(示例)", 24_000.0, None),
    ("lent", "某行业协会(示例)", None, None),
    ("lent", "某下属企业(示例)", None, "示例借用协议〔2022〕3号"),
)
_ENDED = (
    ("retired", date(2026, 3, 1)),
    ("transferred", date(2026, 5, 20)),
    ("ended", date(2026, 2, 10)),
    ("retired", date(2025, 12, 1)),
    ("ended", date(2026, 6, 25)),
)
"""How and when some leaders lost their posts, who still sit in their offices."""
_SECOND_OFFICES = 3
_STAFF = ("city_staff", "county_staff")
_OTHER_USE = {"meeting_room": "office", "storage": "archive", "archive": "office", "reception": "office"}
"""Uses that rooms have, and what they were approved for."""


def inspect(ledger: Ledger, *, seed: int) -> None:
    """Enter permits, functions, annexes, outside users and posts; a few of each break a rule."""
    rng = stream(seed, "inspections")
    rooms: list[Room] = [row for row in ledger.rows["room"] if isinstance(row, Room)]
    _permits(ledger, rng)
    _functions(ledger, rooms, rng)
    _annexes(ledger, rooms)
    _outside(ledger, rooms)
    _posts(ledger)


def _permits(ledger: Ledger, rng: Generator) -> None:
    """File the permit of each agency and year, but for some; a few uses have no number at all."""
    uses = [row for row in ledger.rows["occupancy"] if isinstance(row, Occupancy)]
    ledger.rows["occupancy"] = [
        replace(use, document_no=None) if use.share == "1" and rng.random() < _WITHOUT_NUMBER else use for use in uses
    ]
    agencies = {row.id: row for row in ledger.rows["agency"] if isinstance(row, Agency)}
    numbers = {use.document_no: use for use in uses if use.document_no}
    for number, use in sorted(numbers.items()):
        if rng.random() < _WITHOUT_PERMIT:
            continue
        owner = agencies[use.agency_id]
        ledger.add(
            Document(
                id=ledger.number(Document),
                jurisdiction_code=owner.jurisdiction_code,
                kind="use_permit",
                title=f"{owner.short_name}办公用房使用凭证(示例)",
                number=str(number),
                issued_by="示例机构",
                issued_on=use.valid[0] or HISTORY_FROM,
            )
        )


def _functions(ledger: Ledger, rooms: Iterable[Room], rng: Generator) -> None:
    """Approve what rooms are used for, and of a few something else."""
    doors = [room for room in rooms if room.number and not room.classified]
    chosen = sorted(rng.permutation(len(doors))[:_APPROVED])
    other = [room for room in doors if room.use_code in _OTHER_USE][:: max(1, len(doors) // 400)][:_OTHERWISE]
    approved = {doors[number].id: doors[number].use_code for number in chosen}
    approved |= {room.id: _OTHER_USE[room.use_code] for room in other}
    for room in doors:
        if room.id in approved:
            ledger.add(
                RoomFunction(
                    id=ledger.number(RoomFunction),
                    jurisdiction_code=room.jurisdiction_code,
                    room_id=room.id,
                    use_code=approved[room.id],
                    document_no="示例用途批复〔2021〕5号",
                    valid=_since(room.valid),
                )
            )


def _annexes(ledger: Ledger, rooms: Iterable[Room]) -> None:
    """Let store rooms beside the offices of the highest leaders be their rest rooms, and one a washroom."""
    by_floor: dict[int, list[Room]] = {}
    for room in rooms:
        by_floor.setdefault(room.floor_id, []).append(room)
    made = 0
    for floor in by_floor.values():
        offices = [room for room in floor if room.use_code == "leader_office" and not room.classified]
        stores = [room for room in floor if room.use_code in {"storage", "print_room"} and not room.classified]
        if offices and stores and made < _ANNEXES:
            made += 1
            ledger.add(
                RoomAnnex(
                    id=ledger.number(RoomAnnex),
                    jurisdiction_code=offices[0].jurisdiction_code,
                    room_id=stores[0].id,
                    office_id=offices[0].id,
                    kind="washroom" if made == _ANNEXES else "rest",
                    valid=_since(stores[0].valid),
                )
            )


def _outside(ledger: Ledger, rooms: Iterable[Room]) -> None:
    """Let a few rooms near the entrances to somebody outside."""
    service = [
        room
        for room in rooms
        if room.number and room.number.startswith("1") and len(room.number) == 3 and not room.classified
        and room.use_code in {"service_other", "storage", "mail_room", "reception"} and room.valid[1] is None
    ]  # fmt: skip
    step = max(1, len(service) // len(_OUTSIDE))
    for room, (kind, outsider, income, number) in zip(service[::step], _OUTSIDE, strict=False):
        ledger.add(
            OutsideUse(
                id=ledger.number(OutsideUse),
                jurisdiction_code=room.jurisdiction_code,
                room_id=room.id,
                kind=kind,
                outsider=outsider,
                document_no=number,
                annual_income_yuan=income,
                valid=(max(date(2023, 9, 1), room.valid[0] or HISTORY_FROM), None),
            )
        )


def _posts(ledger: Ledger) -> None:
    """Enter the posts of leaders; some are over, and some leaders have a second office."""
    uses = {row.id: row for row in ledger.rows["occupancy"] if isinstance(row, Occupancy)}
    seats = [row for row in ledger.rows["occupant"] if isinstance(row, Occupant)]
    leaders = [seat for seat in seats if seat.rank_code not in _STAFF]
    step = len(leaders) // (len(_ENDED) + 1)
    over = {leaders[step * (number + 1)].person_key: end for number, end in enumerate(_ENDED)}
    for seat in leaders:
        how, ended = over.get(seat.person_key, (None, None))
        ledger.add(
            LeaderPost(
                id=ledger.number(LeaderPost),
                jurisdiction_code=seat.jurisdiction_code,
                person_key=seat.person_key,
                agency_id=uses[seat.occupancy_id].agency_id,
                rank_code=seat.rank_code,
                ended_by=how,
                document_no="示例任免〔2021〕2号",
                valid=(HISTORY_FROM, ended),
            )
        )
    _second_offices(ledger, leaders, uses)


def _second_offices(ledger: Ledger, leaders: list[Occupant], uses: dict[int, Occupancy]) -> None:
    taken = {row.occupancy_id for row in ledger.rows["occupant"] if isinstance(row, Occupant)}
    offices = {row.id for row in ledger.rows["room"] if isinstance(row, Room) and row.use_code == "office"}
    for seat in leaders[7 :: len(leaders) // _SECOND_OFFICES][:_SECOND_OFFICES]:
        agency = uses[seat.occupancy_id].agency_id
        empty = next(
            (
                use
                for use in uses.values()
                if use.agency_id == agency and use.id not in taken and use.room_id in offices and _holds(use.valid)
            ),
            None,
        )
        if empty is not None:
            taken.add(empty.id)
            number = ledger.number(Occupant)
            ledger.add(replace(seat, id=number, occupancy_id=empty.id))


def _since(valid: Period) -> Period:
    return (max(valid[0] or HISTORY_FROM, HISTORY_FROM), valid[1])


def _holds(valid: Period) -> bool:
    last = date.fromordinal(HISTORY_TO.toordinal() - 1)
    return (valid[0] or HISTORY_FROM) <= last and valid[1] is None

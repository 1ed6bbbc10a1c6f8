"""Gives rooms to agencies over time: storeys by storey, with shared rooms, changes, empty rooms and events."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
from numpy.random import Generator

from fangdi_gis_data.samples.agencies import Tenancy
from fangdi_gis_data.samples.events import Event
from fangdi_gis_data.samples.model import Period
from fangdi_gis_data.samples.programme import HISTORY_FROM, HISTORY_TO, Plot
from fangdi_gis_data.samples.room_model import Room

COMMON = frozenset(
    [
        "corridor", "stairs", "lift", "lobby", "shaft", "toilet", "tea_room",
        "power_room", "pump_room", "air_conditioning", "garage", "canteen", "civil_defence", "ancillary_other",
    ]
)  # fmt: skip
"""Uses that are not assigned to agencies."""
_HOUSE_KEEPING = frozenset({"duty_room", "mail_room", "staff_room"})
_EMPTY_CHANCE = 0.035
_CHANGE_CHANCE = 0.08
_SHARED_OFFICE_CHANCE = 0.02
_SHARES = {2: (("0.5", "0.5"), ("0.6", "0.4")), 3: (("0.4", "0.3", "0.3"), ("0.5", "0.25", "0.25"))}


def area_of(room: Room) -> float:
    """Return the area by which rooms are shared out, in m²: as drawn, else as the agency says."""
    return room.measured_usable_m2 or room.declared_usable_m2 or 18


@dataclass(frozen=True)
class Use:
    """Use of a room by an agency, both by key."""

    room: Room
    agency: str
    since: date
    until: date | None
    share: str = "1"

    def holds(self, day: date) -> bool:
        """Say whether the room is used so on a day."""
        return self.since <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Closure:
    """A time in which a room is not to be had."""

    room: Room
    status: str
    reason: str
    valid: Period


@dataclass(frozen=True)
class House:
    """A building with its rooms by level, and who looks after it."""

    plot: Plot
    rooms: dict[int, list[Room]]
    keeper: str


@dataclass(frozen=True)
class _Wave:
    """The agencies that come into a building on the same day, and the rooms that others keep."""

    start: date
    tenancies: Sequence[Tenancy]
    taken: set[int]

    def until(self, agency: str) -> date | None:
        """Return when an agency of the wave leaves."""
        return next(tenancy.until for tenancy in self.tenancies if tenancy.agency == agency)

    def end(self) -> date | None:
        """Return when the last of the wave leaves."""
        ends = [tenancy.until for tenancy in self.tenancies]
        return None if None in ends else max(end for end in ends if end)


def let(
    house: House, tenancies: Sequence[Tenancy], events: Sequence[Event], *, rng: Generator
) -> tuple[list[Use], list[Closure]]:
    """Return all uses of a building's rooms over the city's history, and when rooms were closed."""
    uses: list[Use] = []
    opened = house.plot.since or HISTORY_FROM
    starts = [max(tenancy.since or opened, opened) for tenancy in tenancies]
    for start in sorted(set(starts)):
        coming = [_within(each, house.plot) for each, on in zip(tenancies, starts, strict=True) if on == start]
        taken = {use.room.id for use in uses if use.until is None or use.until > start}
        wave = _Wave(start, coming, taken)
        offices = _share_out(house, wave, rng)
        uses += offices + _service_rooms(house, wave, offices, rng)
    uses = _changes(uses, rng)
    closures: list[Closure] = []
    for event in events:
        uses, closed = _happen(house, event, uses)
        closures += closed
    return uses, closures


def _within(tenancy: Tenancy, plot: Plot) -> Tenancy:
    ends = [day for day in (tenancy.until, plot.until) if day]
    return replace(tenancy, until=min(ends) if ends else None)


def _share_out(house: House, wave: _Wave, rng: Generator) -> list[Use]:
    """Give the offices to the agencies of a wave, side by side through the storeys."""
    rooms = [
        room
        for level in sorted(house.rooms)
        for room in house.rooms[level]
        if room.use_code == "office" and room.id not in wave.taken and rng.random() >= _EMPTY_CHANCE
    ]
    weights = np.array([tenancy.weight for tenancy in wave.tenancies])
    bounds = np.round(np.cumsum(weights) / weights.sum() * len(rooms))
    uses: list[Use] = []
    for number, room in enumerate(rooms):
        mine = int(np.searchsorted(bounds, number, side="right"))
        tenancy = wave.tenancies[mine]
        if len(weights) > 1 and rng.random() < _SHARED_OFFICE_CHANCE:
            other = wave.tenancies[(mine + 1) % len(weights)]
            uses += [Use(room, each.agency, wave.start, each.until, "0.5") for each in (tenancy, other)]
        else:
            uses.append(Use(room, tenancy.agency, wave.start, tenancy.until))
    return uses


def _service_rooms(house: House, wave: _Wave, offices: Sequence[Use], rng: Generator) -> list[Use]:
    """Give the other rooms of a storey to the agencies that sit there; meeting rooms are shared among them."""
    uses: list[Use] = []
    for level in sorted(house.rooms):
        everywhere = level == max(house.rooms)  # what lies on top serves the whole building
        near = [room for rooms in house.rooms.values() for room in rooms] if everywhere else house.rooms[level]
        here = _agencies_on(near, offices) or [wave.tenancies[0].agency]
        for room in house.rooms[level]:
            if room.use_code in COMMON or room.use_code == "office" or room.id in wave.taken:
                continue
            if room.use_code in _HOUSE_KEEPING:
                uses.append(Use(room, house.keeper, wave.start, wave.end()))
            elif room.use_code == "meeting_room" and len(here) > 1:
                sharers = here[:3]
                shares = _SHARES[len(sharers)][int(rng.integers(0, 2))]
                pairs = zip(sharers, shares, strict=True)
                uses += [Use(room, each, wave.start, wave.until(each), share) for each, share in pairs]
            elif rng.random() >= _EMPTY_CHANCE:
                uses.append(Use(room, here[0], wave.start, wave.until(here[0])))
    return uses


def _agencies_on(rooms: Sequence[Room], offices: Sequence[Use]) -> list[str]:
    """Return the agencies with offices among these rooms, the largest first."""
    here = {room.id for room in rooms}
    areas: dict[str, float] = {}
    for use in offices:
        if use.room.id in here:
            areas[use.agency] = areas.get(use.agency, 0) + area_of(use.room)
    return sorted(areas, key=lambda agency: (-areas[agency], agency))


def _changes(uses: Sequence[Use], rng: Generator) -> list[Use]:
    """Let some rooms change hands, fall empty or stand empty for a while."""
    neighbours = sorted({use.agency for use in uses if use.until is None and use.room.use_code == "office"})
    changed: list[Use] = []
    span = (HISTORY_TO - HISTORY_FROM).days
    for use in uses:
        day = HISTORY_FROM + timedelta(days=int(rng.integers(120, span - 20)))
        fate = rng.random()
        stays = use.share != "1" or use.until or day <= use.since or use.agency not in neighbours
        if rng.random() >= _CHANGE_CHANCE or stays:
            changed.append(use)
            continue
        changed.append(replace(use, until=day))
        if fate < 0.45 and len(neighbours) > 1:
            heir = neighbours[(neighbours.index(use.agency) + 1) % len(neighbours)]
            changed.append(replace(use, agency=heir, since=day))
        elif fate < 0.75:
            back = day + timedelta(days=int(rng.integers(30, 400)))
            if back < HISTORY_TO:
                changed.append(replace(use, since=back))
    return changed


def _happen(house: House, event: Event, uses: Sequence[Use]) -> tuple[list[Use], list[Closure]]:
    """Let an event empty its storeys, and close them where it has a status; who was there comes back when it ends."""
    levels = event.levels or tuple(house.rooms)
    rooms = [room for level in levels for room in house.rooms[level] if room.use_code not in COMMON]
    struck = {room.id for room in rooms}
    kept: list[Use] = []
    for use in uses:
        if use.room.id not in struck or (use.until and use.until <= event.since):
            kept.append(use)
            continue
        if use.since < event.since:
            kept.append(replace(use, until=event.since))
        if event.until and (use.until is None or use.until > event.until):
            kept.append(replace(use, since=max(use.since, event.until)))
    period = (event.since, event.until)
    closures = [Closure(room, event.status, event.reason, period) for room in rooms] if event.status else []
    return kept, closures

"""Posts by rank, leaders' rooms and the people in the offices of an agency."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from numpy.random import Generator

from fangdi_gis_data.samples.model import Period
from fangdi_gis_data.samples.programme import HISTORY_FROM, HISTORY_TO
from fangdi_gis_data.samples.room_model import Room
from fangdi_gis_data.samples.tenants import Use, area_of

_SEAT_M2 = 9
_COUNCIL = ("A01", "A07", "A08", "A09")
"""Offices in which the city's own leaders sit."""
_PREFERRED_M2 = {
    "city_chief": 37,
    "city_deputy": 30,
    "city_bureau_chief": 24,
    "city_bureau_deputy": 18,
    "county_chief": 30,
    "county_deputy": 24,
    "county_section_chief": 18,
    "county_section_deputy": 12,
}
"""Rooms that a leader gets when there is one of the size; the norms are data in the database and not used here."""
_OVER_CHANCE = 0.14
_OVER_FACTOR = 1.5
_REVIEWS = (HISTORY_FROM, date(2023, 1, 1), date(2025, 1, 1))
"""Days on which posts were fixed anew."""


@dataclass(frozen=True)
class Seat:
    """A person of a rank in a room."""

    use: Use
    rank: str


@dataclass(frozen=True)
class Staffing:
    """An agency's posts over time, its staff over time, and who sits where at the end."""

    posts: tuple[tuple[str, int, Period], ...]
    present: tuple[tuple[int, Period], ...]
    seats: tuple[Seat, ...]
    leader_rooms: frozenset[int]


def staff(key: str, *, city: bool, uses: Sequence[Use], until: date | None, rng: Generator) -> Staffing:
    """Return posts and people that fit the offices an agency has on its last day."""
    last = HISTORY_TO if until is None else date.fromordinal(until.toordinal() - 1)
    offices = [use for use in uses if use.room.use_code == "office" and use.share == "1" and use.holds(last)]
    leaders = _leaders(key, city=city, rng=rng)
    seats, left = _seat_leaders(leaders, offices, rng=rng)
    places = [use for use in left for _ in range(_capacity(use.room))]
    staff_posts = max(4, round(len(places) * float(rng.uniform(0.8, 1.02))))
    rank = "city_staff" if city else "county_staff"
    present = max(3, round(len(places) * float(rng.uniform(0.93, 1.0))))
    order = rng.permutation(len(places))
    sitting = [places[number] for number in sorted(order[: min(present, len(places))])]
    if until is None:
        seats += [Seat(use, rank) for use in sitting]
    numbers = {**leaders, rank: staff_posts}
    return Staffing(
        posts=tuple(_posts_over_time(numbers, rank, until, rng)),
        present=tuple(_present_over_time(present + sum(leaders.values()), until, rng)),
        seats=tuple(seats if until is None else ()),
        leader_rooms=frozenset(seat.use.room.id for seat in seats if seat.rank != rank),
    )


def _capacity(room: Room) -> int:
    return max(1, math.ceil(area_of(room) / _SEAT_M2 - 0.02))


def _leaders(key: str, *, city: bool, rng: Generator) -> dict[str, int]:
    """Return the leading posts of an agency, highest rank first."""
    if not city:
        if key.endswith("G"):
            deputies, chiefs = int(rng.integers(4, 7)), int(rng.integers(5, 8))
            return {"county_chief": 1, "county_deputy": deputies, "county_section_chief": chiefs,
                    "county_section_deputy": chiefs + 2}  # fmt: skip
        return {"county_section_chief": 1, "county_section_deputy": int(rng.integers(2, 4))}
    top = {"city_chief": 1, "city_deputy": int(rng.integers(3, 6))} if key in _COUNCIL else {}
    return {**top, "city_bureau_chief": 1 if not top else 2, "city_bureau_deputy": int(rng.integers(3, 6))}


def _seat_leaders(leaders: dict[str, int], offices: Sequence[Use], *, rng: Generator) -> tuple[list[Seat], list[Use]]:
    """Give every leader the office nearest to the preferred size, some of them one that is too large."""
    left = list(offices)
    seats: list[Seat] = []
    for rank, number in leaders.items():
        for _ in range(number):
            if len(left) <= 2:
                break
            wanted = _PREFERRED_M2[rank] * (_OVER_FACTOR if rng.random() < _OVER_CHANCE else 1)
            chosen = min(left, key=lambda use: (abs(area_of(use.room) - wanted), -use.room.id))
            left.remove(chosen)
            seats.append(Seat(chosen, rank))
    return seats, left


def _posts_over_time(
    numbers: dict[str, int], staff_rank: str, until: date | None, rng: Generator
) -> list[tuple[str, int, Period]]:
    found: list[tuple[str, int, Period]] = []
    for rank, number in numbers.items():
        if rank != staff_rank:
            found.append((rank, number, (HISTORY_FROM, until)))
            continue
        count = number
        end = until
        for start in reversed(_REVIEWS):
            if until is None or start < until:
                found.append((rank, count, (start, end)))
                end = start
                count = max(3, round(count * float(rng.uniform(0.93, 1.05))))
    return found


def _present_over_time(number: int, until: date | None, rng: Generator) -> list[tuple[int, Period]]:
    found: list[tuple[int, Period]] = []
    end = until
    for year in range(HISTORY_TO.year - 1, HISTORY_FROM.year - 1, -1):
        start = date(year, 7, 1)
        if until is None or start < until:
            found.append((number, (start, end)))
            end = start
            number = max(3, round(number * float(rng.uniform(0.95, 1.04))))
    return found

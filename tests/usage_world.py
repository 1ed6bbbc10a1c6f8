"""A small estate that changes at random, and what its use adds up to, computed day by day in Python."""

import random
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

import builders

FIRST = date(2016, 1, 1)
USES = ("office", "meeting_room", "corridor", "storage")
BASES = ("registered", "declared", "measured")


@dataclass
class World:
    """What can change, and the random numbers that decide how."""

    connection: Connection
    chance: random.Random
    buildings: list[int] = field(default_factory=list)
    agencies: list[int] = field(default_factory=list)

    def day(self) -> date:
        """Return a day of ten years; first days of months and years come often, since buckets begin there."""
        day = FIRST + timedelta(days=self.chance.randrange(3650))
        return self.chance.choice([day, day.replace(day=1), day.replace(day=1, month=1)])

    def period(self) -> tuple[date | None, date | None]:
        """Return a period with or without ends."""
        since, until = sorted((self.day(), self.day()))
        until = max(until, since + timedelta(days=1))
        return (since if self.chance.random() < 0.8 else None, until if self.chance.random() < 0.5 else None)

    def one_of(self, table: str) -> Any:
        """Return the number of any row, or None."""
        ids = list(self.connection.execute(text(f"SELECT id FROM fangdi.{table} ORDER BY id")).scalars())  # noqa: S608
        return self.chance.choice(ids) if ids else None

    def run(self, statement: str, **values: Any) -> None:
        """Run a statement."""
        self.connection.execute(text(statement), values)


def make(connection: Connection, seed: int) -> World:
    """Lay down two jurisdictions with three buildings, four agencies and a dozen rooms."""
    world = World(connection, random.Random(seed))  # noqa: S311 - the same for the same seed
    for code in ("330200", "330203"):
        builders.a_jurisdiction(connection, code)
    world.agencies = [builders.an_agency(connection) for _ in range(4)]
    world.buildings = [builders.a_building(connection, jurisdiction=code) for code in ("330200", "330200", "330203")]
    for _ in range(12):
        add_room(world)
    return world


def add_room(world: World) -> None:
    """Add a room of a random use, with some of its areas known."""
    since, until = world.period() if world.chance.random() < 0.5 else (None, None)
    areas = {
        f"{basis}_usable_m2": round(world.chance.uniform(5, 60), world.chance.randrange(5))
        for basis in BASES
        if world.chance.random() < 0.8
    }
    areas.setdefault("measured_usable_m2", None)
    building = world.chance.choice(world.buildings)
    use = world.chance.choice(USES)
    builders.a_room(world.connection, building=building, use=use, since=since, until=until, **areas)


def occupy(world: World) -> None:
    since, until = world.period()
    share = world.chance.choice([1, 1, 1, 0.5, 0.3, 0.33333])
    agency = world.chance.choice(world.agencies)
    unit = world.chance.choice([None, None, "一处"])
    builders.occupies(world.connection, agency, world.one_of("room"), share=share, since=since, until=until, unit=unit)


def vacate(world: World) -> None:
    world.run(
        "UPDATE fangdi.occupancy SET valid = valid * daterange(NULL, :until) WHERE id = :id AND lower(valid) < :until",
        id=world.one_of("occupancy"),
        until=world.day(),
    )


def correct_history(world: World) -> None:
    since, until = world.period()
    world.run(
        "UPDATE fangdi.occupancy SET valid = daterange(:since, :until), agency_id = :agency WHERE id = :id",
        id=world.one_of("occupancy"), since=since, until=until, agency=world.chance.choice(world.agencies),
    )  # fmt: skip


def strike(world: World) -> None:
    world.run("DELETE FROM fangdi.occupancy WHERE id = :id", id=world.one_of("occupancy"))


def split(world: World) -> None:
    """End a room, with whatever hangs on it, and let two begin."""
    room, day = world.one_of("room"), world.day()
    for table, key in (("room", "id"), ("occupancy", "room_id"), ("room_status", "room_id")):
        world.run(
            f"UPDATE fangdi.{table} SET valid = valid * daterange(NULL, :day) "  # noqa: S608
            f"WHERE {key} = :room AND NOT isempty(valid * daterange(NULL, :day))",
            room=room, day=day,
        )  # fmt: skip
    add_room(world)
    add_room(world)


def merge(world: World) -> None:
    """Take two rooms away, together with their use, and let one stand instead."""
    rooms = [world.one_of("room"), world.one_of("room")]
    world.run("DELETE FROM fangdi.room WHERE id = ANY (:rooms)", rooms=rooms)
    add_room(world)


def change_use(world: World) -> None:
    use = world.chance.choice(USES)
    world.run(
        "UPDATE fangdi.room SET use_code = :use WHERE building_id = :id AND id % 2 = 0",
        use=use,
        id=world.one_of("building"),
    )


def measure_again(world: World) -> None:
    area = world.chance.choice([None, world.chance.uniform(5, 60)])
    world.run("UPDATE fangdi.room SET measured_usable_m2 = :area WHERE id = :id", area=area, id=world.one_of("room"))


def change_floor(world: World) -> None:
    """Put a room on another floor of its building, as a correction does."""
    number = world.one_of("room")
    building = world.connection.execute(text("SELECT building_id FROM fangdi.room WHERE id = :id"), {"id": number})
    floor = builders.a_floor(world.connection, building.scalar_one(), world.chance.choice([1, 2, 3]))
    world.run("UPDATE fangdi.room SET floor_id = :floor WHERE id = :id", floor=floor, id=number)


def close(world: World) -> None:
    since, until = world.period()
    status = world.chance.choice(["repair", "reserved", "handed_over"])
    builders.has_status(world.connection, world.one_of("room"), status, since=since, until=until)


def open_again(world: World) -> None:
    world.run("DELETE FROM fangdi.room_status WHERE id = :id", id=world.one_of("room_status"))


def retitle(world: World) -> None:
    """Give a building another title: one held by its user for state secrecy hides its rooms."""
    building = world.chance.choice(world.buildings)
    world.run("DELETE FROM fangdi.title WHERE building_id = :id", id=building)
    builders.has_title(world.connection, world.chance.choice(["administration", "user"]), building=building)


def classify(world: World) -> None:
    world.run("UPDATE fangdi.room SET classified = NOT classified WHERE id = :id", id=world.one_of("room"))


def rebuild(world: World) -> None:
    """Change how long a building stands."""
    since, until = world.period() if world.chance.random() < 0.5 else (None, None)
    world.run(
        "UPDATE fangdi.building SET valid = daterange(:since, :until) WHERE id = :id",
        id=world.chance.choice(world.buildings), since=since, until=until,
    )  # fmt: skip


def rank_again(world: World) -> None:
    """Change an agency's posts, which no sum of use depends on."""
    world.run("DELETE FROM fangdi.agency_posts")
    builders.has_posts(world.connection, world.chance.choice(world.agencies), world.chance.randrange(99))


CHANGES: dict[Callable[[World], None], int] = {
    occupy: 8, vacate: 3, correct_history: 4, strike: 1, split: 1, merge: 1, change_use: 1, measure_again: 2,
    change_floor: 1, close: 2, open_again: 1, retitle: 1, classify: 1, rebuild: 1, rank_again: 1,
}  # fmt: skip


def change(world: World) -> None:
    """Make one change; what the database refuses (a room used twice) is no change."""
    step = world.chance.choices(list(CHANGES), weights=list(CHANGES.values()))[0]
    savepoint = world.connection.begin_nested()
    try:
        step(world)
        savepoint.commit()
    except DBAPIError as error:
        if "23" not in (getattr(error.orig, "sqlstate", "") or "")[:2]:
            raise
        savepoint.rollback()


def expected(connection: Connection, day: date) -> Counter[tuple[Any, ...]]:
    """Add up from the rows as they are what holds on a day: rooms, and per basis rooms with an area and mm²."""
    rooms = (
        connection.execute(
            text(
                "SELECT room.*, building.valid AS stands "
                "FROM fangdi.room JOIN fangdi.building ON building.id = building_id"
            )
        )
        .mappings()
        .all()
    )
    used = connection.execute(text("SELECT * FROM fangdi.occupancy")).mappings().all()
    closed = connection.execute(text("SELECT * FROM fangdi.room_status")).mappings().all()
    sums: Counter[tuple[Any, ...]] = Counter()

    def count(room: Any, agency: int | None, kind: str, areas: dict[str, int]) -> None:
        key = (room["jurisdiction_code"], agency, room["use_code"], kind)
        sums[(*key, "rooms")] += 1
        for basis, mm2 in areas.items():
            sums[(*key, f"with_{basis}")] += 1
            sums[(*key, f"{basis}_mm2")] += mm2

    for room in rooms:
        if day not in room["valid"] or day not in room["stands"]:
            continue
        whole = {
            basis: _round(Decimal(room[f"{basis}_usable_m2"]) * 1_000_000)
            for basis in BASES
            if room[f"{basis}_usable_m2"] is not None
        }
        here = [one for one in used if one["room_id"] == room["id"] and day in one["valid"]]
        shared = any(one["share"] < 1 for one in here)
        users: defaultdict[int, Decimal] = defaultdict(Decimal)  # sections of an agency count together
        for one in here:
            users[one["agency_id"]] += one["share"]
        parts = [{basis: _round(mm2 * share) for basis, mm2 in whole.items()} for share in users.values()]
        for agency, part in zip(users, parts, strict=True):
            count(room, agency, "part" if shared else "used", part)
        if shared:
            count(room, None, "rest", {basis: mm2 - sum(part[basis] for part in parts) for basis, mm2 in whole.items()})
        if not users:
            shut = any(one["room_id"] == room["id"] and day in one["valid"] for one in closed)
            count(room, None, "closed" if shut else "free", whole)
    return Counter({key: number for key, number in sums.items() if number})


def _round(mm2: Decimal) -> int:
    return int(Decimal(mm2).quantize(Decimal(1), ROUND_HALF_UP))

"""Small random worlds of jurisdictions, assets and grants, and a reference that says in Python who may see what.

The reference is written from the rules alone: it knows nothing of policies, and works on plain lists.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from builders import a_plan, an_area_audit, insert, on_map, period, square
from fangdi.domain.access import MATRIX, REACHES, Capability, Reach, Role

LAND, ASSETS = Capability.READ_LAND, Capability.READ_ASSETS
TODAY = date.today()  # noqa: DTZ011 - as the database has it
_PERIODS = (
    period(),
    period(),
    period(TODAY),
    period(None, TODAY),
    period(TODAY + timedelta(1)),
    period(TODAY, TODAY + timedelta(1)),
)


@dataclass
class World:
    """Rows as dictionaries with their id, by table."""

    rows: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    parents: dict[str, str | None] = field(default_factory=dict)
    accounts: list[dict[str, Any]] = field(default_factory=list)

    def add(self, connection: Connection, table: str, **values: Any) -> int:
        """Insert a row and remember it."""
        number = insert(connection, table, **values)
        self.rows.setdefault(table, {})[number] = values
        return number

    def of(self, table: str) -> dict[int, dict[str, Any]]:
        """Return the rows of a table by id."""
        return self.rows.get(table, {})


def make(connection: Connection, seed: int) -> World:
    """Fill the database with a random world."""
    rng, world = random.Random(seed), World()  # noqa: S311
    codes = [f"{rng.randrange(110000, 660000)}{n:06}" for n in range(rng.randint(1, 6))]
    for n, code in enumerate(codes):
        world.parents[code] = rng.choice([*codes[:n], *([None] if rng.random() < 0.3 or n == 0 else [])])
        insert(connection, "jurisdiction", code=code, name=code, level="county", parent_code=world.parents[code])
    agencies = [
        world.add(connection, "agency", jurisdiction_code=rng.choice(codes), code=f"{seed}-{n}", name=f"机关{n}",
                  level="county", kind="government")
        for n in range(rng.randint(1, 4))
    ]  # fmt: skip
    for agency in agencies:
        here = world.of("agency")[agency]["jurisdiction_code"]
        world.add(
            connection, "agency_posts", jurisdiction_code=here, agency_id=agency, rank_code="county_staff", posts=1
        )
        world.add(connection, "agency_staff", jurisdiction_code=here, agency_id=agency, present=1)
    _stock(connection, world, rng, codes, agencies)
    for n in range(3):
        world.accounts.append(_account(connection, world, rng, f"user{seed}-{n}"))
    return world


def _stock(connection: Connection, world: World, rng: random.Random, codes: list[str], agencies: list[int]) -> None:
    shape = on_map(square(10))

    def secret() -> bool:
        return rng.random() < 0.15

    parcels = [
        world.add(
            connection, "parcel", jurisdiction_code=rng.choice(codes), code=f"P{n}", outline=shape, classified=secret()
        )
        for n in range(rng.randint(0, 3))
    ]
    sites = [
        world.add(
            connection, "site", jurisdiction_code=rng.choice(codes), code=f"S{n}", name=f"院{n}", classified=secret()
        )
        for n in range(rng.randint(0, 2))
    ]
    for n in range(rng.randint(0, 4)):
        here = rng.choice(codes)
        building = world.add(
            connection, "building", jurisdiction_code=here, code=f"B{n}", name=f"楼{n}", classified=secret(),
            site_id=rng.choice([*sites, None]), outline=shape, location=_point(),
        )  # fmt: skip
        if parcels and rng.random() < 0.5:
            parcel = rng.choice(parcels)
            connection.exec_driver_sql(
                "INSERT INTO fangdi.building_parcel VALUES (%s, %s, %s)", (here, building, parcel)
            )
            world.rows.setdefault("building_parcel", {})[len(world.of("building_parcel"))] = {
                "jurisdiction_code": here, "building_id": building, "parcel_id": parcel,
            }  # fmt: skip
        if rng.random() < 0.5:
            state = rng.choice(["administration", "user", "recorded"])
            world.add(connection, "title", jurisdiction_code=here, building_id=building, state=state)
        world.add(connection, "tenure", jurisdiction_code=here, building_id=building, kind="owned")
        if rng.random() < 0.5:
            plan = a_plan(connection, building)
            world.rows.setdefault("plan", {})[plan] = {"jurisdiction_code": here, "building_id": building}
            audit = an_area_audit(connection, plan)
            world.rows.setdefault("area_audit", {})[audit] = {"jurisdiction_code": here, "plan_id": plan}
        floor = world.add(connection, "floor", jurisdiction_code=here, building_id=building, level=1, name="1")
        for m in range(rng.randint(0, 4)):
            room = world.add(
                connection, "room", jurisdiction_code=here, building_id=building, floor_id=floor, code=f"{m}",
                number=f"{m}", use_code="office", classified=secret(), measured_usable_m2=rng.randint(5, 60),
                outline=shape,
            )  # fmt: skip
            _use(connection, world, rng, here, room, agencies)
    for parcel in parcels:
        if rng.random() < 0.3:
            here = world.of("parcel")[parcel]["jurisdiction_code"]
            state = rng.choice(["administration", "user"])
            world.add(connection, "title", jurisdiction_code=here, parcel_id=parcel, state=state)


def _use(  # noqa: PLR0917
    connection: Connection, world: World, rng: random.Random, here: str, room: int, agencies: list[int]
) -> None:
    for agency in rng.sample(agencies, rng.randint(0, min(2, len(agencies)))):
        use = world.add(connection, "occupancy", jurisdiction_code=here, room_id=room, agency_id=agency, share=0.5)
        world.add(connection, "occupant", jurisdiction_code=here, occupancy_id=use, person_key=f"K{use}")
    if rng.random() < 0.3:
        world.add(connection, "room_status", jurisdiction_code=here, room_id=room, status="repair")


def _account(connection: Connection, world: World, rng: random.Random, login: str) -> dict[str, Any]:
    cleared = rng.random() < 0.4
    number = insert(connection, "account", login=login, name=login, cleared=cleared)
    grants = []
    for _ in range(rng.randint(0, 3)):
        role, valid = rng.choice(list(Role)), rng.choice(_PERIODS)
        grant = {"role": role, "valid": valid, "jurisdiction_code": None, "agency_id": None}
        if REACHES[role] is Reach.JURISDICTION:
            grant["jurisdiction_code"] = rng.choice(list(world.parents))
        elif REACHES[role] is Reach.AGENCY:
            grant["agency_id"] = rng.choice(list(world.of("agency")))
        insert(connection, "role_grant", account_id=number, **grant)
        grants.append(grant)
    return {"id": number, "login": login, "cleared": cleared, "grants": grants}


def _point() -> Any:
    import shapely  # noqa: PLC0415

    return shapely.set_srid(shapely.Point(121.55, 29.87), 4490)


def visible(world: World, account: dict[str, Any]) -> dict[str, set[int]]:
    """Return the ids that an account may see, by table."""
    now = [g for g in account["grants"] if _holds(g["valid"])]

    def where(capability: Capability) -> set[str]:
        tops = {g["jurisdiction_code"] for g in now if capability in MATRIX[g["role"]]}
        return {code for code in world.parents if tops & set(_upwards(world, code))}

    land, assets = where(LAND), where(ASSETS)
    mine = {g["agency_id"] for g in now if g["role"] is Role.AGENCY_OFFICER}
    cleared = account["cleared"]
    hidden = set() if cleared else _secret(world)

    def keep(table: str, test: Any) -> set[int]:
        return {n for n, row in world.of(table).items() if (table, n) not in hidden and test(n, row)}

    def here(places: set[str]) -> Any:
        return lambda _n, row: row["jurisdiction_code"] in places

    uses = keep("occupancy", lambda n, r: here(assets)(n, r) or r["agency_id"] in mine)
    own_rooms = {r["room_id"] for n, r in world.of("occupancy").items() if n in uses and r["agency_id"] in mine}
    rooms = keep("room", lambda n, r: here(assets)(n, r) or n in own_rooms)
    own_rooms &= rooms
    own_buildings = {world.of("room")[n]["building_id"] for n in own_rooms}
    buildings = keep("building", lambda n, r: here(land)(n, r) or n in own_buildings)
    own_sites = {world.of("building")[n]["site_id"] for n in own_buildings}
    sites = keep("site", lambda n, r: here(land)(n, r) or n in own_sites)
    stands = world.of("building_parcel").values()
    own_parcels = {r["parcel_id"] for r in stands if r["building_id"] in own_buildings}
    parcels = keep("parcel", lambda n, r: here(land)(n, r) or n in own_parcels)
    present = {
        r["agency_id"]
        for n, r in world.of("occupancy").items()
        if (cleared or ("occupancy", n) not in hidden) and r["jurisdiction_code"] in assets
    }

    def titles(n: int, r: dict[str, Any]) -> Any:
        seen = r.get("building_id") in buildings or r.get("parcel_id") in parcels
        return (here(land)(n, r) or mine) and seen

    of_building = lambda n, r: (here(assets)(n, r) or mine) and r["building_id"] in buildings  # noqa: E731
    return {
        "occupancy": uses,
        "room": rooms,
        "building": buildings,
        "site": sites,
        "parcel": parcels,
        "title": keep("title", titles),
        "tenure": keep("tenure", of_building),
        "floor": keep("floor", of_building),
        "room_status": keep("room_status", lambda n, r: here(assets)(n, r) or (mine and r["room_id"] in rooms)),
        "occupant": keep("occupant", lambda n, r: (here(assets)(n, r) or mine) and r["occupancy_id"] in uses),
        "plan": keep("plan", here(assets)),
        "area_audit": keep("area_audit", here(assets)),
        "agency": keep("agency", lambda n, r: here(assets)(n, r) or n in mine or n in present),
        "agency_posts": keep("agency_posts", lambda n, r: here(assets)(n, r) or r["agency_id"] in mine),
        "agency_staff": keep("agency_staff", lambda n, r: here(assets)(n, r) or r["agency_id"] in mine),
    }


def in_trail(world: World, account: dict[str, Any], table: str) -> set[int]:
    """Return the ids that an account meets in the audit trail, which names things that it may not see otherwise."""
    now = [g for g in account["grants"] if _holds(g["valid"]) and Capability.READ_TRAIL in MATRIX[g["role"]]]
    tops = {g["jurisdiction_code"] for g in now}  # None stands for the whole system
    hidden = set() if account["cleared"] else _secret(world)
    return {
        n
        for n, row in world.of(table).items()
        if (table, n) not in hidden and (None in tops or tops & set(_upwards(world, row["jurisdiction_code"])))
    }


def _holds(valid: Any) -> bool:
    return (
        not valid.isempty
        and (valid.lower is None or valid.lower <= TODAY)
        and (valid.upper is None or valid.upper > TODAY)
    )


def _upwards(world: World, code: str) -> list[str]:
    above = world.parents[code]
    return [code] if above is None else [code, *_upwards(world, above)]


def _secret(world: World) -> set[tuple[str, int]]:
    """Return what nobody without clearance sees: classified, held by its user for secrecy, or part of such."""
    titles = [r for r in world.of("title").values() if r["state"] == "user"]
    hidden: set[tuple[str, int]] = set()
    for n, row in world.of("parcel").items():
        if row["classified"] or any(t.get("parcel_id") == n for t in titles):
            hidden.add(("parcel", n))
    hidden |= {("site", n) for n, row in world.of("site").items() if row["classified"]}
    for n, row in world.of("building").items():
        if row["classified"] or ("site", row["site_id"]) in hidden or any(t.get("building_id") == n for t in titles):
            hidden.add(("building", n))
    for n, row in world.of("room").items():
        if row["classified"] or ("building", row["building_id"]) in hidden:
            hidden.add(("room", n))
    hidden |= {("plan", n) for n, row in world.of("plan").items() if ("building", row["building_id"]) in hidden}
    hidden |= {("area_audit", n) for n, row in world.of("area_audit").items() if ("plan", row["plan_id"]) in hidden}
    for table in ("occupancy", "room_status"):
        hidden |= {(table, n) for n, row in world.of(table).items() if ("room", row["room_id"]) in hidden}
    return hidden

"""A small world with things to hide, each under an unmistakable word and number; and people who may see some of it.

The words: EIG… are the city's own things, NBR… the neighbour's, XQZ… what is classified in the city, WVK… what its user
holds for secrecy, QJX a neighbour's agency that is in the city in classified rooms alone.
"""

import json
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from builders import (
    PLANE,
    a_building,
    a_finding,
    a_jurisdiction,
    a_parcel,
    a_plan,
    a_plan_batch,
    a_room,
    a_site,
    a_zone,
    an_agency,
    an_area_audit,
    has_title,
    in_plane,
    insert,
    is_drawn,
    occupies,
    on_map,
    period,
    square,
)
from fangdi.domain.access import MATRIX, Capability, Role
from people import an_account, has_role, has_token

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
"""A picture of one pixel."""
CITY, NEIGHBOUR = "330200", "330100"
OPEN_CITY = {"EIGP", "EIGS", "EIGB", "EIGR", "EIGX", "EIGA", "EIGY", "EIGJ", "EIGL", "EIGV", "EIGW", "EIGF"}
LAND_CITY = {"EIGP", "EIGS", "EIGB"}
OFFICER_CITY = {"EIGP", "EIGS", "EIGB", "EIGR", "EIGA", "EIGF"}
OPEN_NEIGHBOUR = {"NBRP", "NBRS", "NBRB", "NBRR", "NBRA", "NBRJ", "NBRL", "NBRV", "NBRW", "NBRF", "QJX"}
LAND_NEIGHBOUR = {"NBRP", "NBRS", "NBRB"}
OFFICER_NEIGHBOUR = {"NBRP", "NBRS", "NBRB", "NBRR", "NBRA", "NBRF"}
SECRET_CITY = {"XQZP", "XQZB", "XQZR", "XQZN", "XQZJ", "XQZL", "XQZV", "XQZW", "XQZF", "WVKB", "WVKR", "WVKF", "QJX"}
EVERYTHING = OPEN_CITY | OPEN_NEIGHBOUR | SECRET_CITY
ACCOUNTS = {CITY: "acccity", NEIGHBOUR: "accnbr"}
AREAS_M2 = {"EIGR": 20.0, "EIGX": 30.0, "NBRR": 40.0, "XQZR": 1000.0, "XQZN": 3000.0, "WVKR": 5000.0}
"""Rooms in use, each of its own area, so that a sum says what is in it."""


@dataclass
class Actor:
    """Somebody who asks: the token they show, and what they may see and do."""

    name: str
    role: Role | None
    key: str | None
    sees: set[str] = field(default_factory=set)
    accounts: set[str] = field(default_factory=set)
    place: str = CITY

    @property
    def allowed(self) -> frozenset[Capability]:
        """What the role allows; nothing without one."""
        return MATRIX[self.role] if self.role else frozenset()


@dataclass
class World:
    """Numbers of things by kind and word, and the people."""

    ids: dict[tuple[str, str], int] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)

    def new(self, kind: str, word: str) -> dict[str, int]:
        """Return an unmistakable number for a thing, as its id."""
        self.ids[kind, word] = 987_000_100 + len(self.ids)
        return {"id": self.ids[kind, word]}

    def hidden_from(self, actor: Actor) -> set[str]:
        """Return the words and numbers that no answer to them may hold."""
        words = (EVERYTHING - actor.sees) | (set(ACCOUNTS.values()) - actor.accounts)
        return words | {str(number) for (_, word), number in self.ids.items() if word in words}


def make(connection: Connection) -> World:
    """Fill a database."""
    world = World()
    a_jurisdiction(connection, CITY)
    a_jurisdiction(connection, NEIGHBOUR, "杭州市")
    a_zone(connection)
    _city(connection, world)
    _neighbour(connection, world)
    _secrets(connection, world)
    _findings(connection, world)
    for place, login in ACCOUNTS.items():
        number = an_account(connection, login, jurisdiction_code=place, **world.new("account", login))
        has_token(connection, number)
    _people(connection, world)
    return world


def _city(connection: Connection, world: World) -> None:
    outline = {"outline": on_map(square(30))}
    parcel = a_parcel(connection, code="EIGP", **world.new("parcel", "EIGP"))
    site = a_site(connection, "院EIGS", parcels=(parcel,), **outline, **world.new("site", "EIGS"))
    building = a_building(
        connection, "楼EIGB", site=site, parcels=(parcel,), **outline, **world.new("building", "EIGB")
    )
    for room, agency, area in (("EIGR", "EIGA", 20.0), ("EIGX", "EIGY", 30.0)):
        user = an_agency(connection, f"局{agency}", posts=3, **world.new("agency", agency))
        _used(connection, _room(connection, world, room, building, area), user)
    _planned(connection, world, "EIG", building)
    _project(connection, "EIGJ", CITY)
    _project(connection, "XQZJ", CITY, classified=True)


def _neighbour(connection: Connection, world: World) -> None:
    here: dict[str, Any] = {"jurisdiction": NEIGHBOUR}
    outline = {"outline": on_map(square(30, at=(60, 0)))}
    parcel = a_parcel(connection, square(60, at=(60, 0)), code="NBRP", **here, **world.new("parcel", "NBRP"))
    site = a_site(connection, "院NBRS", parcels=(parcel,), **here, **outline, **world.new("site", "NBRS"))
    building = a_building(
        connection, "楼NBRB", site=site, parcels=(parcel,), **here, **outline, **world.new("building", "NBRB")
    )
    user = an_agency(connection, "局NBRA", posts=3, **here, **world.new("agency", "NBRA"))
    _used(connection, _room(connection, world, "NBRR", building, 40.0), user)
    _planned(connection, world, "NBR", building)
    _project(connection, "NBRJ", NEIGHBOUR)


def _project(connection: Connection, word: str, place: str, **more: Any) -> None:
    insert(connection, "construction_project", jurisdiction_code=place, code=word, name=f"项目{word}", **more)


def _secrets(connection: Connection, world: World) -> None:
    a_parcel(connection, code="XQZP", classified=True, **world.new("parcel", "XQZP"))
    guest = an_agency(connection, "局QJX", posts=3, jurisdiction=NEIGHBOUR, **world.new("agency", "QJX"))
    outline = {"outline": on_map(square(30, at=(0, 60)))}
    classified = a_building(connection, "楼XQZB", classified=True, **outline, **world.new("building", "XQZB"))
    _used(connection, _room(connection, world, "XQZR", classified, 1000.0), guest)
    _planned(connection, world, "XQZ", classified)
    titled = a_building(connection, "楼WVKB", **outline, **world.new("building", "WVKB"))
    _used(connection, _room(connection, world, "WVKR", titled, 5000.0), world.ids["agency", "EIGA"])
    has_title(connection, "user", building=titled)
    inside = _room(connection, world, "XQZN", world.ids["building", "EIGB"], 3000.0, classified=True)
    _used(connection, inside, world.ids["agency", "EIGA"])


def _findings(connection: Connection, world: World) -> None:
    """Add findings, each about a room and its user."""
    for word, place, agency, room in (
        ("EIGF", CITY, "EIGA", "EIGR"),
        ("NBRF", NEIGHBOUR, "NBRA", "NBRR"),
        ("XQZF", CITY, "QJX", "XQZR"),
        ("WVKF", CITY, "EIGA", "WVKR"),
    ):
        about: dict[str, Any] = {"agency_id": world.ids["agency", agency], "room_id": world.ids["room", room]}
        secret = word in SECRET_CITY
        a_finding(connection, word, jurisdiction=place, secret=secret, **about, **world.new("finding", word))


def _planned(connection: Connection, world: World, mark: str, building: int) -> None:
    """Draw a plan of a building, placed on the map and audited, and upload a batch: L, V and W end its words."""
    placement = {
        "method": "crs",
        "crs": PLANE,
        "matrix": [1, 0, 0, 1, *in_plane(square(1)).bounds[:2]],
        "scale": 1,
        "rotation_deg": 0,
        "rms_m": None,
        "score": None,
        "points": [],
        "bounds": [0, 0, 5, 5],
        "corners": [[121.55, 29.87]] * 4,
        "doubtful": False,
        "far": False,
    }
    drawn: dict[str, Any] = {"format": "picture", "content": PNG, "placement": json.dumps(placement)}
    file = {"file_name": f"图{mark}L.png", **world.new("plan", f"{mark}L")}
    plan = a_plan(connection, building, **drawn, **file)
    is_drawn(connection, plan, number=f"{mark}L-101")
    an_area_audit(connection, plan, label=f"{mark}V", **world.new("area_audit", f"{mark}V"))
    a_plan_batch(connection, building, file_name=f"图{mark}W.dxf", **world.new("plan_batch", f"{mark}W"))


def _room(connection: Connection, world: World, word: str, building: int, area: float, **more: Any) -> int:
    at = (len(world.ids) * 2.0, 0.0)
    shape: dict[str, Any] = {"outline": on_map(square(5, at=at)), **more, **world.new("room", word)}
    return a_room(connection, word, building=building, area=area, **shape)


def _used(connection: Connection, room: int, agency: int) -> None:
    occupies(connection, agency, room)


def _people(connection: Connection, world: World) -> None:
    world.actors.append(Actor("nobody", None, None))
    for role in Role:
        for place in (CITY, NEIGHBOUR):
            key = _somebody(connection, world, f"{role}-{place}", role, place)
            actor = Actor(f"{role} of {place}", role, key, _seen(role, place), _looked_after(role, place), place)
            world.actors.append(actor)
        ended = period(None, date.today())  # noqa: DTZ011 - as the database reckons
        world.actors.append(
            Actor(f"{role} no more", None, _somebody(connection, world, f"{role}-ended", role, CITY, valid=ended))
        )
        begins = period(date.today() + timedelta(1))  # noqa: DTZ011
        world.actors.append(
            Actor(f"{role} not yet", None, _somebody(connection, world, f"{role}-future", role, CITY, valid=begins))
        )
    key = _somebody(connection, world, "cleared", Role.VIEWER, CITY, cleared=True)
    world.actors.append(Actor("cleared viewer", Role.VIEWER, key, OPEN_CITY | SECRET_CITY))


def _somebody(
    connection: Connection, world: World, login: str, role: Role, place: str, *, valid: Any = None, **more: Any
) -> str:
    """Add an account that only the operator looks after, so that it is in nobody's list."""
    account = an_account(connection, f"actor-{login}", **more)
    agency = world.ids["agency", "EIGA" if place == CITY else "NBRA"]
    has_role(connection, account, role, jurisdiction=place, agency=agency, valid=valid)
    return has_token(connection, account)


def _seen(role: Role, place: str) -> set[str]:
    if role is Role.AGENCY_OFFICER:
        return OFFICER_CITY if place == CITY else OFFICER_NEIGHBOUR
    if Capability.READ_ASSETS in MATRIX[role]:
        return OPEN_CITY if place == CITY else OPEN_NEIGHBOUR
    if Capability.READ_LAND in MATRIX[role]:
        return LAND_CITY if place == CITY else LAND_NEIGHBOUR
    return set()


def _looked_after(role: Role, place: str) -> set[str]:
    if role is Role.SYSTEM_ADMINISTRATOR:
        return set(ACCOUNTS.values())
    return {ACCOUNTS[place]} if Capability.ADMINISTER_ACCOUNTS in MATRIX[role] else set()

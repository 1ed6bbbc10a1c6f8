"""What an account reads through the API is what the rules say: lists, details, search, sums, histories, files, tiles.

Random worlds and the reference in Python are those of `access_world`; here every path of reading is asked.
"""

import math
from collections.abc import Callable
from typing import Any

import mapbox_vector_tile
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

import access_world
from access_world import TODAY, World, in_trail, visible
from builders import on_map, square
from fangdi.store.access import Credential, acting
from fangdi.store.tiles import Tile, View, question
from people import has_token

WORLDS = range(170)  # of three accounts each: 510 cases
API = "/api/v1"
LISTS = {"parcels": "parcel", "sites": "site", "buildings": "building", "rooms": "room", "agencies": "agency"}
PLANS = {"plans": "plan", "audits": "area_audit"}
DETAILS = {**LISTS, "floors": "floor"}
TILES = {"parcels": "parcel", "buildings": "building", "rooms": "room"}
ZOOM = 17

Seen = dict[str, set[int]]


@pytest.mark.parametrize("seed", WORLDS)
def test_every_path_shows_what_the_rules_allow(
    connection: Connection, client_with: Callable[[str], TestClient], seed: int
) -> None:
    world = access_world.make(connection, seed)
    connection.exec_driver_sql("SET CONSTRAINTS ALL IMMEDIATE")  # now the trail has its entries
    for account in world.accounts:
        seen = visible(world, account)
        http = client_with(has_token(connection, account["id"]))

        assert _listed(http, LISTS) == {name: seen[table] for name, table in LISTS.items()}, account
        assert _listed(http, PLANS) == {name: seen[table] for name, table in PLANS.items()}, account
        assert _opened(http, world) == {name: seen[table] for name, table in DETAILS.items()}, account
        assert _found(http) == {table: seen[table] for table in ("agency", "building", "site", "parcel")}, account
        assert _idle(http) == _expected_idle(world, seen), account
        assert _used_m2(http) == pytest.approx(_expected_m2(world, seen), abs=0.02), account
        assert _on_the_way(http) <= seen["building"], account
        assert _with_history(http, world) == {
            table: seen[table] | in_trail(world, account, table) for table in ("building", "room")
        }, account
        assert _drawn(connection, account["login"]) == {name: seen[table] for name, table in TILES.items()}, account


def _get(http: TestClient, path: str, **query: Any) -> Any:
    """Return the answer; None where the account may not ask at all."""
    answer = http.get(f"{API}{path}", params=query)
    assert answer.status_code in {200, 401, 403, 404}, answer.text
    return answer.json() if answer.status_code == 200 else None


def _ids(answer: Any) -> set[int]:
    assert answer is None or not answer.get("next")
    return {row["id"] for row in answer["items"]} if answer else set()


def _listed(http: TestClient, lists: dict[str, str]) -> Seen:
    return {name: _ids(_get(http, f"/{name}", limit=1000)) for name in lists}


def _opened(http: TestClient, world: World) -> Seen:
    """Open everything there is by its id; what can be opened names nothing that cannot."""
    opened: Seen = {name: set() for name in DETAILS}
    named: set[tuple[str, int]] = set()
    for name, table in DETAILS.items():
        for number in world.of(table):
            found = _get(http, f"/{name}/{number}")
            if found is not None:
                opened[name].add(number)
                links = [*found["links"]["up"], *found["links"]["down"]]
                named |= {(link["kind"], link["id"]) for link in links if link["kind"] != "jurisdiction"}
    assert named <= {(DETAILS[name], number) for name, numbers in opened.items() for number in numbers}
    return opened


def _found(http: TestClient) -> Seen:
    """Search for what all names and codes in the world begin with."""
    found: Seen = {"agency": set(), "building": set(), "site": set(), "parcel": set()}
    for term in ("机关", "楼", "院", "P"):
        for hit in (_get(http, "/search", q=term, limit=100) or {"items": []})["items"]:
            found.setdefault(hit["kind"], set()).add(hit["id"])
    return found


def _idle(http: TestClient) -> set[int]:
    page = _get(http, "/reports/idle", limit=1000)
    listed = {row["room"]["id"] for row in page["items"]} if page else set()
    written = _get(http, "/reports/idle", format="geojson") if page else None
    if written is not None:
        assert len(written["features"]) == len(listed)
        assert page["total"]["rooms"] == len(listed)
    return listed


def _expected_idle(world: World, seen: Seen) -> set[int]:
    used = {row["room_id"] for row in world.of("occupancy").values()}
    kept = {row["room_id"] for row in world.of("room_status").values()}
    return seen["room"] - used - kept


def _used_m2(http: TestClient) -> float:
    page = _get(http, "/reports/areas", limit=1000)
    by_agency = _get(http, "/reports/areas/agencies")
    total = math.fsum(row["area_m2"] for row in page["items"]) if page else 0.0
    if page:
        assert page["total"]["area_m2"] == pytest.approx(total, abs=0.02)
        assert math.fsum(row["area_m2"] for row in by_agency["items"]) == pytest.approx(total, abs=0.02)
    return total


def _expected_m2(world: World, seen: Seen) -> float:
    """Add up half of each used room: every use in these worlds has a share of one half."""
    uses = (world.of("occupancy")[number] for number in seen["occupancy"])
    return math.fsum(world.of("room")[use["room_id"]]["measured_usable_m2"] / 2 for use in uses)


def _on_the_way(http: TestClient) -> set[int]:
    """Return the buildings that the map and coverage name."""
    summary, coverage = _get(http, "/buildings/summary"), _get(http, "/reports/coverage")
    return _ids(summary) | ({row["id"] for row in coverage["buildings"]} if coverage else set())


def _with_history(http: TestClient, world: World) -> Seen:
    """Return what has a history; each thing was inserted, so that nothing that is seen has none."""
    return {
        table: {n for n in world.of(table) if (_get(http, "/history", kind=table, id=n) or {"items": []})["items"]}
        for table in ("building", "room")
    }


def _drawn(connection: Connection, login: str) -> Seen:
    middle = on_map(square(10)).centroid
    across = 1 << ZOOM
    x = int((middle.x + 180) / 360 * across)
    y = int((1 - math.asinh(math.tan(math.radians(middle.y))) / math.pi) / 2 * across)
    drawn: Seen = {}
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)) as scope:
        for layer in TILES:
            statement, asked = question(Tile(layer, ZOOM, x, y), View(TODAY), scope)
            cursor = connection.connection.driver_connection.cursor()  # type: ignore[union-attr]
            row = cursor.execute(statement, asked, binary=True).fetchone()
            content = mapbox_vector_tile.decode(bytes(row[0])) if row and row[0] else {}
            drawn[layer] = {feature["id"] for part in content.values() for feature in part["features"]}
        savepoint.rollback()
    return drawn

"""Every route as everybody: who is answered, and that no answer names what is hidden from who asks.

ROUTES says of every operation of the API which capability it needs; a route that is missing there fails.
"""

import io
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Engine

import matrix_world
from fangdi.domain.access import Capability, Role
from fangdi.domain.indicators.model import IndicatorKey
from fangdi.settings import Settings
from fangdi.store.cluster import APPLICATION, DATABASE, Cluster
from fangdi.store.engine import create_engine
from fangdi.store.throwaway import create_database, drop_database
from fangdi.store.tiles import LAYERS
from fangdi_api.app import create_app
from matrix_world import AREAS_M2, OPEN_CITY, OPEN_NEIGHBOUR, Actor, World
from people import bearer

API = "/api/v1"
OPEN, SIGNED_IN = "open", "signed in"
LAND, ASSETS = Capability.READ_LAND, Capability.READ_ASSETS
ACCOUNTS, TRAIL = Capability.ADMINISTER_ACCOUNTS, Capability.READ_TRAIL
AUDIT = Capability.AUDIT_AREAS

ROUTES: dict[str, str] = {
    "GET /tiles/{layer}/{z}/{x}/{y}.mvt": SIGNED_IN,  # by layer: see TILES
    "GET /session": OPEN,
    "POST /session": OPEN,
    "DELETE /session": OPEN,
    "POST /session/password": SIGNED_IN,
    "GET /tokens": SIGNED_IN,
    "POST /tokens": SIGNED_IN,
    "DELETE /tokens/{token_id}": SIGNED_IN,
    "GET /roles": SIGNED_IN,
    "GET /accounts": ACCOUNTS,
    "POST /accounts": ACCOUNTS,
    "GET /accounts/{account_id}": ACCOUNTS,
    "PATCH /accounts/{account_id}": ACCOUNTS,
    "POST /accounts/{account_id}/password": ACCOUNTS,
    "DELETE /accounts/{account_id}/sessions": ACCOUNTS,
    "POST /accounts/{account_id}/grants": ACCOUNTS,
    "DELETE /accounts/{account_id}/grants/{grant_id}": ACCOUNTS,
    "GET /accounts/{account_id}/tokens": ACCOUNTS,
    "DELETE /accounts/{account_id}/tokens/{token_id}": ACCOUNTS,
    "GET /audit": TRAIL,
    "GET /audit/check": TRAIL,
    "GET /history": SIGNED_IN,
    "GET /session/oidc": OPEN,
    "GET /session/oidc/callback": OPEN,
    "GET /health": OPEN,
    "GET /meta": SIGNED_IN,
    "GET /legend": OPEN,
    "GET /vocabulary": SIGNED_IN,
    "GET /search": LAND,
    "GET /reports/areas": ASSETS,
    "GET /reports/areas/agencies": ASSETS,
    "GET /reports/areas/rooms": ASSETS,
    "GET /reports/idle": ASSETS,
    "GET /reports/idle/spaces": ASSETS,
    "GET /reports/idle/spaces/closest": ASSETS,
    "GET /reports/coverage": ASSETS,
    "GET /buildings/summary": ASSETS,
    "GET /reports/use": ASSETS,
    "GET /reports/use/rooms": ASSETS,
    "GET /reports/completeness": ASSETS,
    "GET /reports/annual-forms": ASSETS,
    "GET /projects": ASSETS,
    "POST /projects": Capability.LOAD,
    "POST /projects/end": Capability.LOAD,
    "GET /buildings/{building_id}/sheet": ASSETS,
    "GET /agencies/{agency_id}/sheet": Capability.EXPORT,
    "GET /buildings/{building_id}/completeness": ASSETS,
    "GET /jurisdictions": SIGNED_IN,
    "GET /agencies": ASSETS,
    "GET /sites": LAND,
    "GET /parcels": LAND,
    "GET /buildings": LAND,
    "GET /rooms": ASSETS,
    "GET /jurisdictions/{code}": SIGNED_IN,
    "GET /agencies/{agency_id}": ASSETS,
    "GET /parcels/{parcel_id}": LAND,
    "GET /sites/{site_id}": LAND,
    "GET /buildings/{building_id}": LAND,
    "GET /floors/{floor_id}": ASSETS,
    "GET /rooms/{room_id}": ASSETS,
    "GET /plans": ASSETS,
    "POST /plans": AUDIT,
    "GET /plans/{plan_id}": ASSETS,
    "DELETE /plans/{plan_id}": AUDIT,
    "POST /plans/{plan_id}/preview": AUDIT,
    "PUT /plans/{plan_id}/reading": AUDIT,
    "GET /plans/{plan_id}/floors/{key}/drawing": ASSETS,
    "GET /plans/{plan_id}/floors/{key}/map": ASSETS,
    "GET /plans/{plan_id}/backdrop": ASSETS,
    "GET /plans/{plan_id}/findings": ASSETS,
    "GET /plans/{plan_id}/repairs": ASSETS,
    "GET /plans/{plan_id}/gross": ASSETS,
    "POST /plans/{plan_id}/repairs": AUDIT,
    "PUT /plans/{plan_id}/placement": AUDIT,
    "POST /plans/{plan_id}/placement/preview": AUDIT,
    "POST /plans/{plan_id}/placement/agreement": AUDIT,
    "PUT /plans/{plan_id}/rooms/{key}": AUDIT,
    "DELETE /plans/{plan_id}/rooms/{key}": AUDIT,
    "GET /plans/{plan_id}/changes": ASSETS,
    "POST /plans/{plan_id}/import": AUDIT,
    "GET /plan-mappings": ASSETS,
    "PUT /plan-mappings": AUDIT,
    "DELETE /plan-mappings/{mapping_id}": AUDIT,
    "POST /plan-batches": AUDIT,
    "GET /plan-batches": AUDIT,
    "GET /plan-batches/{batch_id}": AUDIT,
    "POST /plan-batches/{batch_id}/cancel": AUDIT,
    "POST /plan-batches/{batch_id}/resume": AUDIT,
    "POST /plans/{plan_id}/audits": AUDIT,
    "GET /audits": ASSETS,
    "GET /audits/{audit_id}": ASSETS,
    "GET /audits/{audit_id}/export": Capability.EXPORT,
    "DELETE /audits/{audit_id}": AUDIT,
    "PUT /audits/{audit_id}/lines/{line_id}": AUDIT,
    "POST /audits/{audit_id}/accept": AUDIT,
    "GET /norms": SIGNED_IN,
    "GET /norms/comparison": SIGNED_IN,
    "GET /norms/{norm_id}": SIGNED_IN,
    "POST /norms": Capability.ADMINISTER_NORMS,
    "DELETE /norms/{norm_id}": Capability.ADMINISTER_NORMS,
    "GET /norm-documents": SIGNED_IN,
    "POST /norm-documents": Capability.ADMINISTER_NORMS,
    "GET /reports/approved-areas": ASSETS,
    "GET /agencies/{agency_id}/approved-area": ASSETS,
    "GET /indicators": ASSETS,
    "GET /indicators/{key}/rows": ASSETS,
    "GET /indicators/{key}/series": ASSETS,
    "GET /indicators/{key}/jurisdictions": ASSETS,
    "POST /agencies/{agency_id}/approvals": Capability.ADMINISTER_NORMS,
    "POST /agencies/{agency_id}/approvals/{record_id}/end": Capability.ADMINISTER_NORMS,
    "DELETE /agencies/{agency_id}/approvals/{record_id}": Capability.ADMINISTER_NORMS,
    "GET /idle-rules": SIGNED_IN,
    "POST /idle-rules": Capability.ADMINISTER_NORMS,
    "DELETE /idle-rules/{rule_id}": Capability.ADMINISTER_NORMS,
    "GET /reports/under-used": ASSETS,
    "GET /cost-rates": SIGNED_IN,
    "POST /cost-rates": Capability.ADMINISTER_NORMS,
    "DELETE /cost-rates/{rate_id}": Capability.ADMINISTER_NORMS,
    "GET /reports/costs/buildings": ASSETS,
    "GET /reports/costs/agencies": ASSETS,
    "GET /buildings/{building_id}/cost": ASSETS,
    "GET /agencies/{agency_id}/cost": ASSETS,
    "GET /findings": ASSETS,
    "GET /findings/board": ASSETS,
    "POST /findings/computation": Capability.SUPERVISE,
    "GET /findings/{finding_id}": ASSETS,
    "POST /findings/{finding_id}/events": Capability.EXPLAIN,
    "GET /rooms/{room_id}/inspections": ASSETS,
    "POST /rooms/{room_id}/functions": Capability.SUPERVISE,
    "POST /rooms/{room_id}/annexes": Capability.SUPERVISE,
    "POST /rooms/{room_id}/outside-uses": Capability.SUPERVISE,
    "POST /rooms/{room_id}/inspections/{kind}/{record_id}/end": Capability.SUPERVISE,
    "DELETE /rooms/{room_id}/inspections/{kind}/{record_id}": Capability.SUPERVISE,
    "GET /agencies/{agency_id}/leader-posts": ASSETS,
    "POST /agencies/{agency_id}/leader-posts": Capability.SUPERVISE,
    "POST /agencies/{agency_id}/leader-posts/{record_id}/end": Capability.SUPERVISE,
    "DELETE /agencies/{agency_id}/leader-posts/{record_id}": Capability.SUPERVISE,
    "GET /zones": SIGNED_IN,
    "GET /zones/{zone_id}/reach": SIGNED_IN,
}
TILES = {layer: SIGNED_IN if layer in {"jurisdictions", "zones"} else LAND for layer in LAYERS} | {"rooms": ASSETS}
FILES = tuple(
    f"/reports/{report}?format={form}"
    for report in ("areas", "idle", "coverage", "approved-areas", "use", "completeness")
    for form in ("csv", "xlsx", "geojson")
    if (report, form) not in {("approved-areas", "geojson"), ("use", "geojson")}  # agencies lie nowhere
)
FILES += ("/findings?format=csv", "/findings?format=xlsx")
FILES += tuple(
    f"/reports/{report}?format={form}"
    for report in ("costs/agencies", "costs/buildings", "under-used", "idle/spaces")
    for form in ("csv", "xlsx", "geojson")
    if (report, form) != ("costs/agencies", "geojson")
)
FILES += tuple(
    f"/indicators{of}?format={form}"
    for of in ("", "/idle_rate/rows", "/zone_agencies/rows")
    for form in ("csv", "xlsx")
)
"""A report as a file is an export."""
BY_NUMBER: dict[str, tuple[set[str], str]] = {
    "GET /agencies/{agency_id}": ({"agency"}, "/agencies/{}"),
    "GET /agencies/{agency_id}/approved-area": ({"agency"}, "/agencies/{}/approved-area"),
    "GET /agencies/{agency_id}/cost": ({"agency"}, "/agencies/{}/cost"),
    "GET /agencies/{agency_id}/leader-posts": ({"agency"}, "/agencies/{}/leader-posts"),
    "GET /buildings/{building_id}/cost": ({"building"}, "/buildings/{}/cost"),
    "GET /parcels/{parcel_id}": ({"parcel"}, "/parcels/{}"),
    "GET /sites/{site_id}": ({"site"}, "/sites/{}"),
    "GET /buildings/{building_id}": ({"building"}, "/buildings/{}"),
    "GET /rooms/{room_id}": ({"room"}, "/rooms/{}"),
    "GET /plans/{plan_id}": ({"plan"}, "/plans/{}"),
    "GET /plans/{plan_id}/floors/{key}/drawing": ({"plan"}, "/plans/{}/floors/f/drawing"),
    "GET /plans/{plan_id}/floors/{key}/map": ({"plan"}, "/plans/{}/floors/f/map"),
    "GET /plans/{plan_id}/backdrop": ({"plan"}, "/plans/{}/backdrop"),
    "GET /plans/{plan_id}/findings": ({"plan"}, "/plans/{}/findings"),
    "GET /plans/{plan_id}/repairs": ({"plan"}, "/plans/{}/repairs"),
    "GET /plans/{plan_id}/gross": ({"plan"}, "/plans/{}/gross"),
    "GET /plans/{plan_id}/changes": ({"plan"}, "/plans/{}/changes"),
    "GET /plan-batches/{batch_id}": ({"plan_batch"}, "/plan-batches/{}"),
    "GET /audits/{audit_id}": ({"area_audit"}, "/audits/{}"),
    "GET /audits/{audit_id}/export": ({"area_audit"}, "/audits/{}/export?format=gpkg"),
    "GET /findings/{finding_id}": ({"finding"}, "/findings/{}"),
    "GET /rooms/{room_id}/inspections": ({"room"}, "/rooms/{}/inspections"),
    "GET /accounts/{account_id}": ({"account"}, "/accounts/{}"),
    "GET /accounts/{account_id}/tokens": ({"account"}, "/accounts/{}/tokens"),
    "GET /reports/areas/rooms": ({"agency"}, "/reports/areas/rooms?agency_id={}"),
    "GET /buildings/{building_id}/sheet": ({"building"}, "/buildings/{}/sheet"),
    "GET /agencies/{agency_id}/sheet": ({"agency"}, "/agencies/{}/sheet?format=xlsx"),
    "GET /buildings/{building_id}/completeness": ({"building"}, "/buildings/{}/completeness"),
    "GET /reports/use/rooms": ({"agency", "building"}, "/reports/use/rooms?{kind}_id={}&split=equal"),
    "GET /history": (
        {"agency", "parcel", "site", "building", "room", "plan", "area_audit"},
        "/history?kind={kind}&id={}",
    ),
}
"""Operations that are asked about every thing there is; floors have a test of their own."""
OTHERWISE: dict[str, list[tuple[str, str]]] = {
    "GET /search": [(f"{API}/search?q={word}", LAND) for word in ("EIG", "NBR", "XQZ", "WVK", "QJX")],
    # 121.55° E, 29.87° N, as in test_tile_requests
    "GET /tiles/{layer}/{z}/{x}/{y}.mvt": [(f"/tiles/{x}/17/109791/54131.mvt", needs) for x, needs in TILES.items()],
    "GET /floors/{floor_id}": [],
    "GET /norms/{norm_id}": [(f"{API}/norms/1", SIGNED_IN)],
    **{
        f"GET /indicators/{{key}}/{what}": [(f"{API}/indicators/{key}/{what}", ASSETS) for key in IndicatorKey]
        for what in ("rows", "series", "jurisdictions")
    },
    "GET /norms/comparison": [(f"{API}/norms/comparison?earlier=2014-01-01&later=2026-01-01", SIGNED_IN)],
}
UNKNOWN = dict.fromkeys(
    (
        "account_id",
        "grant_id",
        "token_id",
        "plan_id",
        "audit_id",
        "line_id",
        "mapping_id",
        "batch_id",
        "norm_id",
        "finding_id",
        "room_id",
        "record_id",
        "rate_id",
        "rule_id",
        "agency_id",
    ),
    "999999999",
) | {"code": "330200", "zone_id": "1", "key": "f", "kind": "outside"}


@dataclass(frozen=True)
class Asked:
    """A request, the capability it needs, and the thing it asks for by number, if any."""

    method: str
    path: str
    needs: str
    thing: tuple[str, str] | None = None


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> Iterator[Engine]:
    """Lend a database of the module's own, whose changes stay."""
    name = f"matrix_{os.getpid()}"
    opened = create_engine(create_database(cluster, name, template=DATABASE))
    yield opened
    opened.dispose()
    drop_database(cluster, name)


@pytest.fixture(scope="module")
def world(database: Engine) -> World:
    """Fill the database."""
    with database.begin() as connection:
        return matrix_world.make(connection)


@pytest.fixture(scope="module")
def server(database: Engine) -> Iterator[TestClient]:
    """Serve the application as it is served to everybody, with the rights of the application role alone."""
    served = create_engine(database.url.set(username=APPLICATION).render_as_string(hide_password=False))
    with TestClient(create_app(Settings(), served), base_url="http://127.0.0.1") as opened:
        yield opened
    served.dispose()


ACTORS = range(1 + 4 * 8 + 1)


@pytest.fixture(params=ACTORS)
def actor(request: pytest.FixtureRequest, world: World) -> Actor:
    """Be everybody in turn."""
    return world.actors[request.param]


def ask(server: TestClient, actor: Actor, asked: Asked) -> Any:
    headers = bearer(actor.key) if actor.key else {}
    body = {"json": {}} if asked.method in {"POST", "PATCH", "PUT"} else {}
    return server.request(asked.method, asked.path, headers=headers, follow_redirects=False, **body)


def content(answer: Any) -> str:
    """Return everything an answer says: its head, and its body unpacked."""
    body = answer.content
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            body = b"".join(packed.read(name) for name in packed.namelist())
    return f"{answer.headers} {body.decode('utf-8', 'replace')}"


def expected(actor: Actor, asked: Asked) -> set[int]:
    """Return the statuses that the matrix allows."""
    if asked.needs == OPEN:
        return {401, 404, 422} if "oidc" in asked.path else {200, 204, 422}
    if actor.key is None:
        return {401}
    if asked.needs != SIGNED_IN and asked.needs not in actor.allowed:
        return {403}
    if asked.thing is not None and "/history" not in asked.path:  # the history of what is hidden is empty
        return {200} if asked.thing[1] in actor.sees | actor.accounts else {404}
    return {200, 204} if asked.method == "GET" else {202, 204, 404, 422}


def filled(world: World, operation: str, needs: str) -> Iterator[Asked]:
    """Return the requests of an operation: for everything that it can ask for by number."""
    method, path = operation.split(" ")
    if operation in BY_NUMBER:
        kinds, template = BY_NUMBER[operation]
        for (kind, word), number in world.ids.items():
            if kind in kinds:
                yield Asked(method, API + template.format(number, kind=kind), needs, (kind, word))
    elif operation in OTHERWISE:
        yield from (Asked(method, *how) for how in OTHERWISE[operation])
    else:
        yield Asked(method, API + path.format(**UNKNOWN), needs)


def told(world: World, actor: Actor, answer: Any, asked: Asked) -> set[str]:
    """Return the hidden words that an answer holds, but for those of the question."""
    hidden = world.hidden_from(actor)
    if asked.path.startswith((f"{API}/audit", f"{API}/history")) and Capability.READ_TRAIL in actor.allowed:
        # the trail of a place names its things; of the system administrator's, all but what is secret
        hidden -= world.hidden_from(Actor("", None, None)) - world.hidden_from(_reader_of_trail(actor))
    if asked.path == f"{API}/accounts" and actor.role is Role.SYSTEM_ADMINISTRATOR:
        hidden -= world.hidden_from(Actor("", None, None)) - world.hidden_from(Actor("", None, None, {"EIGA", "NBRA"}))
    text = content(answer)
    return {word for word in hidden if word in text and word not in asked.path}


def _reader_of_trail(actor: Actor) -> Actor:
    everywhere = actor.role is Role.SYSTEM_ADMINISTRATOR
    return Actor("", None, None, OPEN_CITY | OPEN_NEIGHBOUR if everywhere else set())


def test_every_route_is_in_the_matrix(server: TestClient) -> None:
    paths = server.get("/openapi.json").json()["paths"]
    described = {f"{method.upper()} {path.removeprefix(API)}" for path, methods in paths.items() for method in methods}
    assert described == set(ROUTES)


def test_everybody_is_answered_as_the_matrix_says_and_told_of_nothing_hidden(
    server: TestClient, world: World, actor: Actor
) -> None:
    faults = []
    for operation, needs in ROUTES.items():
        for asked in filled(world, operation, needs):
            answer = ask(server, actor, asked)
            if answer.status_code not in expected(actor, asked):
                faults.append(f"{asked.method} {asked.path}: {answer.status_code}, not {expected(actor, asked)}")
            if words := told(world, actor, answer, asked):
                faults.append(f"{asked.method} {asked.path} names {sorted(words)}")
    assert not faults, f"{actor.name}:\n" + "\n".join(faults)


def test_files_are_for_those_who_may_export_and_name_nothing_hidden(
    server: TestClient, world: World, actor: Actor
) -> None:
    faults = []
    for path in FILES:
        asked = Asked("GET", API + path, Capability.EXPORT)
        answer = ask(server, actor, asked)
        status = expected(actor, asked)
        if answer.status_code not in status or told(world, actor, answer, asked):
            faults.append(f"{path}: {answer.status_code}, not {status}; {told(world, actor, answer, asked)}")
    assert not faults, f"{actor.name}:\n" + "\n".join(faults)


def test_floors_are_seen_with_their_buildings(server: TestClient, world: World, database: Engine, actor: Actor) -> None:
    with database.connect() as connection:
        floors = connection.exec_driver_sql(
            "SELECT floor.id, building.id FROM fangdi.floor JOIN fangdi.building ON building.id = building_id"
        ).all()
    words = {number: word for (kind, word), number in world.ids.items() if kind == "building"}
    for floor, building in floors:
        asked = Asked("GET", f"{API}/floors/{floor}", ASSETS, ("building", words[building]))
        answer = ask(server, actor, asked)
        assert answer.status_code in expected(actor, asked), (actor.name, words[building])
        assert not told(world, actor, answer, asked)


def test_sums_and_counts_are_of_what_is_seen(server: TestClient, actor: Actor) -> None:
    if ASSETS not in actor.allowed or actor.key is None:  # who reads no rooms is told no sums, not even of nothing
        headers = {} if actor.key is None else bearer(actor.key)
        for path in ("/reports/areas", "/reports/areas/agencies", "/rooms", "/reports/coverage", "/buildings/summary"):
            assert server.get(API + path, headers=headers).status_code in {401, 403}, path
        return
    seen = {word: area for word, area in AREAS_M2.items() if word in actor.sees}
    get = lambda path: server.get(API + path, headers=bearer(str(actor.key))).json()  # noqa: E731
    assert get("/reports/areas")["total"] == {
        "rooms": len(seen),
        "area_m2": sum(seen.values()),
        "rooms_without_area": 0,
    }
    by_agency = get("/reports/areas/agencies")
    assert by_agency["all_rooms"]["area_m2"] == sum(seen.values())
    assert sum(row["area_m2"] for row in by_agency["items"]) == sum(seen.values())
    for tree in ("agencies", "jurisdictions"):
        assert get(f"/reports/use?tree={tree}")["total"]["area_m2"] == sum(seen.values())
    assert {room["number"] for room in get("/rooms")["items"]} == set(seen)
    coverage = get("/reports/coverage")
    assert sum(row["area_m2"] for row in coverage["totals"].values()) == sum(seen.values())
    summary = get("/buildings/summary")["items"]
    assert {row["name"][1:] for row in summary} == {word for word in actor.sees if word.endswith("B")}

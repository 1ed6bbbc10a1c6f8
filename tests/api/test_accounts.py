"""Looking after accounts over HTTP: who may do what to whom, and what takes effect when."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from builders import a_jurisdiction, an_agency, period
from fangdi.domain.access import MATRIX, Capability, Role
from fangdi.store.access import key_hash
from people import an_account, has_role, has_token, key_of

CITY, DISTRICT, NEIGHBOUR = "330200", "330203", "330100"
ACCOUNTS = "/api/v1/accounts"
TODAY = date.today()  # noqa: DTZ011 - as the database reckons
ClientOf = Callable[..., Any]


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    """Draw a city with a district, and its neighbour."""
    a_jurisdiction(connection, CITY)
    a_jurisdiction(connection, DISTRICT, "海曙区", parent=CITY, level="county")
    a_jurisdiction(connection, NEIGHBOUR, "杭州市")


@pytest.fixture
def admin(client_of: ClientOf) -> Any:
    """Lend the client of the city's administrator."""
    return client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction=CITY, jurisdiction_code=CITY, login="admin")


@pytest.fixture
def somebody(connection: Connection) -> int:
    """Add an account of the district that was granted nothing."""
    return an_account(connection, "somebody", jurisdiction_code=DISTRICT)


def refused(answer: Any, status: int, word: str) -> None:
    """Expect a problem whose sentence has a word."""
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert word in answer.json()["detail"]


def a_grant(role: Role = Role.VIEWER, jurisdiction: str | None = DISTRICT, **more: Any) -> dict[str, Any]:
    return {"role": role, "jurisdiction_code": jurisdiction, **more}


def test_a_new_account_comes_with_a_password_that_is_kept_nowhere(admin: Any, connection: Connection) -> None:
    answer = admin.post(ACCOUNTS, json={"login": "zhang.san", "name": "张三", "jurisdiction_code": DISTRICT})
    assert answer.status_code == 201, answer.text
    made, password = answer.json()["account"], answer.json()["password"]
    assert (made["login"], made["jurisdiction"], made["password_expired"], made["grants"]) == (
        "zhang.san",
        {"code": DISTRICT, "name": "海曙区"},
        True,
        [],
    )
    kept = connection.execute(text("SELECT password_hash FROM fangdi.account WHERE login = 'zhang.san'")).scalar_one()
    assert kept.startswith("$argon2id$")
    assert password not in kept
    assert password not in admin.get(f"{ACCOUNTS}/{made['id']}").text
    assert kept not in admin.get(f"{ACCOUNTS}/{made['id']}").text


@pytest.mark.parametrize("login", ["Zhang", "Éva", "a\u2028b", "zhang san", "", "a" * 65, "张\u0000三", "zhang\n"])
def test_a_login_that_cannot_be_is_refused(admin: Any, login: str) -> None:
    answer = admin.post(ACCOUNTS, json={"login": login, "name": "张三", "jurisdiction_code": DISTRICT})
    assert (answer.status_code, answer.json()["place"]) == (422, {"field": "login"})


def test_a_login_is_given_once(admin: Any, somebody: int) -> None:
    answer = admin.post(ACCOUNTS, json={"login": "somebody", "name": "张三", "jurisdiction_code": DISTRICT})
    refused(answer, 422, "taken")
    assert somebody


@pytest.mark.parametrize("place", [NEIGHBOUR, None, "999999"])
def test_accounts_are_made_within_reach_alone(admin: Any, place: str | None) -> None:
    answer = admin.post(ACCOUNTS, json={"login": "zhang.san", "name": "张三", "jurisdiction_code": place})
    refused(answer, 403, "beyond what you administer")


def test_clearance_is_given_and_taken_by_the_cleared_alone(admin: Any, client_of: ClientOf, somebody: int) -> None:
    made = {"login": "zhang.san", "name": "张三", "jurisdiction_code": DISTRICT, "cleared": True}
    refused(admin.post(ACCOUNTS, json=made), 403, "clearance")
    refused(admin.patch(f"{ACCOUNTS}/{somebody}", json={"cleared": True}), 403, "clearance")
    cleared = client_of(Role.JURISDICTION_ADMINISTRATOR, cleared=True)
    assert cleared.post(ACCOUNTS, json=made).status_code == 201
    assert cleared.patch(f"{ACCOUNTS}/{somebody}", json={"cleared": True}).json()["cleared"] is True
    refused(admin.patch(f"{ACCOUNTS}/{somebody}", json={"cleared": False}), 403, "clearance")


def test_a_role_is_given_to_the_cleared_by_the_cleared_alone(
    admin: Any, client_of: ClientOf, somebody: int, connection: Connection
) -> None:
    connection.execute(text("UPDATE fangdi.account SET cleared = true WHERE id = :id"), {"id": somebody})
    refused(admin.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()), 403, "clearance")
    cleared = client_of(Role.JURISDICTION_ADMINISTRATOR, cleared=True)
    assert cleared.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()).status_code == 201


def test_the_password_of_somebody_cleared_is_out_of_reach_without_clearance(admin: Any, connection: Connection) -> None:
    cleared = an_account(connection, "cleared", jurisdiction_code=DISTRICT, cleared=True)
    refused(admin.post(f"{ACCOUNTS}/{cleared}/password"), 403, "clearance")


def test_lists_hold_whom_one_looks_after_once_in_pages(admin: Any, connection: Connection) -> None:
    for n in range(5):
        an_account(connection, f"of-district-{n}", jurisdiction_code=DISTRICT)
        an_account(connection, f"of-neighbour-{n}", jurisdiction_code=NEIGHBOUR)
    seen, cursor = [], None
    while True:
        page = admin.get(ACCOUNTS, params={"limit": 2, **({"cursor": cursor} if cursor else {})}).json()
        seen += [account["login"] for account in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == ["admin", *(f"of-district-{n}" for n in range(5))]
    found = admin.get(ACCOUNTS, params={"q": "DISTRICT-3"}).json()["items"]
    assert [account["login"] for account in found] == ["of-district-3"]
    assert admin.get(ACCOUNTS, params={"q": "%"}).json()["items"] == []


def test_a_neighbours_administrator_sees_and_changes_nothing(client_of: ClientOf, connection: Connection) -> None:
    theirs = an_account(connection, "theirs", jurisdiction_code=DISTRICT)
    grant, key = has_role(connection, theirs, Role.VIEWER), has_token(connection, theirs)
    token = connection.execute(
        text("SELECT id FROM fangdi.api_token WHERE key_hash = :key"), {"key": key_hash(key)}
    ).scalar_one()
    neighbour = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction=NEIGHBOUR)
    before = connection.execute(text("SELECT array_agg(account.* ORDER BY id)::text FROM fangdi.account")).scalar_one()
    here = f"{ACCOUNTS}/{theirs}"
    assert "theirs" not in neighbour.get(ACCOUNTS).text
    for answer in (
        neighbour.get(here),
        neighbour.get(f"{here}/tokens"),
        neighbour.patch(here, json={"name": "x", "disabled": True}),
        neighbour.post(f"{here}/password"),
        neighbour.delete(f"{here}/sessions"),
        neighbour.post(f"{here}/grants", json=a_grant(jurisdiction=NEIGHBOUR)),
        neighbour.delete(f"{here}/grants/{grant}"),
        neighbour.delete(f"{here}/tokens/{token}"),
    ):
        refused(answer, 404, "no such account")
    after = connection.execute(text("SELECT array_agg(account.* ORDER BY id)::text FROM fangdi.account")).scalar_one()
    assert before == after


@pytest.mark.parametrize("role", [role for role in Role if Capability.ADMINISTER_ACCOUNTS not in MATRIX[role]])
def test_other_roles_administer_nobody(client_of: ClientOf, connection: Connection, role: Role, somebody: int) -> None:
    client = client_of(role, agency=an_agency(connection))
    for answer in (
        client.get(ACCOUNTS),
        client.get(f"{ACCOUNTS}/{somebody}"),
        client.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()),
        client.post(f"{ACCOUNTS}/{somebody}/password"),
    ):
        refused(answer, 403, "administer_accounts")


def test_a_grant_holds_from_its_first_to_its_last_day(
    admin: Any, client_with: Any, connection: Connection, somebody: int
) -> None:
    grants, client = f"{ACCOUNTS}/{somebody}/grants", client_with(has_token(connection, somebody))
    later = {"since": str(TODAY + timedelta(1)), "until": str(TODAY + timedelta(9)), "reason": "甬机管〔2026〕1号"}
    answer = admin.post(grants, json=a_grant(**later))
    assert answer.status_code == 201, answer.text
    (held,) = answer.json()["grants"]
    assert (held["state"], held["since"], held["until"], held["reason"], held["granted_by"]) == (
        "future",
        later["since"],
        later["until"],
        later["reason"],
        "某人admin",
    )
    assert client.get("/api/v1/rooms").status_code == 403
    assert admin.post(grants, json=a_grant(Role.PLANNER, until=str(TODAY))).json()["grants"][1]["state"] == "current"
    assert client.get("/api/v1/rooms").status_code == 200


def test_ending_a_grant_takes_effect_at_the_next_request_and_leaves_the_history(
    admin: Any, client_with: Any, connection: Connection, somebody: int
) -> None:
    since = TODAY - timedelta(30)
    grant = has_role(connection, somebody, Role.VIEWER, jurisdiction=DISTRICT, valid=period(since))
    client = client_with(has_token(connection, somebody))
    assert client.get("/api/v1/rooms").status_code == 200
    assert admin.delete(f"{ACCOUNTS}/{somebody}/grants/{grant}").status_code == 204
    assert client.get("/api/v1/rooms").status_code == 403
    (held,) = admin.get(f"{ACCOUNTS}/{somebody}").json()["grants"]
    assert (held["state"], held["since"], held["until"]) == ("ended", str(since), str(TODAY - timedelta(1)))
    assert admin.delete(f"{ACCOUNTS}/{somebody}/grants/{grant}").status_code == 204
    assert admin.get(f"{ACCOUNTS}/{somebody}").json()["grants"] == [held]


def test_a_grant_taken_back_on_its_first_day_stays_listed(admin: Any, somebody: int) -> None:
    (held,) = admin.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()).json()["grants"]
    assert admin.delete(f"{ACCOUNTS}/{somebody}/grants/{held['id']}").status_code == 204
    (left,) = admin.get(f"{ACCOUNTS}/{somebody}").json()["grants"]
    assert (left["state"], left["since"], left["until"], left["role"]) == ("ended", None, None, "viewer")


@pytest.mark.parametrize(
    ("grant", "status", "word"),
    [
        (a_grant(jurisdiction=NEIGHBOUR), 403, "beyond"),
        (a_grant(jurisdiction="999999"), 403, "beyond"),
        (a_grant(Role.SYSTEM_ADMINISTRATOR, None), 403, "beyond"),
        (a_grant(Role.SYSTEM_ADMINISTRATOR), 422, "granted for"),
        (a_grant(jurisdiction=None), 422, "granted for"),
        (a_grant(Role.AGENCY_OFFICER), 422, "granted for"),
        (a_grant(Role.VIEWER, agency_id=1), 422, "granted for"),
        (a_grant(Role.AGENCY_OFFICER, None, agency_id=999999), 403, "beyond"),
        (a_grant(since=str(TODAY - timedelta(1))), 422, "begins today"),
        (a_grant(until=str(TODAY - timedelta(1))), 422, "begins today"),
        (a_grant(reason="x" * 501), 422, "reason"),
        ({"role": "emperor"}, 422, "role"),
    ],
)
def test_a_grant_that_cannot_be_is_refused(
    admin: Any, somebody: int, grant: dict[str, Any], status: int, word: str
) -> None:
    refused(admin.post(f"{ACCOUNTS}/{somebody}/grants", json=grant), status, word)
    assert admin.get(f"{ACCOUNTS}/{somebody}").json()["grants"] == []


def test_the_same_grant_is_not_given_twice(admin: Any, somebody: int) -> None:
    assert admin.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()).status_code == 201
    refused(admin.post(f"{ACCOUNTS}/{somebody}/grants", json=a_grant()), 422, "end that grant")


def test_officers_are_made_of_agencies_within_reach_alone(admin: Any, connection: Connection, somebody: int) -> None:
    near = an_agency(connection, "海曙区档案局", jurisdiction=DISTRICT)
    far = an_agency(connection, "杭州市档案局", jurisdiction=NEIGHBOUR)
    grants = f"{ACCOUNTS}/{somebody}/grants"
    refused(admin.post(grants, json=a_grant(Role.AGENCY_OFFICER, None, agency_id=far)), 403, "beyond")
    (held,) = admin.post(grants, json=a_grant(Role.AGENCY_OFFICER, None, agency_id=near)).json()["grants"]
    assert held["agency"] == {"id": near, "name": "海曙区档案局"}


def test_nobody_changes_their_own_roles_clearance_or_account(client_with: Any, connection: Connection) -> None:
    me = an_account(connection, "me", jurisdiction_code=CITY, cleared=True)
    grant = has_role(connection, me, Role.JURISDICTION_ADMINISTRATOR)
    client, here = client_with(has_token(connection, me)), f"{ACCOUNTS}/{me}"
    for answer in (
        client.post(f"{here}/grants", json=a_grant(Role.PLANNER)),
        client.delete(f"{here}/grants/{grant}"),
        client.patch(here, json={"cleared": False}),
        client.patch(here, json={"disabled": True}),
        client.post(f"{here}/password"),
    ):
        refused(answer, 403, "Nobody changes their own")


def test_only_system_administrators_make_system_administrators(
    admin: Any, client_of: ClientOf, connection: Connection
) -> None:
    chosen = an_account(connection, "chosen", jurisdiction_code=CITY)
    system = client_of(Role.SYSTEM_ADMINISTRATOR)
    wanted = a_grant(Role.SYSTEM_ADMINISTRATOR, None)
    refused(admin.post(f"{ACCOUNTS}/{chosen}/grants", json=wanted), 403, "beyond")
    (held,) = system.post(f"{ACCOUNTS}/{chosen}/grants", json=wanted).json()["grants"]
    refused(admin.delete(f"{ACCOUNTS}/{chosen}/grants/{held['id']}"), 403, "granted more")


def test_the_administrator_of_all_jurisdictions_is_no_system_administrator(
    client_with: Any, connection: Connection
) -> None:
    top, chosen = an_account(connection, "top"), an_account(connection, "chosen", jurisdiction_code=CITY)
    for place in connection.execute(text("SELECT code FROM fangdi.jurisdiction")).scalars().all():
        has_role(connection, top, Role.JURISDICTION_ADMINISTRATOR, jurisdiction=place)
    client, grants = client_with(has_token(connection, top)), f"{ACCOUNTS}/{chosen}/grants"
    refused(client.post(grants, json=a_grant(Role.SYSTEM_ADMINISTRATOR, None)), 403, "beyond")
    assert client.post(grants, json=a_grant(jurisdiction=NEIGHBOUR)).status_code == 201


@pytest.mark.parametrize("further", [Role.SYSTEM_ADMINISTRATOR, Role.VIEWER])
def test_an_account_that_reaches_further_is_not_taken_over(admin: Any, connection: Connection, further: Role) -> None:
    chief = an_account(connection, "chief", jurisdiction_code=DISTRICT)
    has_role(connection, chief, further, jurisdiction=NEIGHBOUR, valid=period(TODAY + timedelta(5)))
    for answer in (
        admin.post(f"{ACCOUNTS}/{chief}/password"),
        admin.patch(f"{ACCOUNTS}/{chief}", json={"disabled": True}),
        admin.delete(f"{ACCOUNTS}/{chief}/sessions"),
    ):
        refused(answer, 403, "granted more")


def test_a_disabled_account_gets_nothing_until_it_is_enabled(
    admin: Any, client_with: Any, connection: Connection, somebody: int
) -> None:
    has_role(connection, somebody, Role.VIEWER, jurisdiction=DISTRICT)
    client = client_with(has_token(connection, somebody))
    assert admin.patch(f"{ACCOUNTS}/{somebody}", json={"disabled": True}).json()["disabled"] is True
    assert client.get("/api/v1/rooms").status_code == 401
    assert admin.patch(f"{ACCOUNTS}/{somebody}", json={"name": "李四"}).json()["disabled"] is True
    assert admin.patch(f"{ACCOUNTS}/{somebody}", json={"disabled": False}).json()["name"] == "李四"
    assert client.get("/api/v1/rooms").status_code == 200


def test_a_token_revoked_by_an_administrator_opens_nothing(
    admin: Any, client_with: Any, connection: Connection, somebody: int
) -> None:
    has_role(connection, somebody, Role.VIEWER, jurisdiction=DISTRICT)
    key = has_token(connection, somebody)
    client, tokens = client_with(key), f"{ACCOUNTS}/{somebody}/tokens"
    (token,) = admin.get(tokens).json()["items"]
    assert key not in admin.get(tokens).text
    assert client.get("/api/v1/rooms").status_code == 200
    assert admin.delete(f"{tokens}/{token['id']}").status_code == 204
    assert client.get("/api/v1/rooms").status_code == 401
    assert admin.get(tokens).json()["items"] == []
    refused(admin.delete(f"{tokens}/999999"), 404, "no such token")


@pytest.mark.parametrize("way", ["password", "sessions", "disabled"])
def test_sessions_end_with_a_new_password_or_by_hand(
    admin: Any, connection: Connection, somebody: int, way: str
) -> None:
    connection.execute(
        text("INSERT INTO fangdi.web_session (key_hash, account_id, expires_at) VALUES ('k', :id, 'infinity')"),
        {"id": somebody},
    )
    here = f"{ACCOUNTS}/{somebody}"
    assert admin.get(here).json()["sessions"] == 1
    if way == "password":
        assert len(admin.post(f"{here}/password").json()["password"]) > 15
    elif way == "sessions":
        assert admin.delete(f"{here}/sessions").status_code == 204
    else:
        admin.patch(here, json={"disabled": True})
    assert admin.get(here).json()["sessions"] == 0
    assert admin.get(here).json()["password_expired"] is (way == "password")


def test_an_account_that_signs_in_elsewhere_gets_no_password(admin: Any, connection: Connection) -> None:
    elsewhere = an_account(connection, jurisdiction_code=DISTRICT, issuer="https://id.example", subject="1")
    refused(admin.post(f"{ACCOUNTS}/{elsewhere}/password"), 422, "elsewhere")


def test_the_roles_are_those_of_the_matrix(client_of: ClientOf) -> None:
    answer = client_of(Role.VIEWER).get("/api/v1/roles").json()
    listed = {row["role"]: {held["capability"] for held in row["capabilities"]} for row in answer}
    assert listed == {role: set(allowed) for role, allowed in MATRIX.items()}
    assert all(row["label"]["zh"] and row["label"]["en"] for row in answer)


def test_a_token_without_the_capability_administers_nobody(client_with: Any, connection: Connection) -> None:
    account = an_account(connection, "limited", jurisdiction_code=CITY)
    has_role(connection, account, Role.JURISDICTION_ADMINISTRATOR)
    client = client_with(has_token(connection, account, capabilities=["read_assets"]))
    assert client.get("/api/v1/rooms").status_code == 200
    refused(client.get(ACCOUNTS), 403, "administer_accounts")


def test_an_ended_administrator_administers_nobody(client_with: Any, connection: Connection, somebody: int) -> None:
    client = client_with(key_of(connection, Role.JURISDICTION_ADMINISTRATOR, valid=period(None, TODAY)))
    refused(client.get(f"{ACCOUNTS}/{somebody}"), 403, "administer_accounts")

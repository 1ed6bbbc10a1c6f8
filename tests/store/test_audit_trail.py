"""Whatever is changed leaves an entry, whoever changes it, and nobody takes an entry back unseen."""

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from builders import (
    a_building,
    a_parcel,
    a_room,
    a_site,
    a_zone,
    an_agency,
    has_status,
    has_tenure,
    has_title,
    insert,
    occupies,
    square,
)
from fangdi.domain.access import Role
from fangdi.domain.audit import ObjectKind, TrailFilter
from fangdi.domain.common import PageRequest
from fangdi.errors import InvalidInputError, SignInFailedError
from fangdi.service import audit as service
from fangdi.service import signing_in
from fangdi.store import audit as store
from fangdi.store.access import Credential, acting
from fangdi.store.cluster import SUPERUSER, Cluster
from fangdi.store.engine import create_engine
from fangdi.store.query import reading, writing
from fangdi.store.signing_in import Visitor

SECRET = "not-to-be-seen"


@pytest.fixture
def database(fresh_database: Callable[..., str]) -> Iterator[Engine]:
    """Lend a database to commit to."""
    engine = create_engine(fresh_database())
    yield engine
    engine.dispose()


@pytest.fixture
def superuser(cluster: Cluster, database: Engine) -> Iterator[psycopg.Connection[Any]]:
    """Lend a connection that may do anything, even with triggers off."""
    with psycopg.connect(cluster.url(role=SUPERUSER, database=str(database.url.database)), autocommit=True) as lent:
        lent.execute("SET session_replication_role = replica")
        yield lent


def entries(connection: Connection) -> list[Any]:
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    return list(connection.execute(text("SELECT * FROM fangdi.audit_entry ORDER BY id")))


def last(connection: Connection) -> Any:
    return entries(connection)[-1]


def one_of_everything(connection: Connection) -> dict[str, str]:
    """Add a row to every table that is watched; return a change to each."""
    agency = an_agency(connection, posts=3, present=2)
    parcel = a_parcel(connection)
    site = a_site(connection, parcels=(parcel,))
    building = a_building(connection, site=site, parcels=(parcel,))
    room = a_room(connection, building=building, plan=square(5))
    use = occupies(connection, agency, room)
    insert(connection, "occupant", jurisdiction_code="330200", occupancy_id=use, person_key="K1")
    has_status(connection, room, "repair")
    has_title(connection, "recorded", building=building)
    has_tenure(connection, building, "owned")
    a_zone(connection)
    paper = insert(connection, "document", jurisdiction_code="330200", kind="other", title="文件")
    insert(connection, "document_link", jurisdiction_code="330200", document_id=paper, agency_id=agency)
    account = insert(connection, "account", login="wang", name="王", password_hash=SECRET)
    insert(connection, "role_grant", account_id=account, role=Role.VIEWER, jurisdiction_code="330200")
    insert(
        connection, "api_token", account_id=account, name="QGIS", key_hash=SECRET.encode(), key_start=SECRET[:4],
        capabilities=["read_land"], expires_at="2100-01-01",
    )  # fmt: skip
    return {
        "jurisdiction": "source = 'x'", "agency": "name = 'x'", "agency_posts": "posts = 9",
        "agency_staff": "present = 9",
        "parcel": "address = 'x'", "site": "address = 'x'", "building": "address = 'x'", "floor": "name = 'x'",
        "room": "name = 'x'", "occupancy": "unit = 'x'", "occupant": "name = 'x'", "room_status": "reason = 'x'",
        "title": "holder = 'x'", "tenure": "counterparty = 'x'", "zone": "radius_m = 9", "document": "title = 'x'",
        "document_link": "agency_id = NULL, building_id = (SELECT id FROM fangdi.building)", "account": "name = 'x'",
        "role_grant": "reason = 'x'", "api_token": "revoked_at = now()",
    }  # fmt: skip


def test_every_insert_update_and_delete_of_every_table_leaves_an_entry(connection: Connection) -> None:
    changes = one_of_everything(connection)
    inserted = {entry.object_kind for entry in entries(connection) if entry.action == "insert"}
    for table, change in changes.items():
        connection.execute(text(f"UPDATE fangdi.{table} SET {change}"))  # noqa: S608
        assert (last(connection).action, last(connection).object_kind) == ("update", table)
    for table in ("document_link", "site_parcel", "building_parcel", *reversed(changes)):
        connection.execute(text(f"DELETE FROM fangdi.{table}"))  # noqa: S608
    deleted = {entry.object_kind for entry in entries(connection) if entry.action == "delete"}

    assert inserted == deleted == {*changes, "site_parcel", "building_parcel"}
    assert service.check(connection).intact


def test_an_update_keeps_what_changed_before_and_after_and_nothing_else(connection: Connection) -> None:
    building = a_building(connection, name="旧名")
    connection.execute(text("SELECT set_config('fangdi.address', '10.0.0.7', true)"))
    connection.execute(text("SELECT set_config('fangdi.reason', '甬机管〔2026〕1号', true)"))
    connection.execute(text("UPDATE fangdi.building SET name = '新名'"))

    entry = last(connection)

    assert (entry.before, entry.after) == ({"name": "旧名"}, {"name": "新名"})
    assert (entry.object_id, entry.object_name, entry.jurisdiction_code) == (building, "新名", "330200")
    assert (entry.address, entry.reason, entry.via) == ("10.0.0.7", "甬机管〔2026〕1号", "command")


def test_who_acts_is_the_account_of_the_scope(connection: Connection) -> None:
    account = insert(connection, "account", login="li", name="李")
    entries(connection)
    with acting(connection, Credential.account("li")):
        connection.execute(text("SELECT set_config('role', 'none', true)"))
        a_building(connection)
        assert (last(connection).actor, last(connection).account_id) == ("li", account)


def test_a_shape_is_kept_as_its_hash_and_area(connection: Connection) -> None:
    a_room(connection, plan=square(5))
    connection.execute(text("UPDATE fangdi.room SET plan_outline = ST_Scale(plan_outline, 2, 2)"))

    entry = last(connection)

    assert entry.before["plan_outline"]["area_m2"] == 25
    assert entry.after["plan_outline"]["area_m2"] == 100
    assert len(entry.after["plan_outline"]["sha256"]) == 64


def test_secrets_of_accounts_never_reach_the_trail(connection: Connection) -> None:
    one_of_everything(connection)
    connection.execute(text("UPDATE fangdi.account SET password_hash = 'another-' || password_hash"))

    assert last(connection).after == {"password": "set"}
    found = connection.execute(
        text("SELECT string_agg(fangdi.audit_text(e), '') FROM fangdi.audit_entry AS e")
    ).scalar_one()
    assert SECRET[:4] not in found
    assert SECRET.encode().hex() not in found


def test_what_triggers_keep_makes_no_entry(connection: Connection) -> None:
    building = a_building(connection)
    a_room(connection, building=building)
    before = len(entries(connection))
    connection.execute(text("UPDATE fangdi.building SET classified = true"))

    found = entries(connection)[before:]

    assert [entry.object_kind for entry in found] == ["building"], "the room became secret, which nobody did by hand"
    assert connection.execute(text("SELECT secret FROM fangdi.room")).scalar_one()


def test_a_room_in_a_secret_building_leaves_a_secret_entry(connection: Connection) -> None:
    a_room(connection, building=a_building(connection, classified=True))

    assert [entry.secret for entry in entries(connection) if entry.object_kind == "room"] == [True]


def test_signing_in_out_and_failing_to_leave_entries_without_unknown_names(database: Engine) -> None:
    with database.begin() as connection:
        insert(connection, "account", login="zhao", name="赵", password_hash=signing_in.hash_password("right"))
    for login, password in (("zhao", "wrong"), ("my-password-by-mistake", "x")):
        with pytest.raises(SignInFailedError):
            signing_in.sign_in(database, login, password, visitor=Visitor("10.0.0.8", "test"))
    entered = signing_in.sign_in(database, "zhao", "right", visitor=Visitor("10.0.0.8", "test"))
    signing_in.sign_out(database, entered.key)

    with database.connect() as connection:
        found = [entry for entry in entries(connection) if entry.action.startswith("sign")]

    assert [(entry.action, entry.object_name) for entry in found] == [
        ("sign_in_failed", "zhao"), ("sign_in_failed", None), ("sign_in", "zhao"), ("sign_out", "zhao"),
    ]  # fmt: skip
    assert found[0].address == "10.0.0.8"
    assert "mistake" not in str(found)


def test_what_is_rolled_back_leaves_nothing(database: Engine) -> None:
    with database.connect() as connection, connection.begin() as transaction:
        a_building(connection)
        assert entries(connection)
        transaction.rollback()
    with database.begin() as connection:
        a_building(connection)
    with database.connect() as connection:
        assert len(entries(connection)) == 2, "jurisdiction and building"
        assert service.check(connection).intact


@pytest.mark.parametrize(
    "tamper",
    [
        "UPDATE fangdi.audit_entry SET actor = 'somebody else' WHERE id = 3",
        "UPDATE fangdi.audit_entry SET secret = true WHERE id = 3",
        "UPDATE fangdi.audit_entry SET happened_at = happened_at - interval '1 us' WHERE id = 3",
        "UPDATE fangdi.audit_entry SET hash = sha256('x') WHERE id = 3",
        "DELETE FROM fangdi.audit_entry WHERE id = 2",
    ],
)
def test_one_altered_or_deleted_entry_is_found(
    database: Engine, superuser: psycopg.Connection[Any], tamper: str
) -> None:
    with database.begin() as connection:
        for _ in range(4):
            a_building(connection)
    superuser.execute(tamper)

    with database.connect() as connection:
        assert service.check(connection).first_broken == 3


def test_a_deleted_first_entry_is_found(database: Engine, superuser: psycopg.Connection[Any]) -> None:
    with database.begin() as connection:
        a_building(connection)
    superuser.execute("DELETE FROM fangdi.audit_entry WHERE id = 1")

    with database.connect() as connection:
        assert service.check(connection).first_broken == 2


def test_a_cut_off_end_is_found_against_an_export(database: Engine, superuser: psycopg.Connection[Any]) -> None:
    with database.begin() as connection:
        a_building(connection)
    with database.connect() as connection:
        exported = list(service.export_lines(connection))
        assert service.check_against(connection, exported).intact
    superuser.execute("DELETE FROM fangdi.audit_entry WHERE id = 2")

    with database.connect() as connection:
        assert service.check(connection).intact, "alone, the chain does not know its end"
        assert service.check_against(connection, exported).first_broken == 2


def test_an_export_proves_itself_and_shows_what_was_altered_in_it(database: Engine) -> None:
    with database.begin() as connection:
        a_building(connection)
    with database.connect() as connection:
        exported = list(service.export_lines(connection))
    first, text_of_first = exported[0].rstrip("\n").split(" ", 1)

    assert hashlib.sha256(text_of_first.encode()).hexdigest() == first
    assert service.read_head(exported).id == 2
    with pytest.raises(InvalidInputError, match="line 2"):
        service.read_head([exported[0], exported[1].replace("fangdi_owner", "nobody")])


def test_not_even_the_owner_changes_the_trail_by_accident(connection: Connection) -> None:
    for statement in ("UPDATE fangdi.audit_entry SET actor = 'x'", "DELETE FROM fangdi.audit_entry"):
        with pytest.raises(DBAPIError, match="only grows"), connection.begin_nested():
            connection.execute(text(statement))


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO fangdi.audit_entry (actor, via, action, object_kind, hash) VALUES ('x', 'x', 'x', 'x', 'x')",
        "UPDATE fangdi.audit_entry SET actor = 'x'",
        "DELETE FROM fangdi.audit_entry",
        "TRUNCATE fangdi.audit_entry",
        "SELECT fangdi.audit_write(fangdi.audit_begin())",
        "SELECT fangdi.note('update', 'room', 1, 'x', NULL, false, NULL, NULL)",
    ],
)
def test_the_application_role_cannot_write_the_trail(connection: Connection, statement: str) -> None:
    insert(connection, "account", login="sun", name="孙")
    refused = pytest.raises(DBAPIError, match=r"denied|only the database")
    with acting(connection, Credential.account("sun")), refused, connection.begin_nested():
        connection.execute(text(statement))


def test_concurrent_writers_keep_one_chain(database: Engine) -> None:
    with database.begin() as connection:
        a_building(connection)

    def write(n: int) -> None:
        with database.begin() as own:
            own.execute(
                text("INSERT INTO fangdi.site (jurisdiction_code, code, name) VALUES ('330200', :c, :c)"), {"c": n}
            )

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, map(str, range(60))))

    with database.connect() as connection:
        assert service.check(connection).entries == 62
        assert service.check(connection).intact


def test_readers_see_entries_of_their_jurisdictions_and_classified_ones_only_with_clearance(
    connection: Connection,
) -> None:
    insert(connection, "jurisdiction", code="330100", name="杭州市", level="city")
    a_building(connection, name="甬")
    a_building(connection, name="密", classified=True)
    a_building(connection, name="杭", jurisdiction="330100")
    for login, cleared in (("plain", False), ("cleared", True)):
        who = insert(connection, "account", login=login, name=login, cleared=cleared)
        insert(
            connection, "role_grant", account_id=who, role=Role.JURISDICTION_ADMINISTRATOR, jurisdiction_code="330200"
        )
    everybody = insert(connection, "account", login="root", name="root")
    insert(connection, "role_grant", account_id=everybody, role=Role.SYSTEM_ADMINISTRATOR)
    entries(connection)

    seen = {login: _buildings_seen(connection, login) for login in ("plain", "cleared", "root")}

    assert seen == {"plain": {"甬"}, "cleared": {"甬", "密"}, "root": {"甬", "杭"}}


def test_what_becomes_classified_later_takes_its_earlier_entries_along(connection: Connection) -> None:
    a_building(connection, name="甬")
    who = insert(connection, "account", login="plain", name="plain")
    insert(connection, "role_grant", account_id=who, role=Role.JURISDICTION_ADMINISTRATOR, jurisdiction_code="330200")
    entries(connection)
    assert _buildings_seen(connection, "plain") == {"甬"}
    connection.execute(text("UPDATE fangdi.building SET classified = true"))
    entries(connection)

    assert _buildings_seen(connection, "plain") == set()


def test_the_history_of_an_object_is_for_those_who_see_it(connection: Connection) -> None:
    open_, hidden = a_building(connection, name="甬"), a_building(connection, name="密", classified=True)
    who = insert(connection, "account", login="viewer", name="v")
    insert(connection, "role_grant", account_id=who, role=Role.VIEWER, jurisdiction_code="330200")
    entries(connection)

    with acting(connection, Credential.account("viewer")):
        found = [
            len(service.history(connection, ObjectKind.BUILDING, n, PageRequest(10)).items) for n in (open_, hidden)
        ]
        searched = store.search(connection, TrailFilter(), PageRequest(10))

    assert found == [1, 0]
    assert searched == [], "without read_trail there is nothing to search"


def test_pages_follow_each_other_without_gap_or_repetition(connection: Connection) -> None:
    for _ in range(5):
        a_building(connection)
    entries(connection)
    wanted, page, ids = TrailFilter(object_kind="building"), PageRequest(2), []
    while True:
        found = service.search(connection, wanted, page)
        ids += [entry["id"] for entry in found.items]
        if found.after is None:
            break
        page = PageRequest(2, found.after)

    assert ids == sorted(ids, reverse=True)
    assert len(set(ids)) == 5


def test_an_export_and_a_read_of_a_classified_asset_are_noted(database: Engine) -> None:
    with database.begin() as connection:
        building = a_building(connection, name="密", classified=True)
        insert(connection, "account", login="qian", name="钱", cleared=True)
        insert(connection, "role_grant", account_id=1, role=Role.VIEWER, jurisdiction_code="330200")
    for note in (
        lambda own: service.note_export(own, name="areas.csv", details={"rows": 3}),
        lambda own: service.note_reads(
            own, service.classified_among(own, [("building", building), ("building", building + 1)]), where="/rooms"
        ),
    ):
        with writing(database, Credential.account("qian"), address="10.0.0.9") as own:
            note(own)

    with database.connect() as connection:
        export, read = entries(connection)[-2:]
    assert (export.action, export.object_name, export.actor, export.after) == (
        "export",
        "areas.csv",
        "qian",
        {"rows": 3},
    )
    assert (read.action, read.object_name, read.secret, read.address) == ("read", "密", True, "10.0.0.9")
    with reading(database, Credential.account("qian")) as asking:
        assert store.search(asking, TrailFilter(), PageRequest(9)) == [], "a viewer does not read the trail"


def _buildings_seen(connection: Connection, login: str) -> set[str]:
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)):
        found = store.search(connection, TrailFilter(object_kind="building"), PageRequest(100))
        savepoint.rollback()
    return {entry["object_name"] for entry in found}

"""What roles and grants give, and what the application role may do to accounts, in the database itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from builders import a_jurisdiction, an_agency, period
from fangdi.domain.access import MATRIX, Capability, Reach, Role
from fangdi.domain.access_labels import CAPABILITIES, ROLES
from fangdi.domain.administration import SENTENCES, Refusal
from fangdi.store.access import Credential, Scope, acting
from fangdi.store.engine import functions
from people import an_account, has_role, has_token

CITY, DISTRICT, NEIGHBOUR = "330200", "330203", "330100"
TODAY = date.today()  # noqa: DTZ011 - as the database reckons
SECRETS = ("account.password_hash", "account.subject", "api_token.key_hash", "web_session.key_hash", "access_key.key")
ACCOUNT_TABLES = ("account", "role_grant", "api_token", "web_session", "role_capability", "access_key")


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    """Draw a city with a district, and its neighbour."""
    a_jurisdiction(connection, CITY)
    a_jurisdiction(connection, DISTRICT, "海曙区", parent=CITY, level="county")
    a_jurisdiction(connection, NEIGHBOUR, "杭州市")


def scope(connection: Connection, login: str) -> Scope:
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)) as found:
        savepoint.rollback()
    return found


def state_of_refusal(connection: Connection, login: str, statement: str, **parameters: Any) -> str:
    """Return the SQLSTATE with which a statement is refused to an account."""
    with (  # noqa: PT012 - one statement either way
        pytest.raises(DBAPIError) as caught,
        connection.begin_nested(),
        acting(connection, Credential.account(login)),
    ):
        if parameters:
            connection.execute(text(statement), parameters)
        else:
            connection.exec_driver_sql(statement)  # several at once, as a statement smuggled in would be
    return str(getattr(caught.value.orig, "sqlstate", None))


@pytest.mark.parametrize("capability", Capability)
@pytest.mark.parametrize("role", Role)
def test_a_role_gives_what_the_matrix_says_where_it_was_granted(
    connection: Connection, role: Role, capability: Capability
) -> None:
    agency = an_agency(connection, jurisdiction=DISTRICT)
    has_role(connection, an_account(connection, "holder"), role, jurisdiction=CITY, agency=agency)

    found = scope(connection, "holder")

    held = capability in MATRIX[role]
    assert found.allows(capability) is held
    reached = {place: found.allows_in(capability, place) for place in (CITY, DISTRICT, NEIGHBOUR, None)}
    if role is Role.SYSTEM_ADMINISTRATOR:
        assert reached == dict.fromkeys(reached, held)
    elif role is Role.AGENCY_OFFICER:
        assert not any(reached.values())
    else:
        assert reached == {CITY: held, DISTRICT: held, NEIGHBOUR: False, None: False}


@pytest.mark.parametrize("valid", [period(None, TODAY), period(TODAY + timedelta(1)), period(TODAY, TODAY)])
@pytest.mark.parametrize("role", Role)
def test_a_grant_of_other_days_gives_nothing(connection: Connection, role: Role, valid: Any) -> None:
    has_role(connection, an_account(connection, "holder"), role, agency=an_agency(connection), valid=valid)

    found = scope(connection, "holder")

    assert found
    assert not [capability for capability in Capability if found.allows(capability)]


def test_a_grant_holds_on_its_first_and_on_its_last_day(connection: Connection) -> None:
    for login, valid in (("first", period(TODAY)), ("last", period(None, TODAY + timedelta(1)))):
        has_role(connection, an_account(connection, login), Role.VIEWER, valid=valid)
        assert scope(connection, login).allows(Capability.READ_ASSETS)


@pytest.mark.parametrize("column", SECRETS)
def test_nobody_reads_what_passwords_and_keys_are_kept_as(connection: Connection, column: str) -> None:
    has_role(connection, an_account(connection, "root"), Role.SYSTEM_ADMINISTRATOR)
    table, _, name = column.partition(".")
    assert state_of_refusal(connection, "root", f"SELECT {name} FROM fangdi.{table}") == "42501"  # noqa: S608


@pytest.mark.parametrize("verb", ["INSERT INTO {} DEFAULT VALUES", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize("table", ACCOUNT_TABLES)
def test_the_application_role_writes_no_table_of_accounts(connection: Connection, table: str, verb: str) -> None:
    has_role(connection, an_account(connection, "root"), Role.SYSTEM_ADMINISTRATOR)
    assert state_of_refusal(connection, "root", verb.format(f"fangdi.{table}")) == "42501"


@pytest.mark.parametrize("change", ["account SET cleared = true", "role_grant SET valid = '(,)'"])
def test_nor_does_it_change_a_row_of_them(connection: Connection, change: str) -> None:
    has_role(connection, an_account(connection, "root"), Role.SYSTEM_ADMINISTRATOR)
    assert state_of_refusal(connection, "root", f"UPDATE fangdi.{change}") == "42501"


def test_everybody_sees_their_own_account_and_administrators_those_they_look_after(connection: Connection) -> None:
    for login, place in (("viewer", CITY), ("of-district", DISTRICT), ("of-neighbour", NEIGHBOUR), ("of-none", None)):
        has_token(connection, an_account(connection, login, jurisdiction_code=place))
    for login, role in (("viewer", Role.VIEWER), ("city", Role.JURISDICTION_ADMINISTRATOR)):
        account = connection.execute(text("SELECT id FROM fangdi.account WHERE login = :x"), {"x": login}).scalar()
        has_role(connection, account or an_account(connection, login), role)
    has_role(connection, an_account(connection, "root"), Role.SYSTEM_ADMINISTRATOR)

    assert _seen(connection, "viewer") == ({"viewer"}, 1, 1)
    assert _seen(connection, "city") == ({"city", "viewer", "of-district"}, 2, 2)
    logins, tokens, grants = _seen(connection, "root")
    assert logins >= {"root", "city", "viewer", "of-district", "of-neighbour", "of-none"}
    assert (tokens, grants) == (4, 3)
    assert _seen(connection, "nobody at all") == (set(), 0, 0)


def _seen(connection: Connection, login: str) -> tuple[set[str], int, int]:
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)):
        logins = set(connection.execute(text("SELECT login FROM fangdi.account")).scalars())
        counts = connection.execute(
            text("SELECT (SELECT count(id) FROM fangdi.api_token), (SELECT count(*) FROM fangdi.role_grant)")
        ).one()
        savepoint.rollback()
    return logins, counts[0], counts[1]


CALLS = (
    "add_account('new', 'new', '330200', false, 'hash')",
    "change_account(:theirs, 'new', true, true)",
    "reset_password(:theirs, 'hash')",
    "end_sessions(:theirs)",
    "end_token(:theirs, 1)",
    "add_grant(:theirs, 'viewer', '330200', NULL, current_date, NULL, NULL)",
    "end_grant(:theirs, 1)",
)


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR] + [None])
def test_the_functions_refuse_those_who_do_not_look_after_the_account(
    connection: Connection, role: Role | None, call: str
) -> None:
    """The check is the database's own: nothing in Python stands before it here."""
    theirs = an_account(connection, "theirs", jurisdiction_code=CITY, cleared=True)
    actor = an_account(connection, "actor", jurisdiction_code=CITY)
    if role is not None:
        has_role(connection, actor, role, jurisdiction=NEIGHBOUR, agency=an_agency(connection))
    state = state_of_refusal(connection, "actor", f"SELECT fangdi.{call}", theirs=theirs)
    assert state == ("FD403" if call.startswith("add_account") else "FD404")


def test_a_scope_of_ones_own_making_administers_nobody(connection: Connection) -> None:
    theirs = an_account(connection, "theirs", jurisdiction_code=CITY)
    has_role(connection, an_account(connection, "actor"), Role.VIEWER)
    forged = (
        "SELECT set_config('fangdi.scope', replace(current_setting('fangdi.scope'), 'read_assets',"
        " 'administer_accounts'), true); SELECT fangdi.end_sessions({})"
    )
    assert state_of_refusal(connection, "actor", forged.format(theirs)) == "FD404"


def test_every_refusal_of_the_database_has_a_sentence_in_both_languages() -> None:
    raised = {word for script in functions() for word in Refusal if f"'{word}'" in script and "FD4" in script}
    assert raised == set(Refusal) - {Refusal.PLACE_OF_ROLE}
    for sentence in SENTENCES.values():
        assert sentence[0] > "\u3000"
        assert sentence.endswith(".")
    assert set(SENTENCES) == set(Refusal)


def test_every_role_and_capability_is_labelled_and_every_capability_is_somebodys() -> None:
    assert set(ROLES) == set(MATRIX) == set(Role)
    assert set(CAPABILITIES) == set(Capability) == set().union(*MATRIX.values())
    assert {Reach.AGENCY, Reach.SYSTEM, Reach.JURISDICTION} == set(Reach)

"""Demonstration accounts: one per role, known on this machine alone."""

from pathlib import Path

import pytest
from sqlalchemy import Connection

from builders import a_jurisdiction, insert
from fangdi.domain.access import Role
from fangdi.errors import SettingsError
from fangdi.service import accounts, demo
from fangdi.service.signing_in import matches
from fangdi.settings import Settings
from fangdi.store import accounts as store
from people import an_account


@pytest.fixture
def here(tmp_path: Path, connection: Connection) -> Settings:
    """Return settings with a data folder of their own, over a city with an agency."""
    city = a_jurisdiction(connection)
    insert(connection, "agency", jurisdiction_code=city, code="A1", name="某局", level="city", kind="government")
    return Settings(data_dir=tmp_path)


def test_there_is_one_account_per_role_and_one_with_clearance(connection: Connection, here: Settings) -> None:
    demo.prepare(connection, here)

    made = {row["login"]: row for row in store.all_accounts(connection) if row["demo"]}
    assert sorted(row["roles"][0].split()[0] for row in made.values()) == sorted([*Role, "allocator"])
    assert [login for login, row in made.items() if row["cleared"]] == ["demo-cleared"]


def test_the_passwords_shown_open_the_accounts(connection: Connection, here: Settings) -> None:
    demo.prepare(connection, here)

    shown = demo.accounts(here)

    assert shown is not None
    for account in shown[:2]:
        found = store.find(connection, account["login"])
        assert found is not None
        assert matches(account["password"], found["password_hash"])


def test_the_file_is_readable_by_its_owner_alone(connection: Connection, here: Settings) -> None:
    demo.prepare(connection, here)

    assert demo.kept_in(here).stat().st_mode & 0o777 == 0o600


def test_a_second_start_changes_nothing(connection: Connection, here: Settings) -> None:
    first = demo.prepare(connection, here)

    assert demo.prepare(connection, here) == first


def test_a_password_that_is_no_longer_known_is_made_anew(connection: Connection, here: Settings) -> None:
    first = demo.prepare(connection, here)
    connection.exec_driver_sql("UPDATE fangdi.account SET password_hash = 'x' WHERE login = 'demo-viewer'")

    second = demo.prepare(connection, here)

    assert [a == b for a, b in zip(first, second, strict=True)] == [False] + [True] * (len(first) - 1)


@pytest.mark.parametrize(
    "more",
    [{"demo": False}, {"host": "0.0.0.0"}, {"public_url": "https://fangdi.example"}],  # noqa: S104
)
def test_passwords_are_shown_on_this_machine_and_in_the_demonstration_only(
    connection: Connection, here: Settings, more: dict[str, object]
) -> None:
    demo.prepare(connection, here)

    assert demo.accounts(here.model_copy(update=more)) is None


def test_somebodys_account_is_never_made_one_for_demonstration(connection: Connection, here: Settings) -> None:
    an_account(connection, "demo-viewer")

    with pytest.raises(SettingsError, match="FANGDI_DEMO"):
        demo.prepare(connection, here)


@pytest.mark.usefixtures("here")
def test_the_first_administrator_is_made_once(connection: Connection) -> None:
    assert accounts.first_administrator(connection)
    assert accounts.first_administrator(connection) is None

    found = next(row for row in store.all_accounts(connection) if row["login"] == "admin")
    assert {role.split()[0] for role in found["roles"]} == {"system_administrator", "jurisdiction_administrator"}

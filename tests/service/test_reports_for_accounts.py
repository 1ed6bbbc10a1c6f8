"""`fangdi report` shows what the account that it is for may see; without one, all that is not secret."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from builders import a_building, a_jurisdiction, a_room, an_agency, insert, occupies
from fangdi.commands import report
from fangdi.store.engine import create_engine


@pytest.fixture
def shown(fresh_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that runs the report of areas over three agencies, one of them in a secret building."""
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        for code, name, more in (
            ("330203", "甲局", {}),
            ("330205", "乙局", {}),
            ("330205", "密局", {"classified": True}),
        ):
            a_jurisdiction(connection, code, name=code)
            building = a_building(connection, jurisdiction=code, classified=classified)
            room = a_room(connection, building=building, area=10)
            occupies(connection, an_agency(connection, name, jurisdiction=code), room)
        for login, cleared in (("north", False), ("cleared", True)):
            account = insert(connection, "account", login=login, name=login, cleared=cleared)
            insert(connection, "role_grant", account_id=account, role="viewer", jurisdiction_code="330205")
    engine.dispose()
    monkeypatch.setattr(report, "started_database", lambda _settings: url)

    def run(*arguments: str) -> str:
        return (
            CliRunner()
            .invoke(report.app, [*arguments, "areas", "--as-of", "2026-01-01"], catch_exceptions=False)
            .stdout
        )

    return run


def names(text: str) -> set[str]:
    return {name for name in ("甲局", "乙局", "密局") if name in text}


def test_without_an_account_everything_but_the_secret_is_shown(shown: Callable[..., str]) -> None:
    assert names(shown()) == {"甲局", "乙局"}


def test_an_account_sees_its_own_district(shown: Callable[..., str]) -> None:
    assert names(shown("--as", "north")) == {"乙局"}


def test_a_cleared_account_sees_what_is_secret_there(shown: Callable[..., str]) -> None:
    assert names(shown("--as", "cleared")) == {"乙局", "密局"}

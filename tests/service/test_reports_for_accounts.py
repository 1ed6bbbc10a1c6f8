"""`fangdi report` shows what the account that it is for may see; without one, all that is not secret."""

from collections.abc import Callable

import pytest
from typer.testing import CliRunner

from builders import a_building, a_room, an_agency, insert, occupies
from fangdi.commands import report, report_answer
from fangdi.store.engine import create_engine

AGENCIES = {"甲局": ("330203", False), "乙局": ("330205", False), "密局": ("330205", True)}
"""Where each agency has its building, and whether that is classified."""


@pytest.fixture
def shown(fresh_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., set[str]]:
    """Return a function that runs the report of areas and says which agencies it names."""
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        for name, (code, classified) in AGENCIES.items():
            building = a_building(connection, jurisdiction=code, classified=classified)
            occupies(connection, an_agency(connection, name, jurisdiction=code), a_room(connection, building=building))
        for login, cleared in (("north", False), ("cleared", True)):
            account = insert(connection, "account", login=login, name=login, cleared=cleared)
            insert(connection, "role_grant", account_id=account, role="viewer", jurisdiction_code="330205")
    engine.dispose()
    monkeypatch.setattr(report_answer, "started_database", lambda _settings: url)

    def run(*arguments: str) -> set[str]:
        asked = [*arguments, "areas", "--as-of", "2026-01-01"]
        text = CliRunner().invoke(report.app, asked, catch_exceptions=False).stdout
        return {name for name in AGENCIES if name in text}

    return run


def test_without_an_account_everything_but_the_secret_is_shown(shown: Callable[..., set[str]]) -> None:
    assert shown() == {"甲局", "乙局"}


def test_an_account_sees_its_own_district(shown: Callable[..., set[str]]) -> None:
    assert shown("--as", "north") == {"乙局"}


def test_a_cleared_account_sees_what_is_secret_there(shown: Callable[..., set[str]]) -> None:
    assert shown("--as", "cleared") == {"乙局", "密局"}

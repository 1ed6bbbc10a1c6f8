"""`fangdi audit` says what it found, also when that is nothing."""

import time
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from fangdi.commands import audit
from fangdi.errors import InvalidInputError


@pytest.fixture(autouse=True)
def _database(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "started_database", lambda _: database_url)


@pytest.fixture
def east_of_greenwich(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let this machine stand in China."""
    with monkeypatch.context() as there:
        there.setenv("TZ", "Asia/Shanghai")
        time.tzset()
        yield
    time.tzset()


def test_a_search_that_finds_nothing_says_so() -> None:
    answer = CliRunner().invoke(audit.app, ["search", "--actor", "nobody"], catch_exceptions=False)

    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "没有符合条件的记录" in answer.stderr


@pytest.mark.usefixtures("east_of_greenwich")
def test_a_day_beyond_the_calendar_is_refused_in_words() -> None:
    with pytest.raises(InvalidInputError, match="--since"):
        CliRunner().invoke(audit.app, ["search", "--since", "0001-01-01"], catch_exceptions=False)

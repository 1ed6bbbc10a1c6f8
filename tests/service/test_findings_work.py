"""Findings computed by a command, and by a worker when data have changed."""

from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text
from typer.testing import CliRunner

from builders import a_building, a_room, an_agency, has_title, occupies
from fangdi.cli import app
from fangdi.commands import work_process
from fangdi.store.engine import create_engine

AN_HOUR_AGO = """
    UPDATE fangdi.finding_run SET began_at = began_at - interval '1 h', ended_at = ended_at - interval '1 h'
"""


@pytest.fixture
def database(fresh_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the address of a database with an unregistered building, as the settings name it."""
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        has_title(connection, "unregistered", building=a_building(connection))
        an_agency(connection)
    engine.dispose()
    monkeypatch.setenv("FANGDI_DATABASE_URL", url)
    return url


def engine_of(url: str) -> Engine:
    return create_engine(url)


def ask_when_stale(connection: Connection) -> bool:
    return bool(connection.execute(text("SELECT fangdi.ask_for_findings_when_stale()")).scalar_one())


def waiting(connection: Connection) -> int:
    count = "SELECT count(*) FROM fangdi_jobs.procrastinate_jobs WHERE task_name = 'findings' AND status = 'todo'"
    return int(connection.execute(text(count)).scalar_one())


def test_a_command_computes_findings_and_says_what_happened(database: str) -> None:
    runner = CliRunner()

    first = runner.invoke(app, ["findings", "compute"])
    again = runner.invoke(app, ["findings", "compute"])

    assert first.exit_code == 0, first.output
    assert "1 finding(s) hold" in first.output
    assert "发现 Found: 1" in first.output
    assert "Found" not in again.output
    past = runner.invoke(app, ["findings", "compute", "--as-of", "2020-01-01"])
    assert past.exit_code != 0
    assert database


def test_a_change_is_asked_for_once_and_done_by_a_worker(database: str) -> None:
    engine = engine_of(database)
    with engine.begin() as connection:
        assert ask_when_stale(connection)
    with engine.begin() as connection:
        assert not ask_when_stale(connection)  # it waits already
        assert waiting(connection) == 1
        connection.execute(text("SELECT fangdi.dequeue('findings', 0)"))

    work_process._findings(engine, 0)

    with engine.begin() as connection:
        assert connection.execute(text("SELECT rule FROM fangdi.finding")).scalar_one() == "not_registered"
        assert not ask_when_stale(connection)
        occupies(connection, an_agency(connection), a_room(connection))
    with engine.begin() as connection:
        assert not ask_when_stale(connection)  # it was computed a moment ago
        connection.execute(text(AN_HOUR_AGO))
        assert ask_when_stale(connection)
    engine.dispose()


def test_nothing_is_asked_for_while_there_is_nothing_to_judge(fresh_database: Callable[..., str]) -> None:
    engine = engine_of(fresh_database())

    with engine.begin() as connection:
        assert not ask_when_stale(connection)
    engine.dispose()

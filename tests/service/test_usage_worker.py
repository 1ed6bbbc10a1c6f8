"""A worker adds up the use of rooms after a large change, and the queue holds that once."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, text

import builders
from fangdi.store import usage
from fangdi.store.engine import create_engine

PATIENCE_S = 120
_IN_QUEUE = "SELECT count(*) FROM fangdi_jobs.procrastinate_jobs WHERE task_name = 'add_up_use' AND status = 'todo'"


@pytest.fixture
def database(fresh_database: Callable[..., str]) -> Iterator[Engine]:
    """Lend a database of the test's own with the owner's rights, a room in it, and its sums outdated."""
    opened = create_engine(fresh_database())
    with opened.begin() as connection:
        builders.a_room(connection, area=20)
        connection.execute(text("SELECT fangdi.outdate_usage() FROM generate_series(1, 3)"))
    yield opened
    opened.dispose()


def outdated(database: Engine) -> bool:
    with database.connect() as connection:
        return usage.is_outdated(connection)


def test_a_worker_adds_up_what_a_large_change_left(database: Engine) -> None:
    with database.connect() as connection:
        assert connection.execute(text(_IN_QUEUE)).scalar_one() == 1
    worker = subprocess.Popen(
        [sys.executable, "-m", "fangdi", "worker", "--workers", "1"],
        env=os.environ | {"FANGDI_DATABASE_URL": database.url.render_as_string(hide_password=False)},
        start_new_session=True,
    )
    try:
        until = time.monotonic() + PATIENCE_S
        while outdated(database) and time.monotonic() < until:
            time.sleep(0.2)
        assert not outdated(database)
    finally:
        worker.terminate()
        worker.wait(30)
    with database.connect() as connection:
        assert connection.execute(text("SELECT sum(measured_mm2) FROM fangdi.room_spell")).scalar_one() == 20_000_000


def test_the_sums_are_added_up_by_hand(database: Engine) -> None:
    subprocess.run(
        [sys.executable, "-m", "fangdi", "db", "add-up"],
        env=os.environ | {"FANGDI_DATABASE_URL": database.url.render_as_string(hide_password=False)},
        check=True,
    )
    assert not outdated(database)

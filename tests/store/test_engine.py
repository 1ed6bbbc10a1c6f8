"""Connections take any PostgreSQL address and name what goes wrong."""

import time

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DataError, ProgrammingError

from fangdi.errors import DatabaseUnavailableError
from fangdi.store.cluster import SUPERUSER, Cluster
from fangdi.store.engine import create_engine, libpq_url, sqlalchemy_url


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_way_to_write_the_address_leads_to_psycopg(scheme: str) -> None:
    address = f"{scheme}://me:p%40ss@server:5433/mine?sslmode=require"

    url = sqlalchemy_url(address)

    assert (url.drivername, url.password, url.port, url.database) == ("postgresql+psycopg", "p@ss", 5433, "mine")
    assert libpq_url(address) == "postgresql://me:p%40ss@server:5433/mine?sslmode=require"


def test_a_server_that_is_not_there_is_one_clear_error() -> None:
    engine = create_engine("postgresql://me@/mine?host=/nowhere")

    with pytest.raises(DatabaseUnavailableError, match=r"^The database did not answer: [^\n]+$"):
        engine.connect()


def test_a_connection_that_is_cut_off_is_one_clear_error(cluster: Cluster, database_url: str) -> None:
    engine, other = create_engine(database_url), create_engine(cluster.url(role=SUPERUSER, database="postgres"))
    with engine.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with other.connect() as administrator:
            administrator.execute(text("SELECT pg_terminate_backend(:pid, 5000)"), {"pid": pid})

        with pytest.raises(DatabaseUnavailableError):
            connection.execute(text("SELECT 1"))
    with engine.connect() as again:
        assert again.execute(text("SELECT 1")).scalar_one() == 1
    engine.dispose()
    other.dispose()


def test_a_faulty_statement_stays_what_it_is(connection: Connection) -> None:
    with pytest.raises(ProgrammingError):
        connection.execute(text("SELECT nothing FROM nowhere"))


def test_our_sessions_carry_our_name(connection: Connection) -> None:
    assert connection.execute(text("SHOW application_name")).scalar_one() == "fangdi"


def test_an_error_does_not_name_what_was_asked_with(database_url: str) -> None:
    engine = create_engine(database_url)

    with engine.connect() as connection, pytest.raises(DataError) as caught:
        connection.execute(text("SELECT CAST(:key AS text)"), {"key": "hash of a key\0"})

    assert "hash of a key" not in str(caught.value)
    engine.dispose()


def test_today_is_the_same_day_in_the_database_as_here(database_url: str) -> None:
    engine = create_engine(database_url)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Shanghai")  # UTC+8 all year
        time.tzset()
        with engine.connect() as connection:
            seconds = connection.execute(text("SELECT extract(timezone FROM now())")).scalar_one()
    time.tzset()

    assert seconds == 8 * 3600
    engine.dispose()

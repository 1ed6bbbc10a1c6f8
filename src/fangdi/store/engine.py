"""Connections to PostgreSQL, and the SQL files that are run over them."""

from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

import psycopg
import sqlalchemy
from sqlalchemy import URL, Engine, ExceptionContext, event, make_url

from fangdi.errors import DatabaseUnavailableError

_DIALECT = "postgresql+psycopg"


def sqlalchemy_url(url: str) -> URL:
    """Return a PostgreSQL address (`postgres://`, `postgresql://` or with a driver) for SQLAlchemy over psycopg 3."""
    scheme, _, rest = url.partition("://")
    return make_url(f"{_DIALECT}://{rest}") if scheme != _DIALECT else make_url(url)


def libpq_url(url: str) -> str:
    """Return the same address as psycopg itself and the PostgreSQL programs take it."""
    return "postgresql://" + url.partition("://")[2]


def create_engine(url: str, *, pool_size: int = 5) -> Engine:
    """Open a pool of connections; none is made before the first question.

    A server that does not answer, or goes away, is a `DatabaseUnavailableError`.
    """
    opened = sqlalchemy.create_engine(
        sqlalchemy_url(url),
        pool_size=pool_size,
        hide_parameters=True,  # errors are logged, and what is asked with may be secret
        pool_pre_ping=True,  # the embedded server may have been stopped and started in between
        connect_args={"application_name": "fangdi", "connect_timeout": 10},
    )
    event.listen(opened, "connect", _tell_time_zone)
    event.listen(opened, "handle_error", _name_lost_connection)
    return opened


def _tell_time_zone(connection: psycopg.Connection[Any], _record: object) -> None:
    """Let the database have the day that it is here: "today" in its triggers is the day where the program runs.

    By the whole hours from UTC that hold when the connection is made, under names that every server and psycopg know
    (their sign is turned: Etc/GMT-8 is UTC+8).
    """
    offset = datetime.now().astimezone().utcoffset() or timedelta()
    hours = round(offset / timedelta(hours=1))
    connection.autocommit = True
    connection.execute(f"SET TIME ZONE '{f'Etc/GMT{-hours:+d}' if hours else 'UTC'}'".encode())
    connection.autocommit = False


def _name_lost_connection(context: ExceptionContext) -> None:
    lost = context.connection is None or context.is_disconnect
    if lost and not context.is_pre_ping and isinstance(context.original_exception, psycopg.OperationalError):
        reason = " ".join(str(context.original_exception).split())  # several lines, of which we make one
        raise DatabaseUnavailableError(f"The database did not answer: {reason}") from context.original_exception


@cache
def sql(name: str) -> str:
    """Return the statement in `fangdi/store/sql/<name>.sql`."""
    return files("fangdi.store").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


@cache
def functions() -> tuple[str, ...]:
    """Return the recreatable SQL functions, in the order in which they are applied: by file name."""
    folder = files("fangdi.store").joinpath("sql", "functions")
    found = [file for file in folder.iterdir() if file.name.endswith(".sql")] if folder.is_dir() else []
    return tuple(file.read_text(encoding="utf-8") for file in sorted(found, key=lambda file: file.name))

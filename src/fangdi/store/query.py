"""Reading: one consistent view of the database for one question, and SQL files as rows."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from psycopg import errors as postgres
from sqlalchemy import Connection, Engine, TextClause, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from fangdi.errors import DatabaseNotReadyError, DatabaseUnavailableError, TooSlowError
from fangdi.store.access import Credential, acting
from fangdi.store.engine import sql

Record = Mapping[str, Any]
"""A row, as the SQL file of its question names the columns; places in EPSG:4490."""

STATEMENT_TIMEOUT_S = 30
"""Longest a question may take; every report answers in well under a second on a city's data."""

# jit costs more than it saves on answers of some 100 ms. Generic plans would keep every optional filter as an OR.
# Groups of 660,000 rooms need some 20 MB to stay in memory. Pages come from memory or solid-state disks, where one out
# of order costs little more than the next.
_FOR_ANALYSIS = text("""
    SELECT set_config('statement_timeout', :timeout, true), set_config('jit', 'off', true),
           set_config('plan_cache_mode', 'force_custom_plan', true), set_config('work_mem', '64MB', true),
           set_config('random_page_cost', '1.1', true)
""")
_FOR_TRAIL = text("""
    SELECT set_config('fangdi.address', :address, true), set_config('fangdi.reason', :reason, true),
           set_config('statement_timeout', '30s', true)
""")


@contextmanager
def reading(engine: Engine, credential: Credential | None = None) -> Iterator[Connection]:
    """Lend a connection in a read-only transaction that sees one state of the database throughout.

    It sees what the credential allows (`access.scope_of` says what that is), and nothing without one.
    """
    try:
        with engine.connect() as connected:
            connection = connected.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
            with connection.begin():
                prepare_analysis(connection)
                with acting(connection, credential):
                    yield connection
    except PoolTimeoutError as error:
        raise DatabaseUnavailableError(
            "数据库连接已占满,请稍后再试。 All database connections are busy; try again in a moment."
        ) from error
    except DBAPIError as error:
        raise _in_our_words(error) from error


@contextmanager
def writing(
    engine: Engine, credential: Credential | None, *, address: str | None = None, reason: str | None = None
) -> Iterator[Connection]:
    """Lend a connection in a transaction that may change what the credential allows; it commits when all went well.

    Address and reason go into the audit trail beside whatever is changed.
    """
    try:
        with engine.begin() as connection:
            connection.execute(_FOR_TRAIL, {"address": address or "", "reason": reason or ""})
            with acting(connection, credential):
                yield connection
    except PoolTimeoutError as error:
        raise DatabaseUnavailableError(
            "数据库连接已占满,请稍后再试。 All database connections are busy; try again in a moment."
        ) from error
    except DBAPIError as error:
        raise _in_our_words(error) from error


def prepare_analysis(connection: Connection) -> None:
    """Set planner and limits for the rest of the transaction."""
    connection.execute(_FOR_ANALYSIS, {"timeout": f"{STATEMENT_TIMEOUT_S}s"})


def rows(connection: Connection, name: str, **parameters: Any) -> Sequence[Record]:
    """Run the question in `sql/<name>.sql` and return its rows."""
    return cast("Sequence[Record]", connection.execute(_statement(name), parameters).mappings().all())


def first(connection: Connection, name: str, **parameters: Any) -> Record | None:
    """Run the question in `sql/<name>.sql` and return its first row, or None."""
    return cast("Record | None", connection.execute(_statement(name), parameters).mappings().first())


@cache
def _statement(name: str) -> TextClause:
    return text(sql(name))


def _in_our_words(error: DBAPIError) -> Exception:
    """Return what the person asking can act on; anything else is a mistake of ours and stays as it is."""
    if isinstance(error.orig, postgres.QueryCanceled):
        return TooSlowError(
            f"The database did not answer within {STATEMENT_TIMEOUT_S} s. Ask about a smaller jurisdiction or building."
        )
    if isinstance(error.orig, postgres.UndefinedTable | postgres.UndefinedFunction | postgres.InvalidSchemaName):
        return DatabaseNotReadyError("The database lacks a migration; run `fangdi db migrate`.")
    if isinstance(error, OperationalError):
        return DatabaseUnavailableError("The database does not answer; start it with `fangdi db up`, or try again.")
    return error

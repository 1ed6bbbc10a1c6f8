"""Storing a loaded layer: staging, comparing with what is there, writing only what differs."""

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import psycopg
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import bindparam, text

from fangdi.errors import InvalidInputError
from fangdi.store.engine import sql as sql_file
from fangdi.store.loading_copy import CHUNK, Columns, copy_rows

STAGED = sql.Identifier("load_rows")


@dataclass(frozen=True)
class Changes:
    """How many rows a merge inserted, updated and found as they are."""

    inserted: int = 0
    updated: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.inserted + other.inserted, self.updated + other.updated, self.unchanged + other.unchanged)


def driver(connection: Connection) -> psycopg.Connection[Any]:
    """Return the psycopg connection underneath: COPY goes past SQLAlchemy."""
    raw = connection.connection.driver_connection
    assert isinstance(raw, psycopg.Connection)  # noqa: S101
    return raw


def frame(connection: Connection, name: str, **parameters: Any) -> pd.DataFrame:
    """Return the answer of the SQL file of this name as a frame."""
    statement = text(sql_file(name)).compile(dialect=connection.dialect)
    with driver(connection).cursor() as cursor:  # rows as tuples: pandas is slow at those of SQLAlchemy
        cursor.execute(statement.string.encode(), parameters)
        return pd.DataFrame(cursor.fetchall(), columns=[column.name for column in cursor.description or ()])


def number_array(numbers: Iterable[int]) -> str:
    """Return whole numbers as PostgreSQL writes an array, many times as fast as psycopg adapts a list."""
    return f"{{{','.join(map(str, numbers))}}}"


def stage(connection: Connection, table: str, columns: Columns) -> None:
    """Copy rows into the temporary table `load_rows`, shaped like these columns of the table; `record` counts them."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    target = sql.Identifier("fangdi", table)
    with driver(connection).cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(STAGED))
        cursor.execute(
            sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
                STAGED, names, target
            )
        )
        length = len(next(iter(columns.values())))
        copy_rows(
            cursor,
            STAGED,
            ({name: array.slice(at, CHUNK) for name, array in columns.items()} for at in range(0, length, CHUNK)),
        )
        cursor.execute(sql.SQL("ANALYZE {}").format(STAGED))


def compare(connection: Connection, table: str, *, key: Sequence[str], columns: Sequence[str]) -> Changes:
    """Count how many staged rows are new, differ in these columns, or are stored already as they are."""
    statement = sql.SQL(
        "SELECT count(*) FILTER (WHERE stored.{first} IS NULL), "
        "count(*) FILTER (WHERE stored.{first} IS NOT NULL AND {differs}), "
        "count(*) FILTER (WHERE stored.{first} IS NOT NULL AND NOT {differs}) "
        "FROM {staged} AS given LEFT JOIN {table} AS stored ON {match}"
    ).format(
        first=sql.Identifier(key[0]),
        differs=_differs(columns),
        staged=STAGED,
        table=sql.Identifier("fangdi", table),
        match=_match(key),
    )
    with driver(connection).cursor() as cursor:
        row = cursor.execute(statement).fetchone()
    return Changes(*row) if row else Changes()


def write(  # noqa: PLR0913 - a merge has this many parts
    connection: Connection,
    table: str,
    *,
    key: Sequence[str],
    columns: Sequence[str],
    only_new: Sequence[str] = (),
    changes: Changes,
    batch: int | None,
) -> None:
    """Insert the staged rows that are new and update those that differ.

    `only_new` are columns that a stored row keeps. Statements without work are not sent: they would raise the version
    of the layer's tiles.
    """
    mark = [] if batch is None else ["batch_id"]
    number = [] if batch is None else [sql.Literal(batch)]
    parts = {
        "table": sql.Identifier("fangdi", table),
        "staged": STAGED,
        "match": _match(key),
        "differs": _differs(columns),
    }
    with driver(connection).cursor() as cursor:
        if changes.updated:
            names = [*columns, *mark]
            values = [*(sql.Identifier("given", name) for name in columns), *number]
            sets = [sql.SQL("{} = {}").format(sql.Identifier(n), v) for n, v in zip(names, values, strict=True)]
            cursor.execute(
                sql.SQL(
                    "UPDATE {table} AS stored SET {sets} FROM {staged} AS given WHERE {match} AND {differs}"
                ).format(sets=sql.SQL(", ").join(sets), **parts)
            )
        if changes.inserted:
            names = [*key, *columns, *only_new, *mark]
            values = [*(sql.Identifier("given", name) for name in (*key, *columns, *only_new)), *number]
            cursor.execute(
                sql.SQL(
                    "INSERT INTO {table} ({names}) SELECT {values} FROM {staged} AS given "
                    "WHERE NOT EXISTS (SELECT FROM {table} AS stored WHERE {match})"
                ).format(names=_list(names), values=sql.SQL(", ").join(values), **parts)
            )


def of_batch(connection: Connection, table: str, ids: Iterable[Any], *, batch: int) -> set[int]:
    """Return which of these rows (missing ones are passed over) this import has written."""
    asked = number_array(int(number) for number in ids if not pd.isna(number))
    statement = sql.SQL("SELECT id FROM {} WHERE id = ANY (CAST(%s AS bigint[])) AND batch_id = %s")
    with driver(connection).cursor() as cursor:
        found = cursor.execute(statement.format(sql.Identifier("fangdi", table)), [asked, batch]).fetchall()
    return {int(number) for (number,) in found}


def open_batch(connection: Connection, record: Mapping[str, Any]) -> int:
    """File an import and return its number."""
    statement = text(sql_file("load_batch_open")).bindparams(bindparam("mapping", type_=JSONB))
    return int(connection.execute(statement, dict(record)).scalar_one())


def close_batch(connection: Connection, batch: int, changes: Changes, rejections: list[dict[str, Any]]) -> None:
    """Note what the import did in the end."""
    statement = text(sql_file("load_batch_close")).bindparams(bindparam("rejections", type_=JSONB))
    connection.execute(
        statement,
        {
            "batch": batch,
            "inserted": changes.inserted,
            "updated": changes.updated,
            "unchanged": changes.unchanged,
            "rejections": rejections,
        },
    )


def execute(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    """Run the SQL file of this name for each row."""
    if rows:
        connection.execute(text(sql_file(name)), rows)


def refusal(error: DBAPIError | psycopg.Error) -> InvalidInputError:
    """Return what the database refused, in words."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    diagnostics = cause.diag if isinstance(cause, psycopg.Error) else None
    said = (diagnostics.message_primary if diagnostics else None) or str(cause).splitlines()[0]
    detail = f" {_with_last_days(diagnostics.message_detail)}" if diagnostics and diagnostics.message_detail else ""
    return InvalidInputError(f"The database refused the rows, and nothing was changed: {said}.{detail}")


def _with_last_days(text: str) -> str:
    """Write periods with the last day, as people do, not with the day after, as the database does."""

    def words(period: re.Match[str]) -> str:
        until = dt.date.fromisoformat(period[2]) - dt.timedelta(days=1) if period[2] else "further notice"
        return f"from {period[1] or 'the beginning'} until {until}"

    return re.sub(r"[\[(](\d{4}-\d\d-\d\d)?,(\d{4}-\d\d-\d\d)?\)(?=[),\s.]|$)", words, text)


def _match(key: Sequence[str]) -> sql.Composed:
    pairs = [sql.SQL("stored.{0} = given.{0}").format(sql.Identifier(name)) for name in key]
    return sql.SQL(" AND ").join(pairs)


def _differs(columns: Sequence[str]) -> sql.Composable:
    """Compare whole rows; geometry `=` in PostGIS is equality of every coordinate in its order."""
    if not columns:
        return sql.SQL("false")
    stored = sql.SQL(", ").join(sql.Identifier("stored", name) for name in columns)
    given = sql.SQL(", ").join(sql.Identifier("given", name) for name in columns)
    return sql.SQL("(ROW({}) IS DISTINCT FROM ROW({}))").format(stored, given)


def _list(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))

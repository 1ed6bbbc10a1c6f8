"""Histories of titles, tenures, posts and staff: reading them, ending periods and adding new ones."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from psycopg import sql
from sqlalchemy import Connection

from fangdi.store.loading import driver


def read(
    connection: Connection, table: str, *, owner: Sequence[str], facts: Sequence[str], owners: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Return (id, lower, upper, *owner, *facts) of every period of the owners; `owner[0]` is the key asked for."""
    statement = sql.SQL("SELECT id, lower(valid), upper(valid), {columns} FROM {table} WHERE {key} = ANY (%s)").format(
        columns=sql.SQL(", ").join(map(sql.Identifier, [*owner, *facts])),
        table=sql.Identifier("fangdi", table),
        key=sql.Identifier(owner[0]),
    )
    with driver(connection).cursor() as cursor:
        return list(cursor.execute(statement, [list(owners)]).fetchall())


def end(connection: Connection, table: str, periods: Sequence[tuple[int, dt.date]], *, batch: int) -> None:
    """End periods: (id, first day on which each no longer holds)."""
    update = sql.SQL("UPDATE {} SET valid = daterange(lower(valid), %s), batch_id = %s WHERE id = %s")
    statement = update.format(sql.Identifier("fangdi", table))
    with driver(connection).cursor() as cursor:
        cursor.executemany(statement, [(day, batch, number) for number, day in periods])


def begin(connection: Connection, table: str, periods: Sequence[tuple[int, dt.date]], *, batch: int) -> None:
    """Let periods begin sooner: (id, first day)."""
    update = sql.SQL("UPDATE {} SET valid = daterange(%s, upper(valid)), batch_id = %s WHERE id = %s")
    statement = update.format(sql.Identifier("fangdi", table))
    with driver(connection).cursor() as cursor:
        cursor.executemany(statement, [(day, batch, number) for number, day in periods])


def fill(connection: Connection, table: str, period: int, facts: dict[str, Any], *, batch: int) -> None:
    """Note what was unknown of a period."""
    sets = [sql.SQL("{} = {}").format(sql.Identifier(name), sql.Placeholder()) for name in facts]
    statement = sql.SQL("UPDATE {} SET {}, batch_id = %s WHERE id = %s").format(
        sql.Identifier("fangdi", table), sql.SQL(", ").join(sets)
    )
    with driver(connection).cursor() as cursor:
        cursor.execute(statement, [*facts.values(), batch, period])


def insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]], *, batch: int) -> None:
    """Add periods in one statement; each row has the table's columns, `since` and `ends` in place of `valid`."""
    if not rows:
        return
    names = [name for name in rows[0] if name not in {"since", "ends"}]
    statement = sql.SQL("COPY {} ({}, valid, batch_id) FROM STDIN").format(
        sql.Identifier("fangdi", table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    with driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            valid = f"[{row['since'] or ''},{row['ends'] or ''})"
            copy.write_row((*(row[name] for name in names), valid, batch))

"""Rooms in great number, and their floors: a direct way into the tables when nothing of them can be there yet."""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal

import psycopg
import pyarrow as pa
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.sql import text

from fangdi.store.engine import sql as sql_file
from fangdi.store.loading import driver, number_array
from fangdi.store.loading_binary import can_copy, copy_binary
from fangdi.store.loading_copy import Columns, copy_rows, in_hex

Table = Literal["floor", "room"]

BULK_ROWS = {"floor": 5_000, "room": 50_000}
"""From here on it pays to drop secondary indexes and foreign keys and to make them anew after the rows are in."""

_NEW_FILE = "CLUSTER fangdi.{0} USING pk_{0}; ALTER TABLE fangdi.{0} SET WITHOUT CLUSTER"
"""Gives an empty table a new file: what a transaction writes into it need not be in the log (with wal_level minimal),
and can be frozen. TRUNCATE would do the same, but it has to empty all tables that refer to this one."""


def insert_floors(connection: Connection, floors: Columns, *, count: int) -> None:
    """Add floors that rooms stand on."""
    with driver(connection).cursor() as cursor, _in_bulk(connection, "floor", count):
        copy_rows(cursor, sql.Identifier("fangdi", "floor"), [floors])


def none_there(connection: Connection, buildings: Sequence[int]) -> bool:
    """Whether these buildings have no room yet."""
    asked = {"buildings": number_array(buildings)}
    return not connection.execute(text(sql_file("load_rooms_any")), asked).scalar_one()


def copy_new(connection: Connection, chunks: Iterable[Columns], *, rows: int) -> int:
    """Copy rooms of which none is stored straight into the table; GEOS has to have found their outlines valid."""
    with driver(connection).cursor() as cursor:
        with _in_bulk(connection, "room", rows) as table:
            copied = _copy(cursor, chunks, freeze=table.empty)
        if table.in_bulk:
            cursor.execute(sql_file("load_rooms_secrecy"))
            cursor.execute(sql_file("load_rooms_analyze"))
            cursor.execute("SELECT fangdi.outdate_usage()")
    return copied


def _copy(cursor: psycopg.Cursor[Any], chunks: Iterable[Columns], *, freeze: bool) -> int:
    """Copy in binary; periods, which binary COPY does not know here, go as text."""
    iterator = iter(chunks)
    first = next(iterator, None)
    if first is None:
        return 0
    everything = itertools.chain([first], iterator)
    table = sql.Identifier("fangdi", "room")
    if can_copy(first):
        return copy_binary(cursor, table, everything, freeze=freeze)
    return copy_rows(cursor, table, (_as_text(chunk) for chunk in everything))


def _as_text(chunk: Columns) -> Columns:
    return {name: in_hex(array) if pa.types.is_large_binary(array.type) else array for name, array in chunk.items()}


def _about(connection: Connection, table: Table, enough: int) -> int:
    """Return how many rows a table has, or `enough` when it has as many or more."""
    row = connection.execute(text(sql_file("load_rows_about")), {"enough": enough}).mappings().one()
    return int(row[f"{table}s"])


@dataclass(frozen=True)
class _Target:
    """How a table stands while rows are copied into it."""

    in_bulk: bool
    empty: bool


@contextmanager
def _in_bulk(connection: Connection, table: Table, rows: int) -> Iterator[_Target]:
    """Do without secondary indexes and keys meanwhile if the rows are many, more than the table has.

    They are made again as the catalogue has them, and all of it happens in the load's transaction: nobody else sees
    the table without them.
    """
    if rows < BULK_ROWS[table] or _about(connection, table, rows) >= rows:
        yield _Target(in_bulk=False, empty=False)
        return
    with driver(connection).cursor() as cursor:
        cursor.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier("fangdi", table)))
        empty = _about(connection, table, 1) == 0
        asked = {"table": f"fangdi.{table}", "empty": empty}
        found = connection.execute(text(sql_file("load_droppable")), asked).all()
        if empty:
            cursor.execute(_NEW_FILE.format(table))
        for drop, *_ in reversed(found):
            cursor.execute(drop)
        yield _Target(in_bulk=True, empty=empty)
        for _, make, _ in found:
            cursor.execute(make)

"""Rooms in great number: floors in one statement, and a direct way into the table when nothing can be there yet."""

import itertools
from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
import pyarrow as pa
from psycopg import sql
from sqlalchemy import Connection
from sqlalchemy.sql import text

from fangdi.store.engine import sql as sql_file
from fangdi.store.loading import driver
from fangdi.store.loading_binary import can_copy, copy_binary
from fangdi.store.loading_copy import Columns, copy_rows, in_hex

BULK_ROWS = 50_000
"""From here on it pays to drop secondary indexes and foreign keys and to make them anew after the rows are in."""

ROOM = sql.Identifier("fangdi", "room")


def insert_floors(connection: Connection, floors: Columns) -> None:
    """Add floors that rooms stand on."""
    with driver(connection).cursor() as cursor:
        copy_rows(cursor, sql.Identifier("fangdi", "floor"), [floors])


def none_there(connection: Connection, buildings: Sequence[int]) -> bool:
    """Whether these buildings have no room yet."""
    row = connection.execute(text(sql_file("load_rooms_any")), {"buildings": list(buildings), "enough": 0}).one()
    return not row[0]


def copy_new(connection: Connection, chunks: Iterable[Columns], *, rows: int) -> int:
    """Copy rooms of which none is stored straight into the table."""
    with driver(connection).cursor() as cursor:
        enough = connection.execute(text(sql_file("load_rooms_any")), {"buildings": [], "enough": rows}).one()[1]
        if rows < BULK_ROWS or enough >= rows:
            return _copy(cursor, chunks)
        again = _drop_for_bulk(connection)
        copied = _copy(cursor, chunks)
        for statement in again:
            cursor.execute(statement)
        cursor.execute("ANALYZE fangdi.room")
    return copied


def _copy(cursor: psycopg.Cursor[Any], chunks: Iterable[Columns]) -> int:
    """Copy in binary; periods, which binary COPY does not know here, go as text."""
    iterator = iter(chunks)
    first = next(iterator, None)
    if first is None:
        return 0
    everything = itertools.chain([first], iterator)
    if can_copy(first):
        return copy_binary(cursor, ROOM, everything)
    return copy_rows(cursor, ROOM, (_as_text(chunk) for chunk in everything))


def _as_text(chunk: Columns) -> Columns:
    return {name: in_hex(array) if pa.types.is_large_binary(array.type) else array for name, array in chunk.items()}


def _drop_for_bulk(connection: Connection) -> list[str]:
    """Drop what is cheaper to build at the end; return the statements that make it again, as the catalogue has them.

    All of it happens in the load's transaction: nobody else sees the table without its indexes and keys.
    """
    with driver(connection).cursor() as cursor:
        cursor.execute("LOCK TABLE fangdi.room IN ACCESS EXCLUSIVE MODE")
        found = cursor.execute(sql_file("load_rooms_droppable")).fetchall()
        for drop, _ in found:
            cursor.execute(drop)
    return [make for _, make in found]

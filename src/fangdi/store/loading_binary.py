"""Rows in PostgreSQL's binary COPY format, made column by column: the server has no text to parse or hex to decode."""

import itertools
import struct
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import shapely
from psycopg import sql

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

_BIG_ENDIAN = {pa.int64(): ">i8", pa.int32(): ">i4", pa.int16(): ">i2", pa.float64(): ">f8", pa.bool_(): "u1"}

Bytes = np.ndarray[Any, np.dtype[np.uint8]]
Cells = tuple[Bytes, np.ndarray[Any, Any], np.ndarray[Any, Any]]
"""The bytes of all cells of a column one after the other, the length of each cell, and whether it is null."""


def copy_binary(cursor: psycopg.Cursor[Any], table: sql.Composable, chunks: Iterable[Mapping[str, pa.Array]]) -> int:
    """Copy chunks of columns; their Arrow types have to be exactly those of the table's columns."""
    rows = 0
    iterator = iter(chunks)
    first = next(iterator, None)
    if first is None:
        return 0
    names = sql.SQL(", ").join(map(sql.Identifier, first))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(table, names)
    with cursor.copy(statement) as copy:
        copy.write(HEADER)
        for count, data in _ahead(itertools.chain([first], iterator)):
            rows += count
            copy.write(data)
        copy.write(TRAILER)
    return rows


def _ahead(chunks: Iterator[Mapping[str, pa.Array]]) -> Iterator[tuple[int, memoryview]]:
    """Make each chunk's bytes on another thread while the one before is being sent: client and server work at once."""

    def make() -> tuple[int, memoryview] | None:
        chunk = next(chunks, None)
        return None if chunk is None else (len(next(iter(chunk.values()))), rows_of(chunk).data)

    with ThreadPoolExecutor(1) as worker:
        due = worker.submit(make)
        while (ready := due.result()) is not None:
            due = worker.submit(make)
            yield ready


def can_copy(columns: Mapping[str, pa.Array]) -> bool:
    """Whether every column is of a type that this module writes; periods are text that the server has to parse."""
    return "valid" not in columns and all(
        array.type in _BIG_ENDIAN or pa.types.is_large_string(array.type) or pa.types.is_string(array.type)
        or pa.types.is_large_binary(array.type)
        for array in columns.values()
    )  # fmt: skip


def rows_of(columns: Mapping[str, pa.Array]) -> Bytes:
    """Return the rows: for each the number of fields, then each field's length (-1 for null) and bytes."""
    cells = [_cells(array) for array in columns.values()]
    count = len(cells[0][1])
    width = np.full(count, 2 + 4 * len(cells), dtype=np.int64)
    for _, lengths, _ in cells:
        width += lengths
    start = np.cumsum(width) - width
    out = np.empty(int(width.sum()) if count else 0, dtype=np.uint8)
    _scatter_fixed(out, start, np.full(count, len(cells), dtype=">i2"))
    at = start + 2
    for data, lengths, null in cells:
        _scatter_fixed(out, at, np.where(null, -1, lengths).astype(">i4"))
        at = at + 4
        before = np.cumsum(lengths) - lengths
        out[np.repeat(at - before, lengths) + np.arange(len(data))] = data
        at = at + lengths
    return out


def _scatter_fixed(out: Bytes, at: np.ndarray[Any, Any], values: np.ndarray[Any, Any]) -> None:
    parts = values.view(np.uint8).reshape(len(values), values.itemsize)
    for offset in range(values.itemsize):
        out[at + offset] = parts[:, offset]


def _cells(array: pa.Array) -> Cells:
    null = np.asarray(array.is_null())
    if array.type in _BIG_ENDIAN:
        form = _BIG_ENDIAN[array.type]
        values = np.asarray(array.fill_null(False if pa.types.is_boolean(array.type) else 0)).astype(form)
        data = values.view(np.uint8).reshape(len(values), values.itemsize)
        return data[~null].ravel(), np.where(null, 0, values.itemsize), null
    wide = array.cast(pa.large_string()) if pa.types.is_string(array.type) else array
    offsets = np.frombuffer(wide.buffers()[1], dtype=np.int64)[wide.offset : wide.offset + len(wide) + 1]
    raw = wide.buffers()[2]
    data = np.frombuffer(raw, dtype=np.uint8)[offsets[0] : offsets[-1]] if raw else np.empty(0, dtype=np.uint8)
    return data, np.diff(offsets), null


def multipolygons(shapes: np.ndarray[Any, Any], srid: int) -> pa.Array:
    """Return polygons and multipolygons as EWKB multipolygons; None is null.

    A polygon's WKB becomes that of a multipolygon of one by putting a head before it, which spares making the shape.
    """
    binary = pa.array(shapely.to_wkb(shapes), type=pa.large_binary())
    single = shapely.get_type_id(shapes) == _POLYGON
    data, lengths, null = _cells(binary)
    head = struct.pack("<BII", 1, _MULTIPOLYGON | _HAS_SRID, srid) if srid else struct.pack("<BI", 1, _MULTIPOLYGON)
    first = head + struct.pack("<I", 1)
    # what is put before each shape's bytes, and how many of its own bytes are left out (byte order and type)
    put = np.where(null, 0, np.where(single, len(first), len(head)))
    skip = np.where(null | single, 0, 5)
    size = put + lengths - skip
    begin = np.cumsum(size) - size
    out = np.empty(int(size.sum()), dtype=np.uint8)
    prefix = np.frombuffer(first, dtype=np.uint8)
    for offset in range(len(first)):
        here = begin[put > offset] + offset
        out[here] = prefix[offset]
    before = np.cumsum(lengths) - lengths
    kept = lengths - skip
    source = np.repeat(before + skip - (np.cumsum(kept) - kept), kept) + np.arange(int(kept.sum()))
    target = np.repeat(begin + put - (np.cumsum(kept) - kept), kept) + np.arange(int(kept.sum()))
    out[target] = data[source]
    offsets = np.concatenate([[0], np.cumsum(size)]).astype(np.int64)
    buffers = [binary.buffers()[0], pa.py_buffer(offsets), pa.py_buffer(out)]
    return pa.Array.from_buffers(pa.large_binary(), len(binary), buffers, null_count=int(null.sum()))


_POLYGON, _MULTIPOLYGON, _HAS_SRID = 3, 6, 0x20000000

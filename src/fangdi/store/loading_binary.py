"""Rows in PostgreSQL's binary COPY format, made column by column: the server has no text to parse or hex to decode."""

import itertools
import struct
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import psycopg
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from psycopg import sql

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"

_BIG_ENDIAN = {pa.int64(): ">i8", pa.int32(): ">i4", pa.int16(): ">i2", pa.float64(): ">f8", pa.bool_(): "u1"}

Bytes = np.ndarray[Any, np.dtype[np.uint8]]


def copy_binary(
    cursor: psycopg.Cursor[Any], table: sql.Composable, chunks: Iterable[Mapping[str, pa.Array]], *, freeze: bool
) -> int:
    """Copy chunks of columns; their Arrow types have to be exactly those of the table's columns.

    Rows of a table that this transaction has made empty can be written frozen, as VACUUM would leave them.
    """
    rows = 0
    iterator = iter(chunks)
    first = next(iterator, None)
    if first is None:
        return 0
    names = sql.SQL(", ").join(map(sql.Identifier, first))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE {})").format(table, names, sql.Literal(freeze))
    with cursor.copy(statement) as copy:
        copy.write(HEADER)
        for count, data in _ahead(itertools.chain([first], iterator)):
            rows += count
            copy.write(memoryview(data))
        copy.write(TRAILER)
    return rows


def _ahead(chunks: Iterator[Mapping[str, pa.Array]]) -> Iterator[tuple[int, pa.Buffer]]:
    """Make each chunk's bytes on another thread while the one before is being sent: client and server work at once."""

    def make() -> tuple[int, pa.Buffer] | None:
        chunk = next(chunks, None)
        return None if chunk is None else (len(next(iter(chunk.values()))), rows_of(chunk))

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


def rows_of(columns: Mapping[str, pa.Array]) -> pa.Buffer:
    """Return the rows: for each the number of fields, then each field's length (-1 for null) and bytes.

    Whatever has the same size in every row is put together as one block of bytes; Arrow joins blocks and texts row by
    row.
    """
    arrays = list(columns.values())
    count = len(arrays[0])
    blocks = [np.broadcast_to(np.frombuffer(struct.pack(">h", len(arrays)), dtype=np.uint8), (count, 2))]
    parts: list[pa.Array] = []
    for array in arrays:
        cells = _as_binary(array)
        blocks.append(_lengths(cells))
        width = _common_width(cells)
        if width is not None:
            blocks.append(_bytes(cells).reshape(count, width))
            continue
        parts += [_fixed(np.concatenate(blocks, axis=1)), cells.fill_null(b"")]
        blocks = []
    if blocks:
        parts.append(_fixed(np.concatenate(blocks, axis=1)))
    joined = parts[0] if len(parts) == 1 else pc.binary_join_element_wise(*parts, pa.scalar(b"", pa.large_binary()))
    return pa.py_buffer(_bytes(joined))


def _as_binary(array: pa.Array) -> pa.Array:
    """Return a column as large_binary: numbers in the byte order of the network, text in UTF-8."""
    if array.type not in _BIG_ENDIAN:
        return array.cast(pa.large_binary())
    nothing = False if pa.types.is_boolean(array.type) else 0
    values = np.asarray(array.fill_null(nothing)).astype(_BIG_ENDIAN[array.type])
    cells = _fixed(values.view(np.uint8).reshape(len(values), values.itemsize))
    return pc.if_else(array.is_valid(), cells, pa.scalar(None, pa.large_binary())) if array.null_count else cells


def _offsets(cells: pa.Array) -> np.ndarray[Any, np.dtype[np.int64]]:
    return np.frombuffer(cells.buffers()[1], dtype=np.int64)[cells.offset : cells.offset + len(cells) + 1]


def _bytes(cells: pa.Array) -> Bytes:
    """Return the bytes of all cells, one after the other."""
    offsets, data = _offsets(cells), cells.buffers()[2]
    return np.frombuffer(data or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]


def _lengths(cells: pa.Array) -> Bytes:
    """Return the length of each cell as it stands before it, (rows, 4) bytes; -1 for null."""
    lengths = np.diff(_offsets(cells))
    if cells.null_count:
        lengths = np.where(np.asarray(cells.is_valid()), lengths, -1)
    return lengths.astype(">i4").view(np.uint8).reshape(len(cells), 4)


def _common_width(cells: pa.Array) -> int | None:
    """Return the length that all cells have; None when they differ or one is null."""
    lengths = np.diff(_offsets(cells))
    if cells.null_count or not len(lengths) or (lengths != lengths[0]).any():
        return None
    return int(lengths[0])


def _fixed(rows: Bytes) -> pa.Array:
    """Return rows of bytes, all equally long, as large_binary."""
    count, width = rows.shape
    offsets = np.arange(count + 1, dtype=np.int64) * width
    data = np.ascontiguousarray(rows)
    return pa.Array.from_buffers(pa.large_binary(), count, [None, pa.py_buffer(offsets), pa.py_buffer(data)])


def ring_multipolygons(corners: np.ndarray[Any, Any], srid: int) -> pa.Array:
    """Return closed rings, (rings, corners + 1, 2), as EWKB multipolygons of one part each."""
    count, points, _ = corners.shape
    head = np.frombuffer(_head(srid) + struct.pack("<IBIII", 1, 1, _POLYGON, 1, points), dtype=np.uint8)
    rows = np.empty((count, len(head) + 16 * points), dtype=np.uint8)
    rows[:, : len(head)] = head
    rows[:, len(head) :] = np.ascontiguousarray(corners, dtype="<f8").reshape(count, -1).view(np.uint8)
    return _fixed(rows)


def multipolygons(shapes: np.ndarray[Any, Any], srid: int) -> pa.Array:
    """Return polygons and multipolygons as EWKB multipolygons; None is null.

    A polygon's WKB becomes that of a multipolygon of one by putting a head before it, which spares making the shape.
    """
    single = shapely.get_type_id(shapes) == _POLYGON
    marked = np.where(single, shapes, shapely.set_srid(shapes, srid))
    wkb = shapely.to_wkb(marked, byte_order=1, output_dimension=2, include_srid=bool(srid))
    head = pa.scalar(_head(srid) + struct.pack("<I", 1), pa.large_binary())
    heads = pc.if_else(pa.array(single), head, pa.scalar(b"", pa.large_binary()))
    return pc.binary_join_element_wise(heads, pa.array(wkb, type=pa.large_binary()), pa.scalar(b"", pa.large_binary()))


def _head(srid: int) -> bytes:
    """Return byte order, type and SRID; a plan's frame has none."""
    return struct.pack("<BII", 1, _MULTIPOLYGON | _HAS_SRID, srid) if srid else struct.pack("<BI", 1, _MULTIPOLYGON)


_POLYGON, _MULTIPOLYGON, _HAS_SRID = 3, 6, 0x20000000

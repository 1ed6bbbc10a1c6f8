"""Rows for COPY are what PostgreSQL's manual says: number of fields, then each field's length and bytes."""

import struct
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fangdi.store.loading_binary import can_copy, multipolygons, rows_of

_PACKED = {"code": None, "name": None, "number": ">q", "seats": ">i", "area": ">d", "secret": ">?", "outline": None}
"""How each column is packed; text and bytes as they are."""

_TYPES = {
    "code": pa.large_string(), "name": pa.string(), "number": pa.int64(), "seats": pa.int32(), "area": pa.float64(),
    "secret": pa.bool_(), "outline": pa.large_binary(),
}  # fmt: skip

ROWS = st.lists(
    st.fixed_dictionaries({
        "code": st.text("甲AB'\\", max_size=3),
        "name": st.none() | st.text(max_size=3),
        "number": st.integers(-(2**63), 2**63 - 1),
        "seats": st.none() | st.integers(-(2**31), 2**31 - 1),
        "area": st.none() | st.floats(allow_nan=False),
        "secret": st.none() | st.booleans(),
        "outline": st.none() | st.binary(max_size=40),
    }),
    min_size=1,
    max_size=9,
)  # fmt: skip


def packed(row: dict[str, Any]) -> bytes:
    out = struct.pack(">h", len(row))
    for name, form in _PACKED.items():
        value = row[name]
        if value is None:
            out += struct.pack(">i", -1)
            continue
        data = struct.pack(form, value) if form else value.encode() if isinstance(value, str) else value
        out += struct.pack(">i", len(data)) + data
    return out


@given(ROWS, st.integers(0, 3))
def test_rows_have_the_form_of_the_manual(rows: list[dict[str, Any]], skipped: int) -> None:
    columns = {name: pa.array([row[name] for row in rows], type=kind) for name, kind in _TYPES.items()}
    part = {name: array.slice(skipped) for name, array in columns.items()}

    assert can_copy(columns)
    assert bytes(rows_of(columns)) == b"".join(map(packed, rows))
    assert bytes(rows_of(part)) == b"".join(map(packed, rows[skipped:]))


def test_a_polygon_is_written_as_a_multipolygon_with_its_srid() -> None:
    one, two = shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 0, 3, 1)])
    given_shapes = np.array([one, None, two], dtype=object)

    for srid in (0, 4490):
        first, nothing, second = (
            None if wkb is None else shapely.from_wkb(wkb) for wkb in multipolygons(given_shapes, srid).to_pylist()
        )
        assert nothing is None
        assert shapely.get_srid([first, second]).tolist() == [srid, srid]
        assert shapely.equals_exact([first, second], [shapely.MultiPolygon([one]), two]).all()

"""Rings in arrays are the same shapes, to the last bit, as shapely has; those called simple are simple."""

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from fangdi.service.loading_outlines import MOST_CORNERS, Outlines, joined
from fangdi_gis_data import rings, shapes


def outlines_of(drawn: list[Any]) -> Outlines:
    wkb = pa.array(shapely.to_wkb(np.array(drawn, dtype=object)), type=pa.large_binary())
    found, taken = rings.from_wkb(wkb, first=0)
    others = np.array(drawn, dtype=object)
    others[taken] = None
    return Outlines(joined(found), others)


@st.composite
def outlines(draw: st.DrawFn) -> list[Any]:
    """Draw rooms: rectangles and L-shapes far from the origin, some with a hole, in two parts, or without a shape."""
    drawn: list[Any] = []
    for _ in range(draw(st.integers(1, 12))):
        x, y = draw(st.floats(366_000, 367_000)), draw(st.floats(3_305_000, 3_306_000))
        width, depth = draw(st.floats(2, 40)), draw(st.floats(2, 40))
        room = shapely.box(x, y, x + width, y + depth)
        corner = shapely.box(x + width / 2, y + depth / 2, x + width, y + depth)
        shaft = shapely.box(x + width / 4, y + depth / 4, x + width / 3, y + depth / 3)
        lodge = shapely.box(x + width + 5, y, x + width + 8, y + 3)
        kinds = [
            room,
            room - corner,
            room - shaft,
            shapely.MultiPolygon([room, lodge]),
            shapely.MultiPolygon([room]),
            None,
        ]
        drawn.append(draw(st.sampled_from(kinds)))
    return drawn


@given(outlines())
def test_outlines_measure_as_shapely_does_to_the_last_bit(drawn: list[Any]) -> None:
    given_shapes, found = np.array(drawn, dtype=object), outlines_of(drawn)

    np.testing.assert_array_equal(found.area(), shapely.area(given_shapes))
    np.testing.assert_array_equal(found.bounds(), shapely.bounds(given_shapes))
    np.testing.assert_array_equal(found.missing(), shapely.is_missing(given_shapes))


@given(outlines(), st.data())
def test_outlines_are_written_moved_and_chosen_as_shapely_does(drawn: list[Any], data: st.DataObject) -> None:
    everything = outlines_of(drawn)
    records = np.array(data.draw(st.lists(st.integers(0, len(drawn) - 1), max_size=20)), dtype=np.int64)
    begin = data.draw(st.integers(0, len(drawn)))
    chosen = [(everything, drawn), (everything.take(records), [drawn[n] for n in records]),
              (everything.part(slice(begin, begin + 3)), drawn[begin : begin + 3])]  # fmt: skip
    for found, expected in chosen:
        moved = found.moved(lambda x, y: (x / 3 + 1, y / 7)).multipolygons(4490)
        plain = shapely.transform(np.array(expected, dtype=object), lambda xy: xy / [3, 7] + [1, 0])
        stored = shapely.from_wkb(np.array(moved.to_pylist(), dtype=object))
        assert len(stored) == len(expected)
        for shape, other in zip(stored, plain, strict=True):
            assert (shape is None) == (other is None)
            if shape is not None:
                parts = shapely.MultiPolygon(shapely.get_parts(other).tolist())
                assert (shapely.get_srid(shape), shape.wkb) == (4490, parts.wkb)


@pytest.mark.parametrize("corners", range(3, MOST_CORNERS + 1))
def test_a_ring_that_is_certainly_simple_is_valid(corners: int) -> None:
    # on a small grid sides often touch, fold back and pass through corners; sorted by angle, many rings are simple
    drawn = np.random.default_rng(corners).integers(0, 9, (4000, corners, 2)).astype(np.float64)
    angle = np.arctan2(*np.moveaxis(drawn - drawn.mean(axis=1, keepdims=True), 2, 0))
    drawn[::2] = np.take_along_axis(drawn, np.argsort(angle, axis=1)[:, :, None], axis=1)[::2]
    closed = np.concatenate([drawn, drawn[:, :1]], axis=1)

    simple = rings.certainly_simple(closed)

    assert simple.sum() > 10
    assert shapely.is_valid(shapely.polygons(closed[simple])).all()


@pytest.mark.parametrize(
    ("corners", "simple"),
    [
        ([(0, 0), (4, 0), (4, 6), (0, 6)], True),
        ([(0, 0), (4, 0), (4, 3), (2, 3), (2, 6), (0, 6)], True),
        ([(0, 0), (2, 0), (4, 0), (4, 6), (0, 6)], True),  # a corner on a straight wall
        ([(0, 0), (4, 6), (4, 0), (0, 6)], False),  # a bow tie
        ([(0, 0), (4, 0), (4, 6), (2, 0), (0, 6)], False),  # touches itself
        ([(0, 0), (4, 0), (6, 0), (4, 0), (4, 6), (0, 6)], False),  # a spike
        ([(0, 0), (0, 0), (4, 0), (4, 6)], False),  # a corner twice: valid, but for GEOS to say
        ([(0, 0), (1, 0), (2, 0)], False),  # no area
    ],
)
def test_rooms_are_seen_to_be_simple(corners: list[tuple[int, int]], *, simple: bool) -> None:
    # turned and set down where plans lie, so that rounding has its say
    turned = np.array([*corners, corners[0]]) @ [[0.8, 0.6], [-0.6, 0.8]] + [366_714.53, 3_305_448.57]

    assert rings.certainly_simple(np.array([corners + corners[:1]], dtype=np.float64))[0] == simple
    if simple:
        assert rings.certainly_simple(turned[None])[0]


def test_doubtful_rings_are_left_to_geos() -> None:
    drawn = [shapely.box(0, 0, 1, 1), shapely.Polygon([(0, 0), (0, 0), (4, 0), (4, 6)])]

    checked = shapes.certain(outlines_of(drawn))

    assert checked.others[0] is None
    assert shapely.equals_exact(checked.others[1], drawn[1])
    assert sum(len(block.at) for block in checked.rings) == 1

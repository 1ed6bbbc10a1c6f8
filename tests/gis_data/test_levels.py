"""Floors are read from what files say about them."""

import pytest

from fangdi_gis_data.levels import read_levels


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("3", 3), ("-1", -1), ("0", 0), ("1.5", 1.5), ("B1", -1), ("B2", -2), ("F3", 3), ("3F", 3), ("3层", 3),
        ("第3层", 3), ("三层", 3), ("十二层", 12), ("二十一层", 21), ("地下一层", -1), ("地下2层", -2), ("负一层", -1),
        ("GF", 0), ("首层", 1), ("+2", 2), (" 4 ", 4),
    ],
)  # fmt: skip
def test_a_floor_is_read(text: str, level: float) -> None:
    assert read_levels(text, named={}, ranges=None) == [level]


def test_a_name_of_the_deployment_wins() -> None:
    assert read_levels("GF", named={"GF": 1}, ranges=None) == [1]


@pytest.mark.parametrize("text", ["0-3", "0;1", "-1-3"])
def test_several_floors_need_a_choice(text: str) -> None:
    with pytest.raises(ValueError, match="level_ranges"):
        read_levels(text, named={}, ranges=None)


@pytest.mark.parametrize(
    ("text", "lowest", "each"),
    [
        ("0-3", 0, [0, 1, 2, 3]),
        ("-1-1", -1, [-1, 0, 1]),
        ("0;2", 0, [0, 2]),
        ("3;1", 1, [1, 3]),
        ("0.5-1.5", 0.5, [0.5, 1.5]),
    ],
)
def test_several_floors_are_read_as_chosen(text: str, lowest: float, each: list[float]) -> None:
    assert read_levels(text, named={}, ranges="lowest") == [lowest]
    assert read_levels(text, named={}, ranges="each") == each


@pytest.mark.parametrize("text", ["roof", "屋顶", "1-", "x;1", "0-9999", "12345"])
def test_what_is_no_floor_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="floor"):
        read_levels(text, named={}, ranges="each")

"""Text of tables is read as people write it, and cells are never lost without a word."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from builders import on_map, square

HERE = {"const": {"jurisdiction_code": "990100"}}


@pytest.mark.parametrize(
    ("line", "cells"),
    [
        ("B,乙局", 2),
        ("B,乙局,party,,多", 5),
        ('B,"乙局,party,', 2),
    ],
)
def test_a_line_with_fewer_or_more_cells_than_the_header_is_bad(
    loader: Any, tmp_path: Path, line: str, cells: int
) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f"code,name,kind,英文名称\nA,甲局,party,\n{line}\n", encoding="utf-8")

    outcome = loader("agencies", file, **HERE)

    found = {finding.row: finding for finding in outcome.findings if finding.field.startswith("row")}
    assert not outcome.stored
    assert list(found) == [3]
    assert f"has {cells} cells where the header has 4" in found[3].reason
    assert f"该行有{cells}个单元格，表头有4个" in found[3].reason_zh


def test_blank_cells_behind_the_last_column_lose_nothing(loader: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,name,kind,\nA,甲局,party\nB,乙局,party,,,\n", encoding="utf-8")

    assert loader("agencies", file, **HERE).inserted == 2


def test_an_uneven_line_that_the_filter_leaves_out_is_no_matter(loader: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,name,kind\nA,甲局,party\n合计,1\n", encoding="utf-8")

    assert loader("agencies", file, where={"kind": "party"}, **HERE).inserted == 1


def test_full_width_figures_and_words_mean_what_half_width_ones_do(loader: Any, write: Callable[..., Path]) -> None:
    row = {"QXDM": "９９０１００", "code": "１", "name": "Ａ座", "x": "１２１．５５", "y": "２９．８７",
           "建筑面积": "１，２３４．５", "built_year": "１９９８年", "safety_grade": "Ａ", "tenure": "Ｏｗｎｅｄ",
           "tenure_since": "２０２０－０１－３１"}  # fmt: skip

    assert loader("buildings", write("b.csv", [row]), crs="EPSG:4490").stored
    assert loader.rows(
        "SELECT building.code, name, ST_X(location), declared_gross_m2, built_year, safety_grade, kind, "
        "lower(tenure.valid) FROM fangdi.building JOIN fangdi.tenure ON tenure.building_id = building.id"
    ) == [("１", "Ａ座", 121.55, 1234.5, 1998, "A", "owned", date(2020, 1, 31))]


def test_full_width_floors_and_uses_are_read(office: Any, write: Callable[..., Path]) -> None:
    rooms = [{"number": "Ｂ１０３", "level": "Ｂ１", "用途": "ＯＦＦＩＣＥ"},
             {"number": "201", "level": "２", "用途": "办公室"},
             {"number": "202", "level": "－１", "用途": "办公室"}]  # fmt: skip

    assert office("rooms", write("r.csv", rooms), const={"building": "1"}).inserted == 3
    found = office.rows("SELECT number, level, use_code FROM fangdi.room JOIN fangdi.floor ON floor.id = floor_id "
                        "WHERE number = ANY (ARRAY['Ｂ１０３', '201', '202']) ORDER BY number")  # fmt: skip
    assert found == [("201", 2, "office"), ("202", -1, "office"), ("Ｂ１０３", -1, "office")]


def test_a_figure_with_an_exponent_sign_is_no_number(loader: Any, write: Callable[..., Path]) -> None:
    row = {"code": "1", "name": "a", "x": 121.55, "y": 29.87, "height_m": "10²"}

    outcome = loader("buildings", write("b.csv", [row]), crs="EPSG:4490", **HERE)

    assert [(finding.field, finding.reason) for finding in outcome.findings] == [("height_m", "is no number")]


@pytest.mark.parametrize("suffix", ["csv", "geojson", "gpkg"])
def test_a_control_character_makes_its_row_bad_and_is_spelled_out(
    office: Any, write: Callable[..., Path], suffix: str
) -> None:
    rows = [{"number": "201", "level": "2", "name": "会议\x07室"}, {"number": "202", "level": "2", "name": "会议室"}]
    shapes = None if suffix == "csv" else [on_map(square(4)), on_map(square(4, at=(5, 0)))]

    outcome = office("rooms", write(f"r.{suffix}", rows, shapes), const={"building": "1"})

    (found,) = [finding for finding in outcome.findings if finding.severity == "bad"]
    assert not outcome.stored
    assert (found.field, found.value) == ("name", "会议\\x07室")
    assert "control characters" in found.reason
    assert "控制字符" in found.reason_zh


def test_a_control_character_in_the_name_of_an_agency_makes_its_row_bad(loader: Any, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("code,name,kind\nA,甲\x1b[31m局,party\n", encoding="utf-8")

    outcome = loader("agencies", file, **HERE)

    assert [(one.row, one.field, one.value) for one in outcome.findings] == [(2, "name", "甲\\x1b[31m局")]
    assert not outcome.stored

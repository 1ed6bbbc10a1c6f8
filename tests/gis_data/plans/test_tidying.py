"""Numbers and names of rooms as they may be shown, and names of files."""

import json
from pathlib import Path

import pytest

from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import Plan, Reading
from fangdi.service.plans import PlanFile
from fangdi_gis_data.plans.reader import read_plan
from fangdi_gis_data.plans.tidying import MOST_LETTERS

CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}
CORNERS = [[[0, 0], [6, 0], [6, 5], [0, 5], [0, 0]]]


def named(folder: Path, name: str, number: str = "101") -> Plan:
    """Read a layer of one room."""
    shape = {"type": "Polygon", "coordinates": CORNERS}
    feature = {"type": "Feature", "properties": {"level": 1, "number": number, "name": name}, "geometry": shape}
    path = folder / "layer.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": CRS, "features": [feature]}), encoding="utf-8")
    return read_plan(path, Reading())


def told(plan: Plan) -> list[str]:
    return [say(one).zh for one in plan.findings if one.code is FindingCode.TEXT_TIDIED]


@pytest.mark.parametrize("name", ["办公\x07室", "办公\u202e室", "办公\u200b室", "\x1b办公室"])
def test_hidden_signs_are_taken_out_of_names_and_said_to_be(tmp_path: Path, name: str) -> None:
    plan = named(tmp_path, name)

    assert plan.rooms[0].name == "办公室"
    assert len(told(plan)) == 1
    assert "1 处" in told(plan)[0]


def test_a_name_of_thousands_of_letters_is_cut_and_said_to_be(tmp_path: Path) -> None:
    plan = named(tmp_path, "长" * 5000)

    assert plan.rooms[0].name == "长" * MOST_LETTERS
    assert "超过 200 个字" in told(plan)[0]


@pytest.mark.parametrize("name", ["大\n会议室", "大\r\n会议室", " 大\t会议室 "])
def test_a_name_in_two_lines_becomes_one_and_is_nothing_odd(tmp_path: Path, name: str) -> None:
    plan = named(tmp_path, name)

    assert plan.rooms[0].name == "大 会议室"
    assert told(plan) == []


def test_good_names_stay_as_they_are(tmp_path: Path) -> None:
    plan = named(tmp_path, "综合处 (3) Büro")

    assert (plan.rooms[0].number, plan.rooms[0].name) == ("101", "综合处 (3) Büro")
    assert told(plan) == []


@pytest.mark.parametrize(("given", "shown"), [
    ("三层\r\nSet-Cookie: a.dxf", "三层 Set-Cookie: a.dxf"), ("三层\u202egnp.dxf", "三层gnp.dxf"),
    ("三层.dxf", "三层.dxf"), ("\u202e\n", "file.dxf"),
])  # fmt: skip
def test_the_name_of_a_file_is_one_line_that_reads_as_it_is_written(given: str, shown: str) -> None:
    assert PlanFile(Path("file.dxf"), given).name == shown

"""`fangdi report` on the screen and into files."""

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from shapely import box
from sqlalchemy import Connection, text
from typer.testing import CliRunner

from builders import a_building, a_jurisdiction, a_room, a_zone, an_agency, occupies
from fangdi.commands import report, report_answer
from fangdi.errors import InvalidInputError, NotFoundError


@pytest.fixture
def run(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """Lend a runner whose commands see what the test has drawn."""

    @contextmanager
    def lent() -> Iterator[Connection]:
        yield connection

    monkeypatch.setattr(report_answer, "connected", lent)
    monkeypatch.setattr(report_answer, "_noting", contextmanager(lambda asked: (yield asked)))
    building = a_building(connection, "行政中心1号楼", code="XZ-1")
    agency = an_agency(connection, "市档案局", posts=5, code="DA")
    occupies(connection, agency, a_room(connection, "301", building=building, area=18.126))
    a_room(connection, "[bold]302", building=building, area=12)
    a_zone(connection)
    return CliRunner()


def output(run: CliRunner, *arguments: str) -> str:
    """Run a report and return what it prints."""
    result = run.invoke(report.app, [*arguments, "--as-of", "2026-01-01"], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_areas_come_with_both_languages_basis_and_two_decimals(run: CliRunner) -> None:
    shown = output(run, "areas")
    for expected in ("市档案局", "18.13", "使用面积", "Usable area", "实测面积 Measured", "2026-01-01"):
        assert expected in shown


def test_idle_rooms_are_shown_as_they_are_called(run: CliRunner) -> None:
    shown = output(run, "idle")
    assert "[bold]302" in shown
    assert "12.00" in shown


def test_space_is_found_from_the_command_line(run: CliRunner, connection: Connection, tmp_path: Path) -> None:
    building = a_building(connection, "找得到")
    for west in (0, 4.24):
        a_room(connection, building=building, level=3, plan=box(west, 0, west + 4, 5))

    shown = output(run, "spaces", "--rooms", "2", "--min-area", "40", "--level-from", "3")
    run.invoke(report.app, ["spaces", "--rooms", "2", "--out", str(tmp_path / "spaces.xlsx")])

    assert "找得到" in shown
    assert "40.00" in shown
    assert (tmp_path / "spaces.xlsx").stat().st_size > 0


@pytest.mark.parametrize(
    "wrong", [["--radius", "500"], ["--longitude", "121.5"], ["--min-area", "5", "--max-area", "4"]]
)
def test_space_is_not_looked_for_where_the_question_makes_no_sense(run: CliRunner, wrong: list[str]) -> None:
    answer = run.invoke(report.app, ["spaces", *wrong])

    assert isinstance(answer.exception, InvalidInputError)


def test_coverage_shows_the_three_bands(run: CliRunner) -> None:
    shown = output(run, "coverage", "--radius", "1500")
    for expected in ("集中办公区内", "辐射范围内", "辐射范围外", "1500 m"):
        assert expected in shown


def test_use_names_its_rule_and_adds_up(run: CliRunner) -> None:
    shown = output(run, "use", "--split", "equal", "--tree", "jurisdictions")
    assert all(word in shown for word in ("宁波市", "市档案局", "18.13", "按单位平均"))


def test_buildings_stand_with_their_lights(run: CliRunner) -> None:
    shown = output(run, "completeness")
    assert all(word in shown for word in ("行政中心1号楼", "缺项较多", "无产权登记"))


def test_the_yearly_report_is_written_as_a_book_and_not_as_a_table(run: CliRunner, tmp_path: Path) -> None:
    output(run, "annual", "--out", str(tmp_path / "a.xlsx"))
    assert "②办公用房" in openpyxl.load_workbook(tmp_path / "a.xlsx").sheetnames
    for arguments in (["annual", "--format", "csv"], ["use", "--format", "geojson"]):
        with pytest.raises(InvalidInputError, match="xlsx or json"):
            run.invoke(report.app, arguments, catch_exceptions=False)


@pytest.mark.parametrize("named", ["DA", "市档案局"])
def test_an_agency_is_named_by_code_or_name(run: CliRunner, named: str) -> None:
    assert "18.13" in output(run, "areas", "--agency", named)


def test_a_name_that_nobody_has_or_several_have_is_refused(run: CliRunner, connection: Connection) -> None:
    with pytest.raises(NotFoundError, match="full name"):
        output(run, "areas", "--agency", "市统计局")
    an_agency(connection, "市档案局")
    with pytest.raises(InvalidInputError, match="several"):
        output(run, "areas", "--agency", "市档案局")


@pytest.mark.parametrize("ending", ["csv", "json", "geojson", "xlsx"])
def test_the_ending_of_the_file_says_how_to_write_it(run: CliRunner, tmp_path: Path, ending: str) -> None:
    for name in ("areas", "idle", "coverage"):
        file = tmp_path / f"{name}.{ending}"
        output(run, name, "--out", str(file))
        if ending == "xlsx":
            assert "说明 About" in openpyxl.load_workbook(file).sheetnames
        elif ending == "csv":
            assert file.read_bytes().startswith(b"\xef\xbb\xbf")
        else:
            assert json.loads(file.read_text("utf-8"))["report"] == name


@pytest.mark.parametrize("form", ["table", "json", "geojson"])
def test_a_report_says_that_it_covers_what_the_reader_may_see(run: CliRunner, form: str) -> None:
    assert "仅含查询人有权查看的内容" in output(run, "areas", "--format", form)


def test_json_on_the_screen_is_json(run: CliRunner) -> None:
    found = json.loads(output(run, "areas", "--format", "json"))
    assert found["items"][0]["area_m2"] == 18.13
    assert (found["as_of"], found["basis"]) == ("2026-01-01", "measured")


@pytest.mark.parametrize(("form", "name"), [("csv", "areas.xlsx"), ("json", "a.geojson"), ("xlsx", "areas.xls")])
def test_a_form_that_does_not_fit_the_ending_is_refused(run: CliRunner, tmp_path: Path, form: str, name: str) -> None:
    with pytest.raises(InvalidInputError, match=rf"--format {form} does not go with the name {name}.*\.{form}"):
        output(run, "areas", "--format", form, "--out", str(tmp_path / name))
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize(
    ("form", "name"),
    [("csv", "areas.csv"), ("csv", "areas.TXT"), ("csv", "areas"), ("geojson", "a.json"), ("table", "a.txt")],
)
def test_a_form_that_fits_the_ending_or_a_name_without_one_is_written(
    run: CliRunner, tmp_path: Path, form: str, name: str
) -> None:
    output(run, "areas", "--format", form, "--out", str(tmp_path / name))
    assert (tmp_path / name).stat().st_size > 0


def test_an_unknown_ending_is_refused(run: CliRunner, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="--format"):
        output(run, "areas", "--out", str(tmp_path / "areas.pdf"))


@pytest.mark.parametrize("form", ["table", "csv", "json", "geojson", "xlsx"])
def test_a_file_that_cannot_be_written_is_refused_in_words(run: CliRunner, tmp_path: Path, form: str) -> None:
    with pytest.raises(InvalidInputError, match=r"Cannot write .*nowhere.*No such file.*--out"):
        output(run, "areas", "--format", form, "--out", str(tmp_path / "nowhere" / "areas"))


def test_the_least_area_is_not_above_the_largest(run: CliRunner) -> None:
    with pytest.raises(InvalidInputError, match=r"--min-area 50 is above --max-area 20"):
        output(run, "idle", "--min-area", "50", "--max-area", "20")


def test_a_jurisdiction_is_named_by_code_or_name(run: CliRunner, connection: Connection) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent="330200", level="county")
    for named in ("330200", "330203", "海曙区"):
        shown = output(run, "areas", "--jurisdiction", named)
        assert ("市档案局" in shown) is (named == "330200")
    with pytest.raises(NotFoundError, match="full name"):
        output(run, "areas", "--jurisdiction", "海曙")


def test_a_name_of_several_jurisdictions_is_refused_with_the_candidates(run: CliRunner, connection: Connection) -> None:
    for code in ("330203", "330212"):
        a_jurisdiction(connection, code, "城关镇", parent="330200", level="county")
    with pytest.raises(InvalidInputError, match=r"330203 \(.*城关镇\), 330212 \(.*城关镇\)\. Give the code"):
        output(run, "areas", "--jurisdiction", "城关镇")


@pytest.fixture
def thirds(run: CliRunner, connection: Connection) -> CliRunner:
    """Add agencies that share rooms whose parts have no two decimals, and idle rooms of three decimals."""
    for area, sharers, share in ((100.01, 3, 0.3333), (50.03, 7, 0.14), (33.333, 4, 0.25)):
        room = a_room(connection, building=a_building(connection), area=area)
        for _ in range(sharers):
            occupies(connection, an_agency(connection), room, share=share)
    for area in (10.004, 10.004, 10.004):
        a_room(connection, area=area)
    return run


@pytest.mark.parametrize(
    ("report_name", "stated"),
    [
        # 18.126 + 100.01 × 0.9999 + 50.03 × 0.98 + 33.333 = 200.488399; rounded one by one the rows make 200.44
        ("areas", "200.49"),
        ("idle", "42.01"),  # 12 + 3 × 10.004
    ],
)
def test_the_rows_of_a_file_add_up_to_the_total_it_states(
    thirds: CliRunner, tmp_path: Path, report_name: str, stated: str
) -> None:
    for ending in ("csv", "xlsx", "json", "geojson"):
        output(thirds, report_name, "--out", str(tmp_path / f"r.{ending}"))
    found = json.loads((tmp_path / "r.json").read_text("utf-8"))
    assert found["facts"]["Usable area, total (m²)"] == stated
    _, *rows = csv.reader((tmp_path / "r.csv").read_text("utf-8-sig").splitlines())
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    features = json.loads((tmp_path / "r.geojson").read_text("utf-8"))["features"]
    for areas in (
        [row[7] for row in rows],
        [row[7].value for row in sheet.iter_rows(min_row=2)],
        [item["area_m2"] for item in found["items"]],
        [item["properties"]["area_m2"] for item in features],
    ):
        assert sum(Decimal(str(area)) for area in areas) == Decimal(stated)


def test_agencies_and_buildings_of_a_band_add_up_to_its_total(thirds: CliRunner) -> None:
    found = json.loads(output(thirds, "coverage", "--format", "json"))
    inside, _, _ = found["totals"]
    stated = Decimal(str(inside["area_m2"]))
    assert sum(Decimal(str(agency["inside_m2"])) for agency in found["agencies"]) == stated
    assert sum(Decimal(str(building["area_m2"])) for building in found["buildings"]) == stated


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["idle"], []),
        (["idle", "--format", "csv"], ["fangdi-idle-2026-01-01-measured"]),
        (["coverage", "--out", "{folder}/图.xlsx"], ["图.xlsx"]),
    ],
)
def test_what_leaves_as_a_file_is_noted(
    run: CliRunner, arguments: list[str], names: list[str], connection: Connection, tmp_path: Path
) -> None:
    output(run, *(argument.format(folder=tmp_path) for argument in arguments))

    noted = connection.execute(text("SELECT object_name FROM fangdi.audit_entry WHERE action = 'export'")).scalars()
    assert list(noted) == names

"""`fangdi report` on the screen and into files."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from builders import a_building, a_room, a_zone, an_agency, occupies
from fangdi.commands import report
from fangdi.errors import InvalidInputError, NotFoundError


@pytest.fixture
def run(connection: Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[CliRunner]:
    """Lend a runner whose commands see what the test has drawn."""

    @contextmanager
    def lent() -> Iterator[Connection]:
        yield connection

    monkeypatch.setattr(report, "_connection", lent)
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


def test_coverage_shows_the_three_bands(run: CliRunner) -> None:
    shown = output(run, "coverage", "--radius", "1500")
    for expected in ("集中办公区内", "辐射范围内", "辐射范围外", "1500 m"):
        assert expected in shown


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


def test_json_on_the_screen_is_json(run: CliRunner) -> None:
    found = json.loads(output(run, "areas", "--format", "json"))
    assert found["items"][0]["area_m2"] == 18.13
    assert (found["as_of"], found["basis"]) == ("2026-01-01", "measured")


def test_an_unknown_ending_is_refused(run: CliRunner, tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match="--format"):
        output(run, "areas", "--out", str(tmp_path / "areas.pdf"))


@pytest.mark.parametrize("form", ["table", "csv", "json", "geojson", "xlsx"])
def test_a_file_that_cannot_be_written_is_refused_in_words(run: CliRunner, tmp_path: Path, form: str) -> None:
    with pytest.raises(InvalidInputError, match=r"Cannot write .*nowhere.*No such file.*--out"):
        output(run, "areas", "--format", form, "--out", str(tmp_path / "nowhere" / "areas"))

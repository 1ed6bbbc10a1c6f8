"""`fangdi plan batch`: many plans over all cores, with or without a database, and again where it stopped."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from builders import a_building
from fangdi.commands import plan
from fangdi.commands.plan_batch_file import Work
from fangdi.commands.plan_batch_results import read_results, row, write_results
from fangdi.commands.pool import spread
from fangdi.errors import InvalidInputError
from fangdi.store.engine import create_engine

SIDE = 0.0001
"""Degrees: some 10 m."""


def a_room_layer(rooms: int) -> bytes:
    """Return GeoJSON with rooms side by side, in degrees as RFC 7946 has it."""
    features = []
    for at in range(rooms):
        west, south = 121.5 + 2 * at * SIDE, 29.8
        ring = [[west, south], [west + SIDE, south], [west + SIDE, south + SIDE], [west, south + SIDE], [west, south]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "geometry": shape, "properties": {"number": f"{at}", "level": 1}})
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Lend a folder with two plans of B1, one of nobody, and one of a kind that is not read."""
    made = tmp_path / "图纸"
    (made / "B1").mkdir(parents=True)
    (made / "B1" / "1F.geojson").write_bytes(a_room_layer(2))
    (made / "B1" / "2F.geojson").write_bytes(a_room_layer(3))
    (made / "B1" / "3F.dwg").write_bytes(b"AC1032 drawn by a program")
    (made / "nobody.geojson").write_bytes(a_room_layer(1))
    return made


def run(*arguments: Any) -> Any:
    return CliRunner().invoke(plan.app, ["batch", *map(str, arguments), "--workers", "2"])


def test_a_process_that_is_gone_takes_its_task_along_and_no_other() -> None:
    dying = ["__import__('os')._exit(1)", "__import__('os').abort()"]

    found = dict(spread(eval, ["2 * 1", dying[0], "2 * 2", dying[1], "2 * 3"], processes=2))

    assert found == {"2 * 1": 2, dying[0]: None, "2 * 2": 4, dying[1]: None, "2 * 3": 6}


def test_without_a_database_plans_are_read_and_checked(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.json"

    answer = run(folder, "--inspect-only", "--out", out)

    assert answer.exit_code == 1, "one could not be read"
    found = {one["file"]: one for one in json.loads(out.read_text(encoding="utf-8"))}
    assert {name: (one["state"], one["rooms"]) for name, one in found.items()} == {
        "B1/1F.geojson": ("done", 2),
        "B1/2F.geojson": ("done", 3),
        "B1/3F.dwg": ("failed", 0),
        "nobody.geojson": ("done", 1),
    }
    assert "DXF" in found["B1/3F.dwg"]["message"]
    assert "3F.dwg" in answer.stdout


def test_what_the_results_have_is_not_read_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    run(folder, "--inspect-only", "--out", out)
    first = read_results(out)
    (folder / "B1" / "2F.geojson").write_bytes(a_room_layer(4))

    run(folder, "--inspect-only", "--out", out)

    second = read_results(out)
    kept = {key: one for key, one in second.items() if "2F" not in key[0]}
    assert kept == {key: one for key, one in first.items() if "2F" not in key[0]}, "to the second it took"
    assert {one["rooms"] for key, one in second.items() if "2F" in key[0]} == {4}


def test_with_a_database_each_file_becomes_a_draft_once(
    folder: Path, fresh_database: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database()
    database = create_engine(url)
    with database.begin() as connection:
        building = a_building(connection, code="B1")
    monkeypatch.setenv("FANGDI_DATABASE_URL", url)

    first, second = run(folder), run(folder)

    with database.connect() as connection:
        drafts = connection.execute(
            text("SELECT building_id, file_name, status FROM fangdi.plan ORDER BY file_name")
        ).all()
    database.dispose()
    assert [tuple(one) for one in drafts] == [(building, f"{n}F.geojson", "draft") for n in (1, 2)]
    assert "2 完成 done, 0 已有 known, 2 失败 failed" in first.stdout
    assert "0 完成 done, 2 已有 known, 2 失败 failed" in second.stdout


def test_a_zip_does_as_well(folder: Path, tmp_path: Path) -> None:
    packed = tmp_path / "图纸.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(folder / "B1" / "1F.geojson", "B1/1F.geojson")

    answer = run(packed, "--inspect-only")

    assert answer.exit_code == 0, answer.output
    assert "1 完成 done" in answer.stdout


def test_results_of_something_else_are_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(InvalidInputError, match="other"):
        read_results(other)
    with pytest.raises(InvalidInputError, match="written as"):
        read_results(tmp_path / "results.xlsx")


def test_no_cell_of_the_results_is_a_formula(tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    write_results(out, [row(Work("=HYPERLINK(1).dxf", b"", "0" * 64), state="done")])

    with out.open(encoding="utf-8-sig", newline="") as stream:
        (line,) = csv.DictReader(stream)
    assert line["file"] == "'=HYPERLINK(1).dxf"
    assert ("=HYPERLINK(1).dxf", "0" * 64) in read_results(out)

"""`fangdi plan`: what is in a file, import and audit from the command line."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from pyproj import Transformer

from builders import CENTRE, a_building, a_room
from fangdi.store.engine import create_engine
from fangdi_gis_data.plan_frame import local_frame

_to_map = Transformer.from_crs(local_frame(*CENTRE), "EPSG:4490", always_xy=True)  # metres are metres there


@pytest.fixture
def plan_file(tmp_path: Path) -> Path:
    """Write a plan of two rooms of 5 m × 4 m as GeoJSON."""
    file = tmp_path / "plan.geojson"

    def ring(shift: float) -> list[tuple[float, float]]:
        corners = [(0, 0), (5, 0), (5, 4), (0, 4), (0, 0)]
        return [_to_map.transform(x + shift, y) for x, y in corners]

    features = [
        {
            "type": "Feature",
            "properties": {"number": number, "name": "办公室"},
            "geometry": {"type": "Polygon", "coordinates": [ring(shift)]},
        }
        for number, shift in (("101", 0.0), ("102", 5.2))
    ]
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


@pytest.fixture
def database(fresh_database: Callable[..., str]) -> str:
    """Lend a database with a building whose room 101 is registered with 25 m²."""
    url = fresh_database()
    engine = create_engine(url)
    with engine.begin() as connection:
        building = a_building(connection, code="A1")
        a_room(connection, "101", building=building, area=None, registered_usable_m2=25.0)
    engine.dispose()
    return url


def fangdi(*arguments: str, database: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fangdi", "plan", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "FANGDI_DATABASE_URL": database},
    )


def test_inspecting_needs_no_database_and_speaks_both_languages(plan_file: Path) -> None:
    answer = fangdi("inspect", str(plan_file), "--level", "1", database="postgresql://me@/none?host=/nowhere")

    assert answer.returncode == 0, answer.stderr
    assert "2 间 rooms" in answer.stdout
    assert answer.stdout.count("20.0") >= 2  # 5 m × 4 m, twice
    assert "楼层 Floors" in answer.stdout


def test_a_role_that_is_none_is_refused_in_one_line(plan_file: Path) -> None:
    answer = fangdi("inspect", str(plan_file), "--map", "A=cupboard")

    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "choose from room, wall" in answer.stderr


def test_import_waits_for_yes_and_the_audit_finds_what_is_beyond(plan_file: Path, database: str) -> None:
    draft = fangdi("import", str(plan_file), "--building", "A1", "--level", "1", database=database)
    done = fangdi("import", str(plan_file), "--building", "A1", "--level", "1", "--yes", database=database)
    audit = fangdi("audit", "2", database=database)

    assert draft.returncode == 0, draft.stderr
    assert "草稿 Draft 1" in draft.stdout
    assert "Plan 2 已入库 imported" in done.stdout, done.stdout + done.stderr
    engine = create_engine(database)
    with engine.connect() as connection:
        rooms = connection.exec_driver_sql("SELECT number, measured_usable_m2 FROM fangdi.room ORDER BY number").all()
    engine.dispose()
    assert [(number, round(area, 2)) for number, area in rooms] == [("101", 20.0), ("102", 20.0)]
    assert audit.returncode == 0, audit.stderr
    assert "beyond" in audit.stdout  # 25 registered, 20 measured
    assert "1/2 间 rooms" in audit.stdout  # of the floor only 101 has both areas
    assert "25.00 : 20.00" in audit.stdout

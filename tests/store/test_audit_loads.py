"""A load makes one entry, and its rooms are as secret as they should be, however many they are."""

from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from sqlalchemy import text

from builders import a_jurisdiction
from fangdi.commands.load_run import Request, load
from fangdi.store import loading_rooms
from fangdi.store.audit import check
from fangdi.store.engine import create_engine
from fangdi_gis_data import prepare

EAST, NORTH = 366_714.0, 3_305_448.0
"""A place in EPSG:4550, at 121.62° E, 29.86° N."""


@pytest.fixture
def url(fresh_database: object, tmp_path: Path) -> str:
    """Lend a database with an open and a secret building."""
    made: str = fresh_database()  # type: ignore[operator]
    engine = create_engine(made)
    with engine.begin() as connection:
        a_jurisdiction(connection, "990100", "某市")
    engine.dispose()
    file = tmp_path / "b.csv"
    file.write_text("code,name,x,y,classified\nA,甲楼,121.62,29.86,否\nB,乙楼,121.621,29.861,是\n", encoding="utf-8")
    flags = {"const": {"jurisdiction_code": "990100"}, "crs": "EPSG:4490"}
    load(
        Request("buildings", file, None, flags, frozenset(), None, show_mapping=False, dry_run=False, shown=0), url=made
    )
    return made


def rooms_file(file: Path) -> Path:
    rooms = [
        {"building": "AB"[n % 2], "level": "1", "number": str(n), "classified": "是" if n == 4 else "否"}
        for n in range(6)
    ]
    shapes = [shapely.box(EAST + 10 * n, NORTH, EAST + 10 * n + 4, NORTH + 4) for n in range(6)]
    gpd.GeoDataFrame(rooms, geometry=shapes, crs=4550).to_file(file, layer="rooms", engine="pyogrio")
    return file


def load_rooms(url: str, file: Path, *, dry_run: bool = False) -> None:
    wish = Request("rooms", file, None, {}, frozenset(), None, show_mapping=False, dry_run=dry_run, shown=0)
    outcome = load(wish, url=url)
    assert outcome is not None
    assert outcome.inserted == 6, outcome.findings


@pytest.mark.parametrize("many", [1, 10**9])
def test_a_load_makes_one_entry_and_keeps_secrecy(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    for table in ("room", "floor"):
        monkeypatch.setitem(loading_rooms.BULK_ROWS, table, many)
    monkeypatch.setattr(prepare, "MANY_ROWS", many)
    load_rooms(url, rooms_file(tmp_path / "r.gpkg"))

    engine = create_engine(url)
    with engine.connect() as connection:
        found = connection.execute(text("SELECT * FROM fangdi.audit_entry ORDER BY id")).all()
        secret = connection.execute(text("SELECT number FROM fangdi.room WHERE secret ORDER BY 1")).scalars().all()
        assert check(connection).intact
    engine.dispose()

    assert [(entry.action, entry.object_kind) for entry in found] == [
        ("insert", "jurisdiction"),
        ("load", "import_batch"),
        ("load", "import_batch"),
    ]
    rooms = found[-1]
    assert (rooms.object_name, rooms.batch_id, rooms.after["inserted"]) == ("r.gpkg", rooms.object_id, 6)
    assert len(rooms.after["file_sha256"]) == 64
    assert rooms.after["mapping"]
    assert rooms.secret, "its figures count secret rooms in"
    assert secret == ["1", "3", "4", "5"], "those of the secret building, and the classified one"


def test_a_trial_run_leaves_no_entry(url: str, tmp_path: Path) -> None:
    load_rooms(url, rooms_file(tmp_path / "r.gpkg"), dry_run=True)

    engine = create_engine(url)
    with engine.connect() as connection:
        assert check(connection).entries == 2, "those of the jurisdiction and the buildings"
    engine.dispose()


def test_what_is_changed_by_hand_after_a_load_makes_entries_again(url: str, tmp_path: Path) -> None:
    load_rooms(url, rooms_file(tmp_path / "r.gpkg"))
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE fangdi.room SET name = 'x'"))
    with engine.connect() as connection:
        assert check(connection).entries == 3 + 6
    engine.dispose()

"""Files of all formats load, come again without a change, and are refused with reasons."""

import json
import re
import sqlite3
import struct
from collections.abc import Callable
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fangdi.commands.load_run import Request, load
from fangdi.errors import FangdiError, InvalidInputError

WEST, SOUTH = 121.55, 29.87
PLACE = "990100"


def square(east: float = 0, north: float = 0, side: float = 0.0005) -> shapely.Polygon:
    """Draw a square in degrees, by default about 50 m wide, `east` and `north` in thousandths of a degree."""
    x, y = WEST + east / 1000, SOUTH + north / 1000
    return shapely.box(x, y, x + side, y + side)


@pytest.mark.parametrize("suffix", ["gpkg", "geojson", "shp"])
def test_the_same_load_twice_changes_nothing(loader: Any, write: Callable[..., Path], suffix: str) -> None:
    file = write(f"p.{suffix}", [{"code": "1"}, {"code": "2"}], [square(), square(1)])
    tiles = "SELECT version FROM fangdi.layer_version WHERE layer = 'parcels'"
    versions = "SELECT xmin::text, code FROM fangdi.parcel ORDER BY code"

    first = loader("parcels", file, const={"jurisdiction_code": PLACE})
    before, version = loader.rows(versions), loader.value(tiles)
    second = loader("parcels", file, const={"jurisdiction_code": PLACE})

    assert (first.inserted, second.inserted, second.updated, second.unchanged) == (2, 0, 0, 2)
    assert loader.rows(versions) == before
    assert loader.value("SELECT count(*) FROM fangdi.import_batch") == 1
    assert loader.value(tiles) == version, "no tile is made anew"


def test_a_changed_file_updates_only_what_changed(loader: Any, write: Callable[..., Path]) -> None:
    place = {"jurisdiction_code": PLACE}
    loader(
        "parcels",
        write("p.gpkg", [{"code": "1", "ZL": "a"}, {"code": "2", "ZL": "b"}], [square(), square(1)]),
        const=place,
    )
    changed = write("q.gpkg", [{"code": "1", "ZL": "a"}, {"code": "2", "ZL": "c"}], [square(), square(1)])

    outcome = loader("parcels", changed, const=place)

    assert (outcome.inserted, outcome.updated, outcome.unchanged) == (0, 1, 1)
    batches = dict(loader.rows("SELECT code, batch_id FROM fangdi.parcel"))
    assert batches["2"] == outcome.batch_id != batches["1"]


def test_rooms_are_measured_and_updated_in_their_building(office: Any, write: Callable[..., Path]) -> None:
    rooms = [{"number": "101", "level": "1"}, {"number": "201", "level": "2"}]
    file = write("r.gpkg", rooms, [square(side=0.0001), square(1, side=0.0001)])

    first = office("rooms", file, const={"building": "1"})
    second = office("rooms", file, const={"building": "1"})

    assert (first.inserted, first.updated) == (1, 1)
    assert second.batch_id is None
    stated, measured, use = office.rows(
        "SELECT declared_usable_m2, measured_usable_m2, use_code FROM fangdi.room WHERE code = '101'"
    )[0]
    # 0.0001° is 11.0854 m north and 9.6610 m east at 29.87° on GRS 1980 (M·π/180, N·cos φ·π/180)
    assert measured == pytest.approx(11.0854 * 9.6610, rel=1e-4)
    assert (stated, use) == (20, "unclassified")
    assert office.value("SELECT plan_crs FROM fangdi.building").startswith("+proj=tmerc")


def test_a_plan_in_another_frame_is_refused_with_advice(office: Any, write: Callable[..., Path]) -> None:
    office(
        "rooms",
        write("r.gpkg", [{"number": "101", "level": "1"}], [square(side=0.0001)]),
        const={"building": "1"},
        plan_crs="EPSG:4549",
    )

    outcome = office(
        "rooms",
        write("s.gpkg", [{"number": "101", "level": "1"}], [square(side=0.0001)]),
        const={"building": "1"},
        plan_crs="EPSG:4550",
    )

    assert not outcome.stored
    assert "--plan-crs 'EPSG:4549'" in outcome.findings[0].reason


def test_bad_values_are_reported_by_row_field_and_reason(loader: Any, write: Callable[..., Path]) -> None:
    rows = [
        {
            "code": "1",
            "name": "a",
            "x": WEST,
            "y": SOUTH,
            "built_year": 1990,
            "declared_gross_m2": 100,
            "tenure": "自有",
        },
        {"code": "", "name": "b", "x": WEST, "y": SOUTH, "built_year": 1990, "declared_gross_m2": -5, "tenure": "own"},
        {
            "code": "1",
            "name": "c",
            "x": 500,
            "y": SOUTH,
            "built_year": "old",
            "declared_gross_m2": "1,5x",
            "tenure": "stolen",
        },
    ]
    outcome = loader(
        "buildings", write("b.csv", rows[:1] + rows[1:]), const={"jurisdiction_code": PLACE}, crs="EPSG:4490"
    )

    found = {(finding.row, finding.field) for finding in outcome.findings if finding.severity == "bad"}
    assert not outcome.stored
    assert {
        (3, "code"),
        (3, "declared_gross_m2"),
        (4, "code"),
        (4, "built_year"),
        (4, "tenure"),
        (4, "geometry"),
    } <= found


def test_an_area_that_none_reaches_is_reported_with_its_limit(
    loader: Any, office: Any, write: Callable[..., Path]
) -> None:
    rooms = write("r.csv", [{"number": "301", "level": "3", "declared_usable_m2": 1_000_001}])
    place = {"name": "a", "x": WEST, "y": SOUTH}
    buildings = write("b.csv", [{"code": "7", **place, "declared_gross_m2": 100_000_001}])

    of_room = office("rooms", rooms, const={"building": "1"})
    of_building = loader("buildings", buildings, const={"jurisdiction_code": PLACE}, crs="EPSG:4490")

    assert (of_room.stored, of_building.stored) == (False, False)
    assert "more than 1,000,000 m²" in of_room.findings[0].reason
    assert "超过100,000,000㎡" in of_building.findings[0].reason_zh


def test_a_room_drawn_larger_than_any_is_reported(office: Any, write: Callable[..., Path]) -> None:
    # 0.02° is 2217 m north and 1932 m east at 29.87°: 4.28 km²
    file = write("r.gpkg", [{"number": "301", "level": "3"}], [square(side=0.02)])

    outcome = office("rooms", file, const={"building": "1"})

    assert not outcome.stored
    bad = next(finding for finding in outcome.findings if finding.severity == "bad")
    assert (bad.field, "more than 1,000,000 m²" in bad.reason) == ("outline", True)


def test_codes_are_checked(loader: Any, write: Callable[..., Path]) -> None:
    rows = [
        {"code": "A", "name": "a", "kind": "government", "uscc": "91110000600037341L"},
        {"code": "B", "name": "b", "kind": "government", "uscc": "91110000600037341M"},
        {"code": "C", "name": "c", "kind": "government", "uscc": "123"},
    ]
    outcome = loader("agencies", write("a.csv", rows), const={"jurisdiction_code": PLACE}, skip=True)

    reasons = {finding.row: finding.reason for finding in outcome.findings}
    assert outcome.inserted == 1
    assert reasons == {3: "the check character should be L", 4: "has 3 characters instead of 18"}


def test_an_unknown_jurisdiction_is_reported(loader: Any, write: Callable[..., Path]) -> None:
    outcome = loader(
        "agencies", write("a.csv", [{"code": "A", "name": "a", "kind": "party"}]), const={"jurisdiction_code": "110000"}
    )

    assert not outcome.stored
    assert outcome.findings[0].field == "jurisdiction_code"


def test_tenure_changes_are_dated_and_the_past_stays(loader: Any, write: Callable[..., Path]) -> None:
    def building(tenure: str, since: str) -> Path:
        row = {"code": "1", "name": "a", "x": WEST, "y": SOUTH, "tenure": tenure, "tenure_since": since}
        return write(f"{tenure}.csv", [row])

    options = {"const": {"jurisdiction_code": PLACE}, "crs": "EPSG:4490"}
    loader("buildings", building("leased", "2020-01-01"), **options)
    loader("buildings", building("owned", "2023-07-01"), **options)

    assert loader.rows("SELECT kind, lower(valid), upper(valid) FROM fangdi.tenure ORDER BY lower(valid)") == [
        ("leased", date(2020, 1, 1), date(2023, 7, 1)),
        ("owned", date(2023, 7, 1), None),
    ]
    assert not loader("buildings", building("borrowed", ""), **options).stored


def test_a_shared_room_is_split_in_equal_parts(office: Any, write: Callable[..., Path]) -> None:
    rows = [
        {"room": "101", "agency": "甲局", "from": "2024-01-01"},
        {"room": "101", "agency": "B", "from": "2024-01-01"},
    ]
    file = write("o.csv", rows)

    first = office("occupancies", file, const={"building": "1"})
    second = office("occupancies", file, const={"building": "1"})

    assert (first.inserted, second.batch_id, second.unchanged) == (2, None, 2)
    assert office.rows("SELECT DISTINCT share FROM fangdi.occupancy") == [(Decimal("0.50000"),)]


def test_a_room_in_use_cannot_be_used_again(office: Any, write: Callable[..., Path]) -> None:
    office(
        "occupancies", write("o.csv", [{"room": "101", "agency": "A", "from": "2024-01-01"}]), const={"building": "1"}
    )

    outcome = office(
        "occupancies", write("p.csv", [{"room": "101", "agency": "B", "from": "2024-06-01"}]), const={"building": "1"}
    )

    assert not outcome.stored
    assert "the room would be used to 200 %" in outcome.findings[0].reason


def test_a_move_ends_one_use_and_begins_another(office: Any, write: Callable[..., Path]) -> None:
    office(
        "occupancies",
        write("o.csv", [{"room": "101", "agency": "A", "from": "2024-01-01", "until": ""}]),
        const={"building": "1"},
    )
    rows = [
        {"room": "101", "agency": "A", "from": "2024-01-01", "until": "2024-05-31"},
        {"room": "101", "agency": "B", "from": "2024-06-01", "until": ""},
    ]

    outcome = office("occupancies", write("p.csv", rows), const={"building": "1"})

    assert (outcome.inserted, outcome.updated) == (1, 1)
    assert office.rows("SELECT upper(valid) FROM fangdi.occupancy ORDER BY lower(valid)") == [
        (date(2024, 6, 1),),
        (None,),
    ]


def test_persons_come_with_their_ranks(office: Any, write: Callable[..., Path]) -> None:
    rows = [
        {"room": "101", "agency": "A", "工号": "7", "姓名": "张三", "person_rank": "city_bureau_chief"},
        {"room": "101", "agency": "A", "工号": "8", "姓名": "李四", "person_rank": "city_staff"},
    ]
    outcome = office("occupancies", write("o.csv", rows), const={"building": "1"})

    assert outcome.inserted == 1
    found = office.rows("SELECT person_key, name, rank_code FROM fangdi.occupant ORDER BY person_key")
    assert found == [("7", "张三", "city_bureau_chief"), ("8", "李四", "city_staff")]


def test_unknown_rooms_and_agencies_are_reported(office: Any, write: Callable[..., Path]) -> None:
    rows = [{"room": "999", "agency": "A"}, {"room": "101", "agency": "丙局"}]
    outcome = office("occupancies", write("o.csv", rows), const={"building": "1"})

    assert {(f.row, f.field) for f in outcome.findings} == {(2, "room"), (3, "agency")}


def test_posts_and_staff_are_kept_over_time(office: Any, write: Callable[..., Path]) -> None:
    rows = [{"agency": "A", "rank": "city_staff", "posts": 20, "from": "2020-01-01"}]
    office("posts", write("p.csv", rows))
    changed = write("q.csv", [{"agency": "A", "rank": "city_staff", "posts": 25, "from": "2022-01-01"}])
    office("posts", changed)

    assert office("posts", changed).batch_id is None
    assert office.rows("SELECT posts, upper(valid) FROM fangdi.agency_posts ORDER BY posts") == [
        (20, date(2022, 1, 1)), (25, None),
    ]  # fmt: skip


def test_a_ledger_with_a_title_above_its_header_loads(loader: Any, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in [
        ["机关办公用房台账"],
        [],
        ["单位编码", "单位名称", "单位类别", "统一社会信用代码"],
        ["A", "甲局", "行政机关", None],
    ]:
        book.active.append(row)
    file = tmp_path / "ledger.xlsx"
    book.save(file)
    book.close()

    assert loader("agencies", file, const={"jurisdiction_code": PLACE}).inserted == 1


def test_a_trial_run_changes_nothing(loader: Any, write: Callable[..., Path]) -> None:
    file = write("p.gpkg", [{"code": "1"}], [square()])

    outcome = loader("parcels", file, const={"jurisdiction_code": PLACE}, dry_run=True)

    assert outcome.inserted == 1
    assert loader.value("SELECT count(*) FROM fangdi.parcel") == 0


def test_a_bow_tie_is_repaired_only_when_asked(loader: Any, write: Callable[..., Path]) -> None:
    # two triangles meeting in the middle of a square: half its area, drawn as one ring that crosses itself
    x, y, side = WEST, SOUTH, 0.001
    bow_tie = shapely.Polygon([(x, y), (x + side, y + side), (x + side, y), (x, y + side)])
    file = write("p.gpkg", [{"code": "1"}], [bow_tie])
    place = {"jurisdiction_code": PLACE}

    refused = loader("parcels", file, const=place)
    repaired = loader("parcels", file, const=place, repair=True)

    assert not refused.stored
    assert "Self-intersection" in refused.findings[0].reason
    assert repaired.inserted == 1
    assert loader.value("SELECT ST_Area(outline) FROM fangdi.parcel") == pytest.approx(side * side / 2)


def test_an_area_in_another_unit_is_questioned(loader: Any, write: Callable[..., Path]) -> None:
    # some 48.3 m × 55.4 m drawn, stated in square feet
    file = write("p.gpkg", [{"code": "1", "ZDMJ": 48.3 * 55.4 / 0.09290304}], [square()])

    outcome = loader("parcels", file, const={"jurisdiction_code": PLACE})

    (warning,) = outcome.findings
    assert outcome.stored
    assert warning.severity == "warning"
    assert "square feet" in warning.reason


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.gpkg", b""),
        ("cut.geojson", b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": "Poly'),
        ("array.json", b"[1, 2]"),
        ("other.json", b'{"a": 1}'),
        ("picture.gpkg", b"\x89PNG\r\n\x1a\n" + bytes(200)),
        ("table.xlsx", b"code,name\n1,2\n"),
        ("table.csv", bytes(range(256)) * 8),
        ("blank.csv", b"\n\n\n"),
        ("shape.shp", b"\0\0\x27\x0a" + bytes(40)),
        ("packed.zip", b"PK\x03\x04broken"),
        ("notes.pdf", b"%PDF-1.4"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(loader: Any, tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    with pytest.raises(FangdiError) as caught:
        loader("parcels", file, const={"jurisdiction_code": PLACE, "code": "1"})

    assert name in caught.value.message or "column" in caught.value.message or "need geometry" in caught.value.message
    assert loader.value("SELECT count(*) FROM fangdi.parcel") == 0


def test_a_truncated_geopackage_leaves_nothing(loader: Any, write: Callable[..., Path]) -> None:
    whole = write("p.gpkg", [{"code": str(n)} for n in range(3000)], [square(n / 10) for n in range(3000)])
    data = whole.read_bytes()
    whole.write_bytes(data[: len(data) // 2])

    with pytest.raises(FangdiError):
        loader("parcels", whole, const={"jurisdiction_code": PLACE})

    assert loader.value("SELECT count(*) FROM fangdi.parcel") == 0


@pytest.mark.parametrize("bad", [float("inf"), 1e300, 181.0])
def test_coordinates_that_are_none_are_reported(loader: Any, write: Callable[..., Path], bad: float) -> None:
    file = write("p.gpkg", [{"code": "1"}], [shapely.Polygon([(WEST, SOUTH), (bad, SOUTH), (WEST, SOUTH + 1)])])

    assert not loader("parcels", file, const={"jurisdiction_code": PLACE}).stored


def test_a_coordinate_that_is_no_number_is_a_bad_row(loader: Any, write: Callable[..., Path]) -> None:
    file = write("p.gpkg", [{"code": "1"}, {"code": "2"}], [square(), square(1)])
    corner = struct.pack("<d", shapely.get_coordinates(square(1))[1, 1])
    with closing(sqlite3.connect(file)) as database:
        (shape,) = database.execute("SELECT geom FROM p WHERE code = '2'").fetchone()
        spoilt = shape.replace(corner, struct.pack("<d", float("nan")))
        assert spoilt != shape
        # GeoPackage's own triggers call functions that only GDAL brings
        for (trigger,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("UPDATE p SET geom = ? WHERE code = '2'", [spoilt])
        database.commit()

    outcome = loader("parcels", file, const={"jurisdiction_code": PLACE})

    assert not outcome.stored
    assert {(finding.row, finding.field) for finding in outcome.findings} == {(2, "geometry")}
    assert any("Invalid Coordinate" in finding.reason for finding in outcome.findings)


def test_the_mapping_shows_a_dash_where_the_first_row_says_nothing(
    write: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    file = write("p.gpkg", [{"code": "1", "ZL": None, "ZDMJ": None}, {"code": "2", "ZL": "a", "ZDMJ": 5.0}],
                 [square(), square(1)])  # fmt: skip

    load(Request("parcels", file, None, {"const": {"jurisdiction_code": PLACE}}, frozenset(), None,
                 show_mapping=True, dry_run=False, shown=0), url="")  # fmt: skip

    told = capsys.readouterr().out
    assert "nan" not in told.lower()
    assert re.search(r"address.*ZL.*│ - ", told)


def test_a_file_of_another_crs_without_a_name_is_refused(loader: Any, write: Callable[..., Path]) -> None:
    file = write("p.shp", [{"code": "1"}], [square()])
    file.with_suffix(".prj").unlink()

    with pytest.raises(InvalidInputError, match="--crs"):
        loader("parcels", file, const={"jurisdiction_code": PLACE})


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(-500, 500),
            st.integers(-500, 500),
            st.integers(1, 400),
            st.text("甲乙ABC,'\"\\\n;中 文", max_size=9),
        ),
        min_size=1,
        max_size=12,
    )
)
def test_what_is_loaded_reads_back_the_same(
    office: Any, tmp_path: Path, drawn: list[tuple[int, int, int, str]]
) -> None:
    shapes = [square(east, north, side=side / 1e6) for east, north, side, _ in drawn]
    features = [
        {
            "type": "Feature",
            "properties": {"code": f"R{n}", "level": "3", "name": name},
            "geometry": json.loads(shapely.to_geojson(shape)),
        }
        for n, (shape, (*_, name)) in enumerate(zip(shapes, drawn, strict=True))
    ]
    file = tmp_path / "rooms.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")

    assert office("rooms", file, const={"building": "1"}).stored

    stored = office.rows("SELECT code, name, ST_AsBinary(outline) FROM fangdi.room WHERE code LIKE 'R%'")
    for code, name, wkb in stored:
        number = int(code[1:])
        if number < len(drawn):
            assert name == (drawn[number][3].strip() or None)
            assert shapely.equals_exact(
                shapely.get_parts(shapely.from_wkb(bytes(wkb)))[0], shapes[number], tolerance=1e-12
            )

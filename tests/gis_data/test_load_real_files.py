"""Real files load with a mapping alone, and the figures known of them come out again."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fangdi.errors import FangdiError

pytestmark = pytest.mark.real_data
Find = Callable[[str], Path]

NINGBO_KM2 = {
    "330203": 595.351, "330205": 209.419, "330206": 604.947, "330211": 244.559, "330212": 797.570,
    "330213": 1256.559, "330225": 1195.040, "330226": 1715.557, "330281": 1475.204, "330282": 1227.602,
}  # fmt: skip
FT2 = 0.09290304


@pytest.fixture
def parcels(real_data: Find) -> Path:
    return real_data("inventories/*/parcels_*.gpkg")


def test_a_file_with_invalid_parcels_is_refused_whole(loader: Any, parcels: Path) -> None:
    outcome = loader("parcels", parcels, mapping="parcels_survey.yaml")

    invalid = [f for f in outcome.findings if f.severity == "bad" and "not valid" in f.reason]
    assert not outcome.stored
    assert len(invalid) == 37
    assert all(finding.value for finding in invalid), "each says where the fault lies"
    assert loader.value("SELECT count(*) FROM fangdi.parcel") == 0
    assert loader.value("SELECT count(*) FROM fangdi.import_batch") == 0


def test_the_valid_parcels_load_and_the_others_are_kept_with_their_geometry(
    loader: Any, parcels: Path, tmp_path: Path
) -> None:
    from pyogrio import read_info  # noqa: PLC0415

    rejects = tmp_path / "rejects.gpkg"
    outcome = loader("parcels", parcels, mapping="parcels_survey.yaml", skip=True, rejects=rejects)

    assert outcome.inserted + outcome.rejected == 13_116
    assert read_info(rejects)["features"] == outcome.rejected


def test_repaired_parcels_keep_the_area_of_the_whole_city(loader: Any, parcels: Path) -> None:
    outcome = loader("parcels", parcels, mapping="parcels_survey.yaml", skip=True, repair=True)
    again = loader("parcels", parcels, mapping="parcels_survey.yaml", skip=True, repair=True)

    assert sum("was repaired" in finding.reason for finding in outcome.findings) == 37
    area = loader.value("SELECT sum(ST_Area(ST_Transform(outline, 26986))) FROM fangdi.parcel")
    # self-crossing parts counted twice or with the wrong sign before: some square metres in 17 million
    assert area == pytest.approx(17_368_092, abs=10)
    assert (again.inserted, again.updated, again.batch_id) == (0, 0, None)


def test_an_inventory_in_square_feet_adds_up_in_square_metres(loader: Any, real_data: Find) -> None:
    table = real_data("inventories/*/*buildings.xlsx")
    outcome = loader("buildings", table, mapping="inventory_square_feet.yaml", skip=True)
    again = loader("buildings", table, mapping="inventory_square_feet.yaml", skip=True)

    assert outcome.rows_read == 8645
    assert outcome.rejected == 621, "rows without an area above 0"
    assert loader.value("SELECT sum(declared_gross_m2) FROM fangdi.building") == pytest.approx(
        361_424_032.44 * FT2, rel=1e-9
    )
    assert again.batch_id is None


def test_every_row_of_an_inventory_loads_when_0_means_unknown(loader: Any, real_data: Find, tmp_path: Path) -> None:
    own = tmp_path / "mapping.yaml"
    text = (Path(__file__).parent / "mappings/inventory_square_feet.yaml").read_text(encoding="utf-8")
    own.write_text(text.replace("unit: ft2", "unit: ft2, null_values: [0]"), encoding="utf-8")

    loader("buildings", real_data("inventories/*/*buildings.xlsx"), mapping=own)

    tenures = dict(loader.rows("SELECT kind, count(*) FROM fangdi.tenure GROUP BY kind"))
    assert tenures == {"owned": 1803, "leased": 6842}
    west, east = loader.rows("SELECT min(ST_X(location)), max(ST_X(location)) FROM fangdi.building")[0]
    assert (round(west, 1), round(east, 2)) == (-170.7, 145.75)


def test_rooms_of_an_indoor_map_keep_levels_and_area(loader: Any, real_data: Find) -> None:
    plan = real_data("indoor/osm-*/*.geojson")
    loader("buildings", plan, mapping="osm_building.yaml")
    outcome = loader("rooms", plan, mapping="osm_rooms.yaml")
    again = loader("rooms", plan, mapping="osm_rooms.yaml")

    assert outcome.inserted == 400
    assert again.batch_id is None
    assert loader.value("SELECT sum(measured_usable_m2) FROM fangdi.room") == pytest.approx(10_395.6, abs=0.05)
    assert loader.value("SELECT plan_crs FROM fangdi.building") == "EPSG:32633"
    # 7 rooms span floors: 4 from 0 to 3 and 3 from -1 to 3; each is on the lowest
    counts = loader.rows(
        "SELECT CAST(level AS float8), count(*) FROM fangdi.floor JOIN fangdi.room ON floor_id = floor.id GROUP BY 1"
    )
    assert dict(counts) == {-1: 3, 0: 71 + 4, 1: 103, 2: 108, 3: 111}


def test_rooms_on_several_floors_are_refused_without_a_choice(loader: Any, real_data: Find) -> None:
    plan = real_data("indoor/osm-*/*.geojson")
    loader("buildings", plan, mapping="osm_building.yaml")
    text = (Path(__file__).parent / "mappings/osm_rooms.yaml").read_text(encoding="utf-8")
    own = plan_mapping(text.replace("level_ranges: lowest\n", ""))

    outcome = loader("rooms", plan, mapping=own)

    assert not outcome.stored
    assert {f.value for f in outcome.findings if f.severity == "bad"} == {"0-3", "-1-3"}


def plan_mapping(text: str) -> Path:
    """Write a mapping to a temporary file."""
    import tempfile  # noqa: PLC0415

    path = Path(tempfile.mkdtemp()) / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_seven_floors_of_an_office_building_measure_as_surveyed(loader: Any, real_data: Find) -> None:
    folder = real_data("indoor/westport-*")
    stated = {"gf": 2462.4, "1": 2487.1, "2": 2379.6, "3": 1593.1, "4": 1422.8, "5": 328.2, "6": 237.1}
    place = {"jurisdiction_code": "990100", "code": "W", "name": "W"}
    loader("buildings", next(folder.glob("*-outline.geojson")), const=place)

    for name, area in stated.items():
        file = next(folder.glob(f"*-floor-{name}.geojson"))
        loader("floors", file, mapping="floor_outline.yaml", const={"building": "W", "level": name.upper()})
        stored = "SELECT measured_gross_m2 FROM fangdi.floor WHERE level = :level"
        level = 0 if name == "gf" else int(name)
        assert loader.value(stored, level=level) == pytest.approx(area, abs=0.05)

    rooms = loader(
        "rooms",
        next(folder.glob("*-floor-2.geojson")),
        mapping="plan_rooms.yaml",
        const={"building": "W", "level": "2"},
    )
    assert rooms.inserted == 14, "5 rooms, 4 bathrooms, 4 stairs, 1 lift"
    uses = dict(loader.rows("SELECT use_code, count(*) FROM fangdi.room GROUP BY 1"))
    assert uses == {"unclassified": 5, "toilet": 4, "stairs": 4, "lift": 1}


def test_districts_load_with_their_areas(loader: Any, real_data: Find) -> None:
    loader("jurisdictions", real_data("china/ningbo_*.geojson"), mapping="districts.yaml")

    check_ningbo(loader)


def test_a_chinese_shapefile_reads_right_without_its_cpg_file(loader: Any, real_data: Find, tmp_path: Path) -> None:
    for part in real_data("china/gbk").iterdir():
        if part.suffix != ".cpg":
            shutil.copyfile(part, tmp_path / part.name)

    loader("jurisdictions", next(tmp_path.glob("*.shp")), mapping="districts_chinese.yaml")

    names = dict(loader.rows("SELECT code, name FROM fangdi.jurisdiction"))
    assert (names["330203"], names["330282"]) == ("海曙区", "慈溪市")
    check_ningbo(loader)


def test_the_same_shapefile_zipped_reads_the_same(loader: Any, real_data: Find, tmp_path: Path) -> None:
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", real_data("china/gbk"))

    loader("jurisdictions", Path(packed), mapping="districts_chinese.yaml")

    check_ningbo(loader)


def check_ningbo(loader: Any) -> None:
    found = loader.rows(
        "SELECT code, ST_Area(geography(boundary)) / 1e6, level FROM fangdi.jurisdiction WHERE boundary IS NOT NULL"
    )
    assert {code for code, *_ in found} == NINGBO_KM2.keys()
    for code, km2, level in found:
        assert km2 == pytest.approx(NINGBO_KM2[code], rel=2e-5)
        assert level == "county"


def test_no_valid_geojson_file_crashes(loader: Any, real_data: Find) -> None:
    files = sorted(real_data("geojson-valid").glob("*.geojson"))
    accepted = []
    for file in files:
        place = {"jurisdiction_code": "990100", "code": file.stem}
        try:
            accepted.append(loader("parcels", file, const=place, skip=True))
        except FangdiError as error:
            assert error.message  # noqa: PT017 - a polite no is as good as a yes
    assert len(files) == 22
    assert accepted

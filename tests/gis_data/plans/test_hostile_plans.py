"""Damaged files and files made to do harm: none ends the worker, each is answered in words, and nobody is asked."""

import contextlib
import json
import sqlite3
import stat
import struct
import threading
import zipfile
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import ezdxf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fangdi.domain.plans.finding_texts import TEXTS, say
from fangdi.domain.plans.model import Plan, Reading
from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans.guarded import read_guarded
from ifc_models import Model, rectangle

ROOM = {"type": "Polygon", "coordinates": [[[0, 0], [6, 0], [6, 5], [0, 5], [0, 0]]]}
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}
SECRET = "only-in-the-other-file"


def answer(path: Path, *, seconds: float = 10, memory_mb: int = 512) -> Plan | str:
    """Read a file as the server does; whatever comes has to be words that a person understands."""
    try:
        plan = read_guarded(path, Reading(), seconds=seconds, memory_mb=memory_mb)
    except InvalidInputError as error:
        assert_words(error.message)
        return error.message
    for finding in plan.findings:
        assert finding.code in TEXTS
        assert_words(say(finding).zh)
        assert_words(say(finding).en)
    assert plan.rooms or plan.findings or plan.format == "picture"
    return plan


def assert_words(text: str) -> None:
    """No traceback, no name of a Python thing, no folder of ours."""
    assert text
    assert len(text) < 2000
    for sign in ("Traceback", "Error(", ".py", "site-packages", "/tmp/", "<class", "NoneType"):  # noqa: S108
        assert sign not in text


def geojson() -> bytes:
    feature = {"type": "Feature", "properties": {"level": 1, "number": "101"}, "geometry": ROOM}
    return json.dumps({"type": "FeatureCollection", "crs": CRS, "features": [feature]}).encode()


def dxf(folder: Path) -> bytes:
    document = ezdxf.new("R2010")
    document.modelspace().add_lwpolyline([(0, 0), (6, 0), (6, 5), (0, 5)], close=True, dxfattribs={"layer": "ROOM"})
    document.saveas(folder / "seed.dxf")
    return (folder / "seed.dxf").read_bytes()


def ifc(folder: Path) -> bytes:
    made = Model()
    space = made.space(made.storey("Level 1", 0.0), "101", rectangle(0, 0, 6, 5))
    made.states(space, NetFloorArea=30.0)
    return made.write(folder, "seed.ifc").read_bytes()


def zipped(folder: Path) -> bytes:
    with zipfile.ZipFile(folder / "seed.zip", "w") as archive:
        archive.writestr("1.geojson", geojson())
    return (folder / "seed.zip").read_bytes()


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return good files, to be spoilt."""
    folder = tmp_path_factory.mktemp("seeds")
    return {".geojson": geojson(), ".dxf": dxf(folder), ".ifc": ifc(folder), ".zip": zipped(folder)}


KINDS = [".geojson", ".dxf", ".ifc", ".zip"]
PLACES = st.floats(0, 1, exclude_max=True)
CHANGES = st.lists(st.tuples(PLACES, st.binary(max_size=12), st.integers(0, 40)), min_size=1, max_size=8)
QUICK = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(at=PLACES)
def test_a_file_cut_short_anywhere_is_answered(tmp_path: Path, seeds: dict[str, bytes], kind: str, at: float) -> None:
    whole = seeds[kind]
    path = tmp_path / f"cut{kind}"
    path.write_bytes(whole[: int(at * len(whole))])
    answer(path)


@pytest.mark.parametrize("kind", KINDS)
@QUICK
@given(changes=CHANGES)
def test_a_file_with_other_bytes_anywhere_is_answered(
    tmp_path: Path, seeds: dict[str, bytes], kind: str, changes: list[tuple[float, bytes, int]]
) -> None:
    spoilt = bytearray(seeds[kind])
    for place, added, removed in changes:
        at = int(place * len(spoilt))
        spoilt[at : at + removed] = added
    path = tmp_path / f"spoilt{kind}"
    path.write_bytes(spoilt)
    answer(path)


@QUICK
@given(content=st.binary(max_size=200))
def test_any_bytes_are_answered(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "plan").write_bytes(content)
    answer(tmp_path / "plan")


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]><x>&l11;</x>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "{other}">]><x>&e;</x>'
VRT = "<OGRVRTDataSource><OGRVRTLayer name='a'><SrcDataSource>{other}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """Lend the address of a server on this machine, and what it was asked."""
    heard: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", heard
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    "suffix", [".geojson", ".gpkg", ".dxf", ".ifc", ".shp", ".zip", ".png", ".svg", ".kml", ".gml"]
)
@pytest.mark.parametrize("content", [BOMB, OUTSIDE, VRT])
def test_xml_under_any_name_is_declined_and_follows_nothing(
    tmp_path: Path, asked: tuple[str, list[str]], suffix: str, content: str
) -> None:
    address, heard = asked
    (tmp_path / "secret.txt").write_text(SECRET, encoding="utf-8")
    for other in (f"{address}/x", str(tmp_path / "secret.txt")):
        path = tmp_path / f"plan{suffix}"
        path.write_text(content.replace("{other}", other), encoding="utf-8")
        said = answer(path)

        assert isinstance(said, str)
        assert SECRET not in said
    assert heard == []


def addressed_crs(address: str) -> bytes:
    linked = {"type": "link", "properties": {"href": f"{address}/crs", "type": "proj4"}}
    return json.dumps(json.loads(geojson()) | {"crs": linked}).encode()


def image_by_address(address: str, folder: Path) -> bytes:
    document = ezdxf.new("R2010")
    picture = document.add_image_def(f"{address}/picture.png", size_in_pixel=(10, 10))
    document.modelspace().add_image(picture, insert=(0, 0), size_in_units=(1, 1))
    document.saveas(folder / "linked.dxf")
    return (folder / "linked.dxf").read_bytes()


def test_addresses_in_files_are_not_asked(tmp_path: Path, asked: tuple[str, list[str]]) -> None:
    address, heard = asked
    for name, content in (("a.geojson", addressed_crs(address)), ("b.dxf", image_by_address(address, tmp_path))):
        (tmp_path / name).write_bytes(content)
        answer(tmp_path / name)

    assert heard == []


def archive(path: Path, items: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in items.items():
            made.writestr(name, content)
    return path


def stating(path: Path, size: int) -> Path:
    """Change what a zip says that its items unfold to."""
    data = bytearray(path.read_bytes())
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset : at + offset + 4] = struct.pack("<I", size)
            at = data.find(sign, at + 1)
    path.write_bytes(data)
    return path


def test_a_zip_that_unfolds_to_fill_the_disk_is_refused(tmp_path: Path) -> None:
    bomb = archive(tmp_path / "bomb.zip", {f"{n}.geojson": b" " * (1 << 24) for n in range(3)})
    said = answer(stating(bomb, 3 << 30))

    assert isinstance(said, str)
    assert "GB" in said


def test_a_zip_that_states_less_than_it_unfolds_to_is_answered(tmp_path: Path) -> None:
    answer(stating(archive(tmp_path / "liar.zip", {"a.geojson": b" " * (1 << 24)}), 100))


@pytest.mark.parametrize("name", ["/etc/fangdi-1.geojson", "../../outside-1.geojson", "a/../../outside-1.geojson",
                                  "C:\\outside-1.geojson", "..\\outside-1.geojson"])  # fmt: skip
def test_items_of_a_zip_stay_in_the_folder_it_is_unfolded_to(tmp_path: Path, name: str) -> None:
    answer(archive(tmp_path / "paths.zip", {name: geojson()}))

    assert not Path("/etc/fangdi-1.geojson").exists()
    assert not list(tmp_path.parent.rglob("outside*"))


def test_links_in_a_zip_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other.geojson").write_bytes(geojson())
    path = tmp_path / "links.zip"
    with zipfile.ZipFile(path, "w") as made:
        item = zipfile.ZipInfo("link.geojson")
        item.external_attr = (stat.S_IFLNK | 0o777) << 16
        made.writestr(item, str(tmp_path / "other.geojson"))
    said = answer(path)

    assert isinstance(said, str)


def test_a_zip_in_a_zip_in_a_zip_is_not_unfolded(tmp_path: Path) -> None:
    inner = geojson()
    for depth in range(20):
        inner = archive(tmp_path / f"{depth}.zip", {"a.zip": inner}).read_bytes()
    assert isinstance(answer(tmp_path / "19.zip"), str)


def nested_blocks(folder: Path, *, depth: int, each: int) -> Path:
    """Write blocks that insert each other: each ** depth outlines from a small file."""
    document = ezdxf.new("R2010")
    block = document.blocks.new("B0")
    block.add_lwpolyline([(0, 0), (6, 0), (6, 5), (0, 5)], close=True, dxfattribs={"layer": "ROOM"})
    for level in range(1, depth):
        block = document.blocks.new(f"B{level}")
        for number in range(each):
            block.add_blockref(f"B{level - 1}", (number * 10, level))
    document.modelspace().add_blockref(f"B{depth - 1}", (0, 0))
    document.saveas(folder / "blocks.dxf")
    return folder / "blocks.dxf"


def test_blocks_that_multiply_without_end_are_answered(tmp_path: Path) -> None:
    answer(nested_blocks(tmp_path, depth=12, each=10))


def test_a_block_that_inserts_itself_is_answered(tmp_path: Path) -> None:
    path = nested_blocks(tmp_path, depth=3, each=1)
    text = path.read_text(encoding="utf-8").replace("\nB0\n", "\nB2\n")
    path.write_text(text, encoding="utf-8")
    answer(path)


def test_an_insert_of_a_million_rows_is_answered(tmp_path: Path) -> None:
    document = ezdxf.new("R2010")
    block = document.blocks.new("B")
    block.add_lwpolyline([(0, 0), (6, 0), (6, 5), (0, 5)], close=True, dxfattribs={"layer": "ROOM"})
    insert = document.modelspace().add_blockref("B", (0, 0))
    insert.dxf.row_count, insert.dxf.column_count = 30_000, 30_000
    insert.dxf.row_spacing, insert.dxf.column_spacing = 10, 10
    document.saveas(tmp_path / "grid.dxf")
    answer(tmp_path / "grid.dxf")


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"type":"Feature","geometry":{"type":"Polygon","coordinates":['])
@pytest.mark.parametrize("depth", [20_000, 1_000_000])
def test_json_nested_without_end_is_answered(tmp_path: Path, opening: str, depth: int) -> None:
    path = tmp_path / "deep.geojson"
    path.write_text('{"type": "FeatureCollection", "features": [' + opening * depth, encoding="utf-8")
    assert isinstance(answer(path), (str, Plan))
    path.write_text('{"type":"Polygon","coordinates":' + "[" * depth + "]" * depth + "}", encoding="utf-8")
    answer(path)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "1e999", "-1e308", "1e-320", '"x"', "null", "{}"])
def test_coordinates_that_are_no_numbers_are_answered(tmp_path: Path, number: str) -> None:
    path = tmp_path / "odd.geojson"
    path.write_text(geojson().decode().replace("[6, 0]", f"[{number}, 0]"), encoding="utf-8")
    answer(path)


def test_a_room_of_a_million_corners_is_answered(tmp_path: Path) -> None:
    corners = [[x * 1e-3, (x * 7919 % 1000) * 1e-3] for x in range(300_000)]
    shape = {"type": "Polygon", "coordinates": [[*corners, corners[0]]]}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    whole = {"type": "FeatureCollection", "crs": CRS, "features": [feature]}
    (tmp_path / "many.geojson").write_text(json.dumps(whole), encoding="utf-8")
    answer(tmp_path / "many.geojson", seconds=5)


def test_a_geopackage_cut_short_or_with_other_tables_is_answered(tmp_path: Path) -> None:
    path = tmp_path / "plan.gpkg"
    with contextlib.closing(sqlite3.connect(path)) as base:
        base.execute("CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT)")
        base.execute("INSERT INTO gpkg_contents VALUES ('nothing', 'features')")
        base.commit()
    answer(path)
    whole = path.read_bytes()
    for part in (17, 100, 1000, len(whole) // 2):
        path.write_bytes(whole[:part])
        answer(path)


def changed(folder: Path, change: Callable[[str], str]) -> Path:
    """Write a good model, changed as text."""
    path = folder / "changed.ifc"
    path.write_text(change(ifc(folder).decode()), encoding="utf-8")
    return path


def line_of(text: str, kind: str) -> str:
    """Return the line of the first entity of a kind."""
    return next(line for line in text.splitlines() if f"={kind}(" in line)


def in_a_circle(kind: str, argument: int) -> Callable[[str], str]:
    """Return a change by which an entity refers to itself."""

    def change(text: str) -> str:
        line = line_of(text, kind)
        number = line.split("=")[0]
        head, _, rest = line.partition("(")
        parts = rest.removesuffix(");").split(",")
        parts[argument] = number
        return text.replace(line, f"{head}({','.join(parts)});")

    return change


@pytest.mark.parametrize(("kind", "argument"), [
    ("IFCLOCALPLACEMENT", 0), ("IFCRELAGGREGATES", 4), ("IFCSPACE", 5), ("IFCSPACE", 6), ("IFCEXTRUDEDAREASOLID", 0),
    ("IFCARBITRARYCLOSEDPROFILEDEF", 2), ("IFCUNITASSIGNMENT", 0), ("IFCBUILDINGSTOREY", 5),
])  # fmt: skip
def test_a_model_whose_entities_refer_to_themselves_is_answered(tmp_path: Path, kind: str, argument: int) -> None:
    answer(changed(tmp_path, in_a_circle(kind, argument)))


@pytest.mark.parametrize("number", ["1.E308", "-1.E308", "1.E-308", "NAN", "$", "*", "'x'", "()", "#999999", "1.E999"])
def test_a_model_with_impossible_coordinates_is_answered(tmp_path: Path, number: str) -> None:
    answer(
        changed(tmp_path, lambda text: text.replace("IFCCARTESIANPOINT((6.,0.))", f"IFCCARTESIANPOINT(({number},0.))"))
    )


@pytest.mark.parametrize("lines", [1, 200_000])
def test_a_model_with_huge_lists_is_answered(tmp_path: Path, lines: int) -> None:
    points = ",".join(["#1"] * (2_000_000 // lines))
    more = "\n".join(f"#{9_000_000 + n}=IFCPOLYLINE(({points}));" for n in range(lines))
    answer(changed(tmp_path, lambda text: text.replace("ENDSEC;\nEND-ISO", f"{more}\nENDSEC;\nEND-ISO")))


def test_a_model_of_parentheses_without_end_is_answered(tmp_path: Path) -> None:
    deep = "(" * 500_000
    answer(changed(tmp_path, lambda text: text.replace("DATA;", f"DATA;\n#900000=IFCPOLYLINE({deep});")))


def test_a_model_of_an_unknown_schema_is_declined(tmp_path: Path) -> None:
    assert isinstance(answer(changed(tmp_path, lambda text: text.replace("IFC4", "AP214"))), str)

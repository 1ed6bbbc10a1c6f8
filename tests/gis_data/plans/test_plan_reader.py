"""Choosing the reader by content, pictures as backdrops, and reading in a process with limits."""

import io
import json
import pickle
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import ezdxf
import numpy as np
import openpyxl
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from fangdi.domain.plan_edits import PlanEdits, edited
from fangdi.domain.plans.findings import FindingCode
from fangdi.domain.plans.model import Plan, PlanFormat, Reading
from fangdi.errors import InvalidInputError
from fangdi.service.plan_views import missing
from fangdi_gis_data.plans import guarded, picture, reading_server, replies
from fangdi_gis_data.plans.guarded import backdrop_guarded, read_guarded
from fangdi_gis_data.plans.reader import read_plan
from ifc_models import Model, rectangle

ROOM = {"type": "Polygon", "coordinates": [[[0, 0], [6, 0], [6, 5], [0, 5], [0, 0]]]}
CRS = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4549"}}


def drawing(folder: Path) -> Path:
    """Write a DXF drawing with a closed outline on a layer of rooms."""
    document = ezdxf.new("R2010")
    document.units = ezdxf.units.M
    document.modelspace().add_lwpolyline([(0, 0), (6, 0), (6, 5), (0, 5)], close=True, dxfattribs={"layer": "ROOM"})
    path = folder / "drawing.dxf"
    document.saveas(path)
    return path


def model(folder: Path) -> Path:
    """Write a building model with one room."""
    made = Model()
    made.space(made.storey("Level 1", 0.0), "101", rectangle(0, 0, 6, 5))
    return made.write(folder)


def layer(folder: Path) -> Path:
    """Write a GeoJSON file with one room."""
    path = folder / "layer.geojson"
    feature = {"type": "Feature", "properties": {"level": 1}, "geometry": ROOM}
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": CRS, "features": [feature]}), encoding="utf-8")
    return path


def scan(folder: Path) -> Path:
    """Write a picture, 60 × 40 pixels."""
    path = folder / "scan.png"
    Image.new("RGB", (60, 40), "white").save(path)
    return path


def sheet(folder: Path) -> Path:
    """Write a PDF of two pages, 400 × 200 points."""
    path = folder / "sheet.pdf"
    canvas = Canvas(str(path), pagesize=(400, 200))
    for text in ("1", "2"):
        canvas.drawString(20, 20, text)
        canvas.showPage()
    canvas.save()
    return path


KINDS = [(drawing, "dxf"), (model, "ifc"), (layer, "gis"), (scan, "picture"), (sheet, "picture")]


@pytest.mark.parametrize(("make", "kind"), KINDS)
@pytest.mark.parametrize("suffix", [None, ".bin", ".dwg"])
def test_a_plan_is_read_by_its_content_whatever_its_name_says(
    tmp_path: Path, make: Callable[[Path], Path], kind: str, suffix: str | None
) -> None:
    path = make(tmp_path)
    named = path.rename(path.with_suffix(suffix)) if suffix else path

    assert read_plan(named, Reading()).format == kind


@pytest.mark.parametrize("make", [drawing, model])
def test_a_drawing_alone_in_a_zip_is_read(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    path = make(tmp_path)
    with zipfile.ZipFile(tmp_path / "plan.zip", "w") as archive:
        archive.write(path, f"图纸/{path.name}")

    assert sum(room.outline.area_m2 for room in read_plan(tmp_path / "plan.zip", Reading()).rooms) == pytest.approx(30)


def levels_file(folder: Path, *levels: float) -> Path:
    """Write a GeoJSON file with a room on each level."""
    features = [{"type": "Feature", "properties": {"level": level}, "geometry": ROOM} for level in levels]
    path = folder / "levels.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "crs": CRS, "features": features}), encoding="utf-8")
    return path


def storeys_file(folder: Path, *names: str) -> Path:
    """Write a model with a room on each storey."""
    made = Model()
    for place, name in enumerate(names):
        made.space(made.storey(name, 3.0 * place), f"{place}01", rectangle(0, 0, 6, 5))
    return made.write(folder)


def asked_about_zero(plan: Plan) -> list[str | None]:
    """Return the floors of which it is asked whether 0 means the ground floor."""
    return [finding.floor for finding in plan.findings if finding.code is FindingCode.LEVEL_ZERO]


def test_a_level_0_is_asked_about_once_and_shifted_by_nobody(tmp_path: Path) -> None:
    layers = read_plan(levels_file(tmp_path, 0, 1, 2), Reading())
    storeys = read_plan(storeys_file(tmp_path, "Ground Floor", "Level 1"), Reading())

    assert [floor.level for floor in layers.floors] == [0, 1, 2]
    assert asked_about_zero(layers) == [layers.floors[0].key]
    assert [floor.level for floor in storeys.floors] == [0, 1]
    assert asked_about_zero(storeys) == [storeys.floors[0].key]


def test_levels_from_1_up_raise_no_question(tmp_path: Path) -> None:
    assert asked_about_zero(read_plan(levels_file(tmp_path, -1, 1, 2), Reading())) == []
    assert asked_about_zero(read_plan(storeys_file(tmp_path, "Level 1", "Level 2"), Reading())) == []


@pytest.mark.parametrize("levels", [{"0": 0.0}, {"0": 1.0, "1": 2.0}])
def test_whoever_gives_floor_0_its_level_has_answered(tmp_path: Path, levels: dict[str, float]) -> None:
    plan = read_plan(levels_file(tmp_path, 0, 1), Reading())
    answered = edited(plan, PlanEdits(levels=levels))

    assert asked_about_zero(plan)
    assert not asked_about_zero(answered)
    assert [floor.level for floor in answered.floors] == list(({"0": 0.0, "1": 1.0} | levels).values())


def test_a_floor_that_is_called_by_its_level_is_called_by_the_one_that_a_person_gave(tmp_path: Path) -> None:
    plan = read_plan(levels_file(tmp_path, -1, 0, 1), Reading())
    answered = edited(plan, PlanEdits(levels={"0": 1.0, "1": 2.0}))

    assert [floor.name for floor in plan.floors] == ["B1", "0F", "1F"]
    assert [floor.name for floor in answered.floors] == ["B1", "1F", "2F"]


def test_import_waits_for_the_answer(tmp_path: Path) -> None:
    row = {"unit_confirmed": True, "placement": None}
    plan = read_plan(levels_file(tmp_path, 0, 1), Reading())

    assert "levels" in missing(row, plan)
    assert "levels" not in missing(row, edited(plan, PlanEdits(levels={"0": 1.0, "1": 2.0})))


def test_a_person_who_says_0_is_not_asked_what_it_means(tmp_path: Path) -> None:
    path = layer(tmp_path)
    path.write_text(path.read_text(encoding="utf-8").replace('"level": 1', '"height": 3'), encoding="utf-8")
    plan = read_plan(path, Reading(level=0))

    assert [floor.level for floor in plan.floors] == [0]
    assert asked_about_zero(plan) == []


def book() -> bytes:
    """Return a table as Excel writes it."""
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


OTHERS = {
    "dwg": b"AC1032\0\0\0\0" + bytes(100),
    "rvt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "dgn": b"\x08\x09\xfe\x02" + bytes(100),
    "skp": b"\xff\xfe\xff\x0e" + "SketchUp Model".encode("utf-16-le"),
    "kml": b'<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"/>',
    "csv": b"number,area\n101,20\n",
    "exe": b"MZ\x90\0" + bytes(100),
    "empty": b"",
}
ADVICE = {
    "dwg": "另存为",
    "rvt": "IFC",
    "dgn": "DXF",
    "skp": "IFC",
    "kml": "GeoJSON",
    "csv": "DXF",
    "exe": "DXF",
    "empty": "空",
}


@pytest.mark.parametrize("kind", OTHERS)
def test_other_files_are_answered_with_how_to_convert_them_in_both_languages(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"plan.{kind}"
    path.write_bytes(OTHERS[kind])

    with pytest.raises(InvalidInputError) as refused:
        read_plan(path, Reading())
    chinese, english = refused.value.message.split(" / ")
    assert ADVICE[kind] in chinese
    assert english.isascii()


def test_a_table_is_answered_with_where_it_belongs(tmp_path: Path) -> None:
    path = tmp_path / "rooms.xlsx"
    path.write_bytes(book())
    with pytest.raises(InvalidInputError, match="导入数据"):
        read_plan(path, Reading())


def test_a_picture_is_kept_without_rooms(tmp_path: Path) -> None:
    plan = read_plan(scan(tmp_path), Reading())
    png, width, height = picture.backdrop_image(tmp_path / "scan.png")

    assert (plan.format, plan.rooms, plan.floors) == (PlanFormat.PICTURE, (), ())
    assert (width, height) == (60, 40)
    assert png.startswith(b"\x89PNG")


def test_a_large_picture_is_scaled_down(tmp_path: Path) -> None:
    Image.new("L", (picture.LONGEST_SIDE * 2, 100), "white").save(tmp_path / "wide.jpg")
    _, width, height = picture.backdrop_image(tmp_path / "wide.jpg")

    assert (width, height) == (picture.LONGEST_SIDE, 50)


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_unfolded(tmp_path: Path) -> None:
    side = 1 << 16
    blank = Image.new("1", (8, 8))
    held = io.BytesIO()
    blank.save(held, "PNG")
    data = bytearray(held.getvalue())
    header = data.index(b"IHDR")
    data[header + 4 : header + 12] = side.to_bytes(4, "big") * 2
    data[header + 17 : header + 21] = zlib.crc32(data[header : header + 17]).to_bytes(4, "big")
    (tmp_path / "bomb.png").write_bytes(data)

    with pytest.raises(InvalidInputError, match="million pixels"):
        picture.backdrop_image(tmp_path / "bomb.png")


def test_a_page_of_a_pdf_is_drawn_at_a_bounded_size(tmp_path: Path) -> None:
    path = sheet(tmp_path)
    _, width, height = picture.backdrop_image(path, page=1)

    assert width == pytest.approx(400 / 72 * 200, abs=1)  # points to inches at 200 dpi
    assert height == pytest.approx(200 / 72 * 200, abs=1)
    with pytest.raises(InvalidInputError, match="no page 3"):
        picture.backdrop_image(path, page=2)


@pytest.mark.parametrize(("make", "kind"), KINDS)
def test_a_plan_comes_unchanged_out_of_the_reading_process(
    tmp_path: Path, make: Callable[[Path], Path], kind: str
) -> None:
    path = make(tmp_path)
    plan = read_guarded(path, Reading())

    assert plan.format == kind
    assert plan == read_plan(path, Reading())


def test_one_process_reads_all_files_and_loads_nothing_more_for_any_of_them(tmp_path: Path) -> None:
    path = layer(tmp_path)
    read_guarded(path, Reading())  # the first one starts the reading process
    first = guarded._SERVER._process
    for _ in range(3):
        read_guarded(path, Reading())

    assert first is not None
    assert first.poll() is None
    assert guarded._SERVER._process is first


LOADS = """
import importlib, sys
from pathlib import Path
from fangdi_gis_data.plans import reading_server
for name in reading_server._PRELOADED: importlib.import_module(name)
before = set(sys.modules)
from fangdi.domain.plans.model import Reading
from fangdi_gis_data.plans.reader import read_plan
for file in sys.argv[1:]: read_plan(Path(file), Reading())
print(*sorted(name for name in set(sys.modules) - before if "." not in name and not name.startswith("_")))
"""


def test_readers_find_their_libraries_loaded_before_the_fork(tmp_path: Path) -> None:
    files = [str(make(tmp_path)) for make, _ in KINDS]
    command = [sys.executable, "-c", LOADS, *files]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()

    assert set(loaded) <= set(sys.stdlib_module_names)


BROKEN = {
    "scan.pdf": b"%PDF-1.4\nbroken",
    "scan.jpeg": b"\xff\xd8\xff" + bytes(40),
    "rooms.gpkg": b"SQLite format 3\0" + bytes(200),
    "rooms.json": b'{"type": "FeatureCollection", "features": [',
    "rooms.zip": b"PK\x03\x04" + bytes(60),
    "model.txt": b"ISO-10303-21;\nHEADER;\nEND-ISO-10303-21;\n",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_damaged_file_is_called_by_its_name_and_nothing_is_told_in_a_librarys_words(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(BROKEN[name])
    with pytest.raises(InvalidInputError) as refused:
        read_plan(path, Reading())
    chinese, english = refused.value.message.split(" / ")

    assert chinese.startswith(f"{name} 无法读取") or "不完整" in chinese
    assert english.startswith(name)
    assert refused.value.place == {"file": name}
    for word in ("PDFium", "sqlite3", "Pillow", "GDAL", "Error", "identify", "("):
        assert word not in refused.value.message


def test_what_is_refused_is_refused_in_the_same_words(tmp_path: Path) -> None:
    path = tmp_path / "plan.dwg"
    path.write_bytes(OTHERS["dwg"])
    with pytest.raises(InvalidInputError) as here:
        read_plan(path, Reading())
    with pytest.raises(InvalidInputError) as there:
        read_guarded(path, Reading())

    assert (here.value.message, here.value.place) == (there.value.message, there.value.place)


def test_several_files_are_read_at_once(tmp_path: Path) -> None:
    path = layer(tmp_path)
    with ThreadPoolExecutor(8) as pool:
        plans = list(pool.map(lambda _: read_guarded(path, Reading()), range(24)))

    assert all(len(plan.rooms) == 1 for plan in plans)


def evil(folder: Path, does: str) -> Path:
    """Write a file by whose name the reading process, as `misbehaving` has it, does something bad."""
    path = folder / f"{does}.geojson"
    path.write_text(layer(folder).read_text(encoding="utf-8"), encoding="utf-8")
    return path


SPOILT = """
import sys, os
def spoil():
    import ctypes, time, socket, tempfile
    from fangdi_gis_data.plans import reader
    def read(file, reading):
        does = file.stem
        if does == "crash": ctypes.string_at(0)
        if does == "hang": time.sleep(60)
        if does == "loop":
            while True: pass
        if does == "memory":
            held = []
            while True: held.append(bytearray(1 << 24))
        if does == "raise": raise ZeroDivisionError("at the very heart")
        if does == "connect": socket.create_connection(("127.0.0.1", 9), timeout=1)
        if does == "program": os.system("true")
        if does == "exit": os._exit(3)
        if does == "leave":
            open(os.path.join(tempfile.gettempdir(), "left"), "w").write("x"); time.sleep(60)
        raise AssertionError(does)
    reader.read_plan = read
import importlib
original = importlib.import_module
def load(name, package=None):
    module = original(name, package)
    if name == "fangdi_gis_data.plans.replies": spoil()
    return module
importlib.import_module = load
"""


@pytest.fixture(scope="module")
def spoilt_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, guarded._Server]]:
    """Start a reading process whose readers do what the file's name says; return the folder it writes to."""
    folder = tmp_path_factory.mktemp("spoilt")
    (folder / "sitecustomize.py").write_text(SPOILT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(folder))
        patch.setenv("TMPDIR", str(folder))
        server = guarded._Server()
        patch.setattr(guarded, "_SERVER", server)
        read_guarded(evil(folder, "exit"), Reading())
    yield folder, server
    server.stop()


@pytest.fixture
def misbehaving(spoilt_home: tuple[Path, guarded._Server], monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Plan]:
    """Lend a reading process that does what files made to do harm would have it do."""
    folder, server = spoilt_home
    monkeypatch.setattr(guarded, "_SERVER", server)
    return lambda does: read_guarded(evil(folder, does), Reading(), seconds=3, memory_mb=256)


@pytest.mark.parametrize(("does", "code"), [
    ("crash", FindingCode.UNREADABLE), ("exit", FindingCode.UNREADABLE), ("raise", FindingCode.UNREADABLE),
    ("connect", FindingCode.UNREADABLE), ("program", FindingCode.UNREADABLE), ("memory", FindingCode.TOO_LARGE),
])  # fmt: skip
def test_what_a_reader_cannot_stand_is_a_finding(
    misbehaving: Callable[[str], Plan], does: str, code: FindingCode
) -> None:
    plan = misbehaving(does)

    assert [finding.code for finding in plan.findings] == [code]
    assert "ZeroDivisionError" not in str(plan.findings)
    assert plan.rooms == ()


@pytest.mark.parametrize("does", ["hang", "loop", "leave"])
def test_a_reader_that_does_not_end_is_ended_in_time_and_leaves_nothing(
    misbehaving: Callable[[str], Plan], spoilt_home: tuple[Path, guarded._Server], does: str
) -> None:
    begun = time.perf_counter()
    plan = misbehaving(does)

    assert [finding.code for finding in plan.findings] == [FindingCode.TOO_LARGE]
    assert time.perf_counter() - begun < 20
    assert not list(spoilt_home[0].glob("fangdi-reading-*"))


def test_reading_goes_on_after_the_reading_process_was_ended(tmp_path: Path) -> None:
    path = layer(tmp_path)
    read_guarded(path, Reading())
    process = guarded._SERVER._process
    assert process is not None
    process.kill()
    process.wait()

    assert len(read_guarded(path, Reading()).rooms) == 1


def test_an_answer_can_hold_nothing_but_a_plan() -> None:
    for value in (threading.Thread, print, np.load, Path("/")):
        with pytest.raises(pickle.UnpicklingError):
            replies.unpack(pickle.dumps(value))


def test_a_backdrop_comes_out_of_the_reading_process(tmp_path: Path) -> None:
    assert backdrop_guarded(scan(tmp_path))[1:] == (60, 40)
    with pytest.raises(InvalidInputError):
        backdrop_guarded(layer(tmp_path))


def test_every_library_that_reads_is_loaded_before_the_first_file() -> None:
    for name in reading_server._PRELOADED:
        __import__(name)

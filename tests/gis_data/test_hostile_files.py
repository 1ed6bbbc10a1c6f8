"""Files made to read others, to call other hosts, or to fill the memory, are refused before they can."""

import contextlib
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import openpyxl
import pytest

from fangdi.errors import InvalidInputError
from fangdi_gis_data import contents, source

SECRET = "only-in-the-other-file"
KML = """<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY other SYSTEM "{other}">]>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&other;</name>
<Point><coordinates>121.5,29.8</coordinates></Point></Placemark></Document></kml>"""
GML = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY other SYSTEM "{other}">]>
<ogr:FeatureCollection xmlns:ogr="http://ogr.maptools.org/" xmlns:gml="http://www.opengis.net/gml">
<gml:featureMember><ogr:a fid="1"><ogr:name>&other;</ogr:name><ogr:geometryProperty><gml:Point>
<gml:coordinates>121.5,29.8</gml:coordinates></gml:Point></ogr:geometryProperty></ogr:a></gml:featureMember>
</ogr:FeatureCollection>"""
VRT = """<OGRVRTDataSource><OGRVRTLayer name="other"><SrcDataSource>{other}</SrcDataSource>
</OGRVRTLayer></OGRVRTDataSource>"""
SVG = """<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY other SYSTEM "{other}">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:cloudmade="http://cloudmade.com/"><text>&other;</text></svg>"""


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Make a file that nobody asked for."""
    file = tmp_path / "elsewhere" / "other.csv"
    file.parent.mkdir()
    file.write_text(f"name,WKT\n{SECRET},POINT (121.5 29.8)\n", encoding="utf-8")
    return file


@pytest.mark.parametrize("suffix", [".gpkg", ".shp", ".geojson", ".json"])
@pytest.mark.parametrize("text", [KML, GML, VRT, SVG], ids=["kml", "gml", "vrt", "svg"])
def test_a_file_is_of_the_kind_that_its_name_says(text: str, suffix: str, other: Path, tmp_path: Path) -> None:
    file = tmp_path / f"rooms{suffix}"
    file.write_text(text.replace("{other}", str(other)).replace("{{other}}", str(other)), encoding="utf-8")

    with pytest.raises(InvalidInputError, match=r"content is not|not GeoJSON") as refusal:
        source.read(file)

    assert SECRET not in refusal.value.message


@pytest.mark.parametrize("suffix", [".gpkg", ".geojson"])
def test_nor_does_a_zip_hide_it(suffix: str, other: Path, tmp_path: Path) -> None:
    file = tmp_path / "rooms.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(f"rooms{suffix}", VRT.replace("{other}", str(other)))

    with pytest.raises(InvalidInputError, match=r"content is not|not GeoJSON"):
        source.read(file)


@pytest.mark.parametrize("suffix", [".kml", ".gml", ".vrt", ".svg", ".xml", ".dxf"])
def test_kinds_that_refer_to_others_are_not_read(suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"rooms{suffix}"
    file.write_text(VRT, encoding="utf-8")

    with pytest.raises(InvalidInputError, match="files of this kind are not read"):
        source.read(file)


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """Listen on this machine; return the address, and what was asked for there."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def do_HEAD(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("kind", ["link", "URL", "name"])
def test_a_file_cannot_make_us_call_another_host(kind: str, listener: tuple[str, list[str]], tmp_path: Path) -> None:
    address, asked = listener
    places = {
        "link": {"href": f"{address}/crs", "type": "proj4"},
        "URL": {"url": f"{address}/crs"},
        "name": {"name": f"{address}/crs"},
    }
    feature = {
        "type": "Feature",
        "properties": {"code": "A"},
        "geometry": {"type": "Point", "coordinates": [121.5, 29.8]},
    }
    file = tmp_path / "sites.geojson"
    crs = {"type": kind, "properties": places[kind]}
    file.write_text(json.dumps({"type": "FeatureCollection", "crs": crs, "features": [feature]}))

    with contextlib.suppress(InvalidInputError):
        source.read(file)

    assert asked == []


def a_book(file: Path, sheet: str) -> None:
    """Write a book, and put another text in the place of its sheet."""
    book = openpyxl.Workbook()
    book.active.append(["code", "name"])
    book.active.append(["A", "B"])
    book.save(file.with_suffix(".good.xlsx"))
    with zipfile.ZipFile(file.with_suffix(".good.xlsx")) as good, zipfile.ZipFile(file, "w") as bad:
        for item in good.infolist():
            text = sheet if item.filename == "xl/worksheets/sheet1.xml" else good.read(item)
            bad.writestr(item.filename, text)


SHEET = """<?xml version="1.0"?><!DOCTYPE x [{entities}]>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>
<row r="1"><c r="A1" t="inlineStr"><is><t>code</t></is></c><c r="B1" t="inlineStr"><is><t>name</t></is></c></row>
<row r="2"><c r="A2" t="inlineStr"><is><t>A</t></is></c><c r="B2" t="inlineStr"><is><t>&{name};</t></is></c></row>
</sheetData></worksheet>"""


def test_a_book_that_refers_to_another_file_is_refused(other: Path, tmp_path: Path) -> None:
    file = tmp_path / "rooms.xlsx"
    a_book(file, SHEET.format(entities=f'<!ENTITY other SYSTEM "{other.as_uri()}">', name="other"))

    with pytest.raises(InvalidInputError, match="damaged") as refusal:
        source.read(file)

    assert SECRET not in refusal.value.message


def test_a_book_whose_entities_grow_without_end_is_refused(tmp_path: Path) -> None:
    tenfold = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    file = tmp_path / "rooms.xlsx"
    a_book(file, SHEET.format(entities=f'<!ENTITY l0 "lol">{tenfold}', name="l9"))

    with pytest.raises(InvalidInputError, match="damaged"):
        source.read(file)


def test_a_book_that_unfolds_to_too_much_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contents, "_MOST_IN_BOOK", 1 << 30)
    file = tmp_path / "rooms.xlsx"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/workbook.xml", "w") as item:
        for _ in range(1030):
            item.write(bytes(1 << 20))

    with pytest.raises(InvalidInputError, match="unfolds to more than 1 GB"):
        source.read(file)


@pytest.mark.parametrize("name", ["../../outside.geojson", "/tmp/outside.geojson", "a/../../../outside.geojson"])  # noqa: S108
def test_a_zip_writes_nowhere_but_into_its_own_folder(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a" / "b" / "unfolded"
    folder.mkdir(parents=True)
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    file = tmp_path / "rooms.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, '{"type": "FeatureCollection", "features": []}')
    before = {path for path in tmp_path.rglob("*") if path != folder}

    with contextlib.suppress(InvalidInputError):
        source.read(file)

    assert {path for path in tmp_path.rglob("*") if path != folder} == before
    assert not Path("/tmp/outside.geojson").exists()  # noqa: S108


def test_a_zip_that_is_a_link_to_elsewhere_gives_nothing_of_it(other: Path, tmp_path: Path) -> None:
    file = tmp_path / "rooms.zip"
    link = zipfile.ZipInfo("rooms.geojson")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(link, str(other))

    with pytest.raises(InvalidInputError, match="not GeoJSON") as refusal:
        source.read(file)

    assert SECRET not in refusal.value.message

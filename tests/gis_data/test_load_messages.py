"""What a load tells: names that people know, and nothing over and over."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import shapely
from rich.console import Console

from fangdi.commands.load_report import show_findings
from fangdi.errors import InvalidInputError
from fangdi.service.loading_findings import Finding
from fangdi.service.loading_types import Outcome
from fangdi_gis_data import source


def told(findings: list[Finding], *, first: int = 20) -> str:
    console = Console(file=io.StringIO(), width=200)
    show_findings(console, Outcome("rooms", 500, findings, stored=True), first=first, row_word="line")
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def far(row: int) -> Finding:
    return Finding(row, "geometry", f"{row} 0", "lies outside", "在外", "warning")


def test_warnings_that_say_the_same_are_shown_once_with_their_number() -> None:
    text = told([far(row) for row in range(415)])

    assert text.count("lies outside") == 3
    assert "… and 412 rows more" in text
    assert "more findings" not in text


def test_a_few_warnings_that_say_the_same_are_all_shown() -> None:
    text = told([far(1), far(2), far(3), far(4)])

    assert text.count("lies outside") == 4
    assert "rows more" not in text


def test_bad_rows_come_before_warnings_and_the_rest_is_counted() -> None:
    bad = [Finding(900 + n, "code", "", f"is wrong in way {n}", "") for n in range(3)]

    text = told([far(1), *bad], first=2)

    assert "is wrong in way 1" in text
    assert "is wrong in way 2" not in text
    assert "… and 2 more findings" in text


@pytest.fixture
def zipped(write: Callable[..., Path]) -> Callable[..., Path]:
    """Zip a Shapefile of parcels, its parts changed first if wished."""

    def make(**changed: bytes) -> Path:
        shp = write("宗地.shp", [{"code": "甲"}], [shapely.box(121.55, 29.87, 121.56, 29.88)])
        file = shp.with_name("upload.zip")
        with zipfile.ZipFile(file, "w") as archive:
            for part in shp.parent.glob("宗地.*"):
                archive.writestr(f"data/{part.name}", changed.get(part.suffix[1:], part.read_bytes()))
        return file

    return make


def test_a_zipped_shapefile_keeps_the_name_of_its_layer(zipped: Callable[..., Path]) -> None:
    assert source.read(zipped(), layer="宗地").layer == "宗地"


def test_a_name_that_a_chinese_computer_wrote_into_a_zip_is_read(write: Callable[..., Path]) -> None:
    shp = write("XXXX.shp", [{"code": "甲"}], [shapely.box(121.55, 29.87, 121.56, 29.88)])
    file = shp.with_name("upload.zip")
    with zipfile.ZipFile(file, "w") as archive:
        for part in shp.parent.glob("XXXX.*"):
            archive.write(part, part.name)
    file.write_bytes(file.read_bytes().replace(b"XXXX", "宗地".encode("gb18030")))

    assert source.read(file).layer == "宗地"


@pytest.mark.parametrize(
    ("changed", "options"),
    [({"shp": b"no shapes"}, {}), ({}, {"layer": "roads"}), ({"dbf": b"short"}, {})],
)
def test_trouble_in_a_zip_is_told_with_its_name_and_the_layer(
    zipped: Callable[..., Path], changed: dict[str, bytes], options: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        source.read(zipped(**changed), **options)

    assert caught.value.message.startswith("upload.zip: 宗地.")
    assert "/" not in caught.value.message
    assert caught.value.place["file"] == "upload.zip"

"""Books of sheets hold whatever text people and files give."""

import csv
import io
import json
from datetime import date

import openpyxl
import pytest

from fangdi.domain.common import Definition, Question
from fangdi.domain.signs import legible, spelled
from fangdi.service.export import write
from fangdi.service.report_tables import Column, Document, Table

BARRED = [chr(code) for code in range(32) if chr(code) not in "\t\n\r"] + ["\x7f", "\ud800", "\udfff", "\ufffe"]
"""XML 1.0, section 2.2, allows tab, line feed and carriage return below 32, no halves of pairs and not U+FFFE."""


def a_document(name: str) -> Document:
    question = Question(date(2026, 1, 1))
    table = Table("items", Definition("房间", "Rooms"), (Column("name", "名称", "Name"),), [(name,)], [(121.5, 29.8)])
    return Document("idle", question, Definition("定义", "Definition"), (table,), ((Definition("楼", "House"), name),))


def cells(book: bytes) -> list[object]:
    return [cell.value for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in sheet for cell in row]


@pytest.mark.parametrize("sign", BARRED, ids=ascii)
def test_a_sign_that_no_book_can_hold_is_left_out(sign: str) -> None:
    written = cells(write(a_document(f"会议{sign}室"), "xlsx"))

    assert written.count("会议室") == 2, "in the table, and among the facts"


def test_tab_and_line_end_stay() -> None:
    assert "会议\t室\n东" in cells(write(a_document("会议\t室\n东"), "xlsx"))


def test_a_formula_behind_a_control_character_is_still_text() -> None:
    assert "'=1+1" in cells(write(a_document("\x01=1+1"), "xlsx"))


@pytest.mark.parametrize("sign", BARRED, ids=ascii)
def test_such_signs_leave_other_files_readable(sign: str) -> None:
    document = a_document(f"会议{sign}室")

    (_, (name,)) = csv.reader(io.StringIO(write(document, "csv").decode("utf-8-sig")))
    (feature,) = json.loads(write(document, "geojson"))["features"]
    (item,) = json.loads(write(document, "json"))["items"]

    assert (name, feature["properties"]["name"], item["name"]) == ("会议室", "会议室", "会议室")


def test_control_characters_are_spelled_out_to_whoever_has_to_remove_them() -> None:
    assert spelled("会议\x07室\ud800") == "会议\\x07室\\ud800"
    assert legible("会议\x07室") == "会议室"

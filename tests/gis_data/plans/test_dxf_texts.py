"""Texts of a drawing read as a person reads them, in whatever encoding, and name the room they stand in."""

from pathlib import Path

import pytest

from dxf_drawings import Sheet, by_number, codes, findings, rectangle
from fangdi.domain.plans.finding_texts import say
from fangdi.domain.plans.findings import FindingCode, Severity
from fangdi.domain.plans.model import Reading
from fangdi_gis_data.plans.dxf import read_dxf
from fangdi_gis_data.plans.dxf.opening import UnreadableError, open_dxf


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path)


def labelled(folder: Path, version: str, encoding: str = "utf-8") -> Sheet:
    sheet = Sheet(folder, version=version)
    sheet.document.encoding = encoding
    sheet.outline(rectangle(0, 0, 6, 4), "房间轮廓") if version != "R12" else sheet.model.add_polyline2d(
        rectangle(0, 0, 6, 4), close=True, dxfattribs={"layer": "ROOM"}
    )
    sheet.text("301 会议室", (3, 2))
    return sheet


@pytest.mark.parametrize("version", ["R2000", "R2004"])
def test_gbk_texts_of_old_drawings_read_right(tmp_path: Path, version: str) -> None:
    path = labelled(tmp_path, version, "gbk").save()
    assert "会议室".encode("gbk") in path.read_bytes()

    plan = read_dxf(path, Reading())

    assert by_number(plan)["301"].name == "会议室"
    assert by_number(plan)["301"].layer == "房间轮廓"
    assert FindingCode.ENCODING_GUESSED not in codes(plan)


@pytest.mark.parametrize("version", ["R2007", "R2018"])
def test_texts_of_newer_drawings_are_in_utf_8(tmp_path: Path, version: str) -> None:
    plan = read_dxf(labelled(tmp_path, version).save(), Reading())

    assert by_number(plan)["301"].name == "会议室"


@pytest.mark.parametrize("page", ["ANSI_1252", "ANSI_936", ""])
@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_code_page_that_is_wrong_or_missing_is_guessed(tmp_path: Path, page: str, encoding: str) -> None:
    path = labelled(tmp_path, "R2000", "gbk").save()
    data = path.read_bytes().decode("gbk").replace("ANSI_936", page or "none").encode(encoding)
    path.write_bytes(data)

    plan = read_dxf(path, Reading())

    assert by_number(plan)["301"].name == "会议室"
    said = [finding.values["encoding"] for finding in findings(plan, FindingCode.ENCODING_GUESSED)]
    right = (page, encoding) == ("ANSI_936", "gbk")
    assert said == ([] if right else [{"gbk": "GBK", "utf-8": "UTF-8"}[encoding]])


def test_a_western_drawing_is_not_taken_for_chinese(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path, version="R2000")
    sheet.document.encoding = "cp1252"
    sheet.outline(rectangle(0, 0, 6, 4))
    sheet.text("204 Büro", (3, 2))

    plan = sheet.read()

    assert by_number(plan)["204"].name == "Büro"
    assert FindingCode.ENCODING_GUESSED not in codes(plan)


@pytest.mark.parametrize("version", ["R2000", "R2018"])
def test_binary_drawings_are_read(tmp_path: Path, version: str) -> None:
    path = labelled(tmp_path, version, "gbk" if version == "R2000" else "utf-8").save(fmt="bin")

    plan = read_dxf(path, Reading())

    assert by_number(plan)["301"].name == "会议室"


def test_a_drawing_of_release_12_is_read(tmp_path: Path) -> None:
    plan = read_dxf(labelled(tmp_path, "R12", "gbk").save(), Reading())

    assert [(room.number, room.name) for room in plan.rooms] == [("301", "会议室")]


def test_control_codes_and_escapes_are_taken_out(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 6, 4))
    sheet.text(r"%%u301 \U+529E\U+516C\U+5BA4 24.0m%%178", (3, 2))

    (room,) = sheet.read().rooms

    assert (room.number, room.name, room.stated[0].area_m2) == ("301", "办公室", 24.0)


def test_formatting_of_multi_line_texts_is_taken_out(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 6, 4))
    text = r"{\fSimSun|b0|i0|c134;\H1.5x;301}\P{\C1;办公室}\P24.00m{\H0.7x;\S2^ ;}"
    sheet.model.add_mtext(text, dxfattribs={"insert": (3, 2), "char_height": 0.3, "attachment_point": 5})

    (room,) = sheet.read().rooms

    assert (room.number, room.name, room.stated[0].area_m2) == ("301", "办公室", 24.0)


def test_number_above_name_above_area_is_one_label(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 6, 4))
    for line, text in enumerate(["301", "局长办公室", "24.00㎡"]):
        sheet.text(text, (3, 2.6 - 0.5 * line))

    plan = sheet.read()
    (room,) = plan.rooms

    assert (room.number, room.name, [stated.area_m2 for stated in room.stated]) == ("301", "局长办公室", [24.0])
    assert FindingCode.SEVERAL_LABELS not in codes(plan)
    assert [label.text for label in plan.floors[0].labels] == ["301 局长办公室 24.00㎡"]


def test_two_labels_in_a_room_are_said_to_be(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 12, 4))
    sheet.text("301 办公室", (3, 2))
    sheet.text("302 会议室", (9, 2))

    (finding,) = findings(sheet.read(), FindingCode.SEVERAL_LABELS)

    assert finding.values["count"] == 2


def test_two_numbers_right_under_each_other_are_two_labels(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 6, 4))
    sheet.text("301 办公室", (3, 2.2))
    sheet.text("302 会议室", (3, 1.8))

    (finding,) = findings(sheet.read(), FindingCode.SEVERAL_LABELS)

    assert finding.values["count"] == 2


def test_a_label_in_no_room_and_a_room_without_a_label_are_said_to_be(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 6, 4)
    sheet.outline(rectangle(10, 0, 16, 4))
    sheet.text("303 会议室", (30, 2))

    plan = sheet.read()

    assert [finding.values["text"] for finding in findings(plan, FindingCode.LABEL_WITHOUT_ROOM)] == ["303 会议室"]
    assert [finding.values["area_m2"] for finding in findings(plan, FindingCode.ROOM_WITHOUT_LABEL)] == [24]


def test_titles_dimensions_and_notes_are_no_labels(sheet: Sheet) -> None:
    sheet.room("301", 0, 0, 6, 4)
    notes = ["三层平面图", "1:100", "±0.000", "3600", "M0921", "FLOOR PLAN", "上", "说明: 本图尺寸以毫米计, 标高以米计"]
    for number, text in enumerate(notes):
        sheet.text(text, (1 + number * 2, -2))
        sheet.text(text, (1 + number * 0.5, 1))

    plan = sheet.read()

    assert [(room.number, room.name) for room in plan.rooms] == [("301", None)]
    assert not codes(plan)[FindingCode.LABEL_WITHOUT_ROOM]
    assert not codes(plan)[FindingCode.SEVERAL_LABELS]


def test_sizes_of_doors_that_repeat_are_no_room_numbers(sheet: Sheet) -> None:
    for column in range(4):
        sheet.outline(rectangle(5 * column, 0, 5 * column + 4.8, 4))
        sheet.text("办公室", (5 * column + 2.4, 2.5))
        sheet.text("2668" if column % 2 else "3068", (5 * column + 2.4, 0.5))

    assert {room.number for room in sheet.read().rooms} == {None}


def test_a_label_that_runs_out_of_a_closet_belongs_to_it(sheet: Sheet) -> None:
    sheet.outline(rectangle(0, 0, 1, 2))
    sheet.outline(rectangle(1.1, 0, 8, 6))
    sheet.text("会议室", (5, 4))
    sheet.model.add_text("储藏室储藏室", height=0.4, dxfattribs={"insert": (0.5, 1), "layer": "TEXT"})

    rooms = {room.name: room.outline.area_m2 for room in sheet.read().rooms}

    assert rooms == {"储藏室储藏室": pytest.approx(2), "会议室": pytest.approx(6.9 * 6)}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a drawing",
        b"AutoCAD Binary DXF\r\n\x1a\x00junk",
        b"AC1032\x00\x00binary drawing",
        b"0\nSECTION\n\xff\xfe",
    ],
)
def test_what_is_no_drawing_is_answered_with_a_finding(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "plan.dxf"
    path.write_bytes(data)

    plan = read_dxf(path, Reading())

    assert not plan.rooms
    assert {FindingCode.UNREADABLE, FindingCode.EMPTY} & set(codes(plan))


def has_latin(sentence: str) -> bool:
    """Return whether a sentence has words in Latin letters."""
    return any(letter.isascii() and letter.isalpha() for letter in sentence)


def test_a_file_cut_off_in_the_middle_is_recovered_or_said_to_be_unreadable(tmp_path: Path) -> None:
    sheet = Sheet(tmp_path)
    for number in range(30):
        sheet.room(str(301 + number), 5 * number, 0, 5 * number + 4, 5)
    whole = sheet.save().read_bytes()

    for share in range(1, 20):
        path = tmp_path / "cut.dxf"
        path.write_bytes(whole[: len(whole) * share // 20])
        plan = read_dxf(path, Reading())
        damaged = {FindingCode.UNREADABLE, FindingCode.REPAIRED_FILE}
        assert damaged & set(codes(plan)), f"cut after {share}/20"
        told = [finding for finding in plan.findings if finding.code in damaged]
        assert [finding.severity for finding in told] == [Severity.ERROR], f"cut after {share}/20"
        assert not has_latin(say(told[0]).zh.replace("DXF", "")), "no words of a library in a Chinese sentence"


def test_what_a_library_trips_over_is_told_as_damage_and_not_in_its_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trips(*_: object) -> None:
        raise TypeError("name has to be a string, got <class 'NoneType'>")

    monkeypatch.setattr("fangdi_gis_data.plans.dxf.opening.read_sound", trips)
    monkeypatch.setattr("ezdxf.recover.read", trips)
    path = tmp_path / "broken.dxf"
    path.write_text("  0\nSECTION\n  0\nEOF\n")

    with pytest.raises(UnreadableError, match=r"^its structure is damaged$"):
        open_dxf(path)

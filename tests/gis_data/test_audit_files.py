"""An audit leaves as a book, a document and layers that say the same."""

import io
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pyogrio
import pypdfium2
import pytest
from shapely.affinity import translate

from builders import square
from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.auditing import Compared
from fangdi.domain.plans.report import AuditReport, ReportComparison, ReportFloor, ReportLine, ReportRoom
from fangdi.errors import SettingsError
from fangdi_gis_data.audit_files import Look, write

LOOK = Look(
    colours={"within": "#00ff00", "beyond": "#ff0000"},
    names={"within": Labels("限差内", "Within"), "beyond": Labels("超限", "Beyond")},
)
ROOMS = tuple(
    ReportRoom(f"3/{n}", f"30{n}", verdict, 16.0, translate(square(4), 5 * n), translate(square(1e-4), 121.5 + n, 29.8))
    for n, verdict in enumerate(["within", "beyond"])
)


def line(room: ReportRoom, *, declared: float, remark: str | None = None) -> ReportLine:
    difference = room.measured_m2 - declared
    comparison = ReportComparison("declared", difference, 0.416, room.verdict)  # 0.08 × √16 + 0.006 × 16
    figures = {"declared": declared, "measured": room.measured_m2}
    return ReportLine(
        "room", "usable", room.label, 3, "3", room.key, figures, (comparison,), room.verdict, "open", remark
    )


REPORT = AuditReport(
    number="330200-2026-0001",
    building="一号楼",
    jurisdiction="330200",
    jurisdiction_name="宁波市",
    seal="cd" * 32,
    file_name="三层.dxf",
    file_sha256="ab" * 32,
    rule="GB/T 17986.1—2000",
    verified=False,
    limit="±(0.08√S + 0.006S) ㎡",
    accuracy=3,
    made_at=datetime(2026, 3, 1, tzinfo=UTC),
    made_by="li",
    accepted_at=datetime(2026, 3, 2, tzinfo=UTC),
    accepted_by="wang",
    lines=(line(ROOMS[0], declared=16.25), line(ROOMS[1], declared=18, remark="=1+1")),
    floors=(ReportFloor("3", "三层", 3, ROOMS, outline=square(10)),),
)


def words(document: bytes) -> str:
    with pypdfium2.PdfDocument(document) as opened:
        return "\n".join(opened[number].get_textpage().get_text_range() for number in range(len(opened)))


def test_the_book_holds_every_figure_with_its_difference_tolerance_and_verdict() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(REPORT, "xlsx", look=LOOK)))

    assert book.sheetnames == ["房间", "楼层和楼座", "机关", "说明 About"]
    heading, first, _ = book["房间"].iter_rows(values_only=True)
    found = dict(zip(heading, first, strict=True))
    assert (found["实测面积(㎡) Measured (m²)"], found["申报面积(㎡) Declared (m²)"]) == (16, 16.25)
    assert found["实测减申报面积(㎡) Measured less declared (m²)"] == -0.25
    assert found["总结论 Overall verdict"] == "限差内"


# Of 8 rooms 5 have both areas, so that the difference is 100 − 101 and not 160 − 120.
PARTLY = ReportLine(
    subject="floor",
    measure="usable",
    label="三层",
    level=3,
    floor="3",
    room=None,
    figures={"declared": 120.0, "measured": 160.0},
    comparisons=(ReportComparison("declared", -1.0, 1.4, "within", Compared(5, 8, 101.0, 100.0)),),
    verdict="within",
    decision="open",
)
WITH_SUMS = replace(REPORT, lines=(*REPORT.lines, PARTLY))


def test_the_book_says_over_how_many_rooms_a_sum_was_compared() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(WITH_SUMS, "xlsx", look=LOOK)))

    heading, first = book["楼层和楼座"].iter_rows(values_only=True)
    found = dict(zip(heading, first, strict=True))
    assert (found["申报面积(㎡) Declared (m²)"], found["实测面积(㎡) Measured (m²)"]) == (120, 160)
    assert found["间数 Rooms"] == 8
    assert found["有申报面积和实测的间数 Rooms with declared and measured"] == 5
    assert found["这些房间的申报面积(㎡) Declared, of these rooms (m²)"] == 101
    assert found["有申报面积的房间实测(㎡) Measured, where declared (m²)"] == 100
    assert len(set(heading)) == len(heading)  # no heading twice
    assert found["实测减申报面积(㎡) Measured less declared (m²)"] == -1


def test_the_document_says_over_how_many_rooms_a_sum_was_compared() -> None:
    text = words(write(WITH_SUMS, "pdf", look=LOOK))

    for expected in ("120.00", "5/8间 101.00", "实测 100.00", "俱全"):
        assert expected in text
    assert "俱全" not in words(write(REPORT, "pdf", look=LOOK))  # nothing was left out there


def test_the_layers_say_over_how_many_rooms_a_sum_was_compared(tmp_path: Path) -> None:
    file = tmp_path / "audit.gpkg"
    file.write_bytes(write(WITH_SUMS, "gpkg", look=LOOK))

    *_, floor = pyogrio.read_dataframe(file, layer="lines").to_dict("records")
    assert (floor["declared_rooms"], floor["rooms"]) == (5, 8)
    assert (floor["declared_compared_m2"], floor["declared_compared_measured_m2"]) == (101, 100)


def test_a_remark_is_no_formula_in_the_book() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write(REPORT, "xlsx", look=LOOK)))

    assert [row[-3] for row in book["房间"].iter_rows(min_row=2, values_only=True)] == [None, "'=1+1"]


def test_the_document_names_audit_building_rule_and_rooms() -> None:
    text = words(write(REPORT, "pdf", look=LOOK))

    for expected in ("330200-2026-0001", "一号楼", "三层.dxf", "unverified", "wang", "301", "超限", "18.00"):
        assert expected in text


def test_what_the_font_lacks_is_said_in_words() -> None:
    lines = (replace(REPORT.lines[0], remark="\N{THUMBS UP SIGN}\ufe0f以实测为准"), *REPORT.lines[1:])

    text = words(write(replace(REPORT, lines=lines), "pdf", look=LOOK)).replace("\r\n", "").replace(" ", "")

    assert "[thumbsupsign]以实测为准" in text


def test_names_stand_in_the_document_as_they_are_however_long() -> None:
    long = "三层东侧第一至第六多功能会议室及其附属贵宾接待休息室"  # wraps in its column
    lines = (replace(REPORT.lines[0], label="A<B&C"), replace(REPORT.lines[1], label=long))

    text = words(write(replace(REPORT, lines=lines), "pdf", look=LOOK)).replace("\r\n", "")

    assert "A<B&C" in text
    assert long in text


def test_every_file_says_who_accepted_what_when_and_by_which_rule(tmp_path: Path) -> None:
    told = ("330200-2026-0001", "wang", "2026-03-02", "三级", "0.08√S + 0.006S", "GB/T 17986.1", "宁波市", "cd" * 32)
    file = tmp_path / "audit.gpkg"
    file.write_bytes(write(REPORT, "gpkg", look=LOOK))
    book = openpyxl.load_workbook(io.BytesIO(write(REPORT, "xlsx", look=LOOK)))

    about = str(pyogrio.read_dataframe(file, layer="about").to_dict("records"))
    sheet = str(list(book["说明 About"].iter_rows(values_only=True)))
    document = words(write(REPORT, "pdf", look=LOOK)).replace("\r\n", "")
    for expected in told:
        assert expected in about
        assert expected in sheet
        assert expected in document


@pytest.mark.parametrize(("verified", "said"), [(True, "已核对原文"), (False, "未经核实")])
def test_whether_the_wording_of_the_norm_was_seen_is_always_said(said: str, *, verified: bool) -> None:
    assert said in words(write(replace(REPORT, verified=verified), "pdf", look=LOOK))


def test_a_decision_is_signed_in_every_file(tmp_path: Path) -> None:
    decided = replace(
        REPORT.lines[1], decision="rejected", decided_by="zhao", decided_at=datetime(2026, 3, 1, tzinfo=UTC)
    )
    report = replace(REPORT, lines=(REPORT.lines[0], decided))
    file = tmp_path / "audit.gpkg"
    file.write_bytes(write(report, "gpkg", look=LOOK))
    book = openpyxl.load_workbook(io.BytesIO(write(report, "xlsx", look=LOOK)))

    assert list(pyogrio.read_dataframe(file, layer="rooms")["decided_by"].fillna("")) == ["", "zhao"]
    assert [row[-2] for row in book["房间"].iter_rows(min_row=2, values_only=True)] == [None, "zhao"]
    assert "zhao" in words(write(report, "pdf", look=LOOK))


def test_figures_that_nobody_gave_are_still_columns_of_figures(tmp_path: Path) -> None:
    file = tmp_path / "audit.gpkg"
    file.write_bytes(write(REPORT, "gpkg", look=LOOK))

    for layer in ("rooms", "lines"):
        info = pyogrio.read_info(file, layer=layer)
        kinds = dict(zip(info["fields"], info["dtypes"], strict=True))
        assert kinds["registered_m2"] == "float64"  # of no room


def test_a_difference_that_rounds_to_nothing_has_no_sign() -> None:
    nearly = replace(REPORT.lines[0], comparisons=(ReportComparison("declared", -1e-9, 0.416, "within"),))

    assert "-0.00" not in words(write(replace(REPORT, lines=(nearly,)), "pdf", look=LOOK))


def test_the_difference_that_is_shown_is_the_one_that_gave_the_verdict() -> None:
    small = ReportComparison("stated", 0.5, 0.416, "beyond")
    large = ReportComparison("declared", 0.9, 2.0, "within")

    assert replace(REPORT.lines[1], comparisons=(large, small), verdict="beyond").decisive == small


def test_a_draft_says_so_on_every_page() -> None:
    draft = replace(REPORT, number=None, accepted_at=None, accepted_by=None)

    with pypdfium2.PdfDocument(write(draft, "pdf", look=LOOK)) as opened:
        assert len(opened) == 3  # head, drawing, rooms
        for number in range(len(opened)):
            assert "未经确认" in opened[number].get_textpage().get_text_range()


def test_the_same_audit_gives_the_same_document() -> None:
    assert write(REPORT, "pdf", look=LOOK) == write(REPORT, "pdf", look=LOOK)


def test_a_font_that_is_none_is_refused_with_the_setting_to_correct(tmp_path: Path) -> None:
    (tmp_path / "no.ttf").write_bytes(b"no font")

    with pytest.raises(SettingsError, match="FANGDI_PDF_FONT"):
        write(REPORT, "pdf", look=replace(LOOK, font=tmp_path / "no.ttf"))


@pytest.mark.parametrize(("placed", "crs"), [(True, "EPSG:4490"), (False, None)])
def test_layers_lie_on_the_map_once_the_plan_does(tmp_path: Path, *, placed: bool, crs: str | None) -> None:
    rooms = ROOMS if placed else tuple(replace(room, on_map=None) for room in ROOMS)
    report = replace(REPORT, floors=(replace(REPORT.floors[0], rooms=rooms),))
    file = tmp_path / "audit.gpkg"

    file.write_bytes(write(report, "gpkg", look=LOOK))

    found = pyogrio.read_dataframe(file, layer="rooms")
    assert list(found["measured_m2"]) == [16, 16]
    assert list(found["declared_verdict"]) == ["within", "beyond"]
    assert (found.crs.to_string() if found.crs and placed else None) == crs
    if not placed:
        assert list(found.area) == [16, 16]
    assert len(pyogrio.read_dataframe(file, layer="lines")) == 2


def test_a_control_character_in_a_name_or_remark_breaks_no_file(tmp_path: Path) -> None:
    spoilt = replace(
        REPORT,
        lines=(replace(REPORT.lines[0], label="会议\x01室", remark="见\x0b附件"),),
        file_name="三层\x1b.dxf",
        floors=(replace(REPORT.floors[0], name="三\x02层"),),
    )

    book = openpyxl.load_workbook(io.BytesIO(write(spoilt, "xlsx", look=LOOK)))
    layers = tmp_path / "audit.gpkg"
    layers.write_bytes(write(spoilt, "gpkg", look=LOOK))

    _, row = book["房间"].iter_rows(values_only=True)
    assert {"会议室", "见附件"} <= set(row)
    assert "会议" in words(write(spoilt, "pdf", look=LOOK))
    assert len(pyogrio.read_dataframe(layers, layer="lines")) == 1

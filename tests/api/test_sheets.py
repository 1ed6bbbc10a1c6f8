"""Sheets of agencies and buildings over the API, and as files."""

import io
from datetime import date
from typing import Any

import pypdfium2
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from sqlalchemy import Connection

from builders import CITY, a_building, a_floor, a_room, an_agency, has_tenure, has_title, insert, occupies

API = "/api/v1"
DAY = {"as_of": "2026-01-01"}


def sheet(client: TestClient, building: int, **asked: Any) -> Any:
    answer = client.get(f"{API}/buildings/{building}/sheet", params={**DAY, **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def words_of(pdf: bytes) -> str:
    """Return the text of a PDF without its spaces."""
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


def test_the_sheet_of_a_building_says_what_is_used_and_idle_on_each_floor(
    connection: Connection, client: TestClient
) -> None:
    building, agency = a_building(connection, "1号楼", built_year=1998), an_agency(connection, "市档案局")
    a_floor(connection, building, 2, measured_gross_m2=120.0)
    occupies(connection, agency, a_room(connection, "101", building=building, area=20))
    occupies(connection, agency, a_room(connection, "201", building=building, level=2, area=30), until=date(2025, 1, 1))
    a_room(connection, "202", building=building, level=2, use="toilet", area=8)

    found = sheet(client, building)

    assert [(f["level"], f["usable_m2"], f["used_m2"], f["idle_m2"], f["gross_m2"]) for f in found["floors"]] == [
        (1, 20, 20, 0, None),
        (2, 38, 0, 30, 120),  # 30 idle, and a toilet that is nobody's
    ]
    assert (found["usable_m2"], found["used_m2"], found["idle"]["area_m2"]) == (58, 20, 30)
    assert [(user["name"], user["by_category"]) for user in found["users"]] == [("市档案局", {"office": 20})]
    assert found["building"]["built_year"] == 1998
    assert found["completeness"]["light"] == "red"


def test_gross_areas_of_floors_add_up_to_that_of_the_building(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, measured_gross_m2=30.018)
    for level in (1, 2, 3):
        a_floor(connection, building, level, measured_gross_m2=10.006)

    found = sheet(client, building)

    assert sorted(floor["gross_m2"] for floor in found["floors"]) == [10, 10.01, 10.01]  # 30.02, and not 3 × 10.01


def test_a_sheet_of_a_day_before_the_records_says_so(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, "1号楼")
    occupies(connection, an_agency(connection), a_room(connection, building=building), since=date(2024, 1, 1))
    address = f"{API}/buildings/{building}/sheet"

    before, after = (
        client.get(address, params={"as_of": day, "format": "pdf"}).content for day in ("2023-12-31", "2024-01-01")
    )
    book = load_workbook(io.BytesIO(client.get(address, params={"as_of": "2023-12-31", "format": "xlsx"}).content))

    said = "有日期的使用记录始于2024-01-01;2023-12-31的数只反映未注明起始日期的登记"
    assert (said in words_of(before), said in words_of(after)) == (True, False)
    assert "2024-01-01;2023-12-31 的数只反映" in str(list(book["说明 About"].iter_rows(values_only=True)))


def test_users_of_a_building_share_rooms_by_the_rule(connection: Connection, client: TestClient) -> None:
    building = a_building(connection)
    room = a_room(connection, building=building, use="meeting_room", area=90)
    for name, share in (("甲局", 0.6), ("乙局", 0.4)):
        occupies(connection, an_agency(connection, name), room, share=share)

    by_share, equal = sheet(client, building), sheet(client, building, split="equal")

    assert [user["area_m2"] for user in by_share["users"]] == [54, 36]
    assert [user["area_m2"] for user in equal["users"]] == [45, 45]
    assert equal["split"]["rule"] == "equal"


def test_the_sheet_of_a_building_is_written_as_a_book_and_a_document(
    connection: Connection, client: TestClient
) -> None:
    building = a_building(connection, "1号楼")
    has_title(connection, "recorded", building=building)
    has_tenure(connection, building, "borrowed")
    occupies(connection, an_agency(connection, "市档案局"), a_room(connection, "101", building=building, area=20.5))

    book = client.get(f"{API}/buildings/{building}/sheet", params={**DAY, "format": "xlsx"})
    pdf = client.get(f"{API}/buildings/{building}/sheet", params={**DAY, "format": "pdf"})

    pages = load_workbook(io.BytesIO(book.content))
    assert pages.sheetnames[:5] == ["基本情况", "使用单位", "楼层", "闲置房间", "数据缺项"]
    facts = dict(pages["基本情况"].iter_rows(values_only=True))
    assert (facts["权属 Title"], facts["取得方式 Tenure"], facts["在用 In use (㎡)"]) == ("权属备案", "借用", "20.50")
    assert pdf.headers["content-type"] == "application/pdf"
    said = words_of(pdf.content)
    assert all(word in said for word in ("楼座表", "市档案局", "20.50", "权属备案", "按登记份额"))


def test_the_book_of_a_building_leaves_out_areas_that_nobody_knows(connection: Connection, client: TestClient) -> None:
    building = a_building(connection, "1号楼")
    occupies(connection, an_agency(connection, "市档案局"), a_room(connection, "101", building=building, area=None))

    book = client.get(f"{API}/buildings/{building}/sheet", params={**DAY, "format": "xlsx"})

    pages = load_workbook(io.BytesIO(book.content))
    facts = dict(pages["基本情况"].iter_rows(values_only=True))
    assert (facts["使用面积 Usable area (㎡)"], facts["在用 In use (㎡)"]) == ("—", "—")
    assert facts["闲置 Idle (㎡)"] == "0.00"  # no room is idle, so nothing is unknown
    assert facts["没有该口径面积的房间 Rooms without such an area"] == "1 / 1"
    assert pages["楼层"]["C2"].value is None


def test_the_sheet_names_the_last_day_of_an_approval_and_who_issued_it(
    connection: Connection, client: TestClient
) -> None:
    agency = an_agency(connection, "市档案局", posts=10)
    document = {
        "document_no": "核1号",
        "issued_on": date(2024, 12, 20),
        "issued_by": "市机关事务管理局",
        "remark": "试行",
    }
    held = {"approved_total_m2": 165, "valid": "[2025-01-01,2026-07-01)", "entered_by": "x"}
    insert(connection, "area_approval", agency_id=agency, jurisdiction_code=CITY, **held, **document)

    book = client.get(f"{API}/agencies/{agency}/sheet", params={**DAY, "format": "xlsx"})

    headings, row = load_workbook(io.BytesIO(book.content))["核定批复"].iter_rows(values_only=True)
    said = {str(heading): str(cell)[:10] for heading, cell in zip(headings, row, strict=True)}
    assert (said["自 From"], said["最后一天 Last day"]) == ("2025-01-01", "2026-06-30")  # to hold until 1 July
    assert (said["批复机关 Issued by"], said["说明 Remark"]) == ("市机关事务管理局", "试行")


def test_the_sheet_of_an_agency_holds_calculation_use_and_rule(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "市档案局", posts=10)
    leased = a_building(connection, "租用楼")
    has_tenure(connection, leased, "leased")
    occupies(connection, agency, a_room(connection, building=leased, level=3, area=220.5))
    post = {"person_key": "P7", "document_no": "任1号", "end_document_no": "免1号", "ended_by": "retired"}
    insert(connection, "leader_post", agency_id=agency, jurisdiction_code=CITY, valid="[2020-01-01,2025-06-30)", **post)

    book = client.get(f"{API}/agencies/{agency}/sheet", params={**DAY, "format": "xlsx", "split": "equal"})
    pdf = client.get(f"{API}/agencies/{agency}/sheet", params=DAY)

    pages = load_workbook(io.BytesIO(book.content))
    assert pages.sheetnames[:4] == ["核定与实际", "使用情况(按楼座)", "使用情况(按楼层)", "面积核定表"]
    assert pages.sheetnames[4:8] == ["核定批复", "编制", "领导任职", "未销号的合规问题"]
    # 10 staff: offices 90 of which 220.5 are used: (220.5 − 90) ÷ 90 = 145 %
    assert [cell.value for cell in pages["核定与实际"][2]] == ["办公室", 90, 220.5, 130.5, 145]
    (leader,) = pages["领导任职"].iter_rows(min_row=2, values_only=True)
    assert [str(cell)[:10] for cell in leader] == ["P7", "None", "2020-01-01", "2025-06-30", "退休", "任1号", "免1号"]
    rows = list(pages["使用情况(按楼座)"].iter_rows(min_row=2, values_only=True))
    assert [(row[0], row[1], row[2], row[8]) for row in rows] == [
        ("租用楼", "租用", 220.5, 220.5),
        ("合计", None, 220.5, 220.5),
    ]
    assert "按单位平均" in str(list(pages["说明 About"].values))
    said = words_of(pdf.content)
    assert all(word in said for word in ("面积核定表", "市档案局", "10人×9㎡", "租用楼", "3层", "未销号的合规问题"))
    assert "未分类" not in said  # a column in which nobody has anything


def test_sheets_of_what_does_not_exist_are_not_found(client: TestClient) -> None:
    assert client.get(f"{API}/buildings/999999/sheet").status_code == 404
    assert client.get(f"{API}/agencies/999999/sheet").status_code == 404

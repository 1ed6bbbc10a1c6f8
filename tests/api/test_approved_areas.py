"""Approved areas over the API: the calculation line by line, approvals by hand, and what is used against them."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from openpyxl import load_workbook
from sqlalchemy import Connection

from builders import a_building, a_jurisdiction, a_room, an_agency, entered_yesterday, has_posts, occupies
from fangdi.domain.access import Role

API = "/api/v1"
POSTS = {"city_bureau_chief": 1, "city_bureau_deputy": 4, "city_staff": 115}
"""The worked example: A = 24 + 4 × 18 + 115 × 9 = 1131, B = 120 × 8 = 960, equipment 9 % = 188.19; together 2279.19."""

ClientOf = Callable[..., TestClient]


def sheet(client: TestClient, agency: int, **asked: Any) -> Any:
    answer = client.get(f"{API}/agencies/{agency}/approved-area", params={"as_of": "2026-01-01", **asked})
    assert answer.status_code == 200, answer.text
    return answer.json()


def part(one: Any, name: str) -> Any:
    return next(compared for compared in one["compared"] if compared["part"] == name)


def approval(total: float, **more: Any) -> dict[str, Any]:
    return {
        "total_m2": total,
        "document_no": "甬机管〔2025〕8号",
        "issued_on": "2025-06-01",
        "valid_from": "2025-07-01",
        **more,
    }


def test_the_whole_calculation_is_shown_line_by_line(connection: Connection, client: TestClient) -> None:
    found = sheet(client, an_agency(connection, posts=POSTS))

    assert [(line["step"], line["area_m2"]) for line in found["lines"]] == [
        ("office_of_rank", 24),
        ("office_of_rank", 72),
        ("office_of_rank", 1035),
        ("offices", 1131),
        ("service", 960),
        ("equipment", 188.19),
        ("basic", 2279.19),
        ("gross_multi_storey", 3506.45),  # ÷ 0.65
        ("gross_high_rise", 3798.65),  # ÷ 0.60
        ("canteen", 422),  # 100 × 3.7 + 20 × 2.6
        ("total_multi_storey", 3928.45),
        ("total_high_rise", 4220.65),
    ]
    deputies = found["lines"][1]
    assert (deputies["rank"]["zh"], deputies["formula"]["zh"]) == ("副局(处)级", "4 人 × 18 ㎡")
    assert deputies["norms"][0]["title"] == "党政机关办公用房建设标准"
    assert [line["gross"] for line in found["lines"]] == [False] * 7 + [True] * 5


def test_what_rests_on_a_figure_that_is_not_verified_says_so(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", level="county")
    county = an_agency(connection, jurisdiction="330203", level="county")
    has_posts(connection, county, 50, rank="county_staff", jurisdiction="330203")
    city = sheet(client, an_agency(connection, posts=50))

    found = sheet(client, county)

    assert (found["verified"], found["verification_name"]["zh"]) == (False, "未核实")  # its service rooms
    assert city["verified"]
    gross = next(line for line in city["lines"] if line["step"] == "gross_multi_storey")
    assert not gross["norms"][0]["verified"]


def test_staff_present_play_no_part(connection: Connection, client: TestClient) -> None:
    few = sheet(client, an_agency(connection, posts=POSTS, present=3))
    many = sheet(client, an_agency(connection, posts=POSTS, present=500))

    assert part(few, "basic")["approved_m2"] == part(many, "basic")["approved_m2"] == 2279.19
    assert (few["posts"], few["present"], many["present"]) == (120, 3, 500)


def test_used_area_is_held_against_what_is_approved(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=10)  # A = 90, B = 80, equipment 15.3: 185.3
    for use, area in (("office", 100), ("meeting_room", 70), ("canteen", 500), ("corridor", 40)):
        occupies(connection, agency, a_room(connection, use=use, area=area))

    found = sheet(client, agency)

    office, service, basic = part(found, "office"), part(found, "service"), part(found, "basic")
    assert (office["approved_m2"], office["used_m2"], office["over_m2"]) == (90, 100, 10)
    assert office["over_rate"] == pytest.approx(10 / 90)  # of what is approved, not of what is used
    assert (service["approved_m2"], service["used_m2"], service["over_m2"]) == (80, 70, 0)
    assert (basic["approved_m2"], basic["used_m2"], basic["over_m2"]) == (185.3, 170, 0)  # the canteen stands outside


def test_an_approval_by_hand_goes_before_the_computed_area(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)

    made = client.post(f"{API}/agencies/{agency}/approvals", json=approval(2000, office_m2=1000))

    assert made.status_code == 201, made.text
    found = sheet(client, agency)
    assert (part(found, "basic")["approved_m2"], part(found, "basic")["by_hand"]) == (2000, True)
    assert part(found, "office")["approved_m2"] == 1000
    assert part(found, "service")["approved_m2"] is None  # the document does not name it
    assert found["approval"]["document_no"] == "甬机管〔2025〕8号"
    assert found["lines"][6]["area_m2"] == 2279.19  # the calculation stays in sight
    before = sheet(client, agency, as_of="2025-06-30")
    assert (part(before, "basic")["approved_m2"], before["approval"]) == (2279.19, None)


def test_a_later_approval_ends_the_one_before(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    client.post(f"{API}/agencies/{agency}/approvals", json=approval(2000))

    answer = client.post(f"{API}/agencies/{agency}/approvals", json=approval(2100, valid_from="2026-01-01"))

    assert [(one["total_m2"], one["valid_from"], one["valid_until"]) for one in answer.json()] == [
        (2100, "2026-01-01", None),
        (2000, "2025-07-01", "2026-01-01"),
    ]
    assert part(sheet(client, agency, as_of="2025-12-31"), "basic")["approved_m2"] == 2000


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"office_m2": 2001}, 422),
        ({"office_m2": 1000, "service_m2": 500, "equipment_m2": 400}, 422),
        ({"valid_until": "2025-07-01"}, 422),
        ({"document_no": ""}, 422),
        ({"total_m2": -1}, 422),
        ({"total_m2": 0.004}, 422),
        ({"total_m2": 1e12}, 422),
        ({"issued_on": "2126-01-01"}, 422),  # not yet issued
        ({"valid_from": "9999-12-31"}, 422),
    ],
)
def test_an_approval_that_does_not_add_up_is_refused(
    connection: Connection, client: TestClient, wrong: dict[str, Any], status: int
) -> None:
    agency = an_agency(connection, posts=POSTS)

    answer = client.post(f"{API}/agencies/{agency}/approvals", json={**approval(2000), **wrong})

    assert answer.status_code == status
    assert sheet(client, agency)["approvals"] == []


def test_two_approvals_of_one_day_are_refused(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    client.post(f"{API}/agencies/{agency}/approvals", json=approval(2000))

    assert client.post(f"{API}/agencies/{agency}/approvals", json=approval(2100)).status_code == 409
    assert [one["total_m2"] for one in sheet(client, agency)["approvals"]] == [2000]


def periods(answer: Response) -> list[tuple[float, str, str | None]]:
    assert answer.status_code in {200, 201}, answer.text
    return [(one["total_m2"], one["valid_from"], one["valid_until"]) for one in answer.json()]


def test_an_approval_is_ended_sooner_and_the_computed_area_holds_again(
    connection: Connection, client: TestClient
) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    made = client.post(url, json=approval(2000)).json()[0]["id"]

    assert periods(client.post(f"{url}/{made}/end", json={"ends": "2025-12-01"})) == [
        (2000, "2025-07-01", "2025-12-01")
    ]

    assert part(sheet(client, agency, as_of="2025-11-30"), "basic")["approved_m2"] == 2000
    assert part(sheet(client, agency, as_of="2025-12-01"), "basic")["approved_m2"] == 2279.19
    for ends in ("2025-07-01", "2025-12-02"):  # not before it begins, not later than it ends
        refused = client.post(f"{url}/{made}/end", json={"ends": ends})
        assert (refused.status_code, refused.json()["place"]) == (422, {"field": "ends"}), ends


def test_a_slip_is_withdrawn_on_the_day_and_what_it_ended_holds_on_as_before(
    connection: Connection, client: TestClient
) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    client.post(url, json=approval(2000, valid_until="2028-01-01"))
    slip = client.post(url, json=approval(20, valid_from="2026-01-01")).json()[0]
    assert slip["withdrawable"]

    assert periods(client.delete(f"{url}/{slip['id']}")) == [(2000, "2025-07-01", "2028-01-01")]

    assert part(sheet(client, agency), "basic")["approved_m2"] == 2000
    assert client.delete(f"{url}/{slip['id']}").status_code == 404


def test_the_latest_approval_is_withdrawn_first(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    first = client.post(url, json=approval(2000)).json()[0]["id"]
    both = client.post(url, json=approval(2100, valid_from="2026-01-01")).json()

    assert [one["withdrawable"] for one in both] == [True, False]
    refused = client.delete(f"{url}/{first}")
    assert refused.status_code == 409, refused.text
    assert "先撤回后来的" in refused.json()["detail"]
    assert periods(client.delete(f"{url}/{both[0]['id']}")) == [(2000, "2025-07-01", None)]
    assert periods(client.delete(f"{url}/{first}")) == []


def test_what_a_dated_slip_ended_is_open_again(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    client.post(url, json=approval(2000))
    slip = client.post(url, json=approval(20, valid_from="2026-01-01", valid_until="2026-03-01")).json()[0]["id"]

    assert periods(client.delete(f"{url}/{slip}")) == [(2000, "2025-07-01", None)]


def test_what_a_slip_ended_holds_on_until_the_next_approval(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    client.post(url, json=approval(2000))
    slip = client.post(url, json=approval(20, valid_from="2026-01-01", valid_until="2026-03-01")).json()[0]["id"]
    client.post(url, json=approval(2200, valid_from="2026-06-01"))

    assert periods(client.delete(f"{url}/{slip}")) == [
        (2200, "2026-06-01", None),
        (2000, "2025-07-01", "2026-06-01"),
    ]


def test_from_the_next_day_on_an_approval_is_only_ended(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, posts=POSTS)
    url = f"{API}/agencies/{agency}/approvals"
    made = client.post(url, json=approval(2000)).json()[0]["id"]
    entered_yesterday(connection, "area_approval")

    refused = client.delete(f"{url}/{made}")

    assert (refused.status_code, "次日起只能截止" in refused.json()["detail"]) == (422, True)
    assert not sheet(client, agency)["approvals"][0]["withdrawable"]
    assert sheet(client, agency)["approval"]["total_m2"] == 2000


def test_an_approval_of_another_agency_is_none_of_this_one(connection: Connection, client: TestClient) -> None:
    agency, other = an_agency(connection, posts=POSTS), an_agency(connection, posts=POSTS)
    made = client.post(f"{API}/agencies/{agency}/approvals", json=approval(2000)).json()[0]["id"]

    assert client.delete(f"{API}/agencies/{other}/approvals/{made}").status_code == 404
    wrong = client.post(f"{API}/agencies/{other}/approvals/{made}/end", json={"ends": "2026-01-01"})
    assert wrong.status_code == 404
    assert len(sheet(client, agency)["approvals"]) == 1


def test_administrators_approve_where_their_role_reaches(connection: Connection, client_of: ClientOf) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    agency = an_agency(connection, posts=POSTS)
    county = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330203")
    city = client_of(Role.JURISDICTION_ADMINISTRATOR, jurisdiction="330200")

    assert county.post(f"{API}/agencies/{agency}/approvals", json=approval(2000)).status_code in {403, 404}
    assert city.post(f"{API}/agencies/{agency}/approvals", json=approval(2000)).status_code == 201


def test_an_agency_without_posts_has_nothing_computed(connection: Connection, client: TestClient) -> None:
    found = sheet(client, an_agency(connection))

    assert (found["lines"], part(found, "basic")["approved_m2"], part(found, "basic")["over_m2"]) == ([], None, None)


def test_posts_that_the_reader_does_not_see_are_told_from_none(
    connection: Connection, client_of: ClientOf, client: TestClient
) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    agency = an_agency(connection, posts=POSTS)
    occupies(connection, agency, a_room(connection, building=a_building(connection, jurisdiction="330203")))
    district = client_of(Role.VIEWER, jurisdiction="330203")

    seen, hidden = sheet(client, agency), sheet(district, agency)

    assert (seen["posts"], seen["posts_visible"]) == (120, True)  # 1 + 4 + 115
    assert (hidden["posts"], hidden["posts_visible"], hidden["lines"]) == (0, False, [])
    assert sheet(client, an_agency(connection))["posts_visible"]


def test_the_list_has_every_agency_of_the_place(connection: Connection, client: TestClient) -> None:
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    city = an_agency(connection, posts=10)
    county = an_agency(connection, jurisdiction="330203", level="county")

    answer = client.get(f"{API}/reports/approved-areas", params={"jurisdiction": "330200"}).json()
    below = client.get(f"{API}/reports/approved-areas", params={"jurisdiction": "330203"}).json()

    assert {city, county} <= {one["id"] for one in answer["items"]}
    assert [one["id"] for one in below["items"]] == [county]


def test_the_calculation_is_written_as_a_book(connection: Connection, client: TestClient) -> None:
    agency = an_agency(connection, "市档案局", posts=POSTS)

    answer = client.get(f"{API}/agencies/{agency}/approved-area", params={"format": "xlsx", "as_of": "2026-01-01"})

    book = load_workbook(io.BytesIO(answer.content))
    rows = list(book["面积核定表"].iter_rows(values_only=True))
    assert rows[2][:4] == ("办公室", "副局(处)级", "4 人 × 18 ㎡", 72)
    assert ("基本办公用房使用面积(核定面积)", 2279.19) in {(row[0], row[3]) for row in rows}
    assert "未核实" in str([row[6] for row in rows]) or "转引" in str([row[6] for row in rows])


def test_the_list_is_written_as_a_table(connection: Connection, client: TestClient) -> None:
    an_agency(connection, "市档案局", posts=10)

    answer = client.get(f"{API}/reports/approved-areas", params={"format": "csv", "as_of": "2026-01-01"})

    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    (one,) = (row for row in rows if "市档案局" in row.values())
    assert one["核定·合计(㎡) Approved, Together (m²)"] == "185.30", one  # A 90 + B 80 + 9 %


@pytest.mark.parametrize("place", [None, "330203"])
def test_what_is_used_is_rounded_as_in_the_report_of_use(
    connection: Connection, client: TestClient, place: str | None
) -> None:
    """Offices 10.004 and service 5.004 m², three times: together 45.024, where cell by cell gives 45.00."""
    a_jurisdiction(connection, "330203", "海曙区", parent=a_jurisdiction(connection), level="county")
    building = a_building(connection, jurisdiction="330203")
    agencies = [an_agency(connection, f"{name}局", jurisdiction="330203", level="county") for name in "甲乙丙"]
    for agency in agencies:
        occupies(connection, agency, a_room(connection, building=building, area=10.004))
        occupies(connection, agency, a_room(connection, building=building, use="meeting_room", area=5.004))
    occupies(connection, an_agency(connection, "市局"), a_room(connection, area=10.004))
    asked = {"as_of": "2026-01-01", **({"jurisdiction": place} if place else {})}

    nodes = client.get(f"{API}/reports/use", params=asked).json()["nodes"]
    listed = client.get(f"{API}/reports/approved-areas", params=asked).json()["items"]
    file = client.get(f"{API}/reports/approved-areas", params={**asked, "format": "csv"})
    written = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))

    for agency in agencies:
        own = next(node["own"] for node in nodes if node["id"] == str(agency))
        for one in (next(row for row in listed if row["id"] == agency), sheet(client, agency, **asked)):
            assert part(one, "office")["used_m2"] == own["by_category"]["office"]
            assert part(one, "service")["used_m2"] == own["by_category"]["service"]
            assert part(one, "basic")["used_m2"] == own["area_m2"]
    known = {row["单位 Agency"]: row for row in written}
    for row in listed:
        (said,) = (value for name, value in known[row["name"]].items() if name.startswith("实际·合计"))
        assert said == f"{part(row, 'basic')['used_m2']:.2f}"
    of_three = [part(row, "basic")["used_m2"] for row in listed if row["id"] in agencies]
    assert round(sum(of_three), 2) in {45.02, 45.03}


def test_a_list_of_agencies_has_no_places(client: TestClient) -> None:
    assert client.get(f"{API}/reports/approved-areas", params={"format": "geojson"}).status_code == 422


def test_use_elsewhere_that_the_reader_does_not_see_is_said_so_and_counts_as_unknown(
    connection: Connection, client_of: ClientOf, client: TestClient
) -> None:
    city = a_jurisdiction(connection)
    for code, name in (("330203", "海曙区"), ("330205", "江北区")):
        a_jurisdiction(connection, code, name, parent=city, level="county")
    agency, other = (an_agency(connection, jurisdiction="330203", posts=POSTS) for _ in range(2))
    here = a_building(connection, jurisdiction="330203")
    away = a_building(connection, jurisdiction="330205")
    occupies(connection, agency, a_room(connection, building=here, area=100.0))
    occupies(connection, agency, a_room(connection, building=away, area=5000.0))
    hidden = a_room(connection, building=away, area=70.0, classified=True)
    occupies(connection, other, hidden)
    district = client_of(Role.VIEWER, jurisdiction="330203")

    seen, in_part = sheet(client, agency), sheet(district, agency)

    assert (part(seen, "basic")["used_m2"], seen["use_hidden"]) == (5100, False)
    assert (part(in_part, "basic")["used_m2"], in_part["use_hidden"]) == (100, True)
    assert not sheet(district, other)["use_hidden"]  # a classified room is not told of
    over = district.get(f"{API}/indicators/over_agencies/rows", params={"as_of": "2026-01-01"}).json()["total"]
    # of its two agencies one is not all seen
    assert (over["value"], over["known"], over["of"]) == (0, 1, 2)

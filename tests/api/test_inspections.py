"""What inspections find out over the API: entered by those who supervise, dated, and ended rather than changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction, a_room, an_agency, occupies
from fangdi.domain.access import Role
from fangdi.service import findings
from fangdi.service.findings import Choices

API = "/api/v1"
TODAY = date.today()  # noqa: DTZ011 - as the server reckons
SINCE = str(TODAY - timedelta(400))

ClientOf = Callable[..., TestClient]


@pytest.fixture
def auditor(connection: Connection, client_of: ClientOf) -> TestClient:
    a_jurisdiction(connection)
    return client_of(Role.AREA_AUDITOR)


def post(client: TestClient, path: str, *, status: int = 201, **body: Any) -> Any:
    answer = client.post(API + path, json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def rules(client: TestClient) -> set[str]:
    return {one["rule"] for one in client.get(f"{API}/findings", params={"state": "unsettled"}).json()["items"]}


def test_what_is_entered_is_on_record_and_found(auditor: TestClient, connection: Connection) -> None:
    building = a_building(connection)
    room, office = (a_room(connection, number, building=building) for number in ("102", "101"))
    post(auditor, f"/rooms/{room}/functions", use_code="canteen", document_no="批复1号", since=SINCE)
    post(auditor, f"/rooms/{room}/annexes", office_id=office, kind="rest", since=SINCE)
    made = post(
        auditor, f"/rooms/{room}/outside-uses", kind="let", outsider="某店", annual_income_yuan=1000, since=SINCE
    )

    assert (made["functions"][0]["use_name"], made["functions"][0]["document_no"]) == ("食堂", "批复1号")
    assert (made["annexes"][0]["office"], made["annexes"][0]["kind"]) == ("101", "rest")
    assert made["outside_uses"][0]["entered_by"].startswith("person")
    assert auditor.get(f"{API}/rooms/{office}/inspections").json()["annexes"] == made["annexes"]
    findings.compute(connection, Choices(TODAY, 2000))
    assert {"other_function", "let_or_lent"} <= rules(auditor)


def test_what_has_ended_is_found_no_more(auditor: TestClient, connection: Connection) -> None:
    room = a_room(connection)
    made = post(auditor, f"/rooms/{room}/outside-uses", kind="lent", outsider="某协会", since=SINCE)
    findings.compute(connection, Choices(TODAY, 2000))
    number = made["outside_uses"][0]["id"]

    ended = post(auditor, f"/rooms/{room}/inspections/outside/{number}/end", status=200, ends=str(TODAY))

    assert ended["outside_uses"][0]["until"] == str(TODAY)
    findings.compute(connection, Choices(TODAY, 2000))
    assert "let_or_lent" not in rules(auditor)


def test_a_leader_who_keeps_the_office_is_found(auditor: TestClient, connection: Connection) -> None:
    from builders import insert  # noqa: PLC0415 - for this alone

    agency = an_agency(connection)
    use = occupies(connection, agency, a_room(connection))
    person = {"person_key": "P1", "rank_code": "city_bureau_chief"}
    insert(connection, "occupant", occupancy_id=use, jurisdiction_code="330200", **person)
    made = post(auditor, f"/agencies/{agency}/leader-posts", since=SINCE, **person)
    number, gone = made[0]["id"], str(TODAY - timedelta(100))
    post(auditor, f"/agencies/{agency}/leader-posts/{number}/end", status=422, ends=gone)

    ended = post(auditor, f"/agencies/{agency}/leader-posts/{number}/end", status=200, ends=gone, ended_by="ended")

    assert (ended[0]["until"], ended[0]["ended_by"]) == (gone, "ended")
    findings.compute(connection, Choices(TODAY, 2000))
    assert "kept_office" in rules(auditor)


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("functions", {"use_code": "fly", "document_no": "1号"}, "use_code"),
        ("functions", {"use_code": "office", "document_no": "1号", "until": SINCE}, "until"),
        ("outside-uses", {"kind": "sold", "outsider": "某店"}, "kind"),
        ("outside-uses", {"kind": "let", "outsider": ""}, "outsider"),
        ("outside-uses", {"kind": "let", "outsider": " \u3000"}, "outsider"),
        ("functions", {"use_code": "office", "document_no": "  "}, "document_no"),
    ],
)
def test_what_cannot_be_says_which_field(
    auditor: TestClient, connection: Connection, path: str, body: dict[str, Any], field: str
) -> None:
    refused = post(auditor, f"/rooms/{a_room(connection)}/{path}", status=422, since=SINCE, **body)

    assert refused["place"]["field"] == field


def test_posts_are_of_a_person_and_of_an_agency_that_is_there(auditor: TestClient, connection: Connection) -> None:
    agency = an_agency(connection)

    refused = post(auditor, f"/agencies/{agency}/leader-posts", status=422, person_key="  ", since=SINCE)

    assert refused["place"]["field"] == "person_key"
    assert auditor.get(f"{API}/agencies/{agency}/leader-posts").json() == []
    assert auditor.get(f"{API}/agencies/{agency + 1}/leader-posts").status_code == 404


def test_one_thing_at_a_time(auditor: TestClient, connection: Connection) -> None:
    room = a_room(connection)
    for status in (201, 409):
        post(auditor, f"/rooms/{room}/functions", status=status, use_code="office", document_no="1号", since=SINCE)


def test_an_annex_is_in_the_building_of_its_office(auditor: TestClient, connection: Connection) -> None:
    room, elsewhere = a_room(connection), a_room(connection)

    post(auditor, f"/rooms/{room}/annexes", status=422, office_id=elsewhere, kind="rest", since=SINCE)


def test_a_room_does_not_belong_to_itself(auditor: TestClient, connection: Connection) -> None:
    room = a_room(connection)

    refused = post(auditor, f"/rooms/{room}/annexes", status=422, office_id=room, kind="rest", since=SINCE)

    assert refused["place"]["field"] == "office_id"


def test_a_record_ends_after_it_began(auditor: TestClient, connection: Connection) -> None:
    room = a_room(connection)
    made = post(auditor, f"/rooms/{room}/outside-uses", kind="let", outsider="某店", since=SINCE)
    number = made["outside_uses"][0]["id"]

    assert post(auditor, f"/rooms/{room}/inspections/outside/{number}/end", status=422, ends=SINCE)
    assert post(auditor, f"/rooms/{room}/inspections/function/{number}/end", status=404, ends=str(TODAY))


def test_who_does_not_supervise_enters_nothing_and_classified_rooms_are_not_there(
    connection: Connection, client_of: ClientOf, auditor: TestClient
) -> None:
    room, secret = a_room(connection), a_room(connection, classified=True)
    body = {"kind": "let", "outsider": "某店", "since": SINCE}

    post(client_of(Role.VIEWER), f"/rooms/{room}/outside-uses", status=403, **body)
    post(client_of(Role.AREA_AUDITOR, jurisdiction="330100"), f"/rooms/{room}/outside-uses", status=404, **body)
    post(auditor, f"/rooms/{secret}/outside-uses", status=404, **body)
    assert auditor.get(f"{API}/rooms/{secret}/inspections").status_code == 404


def test_a_post_takes_a_staff_number_and_no_name(auditor: TestClient, connection: Connection) -> None:
    agency = an_agency(connection)

    for name in ("张三", "Zhang San", "P1!"):
        refused = post(auditor, f"/agencies/{agency}/leader-posts", status=422, person_key=name, since=SINCE)
        assert refused["place"]["field"] == "person_key"
        assert "不填姓名" in refused["detail"]
    made = post(auditor, f"/agencies/{agency}/leader-posts", person_key="A-7/x.1", since=SINCE)
    assert not made[0]["has_rooms"]  # no room has a user of this number


def test_the_papers_of_a_beginning_and_an_end_are_kept_apart(auditor: TestClient, connection: Connection) -> None:
    agency = an_agency(connection)
    person = {"person_key": "P1", "document_no": "任〔2021〕2号"}
    number = post(auditor, f"/agencies/{agency}/leader-posts", since=SINCE, **person)[0]["id"]

    end = {"ends": str(TODAY), "ended_by": "retired", "document_no": "免〔2026〕1号"}
    (ended,) = post(auditor, f"/agencies/{agency}/leader-posts/{number}/end", status=200, **end)

    assert (ended["document_no"], ended["end_document_no"]) == ("任〔2021〕2号", "免〔2026〕1号")


def test_a_slip_is_taken_back_on_the_day_of_its_entry_alone(auditor: TestClient, connection: Connection) -> None:
    agency, room = an_agency(connection), a_room(connection)
    outside = {"kind": "let", "outsider": "某店", "since": SINCE}
    (slip,) = post(auditor, f"/agencies/{agency}/leader-posts", person_key="P1", since=SINCE)
    let = post(auditor, f"/rooms/{room}/outside-uses", **outside)["outside_uses"][0]
    assert (slip["withdrawable"], let["withdrawable"]) == (True, True)

    posts = auditor.delete(f"{API}/agencies/{agency}/leader-posts/{slip['id']}")
    of_room = auditor.delete(f"{API}/rooms/{room}/inspections/outside/{let['id']}")
    assert (posts.status_code, posts.json()) == (200, [])
    assert of_room.json()["outside_uses"] == []
    again = auditor.delete(f"{API}/agencies/{agency}/leader-posts/{slip['id']}")
    assert again.status_code == 404

    (old,) = post(auditor, f"/agencies/{agency}/leader-posts", person_key="P1", since=SINCE)
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    connection.execute(text("ALTER TABLE fangdi.leader_post DISABLE TRIGGER keep_inspection"))
    connection.execute(text("UPDATE fangdi.leader_post SET entered_at = now() - interval '1 day'"))
    late = auditor.delete(f"{API}/agencies/{agency}/leader-posts/{old['id']}")
    assert late.status_code == 422
    assert "次日起只能截止" in late.json()["detail"]
    connection.execute(text("DELETE FROM fangdi.agency WHERE id = :id"), {"id": agency})  # takes its posts along

"""Batches of floor plans over the API: what is taken in, what is refused, who sees it, stopping and going on."""

import csv
import io
import stat
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Connection, text

from builders import a_building, a_jurisdiction
from fangdi.domain.access import Role

API = "/api/v1"
Clients = Callable[..., TestClient]


def packed(files: dict[str, bytes], *, manifest: list[tuple[str, ...]] | None = None) -> bytes:
    """Return a zip with these files, and a manifest of file, building, level and unit."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
        if manifest is not None:
            lines = io.StringIO()
            csv.writer(lines).writerows([("file", "building", "level", "unit"), *manifest])
            archive.writestr("manifest.csv", lines.getvalue())
    return out.getvalue()


def upload(http: TestClient, content: bytes, **more: Any) -> Any:
    return http.post(f"{API}/plan-batches", params={"name": "图纸.zip", **more}, content=content)


def uploaded(http: TestClient, *names: str, **more: Any) -> Any:
    answer = upload(http, packed({name: name.encode() for name in names}), **more)
    assert answer.status_code == 202, answer.text
    return answer.json()


def queued(connection: Connection) -> list[int]:
    """Return the numbers of the parts in the queue, in the order in which workers take them."""
    found = connection.execute(
        text(
            "SELECT args ->> 'part' FROM fangdi_jobs.procrastinate_jobs WHERE status = 'todo' "
            "ORDER BY priority DESC, id"
        )
    )
    return [int(number) for (number,) in found]


@pytest.fixture
def auditor(client_of: Clients) -> TestClient:
    """Be an area auditor of the city."""
    return client_of(Role.AREA_AUDITOR)


def test_files_are_of_the_building_that_their_folder_or_the_beginning_of_their_name_says(
    auditor: TestClient, connection: Connection
) -> None:
    first, second = a_building(connection, "一号楼", code="B0012"), a_building(connection, "二号楼", code="B0013")

    made = uploaded(auditor, "图/B0012/三层.dxf", "B0013_2F.ifc", "B00134.dxf")

    assert [(item["name"], (item["building"] or {}).get("id"), item["state"]) for item in made["items"]] == [
        ("B00134.dxf", None, "failed"),
        ("B0013_2F.ifc", second, "waiting"),
        ("图/B0012/三层.dxf", first, "waiting"),
    ]
    assert [item["reading"].get("level") for item in made["items"][1:]] == [2.0, 3.0]
    assert "manifest.csv" in made["items"][0]["message"]
    assert (made["state"], made["total"], made["over"]) == ("waiting", 3, 1)
    assert queued(connection) == [item["id"] for item in made["items"] if item["state"] == "waiting"]


def test_the_manifest_says_building_level_and_unit(auditor: TestClient, connection: Connection) -> None:
    building = a_building(connection, code="甲-1")

    answer = upload(auditor, packed({"a/x.dxf": b"x"}, manifest=[("a/x.dxf", "甲-1", "B1", "ft")]))

    (item,) = answer.json()["items"]
    assert item["building"]["id"] == building
    assert (item["reading"]["level"], item["reading"]["unit"]) == (-1, "ft")


@pytest.mark.parametrize(
    "line",
    [("y.dxf", "B1", "", ""), ("x.dxf", "B1", "屋", ""), ("x.dxf", "B1", "", "mile")],
    ids=["file", "level", "unit"],
)
def test_a_manifest_that_is_wrong_is_refused_by_its_line(
    auditor: TestClient, connection: Connection, line: tuple[str, ...]
) -> None:
    a_building(connection, code="B1")

    answer = upload(auditor, packed({"x.dxf": b"x"}, manifest=[line]))

    assert (answer.status_code, answer.json()["place"]) == (422, {"file": "manifest.csv", "row": 2})


def test_all_files_may_be_of_one_building(auditor: TestClient, connection: Connection) -> None:
    building = a_building(connection)

    made = uploaded(auditor, "1.dxf", "sub/2.dxf", building_id=building)

    assert {item["building"]["id"] for item in made["items"]} == {building}


def test_a_batch_in_which_nothing_is_recognised_is_refused(auditor: TestClient) -> None:
    answer = upload(auditor, packed({"x.dxf": b"x"}))

    assert answer.status_code == 422
    assert "manifest.csv" in answer.json()["detail"]


def test_the_parts_of_a_shapefile_are_one_file_and_clutter_is_named(
    auditor: TestClient, connection: Connection
) -> None:
    a_building(connection, code="B1")

    made = uploaded(auditor, "B1/rooms.shp", "B1/rooms.dbf", "B1/rooms.shx", "__MACOSX/B1/._rooms.shp", "Thumbs.db")

    assert [item["name"] for item in made["items"]] == ["B1/rooms.shp"]
    assert sorted(made["ignored"]) == ["Thumbs.db", "__MACOSX/B1/._rooms.shp"]


@pytest.mark.parametrize("name", ["../B1/x.dxf", "/etc/B1.dxf", "C:/B1.dxf", "B1\\..\\..\\x.dxf"])
def test_paths_that_lead_out_are_refused(auditor: TestClient, connection: Connection, name: str) -> None:
    a_building(connection, code="B1")

    answer = upload(auditor, packed({"B1/a.dxf": b"a", name: b"x"}))

    assert answer.status_code == 422
    assert auditor.get(f"{API}/plan-batches").json()["items"] == []


def test_links_are_refused(auditor: TestClient, connection: Connection) -> None:
    a_building(connection, code="B1")
    link = zipfile.ZipInfo("B1/link.dxf")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")

    assert upload(auditor, out.getvalue()).status_code == 422


def test_a_bomb_is_refused_before_it_unfolds(auditor: TestClient, connection: Connection, over_test: FastAPI) -> None:
    a_building(connection, code="B1")
    over_test.state.settings = over_test.state.settings.model_copy(update={"batch_mb": 1, "plan_mb": 1})

    answer = upload(auditor, packed({f"B1/{n}.dxf": bytes(1_000_000) for n in range(5)}))  # 5 MB > 4 × 1 MB

    assert answer.status_code == 422
    assert "unfolds" in answer.json()["detail"]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a zip", packed({"B1/x.dxf": b"x" * 999})[:-40], packed({})],
    ids=["nothing", "text", "cut short", "empty zip"],  # a zip says when it was made: no name for a test
)
def test_what_is_no_zip_is_refused(auditor: TestClient, connection: Connection, content: bytes) -> None:
    a_building(connection, code="B1")

    assert upload(auditor, content).status_code == 422


def test_a_batch_belongs_to_the_smallest_jurisdiction_that_holds_its_buildings(
    connection: Connection, client_of: Clients
) -> None:
    city = a_jurisdiction(connection)
    for code in ("330203", "330212"):
        a_jurisdiction(connection, code, parent=city, level="county")
        a_building(connection, code=f"B{code}", jurisdiction=code)
    auditor, elsewhere = client_of(Role.AREA_AUDITOR), client_of(Role.AREA_AUDITOR, jurisdiction="330203")

    both = uploaded(auditor, "B330203.dxf", "B330212.dxf")
    one = uploaded(auditor, "B330203.dxf")

    assert (both["jurisdiction_code"], one["jurisdiction_code"]) == (city, "330203")
    listed = elsewhere.get(f"{API}/plan-batches").json()["items"]
    assert [row["id"] for row in listed] == [one["id"]]
    assert elsewhere.get(f"{API}/plan-batches/{both['id']}").status_code == 404
    assert elsewhere.post(f"{API}/plan-batches/{both['id']}/cancel").status_code == 404


def test_only_those_who_audit_areas_see_and_make_batches(
    auditor: TestClient, connection: Connection, client_of: Clients
) -> None:
    a_building(connection, code="B1")
    made = uploaded(auditor, "B1.dxf")
    viewer = client_of(Role.VIEWER)

    assert viewer.get(f"{API}/plan-batches").status_code == 403
    assert viewer.get(f"{API}/plan-batches/{made['id']}").status_code == 403
    assert upload(viewer, packed({"B1.dxf": b"x"})).status_code == 403


def test_a_batch_with_a_file_of_a_secret_building_is_for_the_cleared_alone(
    connection: Connection, client_of: Clients
) -> None:
    a_building(connection, code="B1")
    a_building(connection, code="S1", classified=True)
    cleared, open_only = client_of(Role.AREA_AUDITOR, cleared=True), client_of(Role.AREA_AUDITOR)

    made = uploaded(cleared, "B1.dxf", "S1.dxf")
    theirs = uploaded(open_only, "B1.dxf", "S1.dxf")

    assert open_only.get(f"{API}/plan-batches/{made['id']}").status_code == 404
    assert [item["state"] for item in theirs["items"]] == ["waiting", "failed"]
    assert {row["id"] for row in cleared.get(f"{API}/plan-batches").json()["items"]} == {made["id"], theirs["id"]}


def test_a_batch_becomes_secret_with_its_building(auditor: TestClient, connection: Connection) -> None:
    building = a_building(connection, code="B1")
    made = uploaded(auditor, "B1.dxf")

    connection.execute(text("UPDATE fangdi.building SET classified = true WHERE id = :id"), {"id": building})

    assert auditor.get(f"{API}/plan-batches/{made['id']}").status_code == 404


def test_a_cancelled_batch_leaves_the_queue_and_can_be_resumed(auditor: TestClient, connection: Connection) -> None:
    a_building(connection, code="B1")
    made = uploaded(auditor, "B1/1.dxf", "B1/2.dxf", "unknown.dxf")

    stopped = auditor.post(f"{API}/plan-batches/{made['id']}/cancel").json()
    assert (stopped["state"], stopped["files"]["cancelled"], queued(connection)) == ("cancelled", 2, [])
    assert auditor.post(f"{API}/plan-batches/{made['id']}/cancel").status_code == 409

    again = auditor.post(f"{API}/plan-batches/{made['id']}/resume").json()
    assert (again["state"], again["files"]["waiting"], again["files"]["failed"]) == ("waiting", 2, 1)
    assert queued(connection) == [item["id"] for item in again["items"] if item["state"] == "waiting"]
    assert auditor.post(f"{API}/plan-batches/{made['id']}/resume").status_code == 200
    assert len(queued(connection)) == 2, "nothing is queued twice"


def test_small_batches_do_not_wait_for_large_ones(auditor: TestClient, connection: Connection) -> None:
    a_building(connection, code="B1")
    large = uploaded(auditor, *(f"B1/{n}.dxf" for n in range(5)))
    small = uploaded(auditor, "B1/a.dxf", "B1/b.dxf")

    order = queued(connection)

    first_turns = [large["items"][0]["id"], small["items"][0]["id"], large["items"][1]["id"], small["items"][1]["id"]]
    assert order[:4] == first_turns

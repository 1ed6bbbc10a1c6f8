"""Errors, headers and the description of the API."""

import base64
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from sqlalchemy import Connection

from builders import an_agency
from fangdi import errors
from fangdi.settings import Settings
from fangdi.store.engine import create_engine
from fangdi_api import paging, problems, static_files
from fangdi_api.app import create_app
from fangdi_api.description import examples
from fangdi_api.routes import (
    accounts,
    annual,
    approved_areas,
    area_audits,
    audit,
    completeness,
    costs,
    details,
    findings,
    idle,
    indicators,
    inspections,
    lists,
    meta,
    norms,
    plan_batches,
    plans,
    reports,
    search,
    session,
    sheets,
    spaces,
    tokens,
    use,
    zones,
)
from fangdi_api.security import headers

API = "/api/v1"


def problem(http: Any, path: str, *, status: int, slug: str) -> dict[str, Any]:
    """Ask, and return the one shape that errors have."""
    answer = http.get(f"{API}{path}")
    body: dict[str, Any] = answer.json()
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert (body["status"], body["type"]) == (status, f"urn:fangdi:problem:{slug}")
    assert {"title", "detail", "instance"} <= set(body)
    assert body["instance"].startswith(API)
    return body


@pytest.mark.parametrize("kind", ["agencies", "parcels", "sites", "buildings", "floors", "rooms"])
def test_what_does_not_exist_is_not_found(http: Any, kind: str) -> None:
    problem(http, f"/{kind}/999999", status=404, slug="not-found")


def test_unknown_paths_of_the_api_are_problems_too(http: Any) -> None:
    assert "openapi.json" in problem(http, "/offices", status=404, slug="not-found")["detail"]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("/reports/areas?as_of=yesterday", "as_of"),
        ("/reports/areas?basis=guessed", "basis"),
        ("/reports/areas?jurisdiction=33", "jurisdiction"),
        ("/reports/areas?limit=0", "limit"),
        ("/reports/areas?limit=100000", "limit"),
        ("/reports/areas?agency_id=0", "agency_id"),
        ("/reports/areas?agency_id=9223372036854775808", "agency_id"),
        ("/reports/areas?format=pdf", "format"),
        ("/reports/areas/rooms", "agency_id"),
        ("/reports/idle?min_area_m2=nan", "min_area_m2"),
        ("/reports/coverage?radius_m=0", "radius_m"),
        ("/reports/coverage?radius_m=inf", "radius_m"),
        ("/rooms?level=high", "level"),
        ("/buildings/first", "building_id"),
        ("/search", "q"),
        ("/search?q=%00", "q"),
    ],
)
def test_a_wrong_parameter_is_named(http: Any, query: str, field: str) -> None:
    body = problem(http, query, status=422, slug="invalid-input")
    assert body["place"] == {"field": field}
    assert field in body["detail"]


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("/rooms?limit=0", "不得小于 1。"),
        ("/rooms?limit=1001", "不得大于 1000。"),
        ("/rooms?level=high", "须为数字。"),
        ("/rooms?level=nan", "须为有限的数。"),
        ("/buildings/first", "须为整数。"),
        ("/reports/areas?basis=guessed", "须为以下之一:"),
        ("/reports/areas?jurisdiction=33", "格式不正确。"),
        ("/search", "缺少此项。"),
        (f"/search?q={'一' * 101}", "最多 100 个字符。"),
        ("/audit?since=yesterday", "须为日期或时间,如 2026-01-31。"),
    ],
)
def test_what_is_wrong_about_a_parameter_is_said_in_chinese_too(http: Any, query: str, said: str) -> None:
    (fault,) = problem(http, query, status=422, slug="invalid-input")["errors"]
    assert fault["message"].startswith(said)
    assert "should" in fault["message"] or "required" in fault["message"]


@pytest.mark.parametrize(
    "day",
    [
        "20260101",
        "2026-1-1",
        "1767225600",
        "2026-01-01T00:00:00",
        "2026-02-30",
        "0000-01-01",
        "+2026-01-01",
        "",
        "٢٠٢٦-٠١-٠١",
    ],
)
def test_a_date_is_year_month_day_in_reports_and_tiles_alike(http: Any, day: str) -> None:
    paths = (f"{API}/reports/areas", f"{API}/rooms/1", f"{API}/search?q=1", "/tiles/rooms/2/0/0.mvt")
    answers = [http.get(httpx.URL(path).copy_merge_params({"as_of": day})) for path in paths]
    bodies = [answer.json() for answer in answers]
    for body in bodies:
        del body["instance"]
    assert [answer.status_code for answer in answers] == [422] * 4
    assert bodies == [bodies[0]] * 4
    assert bodies[0]["place"] == {"field": "as_of"}
    assert "YYYY-MM-DD" in bodies[0]["detail"]


def test_a_least_area_above_the_largest_is_refused_and_both_are_named(http: Any) -> None:
    body = problem(http, "/reports/idle?min_area_m2=50&max_area_m2=20", status=422, slug="invalid-input")
    assert [fault["field"] for fault in body["errors"]] == ["min_area_m2", "max_area_m2"]
    assert "min_area_m2" in body["detail"]
    assert "max_area_m2" in body["detail"]
    assert http.get(f"{API}/reports/idle?min_area_m2=20&max_area_m2=20").status_code == 200


@pytest.mark.parametrize("filtered", ["jurisdiction=999999", "agency_id=999999", "building_id=999999"])
def test_a_filter_on_what_does_not_exist_is_not_an_empty_answer(http: Any, filtered: str) -> None:
    body = problem(http, f"/reports/areas?{filtered}", status=404, slug="not-found")
    assert body["place"] == {"field": filtered.partition("=")[0]}


@pytest.mark.parametrize(
    "cursor", ["x", "%FF", "e30", "W10", "WyJhIl0", "WzEsMl0", "Wy0xXQ", "W3RydWVd", "WzFlNDAwXQ", "中文"]
)
def test_a_foreign_cursor_is_refused(http: Any, cursor: str) -> None:
    problem(http, f"/agencies?cursor={cursor}", status=400, slug="invalid-cursor")


@pytest.mark.parametrize("text", [r"\ud800", r"\udfff1", r"1\u0000"])
def test_a_cursor_with_text_that_no_database_holds_is_refused(http: Any, text: str) -> None:
    for path, key in (("/reports/areas", f'[1,1,"{text}"]'), ("/jurisdictions", f'["{text}"]')):
        cursor = base64.urlsafe_b64encode(key.encode()).decode().rstrip("=")
        problem(http, f"{path}?cursor={cursor}", status=400, slug="invalid-cursor")


@pytest.mark.parametrize("octets", ["%ED%A0%80", "%FF", "%00", "%C0%80"])
def test_text_that_no_database_holds_is_never_our_mistake(http: Any, octets: str) -> None:
    for path in (
        f"/search?q={octets}",
        f"/reports/areas?category={octets}",
        f"/reports/areas?jurisdiction={octets}",
        f"/agencies?jurisdiction=330200{octets}",
        f"/agencies?cursor={octets}",
        f"/jurisdictions/{octets}",
        f"/agencies/{octets}",
    ):
        assert http.get(f"{API}{path}").status_code < 500, path


def test_a_cursor_survives_the_way_to_the_client_and_back() -> None:
    key = (7, 12, "用房/类别?")
    cursor = paging.encode(key)
    assert cursor is not None
    assert re.fullmatch(r"[A-Za-z0-9_-]+", cursor)
    assert paging.decode(cursor, shape=(int, int, str)) == key


def test_a_database_that_is_away_is_a_503_that_says_what_to_do(settings: Settings, lend: Any) -> None:
    away = create_engine("postgresql://nobody@/nothing?host=/nowhere")
    with lend(create_app(settings, away)) as http:
        body = problem(http, "/health", status=503, slug="database-unavailable")
    assert "Try again" in body["detail"]
    assert "nowhere" not in body["detail"]


def test_a_database_without_our_tables_is_a_503_that_says_what_to_do(fresh_database: Any, lend: Any) -> None:
    url = fresh_database(migrated=False)
    with lend(create_app(Settings(database_url=url))) as http:
        body = problem(http, "/health", status=503, slug="database-not-ready")
    assert "fangdi db migrate" in body["detail"]


@pytest.mark.parametrize(
    "slug",
    [*sorted(kind.type_slug for kind in problems.STATUS), "csrf", "foreign-host", "too-large", "too-many-requests"],
)
def test_every_type_of_problem_is_in_the_documents(slug: str) -> None:
    page = Path(__file__).parents[2].joinpath("docs", "api.md").read_text(encoding="utf-8")
    assert re.search(rf"(urn:fangdi:problem|…):{slug}\b", page)


def test_our_own_mistakes_say_nothing_about_the_inside(app: FastAPI, http: Any) -> None:
    def broken() -> None:
        raise RuntimeError("secret")

    app.router.routes.clear()
    app.add_api_route(f"{API}/broken", broken)
    body = problem(http, "/broken", status=500, slug="server-error")
    assert "secret" not in body["detail"]


def test_every_error_of_the_domain_has_a_status() -> None:
    def kinds(kind: type[errors.FangdiError]) -> set[type[errors.FangdiError]]:
        return {kind, *(deeper for below in kind.__subclasses__() for deeper in kinds(below))}

    slugs = [kind.type_slug for kind in kinds(errors.FangdiError)]
    assert len(slugs) == len(set(slugs))
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", slug) for slug in slugs)
    assert problems.status_of(errors.InvalidCursorError("")) == 400
    assert problems.status_of(errors.InvalidInputError("")) == 422


def test_a_body_that_is_no_json_says_where(client: Any) -> None:
    body = '{\n  "kind": "upkeep",\n  "figure": 22,,\n}'
    answer = client.post(f"{API}/cost-rates", content=body, headers={"content-type": "application/json"})

    assert answer.status_code == 422, answer.text
    said = answer.json()
    assert said["detail"].startswith(
        "请求正文不是有效的 JSON(第 3 行第 16 列)。 The body is not valid JSON (line 3, column 16:"
    )
    assert said["place"] == {"field": "body", "line": 3, "column": 16}  # where a name should stand, not a second comma
    assert [(fault["in"], fault["field"]) for fault in said["errors"]] == [("body", "body")]


def test_another_method_is_refused_as_a_problem(http: Any) -> None:
    answer = http.post(f"{API}/agencies")
    assert (answer.status_code, answer.headers["content-type"]) == (405, "application/problem+json")
    assert "GET" in answer.headers["allow"]


def test_every_answer_carries_the_security_headers(http: Any) -> None:
    for path in (f"{API}/meta", f"{API}/nothing", "/", "/nothing.js", "/openapi.json"):
        answer = http.get(path)
        policy = answer.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"


def test_the_only_other_host_is_the_one_of_the_background_map() -> None:
    assert "http" not in headers(basemap_url=None)["Content-Security-Policy"]
    policy = headers(basemap_url="https://t{s}.example.org/{z}/{x}/{y}?tk=1")["Content-Security-Policy"]
    assert "img-src 'self' data: blob: https://*.example.org;" in policy
    assert "connect-src 'self' https://*.example.org;" in policy


def test_json_is_packed_for_those_who_take_it(http: Any, connection: Connection) -> None:
    for _ in range(50):
        an_agency(connection)
    assert http.get(f"{API}/agencies").headers["content-encoding"] == "gzip"


def test_the_description_needs_no_other_host(http: Any) -> None:
    assert http.get("/docs", follow_redirects=False).headers["location"] == "/openapi.json"
    document = http.get("/openapi.json").json()
    assert document["openapi"].startswith("3.")


def test_every_route_and_parameter_is_described(http: Any) -> None:
    document = http.get("/openapi.json").json()
    operations = [
        (path, operation)
        for path, methods in document["paths"].items()
        for operation in methods.values()
        if path.startswith(API)
    ]
    assert len({operation["operationId"] for _, operation in operations}) == len(operations)
    for path, operation in operations:
        assert operation["tags"], path
        assert operation["description"], path
        assert {"4XX", "5XX"} <= set(operation["responses"]), path
        assert {"200", "201", "202", "204", "303"} & set(operation["responses"]), path
        for parameter in operation.get("parameters", ()):
            described = parameter.get("description") or parameter["schema"].get("description")
            assert described, f"{path} {parameter['name']}"


def test_every_answer_has_an_example(http: Any) -> None:
    document = http.get("/openapi.json").json()
    for path, methods in document["paths"].items():
        for operation in methods.values() if path.startswith(API) else ():
            for status in {"200", "201", "202"} & set(operation["responses"]):
                content = operation["responses"][status]["content"]
                if "application/json" in content:  # what is not is a picture
                    shown = content["application/json"]
                    assert "example" in shown, f"{operation['operationId']}: run scripts/api_examples.py"


def test_every_example_has_the_shape_of_its_answer() -> None:
    modules = (
        accounts,
        annual,
        approved_areas,
        area_audits,
        audit,
        completeness,
        costs,
        details,
        findings,
        idle,
        indicators,
        inspections,
        lists,
        meta,
        norms,
        plan_batches,
        plans,
        reports,
        search,
        session,
        sheets,
        spaces,
        tokens,
        use,
        zones,
    )
    shapes = {
        route.name: route.response_model
        for module in modules
        for route in module.router.routes
        if isinstance(route, APIRoute)
    }
    for name, example in examples().items():
        shape = TypeAdapter(shapes[name])
        kept = shape.dump_python(shape.validate_python(example), mode="json")
        assert kept == example, name


def test_the_page_is_asked_for_anew_and_hashed_files_never(
    http: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<!doctype html>")
    (tmp_path / "assets" / "index-BxY12abc.js").write_text("1")
    (tmp_path / "logo.svg").write_text("<svg/>")
    monkeypatch.setattr(static_files, "_folder", lambda: tmp_path)
    assert http.get("/").headers["cache-control"] == "no-cache"
    assert http.get("/logo.svg").headers["cache-control"] == "no-cache"
    hashed = http.get("/assets/index-BxY12abc.js")
    assert hashed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert hashed.headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize(
    "path", ["/../secret", "/..%2fsecret", "/%2e%2e/secret", "/assets/..%2f..%2fsecret", "//etc/passwd", "/a%5c..%5cb"]
)
def test_nothing_outside_the_build_is_served(
    http: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    (tmp_path / "static").mkdir()
    (tmp_path / "secret").write_text("secret")
    monkeypatch.setattr(static_files, "_folder", lambda: tmp_path / "static")
    assert http.get(path).status_code == 404


def test_without_a_build_the_page_says_how_to_make_one(
    http: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_files, "_folder", lambda: tmp_path)
    answer = http.get("/")
    assert answer.status_code == 503
    assert "make ui" in answer.text


@pytest.mark.parametrize("path", ["/reports/areas", "/rooms", "/meta", "/zones", "/search"])
def test_a_misspelt_parameter_is_refused_and_named(http: Any, path: str) -> None:
    answer = http.get(f"/api/v1{path}", params={"jurisdicton": "330203"} | ({"q": "1"} if path == "/search" else {}))

    assert answer.status_code == 422
    assert "jurisdicton" in {fault["field"] for fault in answer.json()["errors"]}


def test_the_page_that_a_wrong_path_names_is_there(http: Any) -> None:
    detail = http.get("/api/v1/nosuch").json()["detail"]

    assert "/api/v1/openapi.json" in detail
    assert http.get("/api/v1/openapi.json").json()["openapi"].startswith("3.")

"""Write the examples of the API's description from a database that holds the sample city.

    python scripts/api_examples.py postgresql://user@/fangdi KEY [OPERATION …]

KEY is the token of an account that is jurisdiction administrator and area auditor of the whole city; with operations
named, only their examples are renewed. An account, a plan and an audit are made and changed on the way: take a database
that may be thrown away. Lists are cut to their first item and outlines to a triangle: an example shows the shape of an
answer.
"""

import json
import re
import sys
import warnings
from pathlib import Path
from typing import Any

import plan_examples

from fangdi.settings import Settings
from fangdi_api.app import API, create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette prefers another client
    from fastapi.testclient import TestClient

TARGET = Path(__file__).parents[1] / "api" / "fangdi_api" / "examples.json"
DAYS = {"as_of": "2026-01-01", "earlier": "2014-01-01", "later": "2026-01-01"}
PARAMETERS = DAYS | {"agency_id": "1", "q": "1号楼 301", "limit": "1", "radius_m": "2000"}
OF_ACCOUNTS = {"q": "zhang", "limit": "1"}
CITY = "330200"
PERSON = {"login": "zhang.san", "name": "张三", "jurisdiction_code": CITY}
CHANGES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("make_account", "POST", "/accounts", PERSON),
    (
        "grant",
        "POST",
        "/accounts/{id}/grants",
        {"role": "planner", "jurisdiction_code": CITY, "reason": "甬机管〔2026〕1号"},
    ),
    ("change_account", "PATCH", "/accounts/{id}", {"name": "张三"}),
    ("reset_password", "POST", "/accounts/{id}/password", {}),
]
"""Operations that change something, in the order in which they are asked."""
DOCUMENT = {
    "code": "nb-2026-1",
    "jurisdiction_code": CITY,
    "title": "示例:市级标准",
    "title_en": "Example: standard of the city",
    "number": "甬机管〔2026〕2号",
}
NORM = {
    "kind": "guard",
    "jurisdiction_code": CITY,
    "figure": 20,
    "article": "第三条",
    "verification": "official",
    "evidence": "示例",
    "valid_from": "2199-01-01",
    "reason": "甬机管〔2026〕2号",
}
APPROVAL = {
    "total_m2": 2000,
    "document_no": "甬机管〔2026〕3号",
    "issued_on": "2026-01-01",
    "valid_from": "2026-01-01",
}
COST_RATE = {
    "kind": "upkeep",
    "jurisdiction_code": CITY,
    "figure": 30,
    "source": "示例:维修决算",
    "valid_from": "2199-01-01",
    "reason": "示例",
}
PROJECT = {
    "jurisdiction_code": CITY,
    "code": "2026-01",
    "name": "示例:市级机关办公用房改造",
    "approved_by": "示例:市发展改革部门",
    "planning_gross_m2": 3506.45,
    "estimate_10k_yuan": 1280,
    "valid_from": "2026-01-01",
}
IDLE_RULE = {
    "jurisdiction_code": CITY,
    "min_days": 90,
    "m2_per_head": 18,
    "seat_share": 0.5,
    "source": "示例:试行规则",
    "valid_from": "2199-01-01",
    "reason": "示例",
}
TOKEN = {"name": "QGIS", "capabilities": ["read_land"], "days": 90}
NOT_SHOWN = {
    "password": "7kq2m-x9d4h-tz3wc-p8rvf",
    "key": "fangdi_…",
    "csrf": "d41d8cd98f00b204e9800998ecf8427e",
    "address": "192.0.2.10",
}
"""What stands in an example for what is secret."""


def main(url: str, key: str, *only: str) -> None:
    """Ask every operation once and keep what it answers."""
    found: dict[str, Any] = json.loads(TARGET.read_text(encoding="utf-8"))
    examples: dict[str, Any] = {}
    bearer = {"Authorization": f"Bearer {key}"}
    settings = Settings(database_url=url, application_url=url)
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as http:
        account = change(http, bearer, examples)
        plan_examples.walk(http, bearer, examples)
        lay_down(http, bearer, examples)
        supervise(http, bearer, examples)
        for path, methods in http.get("/openapi.json").json()["paths"].items():
            operation = methods.get("get")
            if not path.startswith(API) or "200" not in (operation or {}).get("responses", {}):
                continue
            if "application/json" not in operation["responses"]["200"].get("content", {}):
                continue  # a file
            if operation["operationId"] not in examples and (not only or operation["operationId"] in only):
                examples[operation["operationId"]] = ask(http, bearer, path, operation, account)
    kept = {name: shorten(example) for name, example in examples.items() if not only or name in only}
    text = json.dumps(found | kept, ensure_ascii=False, indent=1, sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")


def change(http: TestClient, bearer: dict[str, str], examples: dict[str, Any]) -> int:
    """Make an account and all changes to it, sign in with it once, and return its number."""
    account, password = 0, ""
    for name, method, path, body in CHANGES:
        answer = http.request(method, API + path.format(id=account), json=body, headers=bearer)
        answer.raise_for_status()
        examples[name] = answer.json()
        account = account or examples[name]["account"]["id"]
        password = examples[name].get("password", password)
    answer = http.post(f"{API}/session", json={"login": PERSON["login"], "password": password})
    answer.raise_for_status()
    examples["sign_in"] = answer.json()
    examples["make_token"] = make_token(http, password)
    http.cookies.clear()
    return account


def lay_down(http: TestClient, bearer: dict[str, str], examples: dict[str, Any]) -> None:
    """File a document, enter a figure and a rate, and approve an area by hand."""

    def post(name: str, path: str, body: dict[str, Any]) -> None:
        answer = http.post(API + path, json=body, headers=bearer)
        answer.raise_for_status()
        examples[name] = answer.json()

    post("file_norm_document", "/norm-documents", DOCUMENT)
    post("enter_norm", "/norms", NORM | {"document_id": examples["file_norm_document"]["id"]})
    post("enter_approval", "/agencies/1/approvals", APPROVAL)
    approvals = "/agencies/1/approvals"
    post("end_approval", f"{approvals}/{examples['enter_approval'][0]['id']}/end", {"ends": "2027-01-01"})
    later = http.post(API + approvals, json=APPROVAL | {"valid_from": "2027-01-01"}, headers=bearer).json()[0]
    answer = http.delete(f"{API}{approvals}/{later['id']}", headers=bearer)
    answer.raise_for_status()
    examples["withdraw_approval"] = answer.json()
    post("enter_cost_rate", "/cost-rates", COST_RATE)
    post("enter_idle_rule", "/idle-rules", IDLE_RULE)
    post("enter_project", "/projects", PROJECT)


def supervise(http: TestClient, bearer: dict[str, str], examples: dict[str, Any]) -> None:
    """Act on the first finding, and have all of them computed anew."""
    open_ = http.get(f"{API}/findings", params={"state": "open", "limit": 1}, headers=bearer).json()["items"][0]
    wish = {"action": "warn", "reason": "请在一个月内整改。", "after_event_id": open_["last_event_id"]}
    day = {"since": "2199-01-01"}
    for name, path, body in (
        (
            "enter_room_function",
            "/rooms/1/functions",
            {"use_code": "office", "document_no": "甬机管〔2026〕4号", **day},
        ),
        ("enter_room_annex", "/rooms/2/annexes", {"office_id": 1, "kind": "rest", **day}),
        ("enter_outside_use", "/rooms/1/outside-uses", {"kind": "let", "outsider": "某商店", **day}),
        ("enter_leader_post", "/agencies/1/leader-posts", {"person_key": "G001", "rank_code": "city_deputy", **day}),
        ("act_on_finding", f"/findings/{open_['id']}/events", wish),
        ("ask_for_findings", "/findings/computation", None),
    ):
        answer = http.post(API + path, json=body, headers=bearer)
        answer.raise_for_status()
        examples[name] = answer.json()
    of_room, of_agency = examples["enter_outside_use"], examples["enter_leader_post"]
    ends: dict[str, Any] = {"ends": "2199-02-01"}
    for name, path, body in (
        ("end_inspection", f"/rooms/1/inspections/outside/{of_room['outside_uses'][0]['id']}/end", ends),
        ("end_leader_post", f"/agencies/1/leader-posts/{of_agency[0]['id']}/end", ends | {"ended_by": "retired"}),
    ):
        answer = http.post(API + path, json=body, headers=bearer)
        answer.raise_for_status()
        examples[name] = answer.json()
    for name, path in (
        ("withdraw_inspection", f"/rooms/1/inspections/outside/{of_room['outside_uses'][0]['id']}"),
        ("withdraw_leader_post", f"/agencies/1/leader-posts/{of_agency[0]['id']}"),
    ):
        answer = http.delete(API + path, headers=bearer)
        answer.raise_for_status()
        examples[name] = answer.json()


def make_token(http: TestClient, password: str) -> Any:
    """Return a token that the browser's account makes for itself, once its one-time password is changed."""
    new = "correct horse battery"
    for path, body in (("/session/password", {"old": password, "new": new}), ("/tokens", TOKEN)):
        csrf = {"X-CSRF-Token": http.get(f"{API}/session").json()["csrf"]}
        answer = http.post(API + path, json=body, headers=csrf)
        answer.raise_for_status()
    return answer.json()


def ask(http: TestClient, bearer: dict[str, str], path: str, operation: dict[str, Any], account: int) -> Any:
    """Return what a question is answered."""
    asked = {parameter["name"] for parameter in operation.get("parameters", ()) if parameter["in"] == "query"}
    address = path.replace("{code}", CITY).replace("{account_id}", str(account))
    address = address.replace("/indicators/{key}", "/indicators/idle_rate")
    address = re.sub(r"\{\w+\}", "1", address)
    special = {
        "/accounts": OF_ACCOUNTS,
        "/history": PARAMETERS | {"kind": "building", "id": "1"},
        "/reports/idle/spaces": PARAMETERS
        | {"rooms": "2", "longitude": "121.62", "latitude": "29.86", "radius_m": "20000"},
        "/reports/idle/spaces/closest": DAYS | {"rooms": "200"},
    }
    values = special.get(path.removeprefix(API), PARAMETERS)
    answer = http.get(address, params={name: values[name] for name in asked & set(values)}, headers=bearer)
    answer.raise_for_status()
    return answer.json()


def shorten(value: Any) -> Any:
    """Cut lists to one item, rings to a triangle, and leave coordinates and boxes whole; put in what is not shown."""
    if isinstance(value, dict):
        return {key: NOT_SHOWN[key] if _is_secret(key, item) else shorten(item) for key, item in value.items()}
    if not isinstance(value, list):
        return round(value, 6) if isinstance(value, float) else value
    if all(isinstance(item, int | float | str) for item in value):
        return [shorten(item) for item in value[:8]]
    if value and isinstance(value[0], list) and value[0] and isinstance(value[0][0], float):
        return [shorten(point) for point in (*value[:3], value[0])]
    return [shorten(item) for item in value[:1]]


def _is_secret(name: str, item: Any) -> bool:
    """Whether what stands under a name is not shown; keys of other things than tokens are."""
    return bool(item) and name in NOT_SHOWN and (name != "key" or str(item).startswith("fangdi_"))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Examples of floor plans and area audits for the API's description: a small plan from upload to accepted audit."""

import io
import json
import zipfile
from typing import Any

API = "/api/v1"
METRES_PER_DEGREE = (96_500, 110_900)  # at 30° N, near enough for an example


def walk(http: Any, bearer: dict[str, str], examples: dict[str, Any]) -> None:
    """Do everything once that can be done with a plan, and keep what is answered by the name of the operation."""

    def ask(name: str, method: str, path: str, **body: Any) -> Any:
        answer = http.request(method, API + path, headers=bearer, **body)
        answer.raise_for_status()
        examples[name] = answer.json()
        return examples[name]

    building = http.get(f"{API}/buildings", headers=bearer, params={"limit": 1}).json()["items"][0]["id"]
    place = http.get(f"{API}/buildings/{building}", headers=bearer).json()["location"]
    wanted = {"building_id": building, "name": "一层.geojson"}
    plan = ask("upload_plan", "POST", "/plans", params=wanted, content=rooms_at(*place))["id"]
    path = f"/plans/{plan}"
    reading = {"fields": {"number": "number", "name": "name"}, "level": 1, "unit_confirmed": True}
    ask("preview", "POST", f"{path}/preview", json=reading)
    floor = ask("read_again", "PUT", f"{path}/reading", json=reading)["floors"][0]["key"]
    ask("repairs", "GET", f"{path}/repairs")
    ask("accept_repairs", "POST", f"{path}/repairs", json={"accepted": [examples["repairs"]["items"][0]["id"]]})
    room = ask("drawing", "GET", f"{path}/floors/{floor}/drawing")["rooms"][0]["key"]
    ask("edit_room", "PUT", f"{path}/rooms/{room}", json={"use": "办公室"})
    ask("findings", "GET", f"{path}/findings")
    ask("gross", "GET", f"{path}/gross")
    placement = examples["read_again"]["placement"]
    west, south, east, north = placement["bounds"]
    corners = [(west, south), (east, south), (east, north)]
    points = [{"plan": corner, "map": on_map} for corner, on_map in zip(corners, placement["corners"], strict=False)]
    aside = [points[0], {**points[1], "map": [points[1]["map"][0] + 0.2 / METRES_PER_DEGREE[0], points[1]["map"][1]]}]
    ask("place_plan", "PUT", f"{path}/placement", json={"method": "helmert", "points": aside})  # 0.2 m in 10 m too long
    seen = ask("plan", "GET", path)["revision"]
    ask("agree_to_placement", "POST", f"{path}/placement/agreement", json={"revision": seen})
    ask("preview_placement", "POST", f"{path}/placement/preview", json={"method": "helmert", "points": points})
    ask("place_plan", "PUT", f"{path}/placement", json={"method": "helmert", "points": points})
    ask("floor_on_map", "GET", f"{path}/floors/{floor}/map")
    ask("plan", "GET", path)
    audit(ask, plan)
    state = ask("changes", "GET", f"{path}/changes")["state"]
    ask("import_plan", "POST", f"{path}/import", json={"state": state})
    ask("plans", "GET", "/plans")
    mapping = {"jurisdiction_code": "330200", "name": "某测绘院", "layers": {"房间": ["room", "label"]}}
    ask("save_mapping", "PUT", "/plan-mappings", json=mapping)
    ask("mappings", "GET", "/plan-mappings")
    batch(http, bearer, ask, building)


def audit(ask: Any, plan: int) -> None:
    """Audit the plan, decide every line, and accept it."""
    made = ask("make_audit", "POST", f"/plans/{plan}/audits", json={"accuracy": 3})
    for line in made["lines"]:
        decision = {"decision": "accepted", "remark": "以实测为准"}
        ask("decide", "PUT", f"/audits/{made['id']}/lines/{line['id']}", json=decision)
    ask("accept", "POST", f"/audits/{made['id']}/accept")
    ask("area_audit", "GET", f"/audits/{made['id']}")
    ask("audits", "GET", "/audits")


def batch(http: Any, bearer: dict[str, str], ask: Any, building: int) -> None:
    """Hand in a zip of plans, which waits here since nothing works on it."""
    known = http.get(f"{API}/buildings/{building}", headers=bearer).json()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{known['code']}/二层.geojson", rooms_at(*known["location"]))
    made = ask("upload_batch", "POST", "/plan-batches", params={"name": "平面图.zip"}, content=packed.getvalue())["id"]
    ask("plan_batch", "GET", f"/plan-batches/{made}")
    ask("plan_batches", "GET", "/plan-batches")
    ask("cancel_batch", "POST", f"/plan-batches/{made}/cancel")
    ask("resume_batch", "POST", f"/plan-batches/{made}/resume")


def rooms_at(longitude: float, latitude: float) -> bytes:
    """Return two rooms of 5 m × 4 m side by side, with a crack of 2 cm between them, as GeoJSON."""
    features = [
        {
            "type": "Feature",
            "properties": {"number": number, "name": "办公室"},
            "geometry": {"type": "Polygon", "coordinates": [box(longitude, latitude, shift)]},
        }
        for number, shift in (("101", 0.0), ("102", 5.02))
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def box(longitude: float, latitude: float, shift: float) -> list[tuple[float, float]]:
    """Return a ring of 5 m × 4 m, `shift` metres east of a place."""
    corners = [(0, 0), (5, 0), (5, 4), (0, 4), (0, 0)]
    east, north = METRES_PER_DEGREE
    return [(longitude + (x + shift) / east, latitude + y / north) for x, y in corners]

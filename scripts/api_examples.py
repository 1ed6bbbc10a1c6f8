"""Write the examples of the API's description from a database that holds the sample city.

    python scripts/api_examples.py postgresql://user@/fangdi

Lists are cut to their first item and outlines to a triangle: an example shows the shape of an answer.
"""

import json
import sys
import warnings
from pathlib import Path
from typing import Any

from fangdi.settings import Settings
from fangdi_api.app import API, create_app

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette prefers another client
    from fastapi.testclient import TestClient

TARGET = Path(__file__).parents[1] / "api" / "fangdi_api" / "examples.json"
PARAMETERS = {"as_of": "2026-01-01", "agency_id": "1", "q": "1号楼 301", "limit": "1", "radius_m": "2000"}


def main(url: str) -> None:
    """Ask every path once and keep what it answers."""
    examples = {}
    with TestClient(create_app(Settings(database_url=url)), base_url="http://127.0.0.1") as http:
        document = http.get("/openapi.json").json()
        for path, methods in document["paths"].items():
            if not path.startswith(API):
                continue
            operation = methods["get"]
            asked = {parameter["name"] for parameter in operation.get("parameters", ())}
            address = path.replace("{code}", "330200")
            for name in asked:
                address = address.replace("{%s}" % name, "1")  # noqa: UP031 - braces
            answer = http.get(address, params={name: PARAMETERS[name] for name in asked & set(PARAMETERS)})
            answer.raise_for_status()
            examples[operation["operationId"]] = shorten(answer.json())
    text = json.dumps(examples, ensure_ascii=False, indent=1, sort_keys=True)
    TARGET.write_text(text + "\n", encoding="utf-8")


def shorten(value: Any) -> Any:
    """Cut lists to one item, rings to a triangle, and leave coordinates and boxes whole."""
    if isinstance(value, dict):
        return {key: shorten(item) for key, item in value.items()}
    if not isinstance(value, list):
        return round(value, 6) if isinstance(value, float) else value
    if all(isinstance(item, int | float | str) for item in value):
        return [shorten(item) for item in value[:8]]
    if value and isinstance(value[0], list) and isinstance(value[0][0], float):
        return [shorten(point) for point in (*value[:3], value[0])]
    return [shorten(item) for item in value[:1]]


if __name__ == "__main__":
    main(sys.argv[1])

"""The description of the API (OpenAPI), with an example for every answer."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi


def describe_with_examples(app: FastAPI) -> None:
    """Let an application describe itself with the examples in `examples.json`."""

    def describe() -> dict[str, Any]:
        if app.openapi_schema is None:
            document = get_openapi(
                title=app.title,
                version=app.version,
                description=app.description,
                routes=app.routes,
                tags=app.openapi_tags,
            )
            app.openapi_schema = _with_examples(document)
        return app.openapi_schema

    app.openapi = describe  # type: ignore[method-assign]  # FastAPI's documentation does it so


@cache
def examples() -> dict[str, Any]:
    """Return one answer for each operation, by its id; `scripts/api_examples.py` writes them."""
    text = files("fangdi_api").joinpath("examples.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def _with_examples(document: dict[str, Any]) -> dict[str, Any]:
    for methods in document["paths"].values():
        for operation in methods.values():
            example = examples().get(operation.get("operationId", ""))
            for status in ("200", "201", "202"):
                content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
                if content is not None and example is not None:
                    content["example"] = example
    return document

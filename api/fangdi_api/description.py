"""The description of the API (OpenAPI), with an example for every answer and what each operation asks to be shown."""

import json
from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute

from fangdi_api import deps

_SCHEMES = {
    "token": {"type": "http", "scheme": "bearer", "description": "A token (令牌), for machines."},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": deps.SESSION_COOKIE,
        "description": "The session of a browser (会话); changes also need X-CSRF-Token.",
    },
}
SIGNED_IN: list[dict[str, list[str]]] = [{"token": []}, {"session": []}]
"""What operations for those who are signed in ask for: one of the two."""


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
            app.openapi_schema = _with_security(_with_examples(document), app)
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
            for status in ("200", "201"):
                content = operation["responses"].get(status, {}).get("content", {}).get("application/json")
                if content is not None and example is not None:
                    content["example"] = example
    return document


def _with_security(document: dict[str, Any], app: FastAPI) -> dict[str, Any]:
    """Say of each operation whether one has to be signed in for it, as its dependencies have it."""
    document.setdefault("components", {})["securitySchemes"] = _SCHEMES
    for route in app.routes:
        if isinstance(route, APIRoute) and route.include_in_schema and _asks_who(route.dependant):
            for method in route.methods or ():
                document["paths"][route.path_format][method.lower()]["security"] = SIGNED_IN
    return document


def _asks_who(dependant: Dependant) -> bool:
    asking = dependant.call in {deps.connection, deps.write_connection}
    return asking or any(_asks_who(needed) for needed in dependant.dependencies)

"""The built web map, served from the package that carries it."""

import mimetypes
import re
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath

from fastapi import APIRouter, Response
from starlette.exceptions import HTTPException

router = APIRouter(include_in_schema=False)

_HASHED = re.compile(r"^assets/.+-[A-Za-z0-9_-]{8,}\.\w+$")
"""What the build names by content, as assets/index-BxY12abc.js: it never changes under its name."""
_NOT_BUILT = """<!doctype html>
<html lang="zh-CN"><meta charset="utf-8"><title>房地 fangdi</title>
<h1>地图界面尚未构建 · The web map is not built</h1>
<p>请运行 <code>make ui</code>,然后重新载入本页。Run <code>make ui</code>, then reload this page.</p>
<p>接口可用 · The API works: <a href="/api/v1/meta">/api/v1/meta</a>, <a href="/openapi.json">/openapi.json</a></p>
</html>
"""


@router.api_route("/", methods=["GET", "HEAD"])
def index() -> Response:
    """Serve the page of the map, or say how to build it."""
    page = _folder().joinpath("index.html")
    if not page.is_file():
        return Response(_NOT_BUILT, status_code=503, media_type="text/html; charset=utf-8")
    return _answer(page, "index.html")


@router.api_route("/{path:path}", methods=["GET", "HEAD"])
def asset(path: str) -> Response:
    """Serve one file of the build."""
    parts = PurePosixPath(path).parts
    if path.startswith("/") or "\\" in path or "\0" in path or any(part in {"..", "."} for part in parts):
        raise HTTPException(404)
    file = _folder().joinpath(*parts)
    if not file.is_file():
        raise HTTPException(404)
    return _answer(file, path)


def _answer(file: Traversable, path: str) -> Response:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    kept = "public, max-age=31536000, immutable" if _HASHED.match(path) else "no-cache"
    return Response(file.read_bytes(), media_type=kind, headers={"Cache-Control": kept})


@cache
def _folder() -> Traversable:
    return files("fangdi_map_ui").joinpath("static")

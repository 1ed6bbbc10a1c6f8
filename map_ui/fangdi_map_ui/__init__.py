"""The web client as it is served, and the legend that the map, reports and exports share."""

import json
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any


def static_dir() -> Traversable:
    """Return the folder with the built client; before `npm run build` it does not exist."""
    return files(__name__).joinpath("static")


@cache
def legend() -> dict[str, Any]:
    """Return the legend (图例): lists of key, colour and labels by group, and the palette of agencies."""
    content: dict[str, Any] = json.loads(files(__name__).joinpath("legend.json").read_text(encoding="utf-8"))
    return content

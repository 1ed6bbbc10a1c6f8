"""Refuse to build a wheel that lacks the web client."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

START_PAGE = "map_ui/fangdi_map_ui/static/index.html"


class WebClientHook(BuildHookInterface[Any]):
    """An editable installation may do without the built client; what is given to others may not."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - hatchling's signature
        """Stop before anything is written."""
        if version != "editable" and not (Path(self.root) / START_PAGE).is_file():
            message = f"{START_PAGE} is missing: build the web client first, with `make ui`."
            raise FileNotFoundError(message)

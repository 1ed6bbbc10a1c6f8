"""Write the API's OpenAPI document to the file named as argument, without a server or a database."""

import json
import sys
from pathlib import Path
from typing import Any

from fangdi.settings import Settings
from fangdi_api.app import create_app


def main() -> None:
    """Write the document."""
    app = create_app(Settings(database_url="postgresql://nobody@localhost/nothing"))  # never connected to
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(_without_examples(app.openapi()), ensure_ascii=False), encoding="utf-8")


def _without_examples(document: dict[str, Any]) -> dict[str, Any]:
    """Leave out what would be a thousand lines of comments in the types."""
    for methods in document["paths"].values():
        for operation in methods.values():
            for answer in operation["responses"].values():
                for content in answer.get("content", {}).values():
                    content.pop("example", None)
    return document


if __name__ == "__main__":
    main()

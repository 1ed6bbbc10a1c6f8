"""Write the API's OpenAPI document to the file named as argument, without a server or a database."""

import json
import sys
from pathlib import Path

from fangdi.settings import Settings
from fangdi_api.app import create_app


def main() -> None:
    """Write the document."""
    app = create_app(Settings(database_url="postgresql://nobody@localhost/nothing"))  # never connected to
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(app.openapi(), ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()

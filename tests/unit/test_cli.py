"""The program says what the user can act on in one line, and starts fast."""

import subprocess
import sys
from importlib.metadata import version

import pytest

HEAVY = ["fastapi", "folium", "geopandas", "pandas", "pyogrio", "uvicorn"]


def fangdi(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fangdi", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **variables},
    )


def test_an_error_that_the_user_can_act_on_is_one_line() -> None:
    answer = fangdi("db", "status", FANGDI_PORT="eight thousand")

    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert answer.stderr.startswith("fangdi: Correct these settings")
    assert "Traceback" not in answer.stderr


def test_a_database_that_does_not_answer_is_one_line() -> None:
    answer = fangdi("db", "migrate", FANGDI_DATABASE_URL="postgresql://me@/none?host=/nowhere")

    assert (answer.returncode, answer.stderr.count("\n")) == (1, 1)
    assert "did not answer" in answer.stderr


def test_the_version_is_that_of_the_package() -> None:
    answer = fangdi("--version")

    assert (answer.returncode, answer.stdout) == (0, f"fangdi {version('fangdi')}\n")


def test_every_command_and_option_is_described() -> None:
    for arguments in ([], ["db"], ["serve"], ["run"]):
        assert fangdi(*arguments, "--help").returncode == 0


@pytest.mark.parametrize("command", ["load", "report", "serve", "map", "db"])
def test_help_is_shown_without_heavy_packages(command: str) -> None:
    code = (
        "import sys\nfrom fangdi.cli import app\n"
        f"try:\n    app([{command!r}, '--help'])\n"
        f"finally:\n    print(sorted(set({HEAVY}) & set(sys.modules)), file=sys.stderr)"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True).stderr == "[]\n"


def test_a_command_imports_nothing_of_the_others() -> None:
    code = "import sys, fangdi.cli; sys.exit(any(name.startswith('fangdi.commands.') for name in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

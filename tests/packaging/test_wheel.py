"""What we ship works without the checkout: the wheel, made from the source distribution, migrates and serves."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from fangdi.store.cluster import APPLICATION, OWNER

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "map_ui" / "fangdi_map_ui" / "static"

pytestmark = pytest.mark.packaging


def build(source: Path, target: Path, *kinds: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "build", "--no-isolation", *kinds, "--outdir", str(target), str(source)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into a new virtual environment, which borrows this one's other packages."""
    if not (STATIC / "index.html").is_file():
        pytest.fail("The web client has not been built; run `make ui`.", pytrace=False)
    folder = tmp_path_factory.mktemp("wheel")
    made = build(ROOT, folder)
    assert made.returncode == 0, made.stdout + made.stderr
    (wheel,) = folder.glob("*.whl")

    environment = folder / "环境 with spaces"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(environment)], check=True)
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, str(wheel)], check=True)
    # Only now, so that pip does not find our editable installation there and take it away.
    (site,) = environment.glob("lib/python*/site-packages")
    (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    return python


def environment(**variables: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG"}}
    return {**kept, **variables}


def test_the_packages_come_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    packages = ["fangdi", "fangdi_api", "fangdi_gis_data", "fangdi_map_ui", "fangdi_migrations"]
    code = f"import importlib\nfor name in {packages}: print(importlib.import_module(name).__file__)"

    found = subprocess.run([installed, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)

    files = found.stdout.splitlines()
    assert len(files) == len(packages)
    assert all(Path(file).is_relative_to(installed.parents[1]) for file in files)


@pytest.fixture
def served(installed: Path, tmp_path: Path, fresh_database: Callable[..., str]) -> Iterator[str]:
    """Migrate an empty database and serve it, with nothing but the wheel."""
    url = fresh_database(migrated=False)
    served_as = url.replace(f"//{OWNER}@", f"//{APPLICATION}@")
    variables = environment(FANGDI_DATABASE_URL=url, FANGDI_APPLICATION_URL=served_as, FANGDI_PORT="0")
    fangdi = str(installed.parent / "fangdi")
    subprocess.run([fangdi, "db", "migrate"], check=True, cwd=tmp_path, env=variables, stdout=subprocess.DEVNULL)
    with subprocess.Popen(
        [fangdi, "serve"], cwd=tmp_path, env=variables, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as server:
        assert server.stdout is not None
        address = re.search(r"http://\S+", server.stdout.readline())
        assert address
        yield address.group()
        server.send_signal(signal.SIGINT)
        server.wait(30)


def test_the_wheel_hands_on_the_notices_of_what_it_bundles(installed: Path, tmp_path: Path) -> None:
    file = "fangdi_map_ui.static_dir().joinpath('vendor', 'NOTICES.txt')"
    code = f"import fangdi_map_ui; print({file}.read_text('utf-8'))"

    found = subprocess.run([installed, "-c", code], capture_output=True, text=True, check=True, cwd=tmp_path)

    # Apache-2.0, 4 (d): the notices of ECharts come with it
    for package in ("Apache ECharts", "vue ", "maplibre-gl ", "element-plus ", "leaflet "):
        assert package in found.stdout


def test_the_installed_program_serves_the_client_and_the_api(served: str) -> None:
    page = httpx.get(served)
    script = re.search(r'src="/?([^"]+\.js)"', page.text)

    assert page.headers["content-type"].startswith("text/html")
    assert script
    assert httpx.get(f"{served}/{script.group(1)}").content == (STATIC / script.group(1)).read_bytes()
    assert httpx.get(f"{served}/api/v1/health").is_success


def test_a_wheel_without_the_client_is_refused(tmp_path: Path) -> None:
    copy = tmp_path / "源码 copy"
    ignored = shutil.ignore_patterns(".venv", ".git", "node_modules", "static", "__pycache__", ".*_cache")
    shutil.copytree(ROOT, copy, ignore=ignored)

    refused = build(copy, tmp_path / "dist", "--wheel")

    assert refused.returncode != 0
    assert "build the web client first" in refused.stdout + refused.stderr
    assert list(tmp_path.glob("dist/*")) == []

"""A real server over the sample city, and a browser that notices everything that goes wrong in it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

import fangdi_map_ui
from e2e.map_page import MapPage
from e2e.troubles import Troubles
from fangdi.commands.sample import load_sample_city
from fangdi.settings import Settings
from fangdi.store.cluster import DATABASE, Cluster
from fangdi.store.throwaway import create_database, drop_database

_START_S = 60
_ARGS = (
    "--no-sandbox",  # Chromium refuses its sandbox to root
    "--use-angle=swiftshader",  # WebGL without a graphics card
    "--enable-unsafe-swiftshader",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",  # else Chromium itself calls home
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve the sample city from a process of its own; yields its address."""
    if not fangdi_map_ui.static_dir().joinpath("index.html").is_file():
        pytest.fail("The web client is not built: run `make ui`.", pytrace=False)
    name = f"e2e_{os.getpid()}"
    database = create_database(cluster, name, template=DATABASE)
    load_sample_city(database, Settings(database_url=database))
    server = subprocess.Popen(
        [sys.executable, "-m", "fangdi", "serve", "--port", "0"],
        env={**os.environ, "FANGDI_DATABASE_URL": database, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _address(server)
    finally:
        server.terminate()
        server.communicate(timeout=_START_S)
        drop_database(cluster, name)


def _address(server: subprocess.Popen[str]) -> str:
    """Read the server's output up to the line that names its address; later lines are few enough for the pipe."""
    assert server.stdout is not None
    said: list[str] = []
    for line in server.stdout:
        said.append(line)
        if found := re.search(r"http://[\w.:]+", line):
            return found.group()
    raise AssertionError(f"The server did not start:\n{''.join(said)}")


@pytest.fixture(scope="module")  # it keeps an event loop running, which tests of other modules could not bear
def browser() -> Iterator[Browser]:
    """Start Chromium: Debian's, or the one that FANGDI_CHROMIUM names."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("FANGDI_CHROMIUM", "/usr/bin/chromium"), args=list(_ARGS)
        )
        yield started
        started.close()


@pytest.fixture
def city(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[MapPage]:
    """Open a page on the sample city; fails the test if anything in the browser went wrong meanwhile."""
    # Less motion: flights jump, since drawing every frame of them without a graphics card takes seconds.
    context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce")
    context.set_default_timeout(60_000)
    page = context.new_page()
    troubles = Troubles.of(page, home=city_url)
    yield MapPage(page, troubles=troubles, pictures=Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path)))
    context.close()
    assert troubles.seen == []

"""A real server over the sample city, and a browser that notices everything that goes wrong in it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright

import fangdi_map_ui
from e2e.map_page import MapPage
from e2e.page_access import AccessPage
from e2e.people import ADMINISTRATOR, add_people
from e2e.troubles import Troubles
from fangdi.commands.sample import load_sample_city
from fangdi.settings import Settings
from fangdi.store.cluster import APPLICATION, DATABASE, Cluster
from fangdi.store.engine import create_engine
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
    with served_city(cluster, f"e2e_{os.getpid()}") as (address, _):
        yield address


@contextmanager
def served_city(cluster: Cluster, name: str, **settings: str) -> Iterator[tuple[str, str]]:
    """Serve a sample city of one's own; lends its address, and that of its database for the owner."""
    database = create_database(cluster, name, template=DATABASE)
    load_sample_city(database, Settings(database_url=database))
    engine = create_engine(database)
    with engine.begin() as connection:
        add_people(connection)
    engine.dispose()
    server = subprocess.Popen(
        [sys.executable, "-m", "fangdi", "serve", "--port", "0"],
        env={**os.environ, **_addresses(cluster, name), "PYTHONUNBUFFERED": "1", **settings},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        yield _address(server), database
    finally:
        server.terminate()
        server.communicate(timeout=_START_S)
        drop_database(cluster, name)


def _addresses(cluster: Cluster, name: str) -> dict[str, str]:
    """Name the database for its owner, and for the role that row-level security binds."""
    return {
        "FANGDI_DATABASE_URL": cluster.url(database=name),
        "FANGDI_APPLICATION_URL": cluster.url(role=APPLICATION, database=name),
    }


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
def open_page(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[Callable[..., AccessPage]]:
    """Open pages, each in a browser of its own: `open_page(login)`, or `open_page()` for nobody.

    Fails the test if anything in one of the browsers went wrong meanwhile.
    """
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str | None = None) -> AccessPage:
        # Less motion: flights jump, since drawing every frame of them without a graphics card takes seconds.
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        troubles = Troubles.of(page, home=city_url)
        noticed.append(troubles)
        opened = AccessPage(page, troubles=troubles, pictures=pictures)
        return opened.sign_in_quietly(login) if login else opened

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


@pytest.fixture
def city(open_page: Callable[..., AccessPage]) -> MapPage:
    """Open a page on the sample city for someone who sees all of it."""
    return open_page(ADMINISTRATOR)

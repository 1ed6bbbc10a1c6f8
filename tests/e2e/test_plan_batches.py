"""Batches of floor plans in a real browser, with workers beside the server as `fangdi run` keeps them."""

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection, text

from e2e.conftest import served_city
from e2e.page_batches import BatchesPage
from e2e.people import AUDITOR, VIEWER
from e2e.plan_drawing import FloorDrawing
from e2e.troubles import Troubles
from fangdi.commands.worker import workers
from fangdi.store.cluster import Cluster
from fangdi.store.engine import create_engine

pytestmark = pytest.mark.e2e

BUILDING = 1
LONGEST_POLL_MS = 1500
"""How often the page asks about a batch of few files."""


@pytest.fixture(scope="module")
def batch_city(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Serve a city of this module's own; lends its address and its database."""
    with served_city(cluster, f"batches_{os.getpid()}") as served:
        yield served


@pytest.fixture(scope="module")
def city_url(batch_city: tuple[str, str]) -> str:
    """Let every page of this module be of that city."""
    return batch_city[0]


@pytest.fixture
def a_worker(batch_city: tuple[str, str]) -> Iterator[None]:
    """Keep a worker on that city."""
    with workers(batch_city[1], 1, log_level="WARNING"):
        yield


@pytest.fixture(scope="module")
def connection(batch_city: tuple[str, str]) -> Iterator[Connection]:
    """Look into the database of that city, as its owner."""
    engine = create_engine(batch_city[1])
    with engine.connect() as lent:
        yield lent
    engine.dispose()


@pytest.fixture
def code(connection: Connection) -> str:
    """Return the code of the building that is drawn."""
    found = connection.execute(text("SELECT code FROM fangdi.building WHERE id = :id"), {"id": BUILDING})
    return str(found.scalar_one())


@pytest.fixture
def packed(connection: Connection, code: str, tmp_path: Path) -> Path:
    """Pack two floors of a building, one in its folder and one by its name, and a drawing that is cut short."""
    second = FloorDrawing.of(connection, building=BUILDING, level=2).write(tmp_path / "two.dxf")
    third = FloorDrawing.of(connection, building=BUILDING, level=3).write(tmp_path / "three.dxf")
    packed = tmp_path / "机关大院图纸.zip"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(second, f"{code}/二层.dxf")
        archive.write(third, f"{code}_3F.dxf")
        archive.writestr(f"{code}/四层.ifc", "ISO-10303-21;\nHEADER;\n")
    return packed


@pytest.fixture
def open_batches(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[Callable[..., BatchesPage]]:
    """Open the page of plans for somebody; fails the test if anything in the browser went wrong meanwhile."""
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))
    contexts = []

    def make(login: str, address: str = "#page=plans") -> BatchesPage:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(120_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = BatchesPage(page, troubles=noticed[-1], pictures=pictures).sign_in_quietly(login)
        return opened.visit(address)

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


@pytest.mark.usefixtures("a_worker")
def test_good_plans_of_a_batch_become_drafts_and_a_broken_one_says_why_not(
    open_batches: Callable[..., BatchesPage], packed: Path
) -> None:
    page = open_batches(AUDITOR).show_batches()
    page.picture("plan-batch-upload")
    page.upload_zip(packed).wait_for_end()  # nobody asks for it anew: the page does by itself
    assert "3 个文件,已处理 3 个" in page.progress
    assert {row[0].splitlines()[0].rpartition("/")[2]: row[2].splitlines()[0] for row in page.files()} == {
        "二层.dxf": "已成为草稿",
        "四层.ifc": "失败",
        packed_name(page, "_3F.dxf"): "已成为草稿",
    }
    page.picture("plan-batch")
    failed = page.show_files("failed")
    assert [row[0].splitlines()[0].rpartition("/")[2] for row in failed] == ["四层.ifc"]
    assert len(failed[0][2].splitlines()) > 1  # it says why
    assert page.asks_for_batch(within_ms=3 * LONGEST_POLL_MS) == 0  # it is over
    page.show_files("all")
    assert len(page.find_files("_3f")) == 1
    page.find_files("")
    page.open_draft("二层.dxf")
    assert page.step == "reading"
    assert page.state_of("reading") == "done"  # the level is in the name
    page.back_from_plan()
    assert page.state == "done"
    assert [row[0] for row in page.batches()] == [packed.name]


def packed_name(page: BatchesPage, end: str) -> str:
    """Return the one file whose name ends so."""
    (found,) = {row[0].splitlines()[0] for row in page.files() if row[0].splitlines()[0].endswith(end)}
    return found


def test_a_batch_is_stopped_and_goes_on_at_the_same_address(
    open_batches: Callable[..., BatchesPage], packed: Path
) -> None:
    page = open_batches(AUDITOR).show_batches().upload_zip(packed)  # no worker is there to begin
    assert page.state == "waiting"
    assert page.asks_for_batch(within_ms=3 * LONGEST_POLL_MS) >= 2
    page.stop()
    assert page.state == "cancelled"
    assert page.reload().state == "cancelled"
    page.resume()
    assert page.state == "waiting"
    page.go_back()
    assert page.shows("batches-page")


def test_a_file_that_is_no_zip_is_not_sent(open_batches: Callable[..., BatchesPage], tmp_path: Path) -> None:
    file = tmp_path / "图纸.zip"
    file.write_bytes(b"Rar!\x1a\x07\x00")
    assert "不是 zip" in open_batches(AUDITOR).show_batches().refused_zip(file)


def test_a_zip_that_the_server_refuses_says_why(open_batches: Callable[..., BatchesPage], tmp_path: Path) -> None:
    file = tmp_path / "清单有误.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("一层.dxf", "")
        archive.writestr("manifest.csv", "file,building\n二层.dxf,B1\n")
    said = open_batches(AUDITOR).show_batches().problem_with_zip(file)
    assert "manifest.csv 第 2 行:没有文件 二层.dxf" in said
    assert "Line 2" not in said  # in the language of the page alone


def test_who_may_not_audit_areas_is_led_to_no_batches(open_batches: Callable[..., BatchesPage]) -> None:
    page = open_batches(VIEWER)
    assert page.shows("to-batches") is False
    assert page.visit("#page=batches").shows("batches-page") is False

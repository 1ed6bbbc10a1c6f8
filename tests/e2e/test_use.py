"""Use of premises in a real browser: sums that add up, rooms in two clicks, sheets, lights, and the yearly report."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.conftest import served_city
from e2e.page_use import UsePage
from e2e.people import ADMINISTRATOR, VIEWER
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

OpenUse = Callable[..., UsePage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own, in which projects are entered."""
    with served_city(cluster, f"use_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_use(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[OpenUse]:
    """Open pages, each in a browser of its own; fails the test if anything went wrong in one."""
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str, *, size: tuple[int, int] = (1366, 768)) -> UsePage:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = UsePage(page, troubles=noticed[-1], pictures=pictures)
        opened.sign_in_quietly(login)
        return opened

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_a_figure_leads_to_its_rooms_in_two_clicks_and_they_add_up_to_it(open_use: OpenUse) -> None:
    page = open_use(VIEWER).visit("#page=use")
    shown = page.node("市纪委监委机关")["办公室"]

    assert page.open_cell("市纪委监委机关", "office") == shown
    rooms = page.open_floors()
    page.picture("use-rooms")

    assert len(rooms) > 1
    assert round(sum(rooms), 2) == shown


@pytest.mark.parametrize("tree", ["agencies", "jurisdictions"])
@pytest.mark.parametrize("split", ["按登记份额", "按单位平均", "按实有人数"])
def test_sums_are_exactly_those_of_their_parts(open_use: OpenUse, tree: str, split: str) -> None:
    page = open_use(VIEWER).visit("#page=use").along(tree).split_by(split)

    total, tops = page.total, page.tops()

    for column in ("办公室", "服务用房", "技术业务用房", "合计", "自有", "租用", "借用"):
        assert round(sum(row[column] for row in tops), 2) == total[column], column
    categories = ("办公室", "服务用房", "设备用房", "附属用房", "技术业务用房")
    assert round(sum(total[column] for column in categories), 2) == total["合计"]
    assert total["合计"] == page.ask("reports/areas/agencies")["total"]["area_m2"]
    page.picture(f"use-{tree}")


def test_the_sheet_of_an_agency_says_where_it_sits_and_can_be_saved(open_use: OpenUse) -> None:
    page = open_use(ADMINISTRATOR).visit("#page=use")
    shown = page.node("市人民检察院")["合计"]
    page.open_cell("市人民检察院", "office")
    page.open_sheet()

    rows = page.use_of_sheet()
    page.picture("sheet-use")

    assert float(rows[-1][-2].replace(",", "")) == shown
    assert rows[0][1] in {"自有", "租用", "借用", "不详"}
    for form in ("pdf", "xlsx"):
        answer = page.fetch(page.address_of(form))
        assert answer.ok
        assert len(answer.body()) > 1000


def test_buildings_that_lack_most_stand_first_with_the_rooms_behind(open_use: OpenUse) -> None:
    page = open_use(ADMINISTRATOR).visit("#page=completeness")

    lights = page.lights()
    page.picture("completeness")

    assert lights == sorted(lights, key=("red", "amber", "green").index)
    assert {"red", "green"} <= set(lights)
    assert set(page.only_light("amber").lights()) == {"amber"}
    page.open_first_building()
    assert page.gap_rooms() > 0
    page.picture("building-sheet")
    assert page.fetch(page.address_of("pdf")).ok


def test_the_idle_area_of_a_floor_leads_to_its_rooms(open_use: OpenUse) -> None:
    # A place elsewhere in the city was chosen before: the sheet is about its building all the same.
    page = open_use(ADMINISTRATOR).visit("#page=buildingSheet&building=3&jurisdiction=330225")

    shown, rooms = page.idle_of_a_floor()
    page.picture("building-idle")

    assert len(rooms) > 0
    assert round(sum(rooms), 2) == pytest.approx(shown, abs=0.02)  # rooms are rounded one by one, floors to their total


def test_a_project_is_entered_and_stands_in_the_yearly_report(open_use: OpenUse) -> None:
    page = open_use(ADMINISTRATOR).visit("#page=annual")
    assert "未见官方表式" in page.text
    page.picture("annual-premises")

    page.enter_project("宁波市", "2026-99", "机关食堂改造")

    page.form("projects")
    assert "机关食堂改造" in page.text
    page.picture("annual-projects")
    page.form("gaps")
    assert "登记项目时未填" in page.text


def test_a_viewer_is_offered_no_project_to_enter(open_use: OpenUse) -> None:
    page = open_use(VIEWER).visit("#page=annual")
    assert not page.has("enter-project")
    assert page.has("annual-form")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_in_the_language_of_the_reader(open_use: OpenUse, language: str) -> None:
    page = open_use(ADMINISTRATOR)
    for name in ("use", "completeness", "annual", "buildingSheet", "sheet"):
        page.visit(f"#page={name}&agency=1&building=1&lang={language}")
        page.picture(f"{name}-{language}")
        assert re.search(r"use\.[a-z]\w", page.text) is None, name  # a text without words shows its key

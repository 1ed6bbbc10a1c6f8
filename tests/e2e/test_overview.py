"""The overview in a real browser: indicators, their course, what they are made of, and the way to rows and map."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.conftest import served_city
from e2e.page_overview import OverviewPage
from e2e.people import ADMINISTRATOR, EXCHANGE, VIEWER
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

OpenOverview = Callable[..., OverviewPage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own."""
    with served_city(cluster, f"overview_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_overview(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[OpenOverview]:
    """Open pages, each in a browser of its own; fails the test if anything went wrong in one."""
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str, *, size: tuple[int, int] = (1280, 800)) -> OverviewPage:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = OverviewPage(page, troubles=noticed[-1], pictures=pictures)
        opened.sign_in_quietly(login)
        return opened

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_an_indicator_leads_to_its_rows_to_the_rooms_and_to_the_map(open_overview: OpenOverview) -> None:
    page = open_overview(VIEWER).visit("#page=overview")
    asked = {item["key"]: item["now"] for item in page.ask("indicators")["items"]}
    assert set(page.tiles) == set(asked)

    page.choose("idle_rate")
    assert page.value == f"{asked['idle_rate']['value'] * 100:.1f}%"
    assert "推定口径" in page.said("indicator")
    assert page.charts == 3
    page.picture("overview")

    rows = page.open_rows()
    assert f"{asked['idle_rate']['numerator']:,.0f}" in page.total
    assert len(rows) == min(100, page.ask("indicators/idle_rate/rows")["matching"])
    counted = page.pick("counted")
    assert all(_figure(row[3]) > 0 for row in counted)
    page.picture("overview-rows")
    said = page.open_first_row()
    assert counted[0][0] in said
    page.show_on_map()
    assert counted[0][0] in page.details


def test_behind_an_amount_stand_first_the_things_that_make_it(open_overview: OpenOverview) -> None:
    page = open_overview(VIEWER).visit("#page=overview&indicator=leased_area")

    rows = page.open_rows()

    assert rows
    assert all(_figure(row[3]) > 0 for row in rows)


def test_a_part_of_the_composition_opens_its_rows(open_overview: OpenOverview) -> None:
    page = open_overview(VIEWER).visit("#page=overview&indicator=registered_count_rate")

    rows = page.open_rows("unregistered")

    assert rows
    assert all(row[2] == "未登记" for row in rows)


def test_a_bar_takes_one_down_to_its_jurisdiction(open_overview: OpenOverview) -> None:
    page = open_overview(VIEWER).visit("#page=overview").choose("idle_rate")
    places = page.ask("indicators/idle_rate/jurisdictions")["items"]
    first = max(places, key=lambda place: place["value"])
    assert not first["alone"]

    page.press_bar()

    assert f"jurisdiction={first['code']}" in page.address
    assert first["name"] in page.text


def test_who_may_not_see_rooms_is_offered_no_overview(open_overview: OpenOverview) -> None:
    page = open_overview(EXCHANGE)

    assert not page.has("rail-overview")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("size", [(1280, 800), (1920, 1080)], ids=["laptop", "desk"])
def test_every_indicator_is_shown_in_the_language_of_the_reader(
    open_overview: OpenOverview, language: str, size: tuple[int, int]
) -> None:
    page = open_overview(ADMINISTRATOR, size=size).visit(f"#page=overview&lang={language}")

    for key in page.tiles:
        page.choose(key)
        assert re.search(r"overview\.\w", page.text) is None, key  # a text without words shows its key
    page.picture(f"overview-{language}-{size[0]}")


def _figure(text: str) -> float:
    return float(text.replace(",", ""))

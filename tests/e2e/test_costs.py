"""Costs, the rules of what is idle, and looking for space in a real browser."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.conftest import served_city
from e2e.page_costs import CostsPage
from e2e.people import ADMINISTRATOR, VIEWER
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

TODAY = date.today()  # noqa: DTZ011 - as the server reckons

OpenCosts = Callable[[str], CostsPage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own, whose rates and rules are changed."""
    with served_city(cluster, f"costs_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_costs(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[OpenCosts]:
    """Open pages, each in a browser of its own; fails the test if anything went wrong in one."""
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str) -> CostsPage:
        context = browser.new_context(viewport={"width": 1366, "height": 768}, locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = CostsPage(page, troubles=noticed[-1], pictures=pictures)
        opened.sign_in_quietly(login)
        return opened

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_the_dearest_agency_leads_to_the_lines_of_its_building(open_costs: OpenCosts) -> None:
    page = open_costs(VIEWER).visit("#page=costs")

    first = page.rows("costs-table")[0]
    cost, level, over = (float(figure.replace(",", "")) for figure in first[3:6])
    assert over > 0
    assert over == pytest.approx(cost - level, abs=0.01)
    assert "费率均未核实" in page.text  # said once, since no rate of the sample is verified
    assert "按楼座" in page.open_row("costs-table", first[0][:6])
    assert "未核实" in page.open_part()

    lines, total = page.calculation()
    assert sum(lines) == pytest.approx(total, abs=0.02)  # each rounded to a hundredth
    assert len(lines) == 4  # the dearest is leased: rent, upkeep, services and energy


def test_a_new_rate_says_what_it_replaces_and_stands_among_the_versions(open_costs: OpenCosts) -> None:
    page = open_costs(ADMINISTRATOR).visit("#page=costs")
    tomorrow = str(TODAY + timedelta(1))

    page.press("costs-rates")
    said = page.enter_rate("维修养护费", "31", "宁波市", since=tomorrow)
    now = page.rows("rates")
    page.press("rate-versions")
    versions = page.rows("rates")

    assert "现行 28" in said
    assert not any("31" in row[2] for row in now)
    assert any("31" in row[2] and "尚未生效" in row[5] for row in versions)


def test_three_adjoining_rooms_are_found_and_shown_on_the_map(open_costs: OpenCosts) -> None:
    page = open_costs(VIEWER).visit("#panel=idle")

    page.press("idle-find")
    offers = page.look_for(3)
    address = page.open_offer()

    assert offers
    assert all("3 间" in offer or "整层" in offer for offer in offers)
    assert "sel=floor:" in address


def test_space_near_an_agency_is_looked_for_with_one_press(open_costs: OpenCosts) -> None:
    page = open_costs(VIEWER).visit("#panel=idle")
    page.press("idle-find")

    assert "市委办公室" in page.look_near("市委办公室")


def test_the_address_brings_back_what_space_was_looked_for(open_costs: OpenCosts) -> None:
    page = open_costs(VIEWER).visit("#panel=idle")
    page.press("idle-find")
    offers = page.look_for(3)
    asked = page.said("spaces-asked")

    page.open_again()

    assert page.offers() == offers
    assert page.said("spaces-asked") == asked
    assert page.press("spaces-edit").rooms_wanted() == "3"


@pytest.mark.parametrize(
    ("address", "chip"),
    [
        ("costs", "costs-rates"),
        ("idleSpace", "idle-tab-underUsed"),
        ("norms", "norms-compare"),
        ("annual", "form-gaps"),
    ],
)
def test_the_address_brings_back_the_tab_of_a_page(open_costs: OpenCosts, address: str, chip: str) -> None:
    page = open_costs(VIEWER).visit(f"#page={address}")
    before = page.rest().pressed()

    pressed = page.press(chip).pressed()

    assert chip in pressed
    assert page.open_again().pressed() == pressed
    assert page.visit(f"#page={address}&tab=nothing").pressed() == before


def test_what_is_under_used_is_listed(open_costs: OpenCosts) -> None:
    page = open_costs(VIEWER).visit("#page=idleSpace")

    page.press("idle-tab-underUsed")

    assert page.rows("under-agencies")
    assert page.rows("under-rooms")


def test_a_rule_of_what_is_idle_is_said_in_words_beside_the_list(open_costs: OpenCosts) -> None:
    page = open_costs(ADMINISTRATOR).visit("#page=idleSpace")

    assert "已满" not in page.said("idle-definition")
    page.enter_rule("90", "宁波市")
    defined = page.said("idle-definition")
    page.visit("#panel=idle").press("idle-what")

    assert "已满 90 天" in defined
    assert "已满 90 天" in page.said("idle-what")

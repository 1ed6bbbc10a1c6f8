"""Norms and approved areas in a real browser: read, entered in new versions, followed into the sheet."""

import os
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.conftest import served_city
from e2e.page_norms import NormsPage
from e2e.people import ADMINISTRATOR, VIEWER
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

TODAY = date.today()  # noqa: DTZ011 - as the server reckons
TOMORROW = TODAY + timedelta(1)
CITY_STAFF = "局(处)级以下"
CEILING = "办公室使用面积上限"
DOCUMENT = "市级配置标准"

OpenNorms = Callable[..., NormsPage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own, whose norms are changed."""
    with served_city(cluster, f"norms_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_norms(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[OpenNorms]:
    """Open pages, each in a browser of its own; fails the test if anything went wrong in one."""
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str, *, size: tuple[int, int] = (1366, 768)) -> NormsPage:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", reduced_motion="reduce"
        )
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = NormsPage(page, troubles=noticed[-1], pictures=pictures)
        opened.sign_in_quietly(login)
        return opened

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_a_stricter_ceiling_of_the_city_is_entered_and_the_approved_area_follows(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR)
    agency, posts = _a_city_agency(page)
    before = _line(page, agency, "city_staff")
    assert before == posts * 9  # 表1: 9 m² a person

    page.visit("#page=norms")
    page.begin_norm(CEILING, CITY_STAFF, "宁波市", "8").file_document(DOCUMENT)
    assert "9" in page.norm_change
    assert page.norm_change.index("9") < page.norm_change.index("8")
    page.picture("norm-entering")
    page.save_norm()
    page.picture("norm-entered")

    row = page.norm_row("offices", CITY_STAFF, "宁波市")
    assert row[1].startswith("8")
    assert row[-1] == str(TODAY)
    page.visit(f"#page=sheet&agency={agency}")
    assert page.lines()["office_of_rank"][:3] == [CITY_STAFF, f"{posts} 人 × 8 ㎡", f"{posts * 8:,.2f}"]

    deeds = [row[3] for row in page.visit("#page=trail").trail_of(ADMINISTRATOR)]
    assert any(deed.startswith("新增 配置标准指标 办公室使用面积上限") and CITY_STAFF in deed for deed in deeds)


def test_a_laxer_figure_is_refused_beside_its_field(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR)
    page.visit("#page=norms").begin_norm(CEILING, "副局(处)级", "宁波市", "18.5").choose_document("建设标准")

    assert "只能从严" in page.refused_norm("figure")
    page.picture("norm-refused")


def test_a_past_day_that_is_typed_stays_and_is_refused_beside_its_field(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR)
    page.visit("#page=norms").begin_norm(CEILING, "副局(处)级", "宁波市", "17", since=str(TODAY - timedelta(1)))

    assert f"不能早于 {TODAY}" in page.fault("valid_from")


@pytest.mark.parametrize("since", [TODAY, TOMORROW], ids=["begun", "to come"])
def test_a_slip_is_withdrawn(open_norms: OpenNorms, since: date) -> None:
    page = open_norms(ADMINISTRATOR)
    page.visit("#page=norms").begin_norm(CEILING, "正局(处)级", "宁波市", "20", since=str(since))
    page.choose_document("建设标准").save_norm()
    assert _ceilings(page, TOMORROW, "city_bureau_chief") == {24, 20}

    page.withdraw_norm()

    assert _ceilings(page, TOMORROW, "city_bureau_chief") == {24}


def test_what_is_not_verified_is_marked_and_its_evidence_is_one_click_away(open_norms: OpenNorms) -> None:
    page = open_norms(VIEWER).visit("#page=norms")

    assert "转引,未见官方原文" in page.norm_row("offices", "省级正职")[4]
    assert "第三方网页转引" in page.show_evidence()
    said = page.show_norm("service", "市级")
    assert "编制 200 人及以下:8;400 人及以上:6;其间按直线内插" in said
    assert "发改投资〔2014〕2674号" in said


def test_two_days_are_compared(open_norms: OpenNorms) -> None:
    page = open_norms(VIEWER).visit("#page=norms")

    differences = page.compare("2014-11-23", "2014-11-24")

    staff = next(row for row in differences if CITY_STAFF in row[0])
    assert (staff[2], staff[3]) == ("没有", "9 ㎡使用面积/人")


def test_a_viewer_is_offered_nothing_to_change(open_norms: OpenNorms) -> None:
    page = open_norms(VIEWER).visit("#page=norms")
    assert not page.has("enter-norm")
    page.show_norm("offices", "省级正职")
    assert not page.has("enter-like")
    page.visit("#page=sheet&agency=1")
    assert page.has("calculation")
    assert not page.has("enter-approval")


def test_agencies_stand_with_most_over_first_and_can_be_searched(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR).visit("#page=approved")

    over = [_figure(row[7]) for row in page.rows("approved-table")]
    assert over == sorted(over, reverse=True)
    assert all(_figure(row[7]) > 0 for row in page.only_over())
    name = page.rows("approved-table")[0][0].split("(")[0]
    assert [name in row[0] for row in page.find_agency(name)] == [True]


def test_a_figure_is_traced_to_its_norm_and_to_its_rooms_in_two_clicks(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR).visit("#page=approved")
    page.open_agency("市委办公室")

    assert page.line_behind("service") == "service"  # the first click
    assert "盘锦市机关事务管理局" in page.follow_norm("service")  # the second: the evidence of its norm
    page.close_norm()
    page.rooms_of("service")
    page.close_rooms()
    assert page.rooms_of("office")
    page.picture("sheet-rooms")
    page.open_first_room()
    assert "办公室" in page.details


def test_an_approval_by_hand_stands_instead_of_the_computed_area(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR)
    page.visit("#page=sheet&agency=2")
    page.approve_by_hand("甬机管〔2026〕8号", "1234.5", str(TODAY))

    assert "1,234.50" in page.bars
    assert "甬机管〔2026〕8号" in page.text
    page.visit("#page=approved")
    agency = page.ask("agencies/2")["name"]
    assert "批复" in page.find_agency(agency)[0][0]


def test_an_approval_is_ended_and_a_slip_taken_back(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR)
    page.visit("#page=sheet&agency=3")
    page.approve_by_hand("甬机管〔2026〕9号", "2000", str(TODAY))

    assert [row[2] for row in page.end_approval(str(TOMORROW))] == [f"{TODAY} – {TOMORROW}"]
    page.visit(f"#page=sheet&agency=3&as_of={TOMORROW}")
    page.approve_by_hand("甬机管〔2026〕10号", "20", str(TODAY))
    assert [row[2] for row in page.approvals] == [f"自 {TOMORROW} 起", f"{TODAY} – {TODAY}"]
    page.picture("approvals")

    assert [row[2] for row in page.withdraw_approval()] == [f"{TODAY} – {TOMORROW}"]
    assert "2,000.00" in page.rest().bars
    assert page.withdraw_approval() == []
    assert "2,000.00" not in page.rest().bars


def test_a_version_is_begun_from_every_tab(open_norms: OpenNorms) -> None:
    page = open_norms(ADMINISTRATOR).visit("#page=norms")
    for tab in ("norms-compare", "norms-documents"):
        assert page.begins_from(tab), tab
        page.visit("#page=approved").visit("#page=norms")


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("size", [(1366, 768), (1920, 1080)], ids=["laptop", "desk"])
def test_every_page_is_in_the_language_of_the_reader(
    open_norms: OpenNorms, language: str, size: tuple[int, int]
) -> None:
    page = open_norms(ADMINISTRATOR, size=size)
    for name in ("norms", "approved", "sheet"):
        page.visit(f"#page={name}&agency=1&lang={language}")
        page.picture(f"{name}-{language}-{size[0]}")
        assert re.search(r"norms\.\w", page.text) is None  # a text without words shows its key


def _a_city_agency(page: NormsPage) -> tuple[int, int]:
    """Return an agency of the city itself, and how many posts it has below the bureau level."""
    for row in page.ask("reports/approved-areas")["items"]:
        if row["level"] != "city" or row["by_hand"]:
            continue
        for rank in page.ask(f"agencies/{row['id']}")["posts_by_rank"]:
            if rank["rank"] == "city_staff":
                return row["id"], rank["posts"]
    raise AssertionError("no agency of the city has staff")


def _line(page: NormsPage, agency: int, rank: str) -> Any:
    """Area of the posts of a rank in the calculation of an agency."""
    name = next(one["zh"] for one in page.ask("vocabulary")["ranks"] if one["code"] == rank)
    lines = page.ask(f"agencies/{agency}/approved-area")["lines"]
    return next(line["area_m2"] for line in lines if (line["rank"] or {}).get("zh") == name)


def _ceilings(page: NormsPage, day: date, rank: str) -> set[float]:
    items = page.ask(f"norms?as_of={day}&kind=office_ceiling")["items"]
    return {one["figure"] for one in items if one["rank_code"] == rank}


def _figure(text: str) -> float:
    return float(text.replace(",", "").replace("—", "-1"))

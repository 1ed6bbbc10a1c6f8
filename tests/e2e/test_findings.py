"""The compliance board in a real browser: from a count to the room, and from a warning to an order."""

import os
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from e2e.conftest import served_city
from e2e.page_findings import FindingsPage
from e2e.people import AUDITOR, OFFICER, VIEWER
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

TODAY = date.today()  # noqa: DTZ011 - as the server reckons
AGENCY = 1

OpenBoard = Callable[[str], FindingsPage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own, whose findings are acted on."""
    with served_city(cluster, f"findings_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_board(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[OpenBoard]:
    """Open boards, each in a browser of its own; fails the test if anything went wrong in one."""
    contexts: list[BrowserContext] = []
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))

    def make(login: str) -> FindingsPage:
        context = browser.new_context(viewport={"width": 1366, "height": 900}, locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(30_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = FindingsPage(page, troubles=noticed[-1], pictures=pictures)
        opened.sign_in_quietly(login)
        return opened.visit().open_board()

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_from_a_count_two_clicks_lead_to_evidence_and_a_third_to_the_room(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)
    unsettled, _, *states, _ = board.counts("over_ceiling")
    assert unsettled == sum(states[:-1]) > 0  # every state but closed

    said = board.list_rule("over_ceiling").show_first()

    assert all("办公室超标准" in row for row in board.rows())
    over, office, ceiling = (
        float(board.figure(name).replace(",", "").removesuffix("㎡")) for name in ("over_m2", "size_m2", "ceiling_m2")
    )
    assert over == pytest.approx(office - ceiling, abs=0.011)
    assert "党政机关办公用房建设标准" in said
    assert "浙江省机关运行保障工作条例" in said
    board.picture("finding")
    board.show_room()

    assert "办公室超标准" in board.inspections()
    assert "甬机管〔2026〕7号" in board.approve_use("甬机管〔2026〕7号")


def test_the_count_of_major_findings_lists_them(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)
    _, major, *_ = board.counts("no_agreement")

    rows = board.list_major("no_agreement").rows()

    assert len(rows) == major > 0
    assert all("主要" in row for row in rows)


def test_the_address_brings_back_what_narrows_the_board(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR).list_major("no_agreement").list_state("open")
    rows, pressed = board.rows(), board.pressed()
    assert pressed == ["state-open", "only-major", "rule-chosen"]

    board.open_again()

    assert (board.rows(), board.pressed()) == (rows, pressed)
    board.list_state("ordered").step_back()
    assert (board.rows(), board.pressed()) == (rows, pressed)


def test_what_an_address_garbles_leaves_the_board_as_at_first(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)
    rows = board.rows()

    board.visit("#page=findings&rule=x&state=y&severity=z&agency=w")

    assert (board.rows(), board.pressed()) == (rows, ["state-unsettled"])


def test_of_a_day_before_the_first_computation_no_figure_is_given(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)
    board.visit("#page=findings&as_of=2020-01-01")

    assert set(board.cells("over_ceiling")) == {"—"}
    assert not board.has("nothing")


def test_a_finding_is_warned_about_and_then_ordered_with_a_deadline(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)
    board.list_rule("kept_office").show_first()
    assert board.actions() == ["warn", "order", "explain", "close"]

    board.act("warn", "请于月底前腾退。")
    assert board.events()[:2] == ["warn", "found"]
    deadline = str(TODAY + timedelta(30))
    board.act("order", "逾期未腾退,限期整改。", deadline=deadline)

    said = board.finding()
    assert "责令整改" in said
    assert deadline in said
    assert "逾期未腾退,限期整改。" in said
    assert board.counts("kept_office")[4] == 1  # ordered
    board.picture("findings-ordered")


def test_who_looked_before_something_happened_decides_anew_with_what_was_typed(open_board: OpenBoard) -> None:
    first, second = (open_board(AUDITOR).list_rule("over_ceiling").list_state("open") for _ in range(2))
    assert first.show_first() == second.show_first()
    first.act("order", "限期腾退。", deadline=str(TODAY + timedelta(30)))

    said = second.act_too_late("warn", "请于月底前腾退。")

    assert "责令整改" in said
    assert second.events()[0] == "order"
    assert second.actions() == ["order", "explain", "close"]
    assert second.typed_reason("explain") == "请于月底前腾退。"
    second.picture("finding-overtaken")


def test_readers_act_on_nothing_and_agencies_explain_their_own(open_board: OpenBoard) -> None:
    viewer = open_board(VIEWER)
    viewer.show_first()
    assert viewer.actions() == []

    officer = open_board(OFFICER)
    officer.show_first()
    assert officer.actions() == ["explain"]
    officer.act("explain", "已申请调整,附说明。")
    assert "已说明" in officer.finding()


def test_posts_of_leaders_are_entered_and_ended_on_the_sheet(open_board: OpenBoard) -> None:
    sheet = open_board(AUDITOR).open_sheet(AGENCY)
    before = len(sheet.posts())
    sheet.enter_post("TEST-0001")

    sheet.expect_refusal(422)
    sheet.end_post("TEST-0001", "transferred", day=str(TODAY - timedelta(1)))
    assert sheet.is_ending_a_post()  # a post does not end before it began
    sheet.end_post("TEST-0001", "transferred", day=str(TODAY + timedelta(1)))

    assert len(sheet.posts()) == before + 1
    sheet.picture("agency-sheet-posts")
    (mine,) = [post for post in sheet.posts() if "TEST-0001" in post]
    assert "调离" in mine
    assert "登记离任" not in mine
    assert str(TODAY + timedelta(1)) in mine  # the day that was entered

    assert len(sheet.withdraw_post("TEST-0001").posts()) == before


def test_readers_enter_no_posts(open_board: OpenBoard) -> None:
    sheet = open_board(VIEWER).open_sheet(AGENCY)

    assert not sheet.may_enter_posts()


def test_the_board_speaks_english_too(open_board: OpenBoard) -> None:
    board = open_board(AUDITOR)

    board.switch_language()

    assert "Judged as of" in board.computed()

"""Forms in a real browser: what is typed stays as it is and is refused, or is saved as it stands."""

import os
from collections.abc import Callable, Iterator
from datetime import date

import pytest

from e2e.conftest import served_city
from e2e.page_access import AccessPage
from e2e.page_forms import FormsPage
from e2e.people import ADMINISTRATOR, VIEWER
from fangdi.store.cluster import Cluster

pytestmark = pytest.mark.e2e

TODAY = date.today()  # noqa: DTZ011 - as the server reckons
SHEET = "#page=sheet&agency=4"

OpenForms = Callable[[str], FormsPage]


@pytest.fixture(scope="module")
def city_url(cluster: Cluster) -> Iterator[str]:
    """Serve a city of this module's own, in which approvals are entered."""
    with served_city(cluster, f"forms_{os.getpid()}") as (address, _):
        yield address


@pytest.fixture
def open_forms(open_page: Callable[..., AccessPage]) -> OpenForms:
    """Open pages with forms, each in a browser of its own."""
    return lambda login: FormsPage.like(open_page(login))


@pytest.mark.parametrize("typed", ["2026-02-30", "2025-13-01", "0001-01-01", "abc"])
def test_what_is_no_day_stays_and_changes_nothing(open_forms: OpenForms, typed: str) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit("#page=approved&as_of=2026-05-04").type_day(typed)

    assert page.day == typed
    assert "不是有效日期" in page.faults()[0]
    assert "as_of=2026-05-04" in page.address
    page.picture(f"no-day-{typed}")


def test_a_day_is_picked_from_the_calendar_and_typed(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit("#page=approved&as_of=2026-05-04").pick_day(12)
    assert "as_of=2026-05-12" in page.address

    page.type_day("2026/2/3")

    assert "as_of=2026-02-03" in page.address
    assert (page.day, page.faults()) == ("2026-02-03", [])
    page.type_day("")
    assert "as_of" not in page.address
    assert page.day == str(TODAY)


def test_an_approval_with_what_is_no_day_is_not_sent(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit(SHEET).begin_approval(number="甬机管〔2026〕1号", total="1200", issued="2026-02-30").send_approval()

    assert page.approval["issued"] == "2026-02-30"
    assert "不是有效日期" in page.faults()[0]


@pytest.mark.parametrize(
    ("typed", "said"), [("-100", "应在 0 到"), ("999999999999", "100,000,000 之间"), ("1200.555", "最多 2 位小数")]
)
def test_a_number_that_cannot_be_taken_stays_and_is_not_sent(open_forms: OpenForms, typed: str, said: str) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit(SHEET).begin_approval(number="甬机管〔2026〕1号", total=typed, issued=str(TODAY)).send_approval()

    assert page.approval["total"] == typed
    page.picture(f"no-number-{typed}")
    assert said in page.faults()[0]
    assert page.ask("agencies/4/approved-area")["approvals"] == []


def test_a_form_outlasts_its_session_for_who_filled_it_in(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    typed = {"number": "甬机管〔2026〕7号", "total": "1200", "issued": str(TODAY)}
    page.visit(SHEET).begin_approval(**typed).expect_refusal(401)

    page.lose_session().send_approval().wait_to_be_asked()

    page.picture("session-ended")
    assert not page.is_seen("approval-form")
    assert "核定" not in page.text
    page.sign_in(ADMINISTRATOR).rest()
    assert page.approval == typed
    page.send_approval()
    assert [row[0].split()[0] for row in page.approvals] == ["甬机管〔2026〕7号"]


def test_nothing_of_a_form_is_left_for_somebody_else(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit(SHEET).begin_approval(number="甬机管〔2026〕8号", total="1300", issued=str(TODAY)).expect_refusal(401)
    page.lose_session().send_approval().wait_to_be_asked()

    page.sign_in(VIEWER).settle()

    assert page.approval == {}
    assert "agency=4" not in page.address
    assert VIEWER in page.open_menu()


def test_an_approval_that_was_withdrawn_elsewhere_leaves_the_list_with_the_refusal(open_forms: OpenForms) -> None:
    one, other = open_forms(ADMINISTRATOR), open_forms(ADMINISTRATOR)
    one.visit("#page=sheet&agency=5").approve_by_hand("甬机管〔2026〕9号", "2000", str(TODAY))
    other.visit("#page=sheet&agency=5").begin_end(str(TODAY)).expect_refusal(404)
    one.withdraw_approval()

    assert other.refused_end()
    assert not other.has("end-approval")


def test_the_name_that_approved_areas_are_narrowed_by_stays_on_the_way_back(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.visit("#page=approved").find_agency("局")
    page.open_agency("局").step_back()

    assert page.sought == "局"
    assert all("局" in row[0] for row in page.rows("approved-table"))
    assert page.open_again().sought == "局"


def test_without_an_answer_no_figure_is_said(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR).expect_refusal(404)
    page.visit("#page=use&jurisdiction=999999")

    assert set(page.figures("use-total")) == {"—"}


def test_the_legend_follows_from_buildings_to_rooms_before_all_is_drawn(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.open("#map=15.5/29.8631/121.6210&level=1&panel=idle")
    assert "闲置比例" in page.legend

    page.zoom_without_tiles(17.5)

    assert "使用状态" in page.legend


def test_offers_of_space_say_their_order_and_keep_their_rooms_on_one_line(open_forms: OpenForms) -> None:
    page = open_forms(ADMINISTRATOR)
    page.open("#panel=spaces&rooms=1&whole_floor=true")
    page.picture("whole-floors")

    assert set(page.offer_lines()) == {1}
    assert "没选的,间数少、面积小的在前" in page.text

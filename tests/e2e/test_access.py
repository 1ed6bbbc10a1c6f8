"""Signing in, what each role is offered, administration and the audit trail, in a real browser."""

from collections.abc import Callable

import pytest

from e2e.map_page import MapPage
from e2e.page_access import AccessPage
from e2e.people import ADMINISTRATOR, EXCHANGE, NOBODY_YET, OFFICER, SYSTEM, VIEWER

pytestmark = pytest.mark.e2e

OpenPage = Callable[..., AccessPage]


def test_who_signs_in_gets_to_where_the_link_led(open_page: OpenPage) -> None:
    page = open_page().visit("#panel=idle")
    page.picture("sign-in")
    assert page.asks_to_sign_in
    page.sign_in(ADMINISTRATOR).settle()
    assert "panel=idle" in page.address
    assert page.has("idle-panel")


def test_a_wrong_password_is_told_without_saying_whether_the_account_exists(open_page: OpenPage) -> None:
    page = open_page().visit().expect_refusal(401)
    page.sign_in(VIEWER, "not the password")
    known = page.problem
    page.visit().sign_in("e2e.never-made", "not the password")
    page.picture("sign-in-failed")
    assert page.problem == known == "账号或密码不正确。"


def test_signing_out_leads_to_the_sign_in_page_and_ends_the_session(open_page: OpenPage) -> None:
    page = open_page(VIEWER).open()
    page.sign_out()
    page.visit("#panel=areas")
    assert page.asks_to_sign_in
    assert page.ask("session")["signed_in"] is False


def test_an_ended_session_leads_to_the_sign_in_page_and_back(open_page: OpenPage) -> None:
    page = open_page(ADMINISTRATOR).open("#panel=layers").expect_refusal(401)
    page.lose_session()
    page.panel_without_waiting("areas")
    page.wait_to_be_asked()
    page.sign_in(ADMINISTRATOR).settle()
    assert "panel=areas" in page.address
    assert page.has("areas-table")


def test_the_account_menu_says_who_one_is_and_what_for(open_page: OpenPage) -> None:
    said = open_page(ADMINISTRATOR).open().open_menu()
    for words in (ADMINISTRATOR, "区域管理员", "长期", "涉密权限", "我的令牌", "修改密码", "退出登录"):
        assert words in said


def test_a_viewer_is_offered_neither_exports_nor_administration(open_page: OpenPage) -> None:
    page = open_page(VIEWER).open("#panel=idle")
    assert "仅含您有权查看的范围" in page.text
    assert page.exports() == []
    assert not page.has("rail-accounts")
    assert not page.has("rail-trail")


def test_the_exchange_partner_sees_land_and_buildings_alone(open_page: OpenPage) -> None:
    page = open_page(EXCHANGE).open("#map=17.3/29.8631/121.6210&level=1&panel=layers")
    page.picture("exchange-partner")
    assert page.rendered("buildings-fill")
    assert not page.rooms()
    for panel in ("idle", "coverage", "areas"):
        assert not page.has(f"rail-{panel}")


def test_the_map_opens_on_the_buildings_of_the_officers_agency(open_page: OpenPage) -> None:
    page = open_page(OFFICER).open()
    page.picture("agency-officer")
    assert {building["id"] for building in page.rendered("buildings-fill")} == {
        building["id"] for building in page.ask("buildings")["items"]
    }


def test_the_system_administrator_sees_no_assets(open_page: OpenPage) -> None:
    page = open_page(SYSTEM).visit()
    assert page.has("no-role")
    page.visit("#page=accounts")
    page.picture("system-administrator")
    assert page.has("accounts-page")


def test_who_was_granted_nothing_is_told_so(open_page: OpenPage) -> None:
    page = open_page(NOBODY_YET).visit()
    page.picture("no-role")
    assert page.has("no-role")


def test_a_new_account_with_a_grant_sees_its_district_and_no_more(open_page: OpenPage) -> None:
    administrator = open_page(ADMINISTRATOR).visit("#page=accounts")
    password = administrator.make_account("e2e.haishu", "海曙查看")
    administrator.grant("查看人员", "海曙区", "甬机管〔2026〕12号")
    administrator.picture("account")
    assert [row[:2] for row in administrator.rows("grants")] == [["查看人员", "海曙区"]]

    person = open_page().visit().sign_in("e2e.haishu", password)
    person.picture("password-expired")
    assert person.must_change_password
    person.change_password(password, f"{password}-mine").settle()
    person.picture("district")
    seen = {row["id"] for row in person.ask("buildings/summary")["items"]}
    district = {row["id"] for row in _open_buildings(administrator, "330203")}
    assert seen == district != set()

    trail = administrator.visit("#page=trail")
    rows = trail.trail_of(ADMINISTRATOR)
    trail.picture("trail")
    assert any("e2e.haishu" in row[3] and "新增" in row[3] for row in rows)
    assert any("授权" in row[3] and "甬机管〔2026〕12号" in row[4] for row in rows)


def test_a_grant_that_is_ended_stays_in_the_history_of_the_account(open_page: OpenPage) -> None:
    page = open_page(ADMINISTRATOR).visit("#page=accounts")
    page.make_account("e2e.leaver", "离岗人员")
    page.grant("查看人员", "海曙区", "调岗")
    page.end_grant("viewer")
    page.wait_for_text("grants", "已结束")
    page.picture("grant-ended")


def test_the_chain_of_the_trail_can_be_checked(open_page: OpenPage) -> None:
    page = open_page(ADMINISTRATOR).visit("#page=trail")
    assert page.check_trail().startswith("留痕链完整")


def test_the_key_of_a_token_is_shown_once(open_page: OpenPage) -> None:
    page = open_page(VIEWER).visit("#page=tokens")
    key = page.make_token("QGIS", "查看土地与房屋")
    page.picture("token")
    assert len(key) > 20
    page.visit("#page=tokens").wait_for_text("tokens", "QGIS")
    assert key not in page.text


def test_no_secret_is_kept_where_scripts_could_find_it(open_page: OpenPage) -> None:
    page = open_page().visit().sign_in(ADMINISTRATOR).settle()
    assert page.kept_by_the_browser() == {"local": 0, "session": 0, "cookie": ""}


def test_the_history_of_an_object_is_shown_with_it(open_page: OpenPage) -> None:
    page = open_page(ADMINISTRATOR)
    building = page.ask("buildings/summary")["items"][0]["id"]
    page.open(f"#sel=building:{building}")
    page.show_history()
    page.picture("history")
    assert "变更记录" in page.details


def _open_buildings(page: MapPage, jurisdiction: str) -> list[dict[str, int]]:
    """Return the buildings of a jurisdiction that need no clearance."""
    found: list[dict[str, int]] = page.ask(f"buildings/summary?jurisdiction={jurisdiction}")["items"]
    return [row for row in found if not page.ask(f"buildings/{row['id']}")["classified"]]

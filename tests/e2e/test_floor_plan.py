"""Floor plans in a real browser, from the upload to the accepted audit; nothing may go wrong in it meanwhile."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from sqlalchemy import Connection

from e2e.conftest import served_city
from e2e.page_plan import PlanPage
from e2e.people import AUDITOR, VIEWER
from e2e.plan_drawing import METRES, MILLIMETRES, FloorDrawing
from e2e.troubles import Troubles
from fangdi.store.cluster import Cluster
from fangdi.store.engine import create_engine

pytestmark = pytest.mark.e2e

BUILDING = "北院1号楼"
LEVEL = 2
OTHER_BUILDING = "北院2号楼"
REAL_DATA = Path(__file__).parents[3] / "shared" / "data"


@pytest.fixture(scope="module")
def plan_city(cluster: Cluster) -> Iterator[tuple[str, str]]:
    """Serve a city of this module's own, whose rooms plans may replace; lends its address and its database."""
    with served_city(cluster, f"plans_{os.getpid()}") as served:
        yield served


@pytest.fixture(scope="module")
def city_url(plan_city: tuple[str, str]) -> str:
    """Let every page of this module be of that city."""
    return plan_city[0]


@pytest.fixture(scope="module")
def connection(plan_city: tuple[str, str]) -> Iterator[Connection]:
    """Look into the database of that city, as its owner."""
    engine = create_engine(plan_city[1])
    with engine.connect() as lent:
        yield lent
    engine.dispose()


@pytest.fixture
def drawing(connection: Connection) -> FloorDrawing:
    """Draw the second floor of a building, as it is."""
    return FloorDrawing.of(connection, building=1, level=LEVEL)


@pytest.fixture
def open_plans(browser: Browser, city_url: str, tmp_path: Path) -> Iterator[Callable[[str], PlanPage]]:
    """Open the page of plans for somebody; fails the test if anything in the browser went wrong meanwhile."""
    noticed: list[Troubles] = []
    pictures = Path(os.environ.get("FANGDI_SCREENSHOTS", tmp_path))
    contexts = []

    def make(login: str) -> PlanPage:
        context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="zh-CN", reduced_motion="reduce")
        contexts.append(context)
        context.set_default_timeout(60_000)
        page = context.new_page()
        noticed.append(Troubles.of(page, home=city_url))
        opened = PlanPage(page, troubles=noticed[-1], pictures=pictures).sign_in_quietly(login)
        return opened.visit("#page=plans")

    yield make
    for context in contexts:
        context.close()
    assert [seen for troubles in noticed for seen in troubles.seen] == []


def test_a_plan_goes_from_upload_to_the_accepted_audit(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    drawing.narrow("203", 0.12)
    drawing.split("221")
    drawing.renumber("224", "223")
    drawing.open_rooms.add("204")
    page = open_plans(AUDITOR).choose_building(BUILDING)
    page.picture("plan-upload")
    page.upload(drawing.write(tmp_path / "北院1号楼二层.dxf"), building=BUILDING)
    read(page, rooms=len(drawing.rooms) - 1)  # the open one is no room yet
    check(page.go_on())
    place(page.go_on())
    take_over(page.go_on())
    audit(page.go_on(), rooms=len(drawing.rooms))


def read(page: PlanPage, *, rooms: int) -> None:
    """Say which level it is, the one thing that the drawing does not say."""
    assert page.step == "reading"
    assert f"{rooms} 个房间" in page.found
    page.set_level(LEVEL)
    page.picture("plan-reading")
    page.adopt()
    assert page.state_of("reading") == "done"


def check(page: PlanPage) -> None:
    """Settle the outline that is open, and look at a room."""
    assert page.step == "check"
    assert page.state_of("check") == "attention"
    assert "接受建议的闭合" in page.choose_finding("未闭合")
    page.picture("plan-check")
    assert "204" in page.show_tab("repairs").choose_repair()
    page.picture("plan-repair")
    page.accept_repair()
    assert page.state_of("check") == "done"
    page.show_tab("rooms").click_room("205")
    assert "18.00" in page.room  # 3.50 m by 5.14 m, as the sample city builds offices
    page.close_room()


def place(page: PlanPage) -> None:
    """Match the footprint, which is that of the floor."""
    assert page.step == "placing"
    page.match_footprint()
    page.picture("plan-placing")
    assert float(page.score.rstrip("%")) > 99


def take_over(page: PlanPage) -> None:
    """Look at the changes, and import."""
    assert page.step == "changes"
    changes = page.changes()
    assert changes["split"] == 1
    assert changes["changed"] == 2  # the narrow room, and the one with another number
    assert "removed" not in changes
    page.picture("plan-changes")
    assert "已入库" in page.import_rooms()


def audit(page: PlanPage, *, rooms: int) -> None:
    """Judge every line, and conclude."""
    assert page.step == "audit"
    assert len(page.begin_audit().audit_lines("room")) == rooms
    nobody = [line[0] for line in page.audit_lines("agency") if line[0].startswith("无使用单位")]
    assert len(nobody) == 1
    assert "No agency" not in nobody[0]  # in the language of the page alone
    page.audit_lines("room")
    page.show_verdict("beyond")
    assert "超限" in page.open_line("203")
    page.picture("plan-audit")
    page.decide("accept", "隔墙内移,现场复核一致")
    page.decide_all_beyond("现场复核一致")
    page.accept_within()
    assert page.conclude().count("-") == 2  # place, year, running number
    assert page.state_of("audit") == "done"
    page.picture("plan-accepted")
    begins = {"xlsx": b"PK", "pdf": b"%PDF-", "gpkg": b"SQLite format 3"}
    assert {form: page.download(form)[: len(begin)] for form, begin in begins.items()} == begins


def test_a_wrong_unit_is_questioned_and_settled(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    file = drawing.write(tmp_path / "单位有误.dxf", unit=1, header=MILLIMETRES)  # drawn in metres, says millimetres
    page = open_plans(AUDITOR).upload(file, building=BUILDING)
    assert page.asks_for_unit
    west, _, east, _ = drawing.outline.bounds
    assert page.unit_widths()["米"].startswith(f"{east - west:.2f}")
    page.picture("plan-unit")
    page.confirm_unit("m").set_level(LEVEL).adopt()
    assert not page.asks_for_unit
    assert f"{len(drawing.rooms)} 个房间" in page.found


def test_layers_are_read_by_what_somebody_says_they_mean(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    page = open_plans(AUDITOR).upload(drawing.write(tmp_path / "图层.dxf", unit=1, header=METRES), building=BUILDING)
    everything = page.found
    page.set_role("房间轮廓", "不读")
    assert page.found != everything
    page.picture("plan-layers")


def test_control_points_place_a_plan_and_show_how_far_they_are_off(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    page = open_plans(AUDITOR).upload(drawing.write(tmp_path / "控制点.dxf"), building=BUILDING)
    page.set_level(LEVEL).adopt().go_to("placing").place_by_points()
    page.add_point(0.1, 0.5).add_point(0.9, 0.5)
    page.drag_point("1", by=(-30, 20)).drag_point("2", by=(10, 10))
    assert "0.000 m" in page.fit  # a similarity meets two points exactly
    page.picture("plan-points")
    page.keep_points()
    assert page.state_of("placing") == "attention"  # so dragged, the scale is far off 1
    page.go_on()
    assert page.lacks == ["定位超出限值,须在“定位”一步认可"]
    page.go_to("placing").picture("plan-agree")
    page.agree()
    assert page.state_of("placing") == "done"


def test_gross_area_is_told_by_rule_and_either_standard(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    page = open_plans(AUDITOR).upload(drawing.write(tmp_path / "建筑面积.dxf"), building=BUILDING)
    page.set_level(LEVEL).adopt().go_to("check").show_tab("gross")
    gross = f"{drawing.outline.area:,.2f}"
    for basis in ("registered", "planning"):
        assert page.gross_by(basis) == (gross, {"whole": gross})  # no low or open part is drawn
    page.picture("plan-gross")


def test_the_drawing_is_coloured_by_what_import_changes(
    open_plans: Callable[[str], PlanPage], drawing: FloorDrawing, tmp_path: Path
) -> None:
    drawing.narrow("203", 0.12)
    page = open_plans(AUDITOR).upload(drawing.write(tmp_path / "变化.dxf"), building=BUILDING)
    page.set_level(LEVEL).adopt().go_to("placing").match_footprint().go_on()
    assert page.lacks == []
    assert len(page.colour_by("change")) > 1
    page.picture("plan-changes-coloured")
    assert page.colour_by("plan_check") != page.colour_by("change")


def test_the_header_fits_a_narrow_screen_with_the_language_in_it(open_plans: Callable[[str], PlanPage]) -> None:
    page = open_plans(AUDITOR).visit("#panel=none")
    page.narrow(1024).picture("narrow-header")
    for part in ("search", "jurisdiction", "language", "account-menu"):
        left, right = page.extent(part)
        assert 0 <= left < right <= 1024, part
    page.switch_language().narrow(1024).picture("narrow-header-en")
    assert page.extent("account-menu")[1] <= 1024


def test_dwg_is_answered_with_how_to_convert_it(open_plans: Callable[[str], PlanPage], tmp_path: Path) -> None:
    file = tmp_path / "plan.dxf"
    file.write_bytes(b"AC1032" + bytes(100))  # a DWG by its content, whatever it is called
    assert "另存为" in open_plans(AUDITOR).offer(file, building=BUILDING)


def test_who_may_not_change_plans_is_offered_no_upload(open_plans: Callable[[str], PlanPage]) -> None:
    assert open_plans(VIEWER).shows("plan-upload") is False


def test_a_real_drawing_goes_from_upload_to_the_accepted_audit(open_plans: Callable[[str], PlanPage]) -> None:
    if not REAL_DATA.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the real files are not at {REAL_DATA}")
    found = sorted(REAL_DATA.glob("dxf/**/floorplan.dxf"))
    assert found, f"no floor plan is at {REAL_DATA}"
    page = open_plans(AUDITOR).upload(found[0], building=OTHER_BUILDING)
    assert page.asks_for_unit  # its header says millimetres; its labels say feet
    page.confirm_unit("ft").set_level(1).adopt()
    page.picture("real-reading")
    page.go_on().picture("real-check")
    page.go_on().place_by_points()
    page.add_point(0.2, 0.3).add_point(0.8, 0.7).drag_point("1", by=(4, 2)).keep_points()
    page.picture("real-placing")
    page.agree().go_on()  # the points are no place of this house
    assert "使用记录将失去房间" in page.losing  # it is another house
    page.picture("real-changes")
    assert "已入库" in page.import_rooms()
    page.go_on().begin_audit()
    page.picture("real-audit")
    page.decide_all_beyond("与登记楼座不符,仅供测试")
    assert page.conclude()

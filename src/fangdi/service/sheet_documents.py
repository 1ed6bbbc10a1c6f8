"""Sheets of agencies (面积核定表) and buildings (楼座表) laid out to be written to a file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.completeness import LIGHTS
from fangdi.domain.findings.board import FindingFilter
from fangdi.domain.labels import CATEGORIES, TENURES, TITLES
from fangdi.domain.norms.entitlement import Entitlement
from fangdi.domain.use.split import Split
from fangdi.domain.use.tree import UNKNOWN_TENURE
from fangdi.domain.vocabulary import RoomCategory
from fangdi.service import approved_areas, approved_documents, finding_documents, finding_views, use
from fangdi.service.building_sheet import BuildingSheet
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.use import RoomInUse, RoomsInUse, tenure_of
from fangdi.service.use_documents import area_columns, areas, split_facts

AGENCY = Definition("面积核定表", "Approved and used area of an agency")
BUILDING = Definition("楼座表", "Sheet of a building")
_HELD = Column("value", "内容", "Value")


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """The sheet of an agency, and what the agency is called."""

    name: str
    document: Document


def agency(connection: Connection, agency_id: int, question: Question, *, split: Split, today: date) -> AgencySheet:
    """Lay out what an agency may have and what it has, by category, building, floor and tenure, with its findings."""
    one = approved_areas.entitlement(connection, agency_id, question)
    written = approved_documents.calculation(connection, one, question)
    found = use.rooms(connection, question, split=split, agency_id=agency_id)
    document = Document(
        f"agency-sheet-{agency_id}",
        question,
        written.definition,
        (
            *written.tables,
            _by_building(found),
            _by_floor(found),
            _ranks(one),
            _findings(connection, agency_id, question, today=today),
        ),
        (*written.facts, *split_facts(found.used)),
        written.sample_notice,
    )
    return AgencySheet(one.name, document)


def building(connection: Connection, sheet: BuildingSheet) -> Document:
    """Lay out the sheet of a building."""
    tables = (_facts(sheet), _users(sheet), _floors(sheet), _idle(sheet), _gaps(sheet))
    return Document(
        f"building-sheet-{sheet.detail['id']}",
        sheet.question,
        sheet.definition,
        tables,
        split_facts(sheet.use.used),
        sample_notice(connection),
    )


def _findings(connection: Connection, agency_id: int, question: Question, *, today: date) -> Table:
    """Lay out the findings of an agency that are not settled, in the columns that fit beside the rest."""
    asked = finding_views.Question(today, question.as_of)
    wanted = FindingFilter(state="unsettled", agency_id=agency_id)
    full = finding_documents.findings(connection, asked, wanted).main
    shown = ("rule", "severity", "state", "object", "measure", "unit", "since", "deadline", "clauses")
    places = [place for place, column in enumerate(full.columns) if column.key in shown]
    rows = [[row[place] for place in places] for row in full.rows]
    return Table(
        "findings", Definition("未销号的合规问题", "Findings not settled"), tuple(full.columns[n] for n in places), rows
    )


def _ranks(one: Entitlement) -> Table:
    columns = (Column("rank", "职级", "Rank"), Column("posts", "编制", "Posts", "count"))
    rows = [(rank.name.zh, rank.posts) for rank in one.ranks]
    return Table("posts", Definition("编制", "Authorised posts"), columns, rows)


def _by_building(found: RoomsInUse) -> Table:
    columns = (
        Column("building", "楼座", "Building"),
        Column("tenure", "取得方式", "Tenure"),
        *area_columns(),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    by_building: defaultdict[int, list[RoomInUse]] = defaultdict(list)
    for room in found.rooms:
        by_building[room.row["building_id"]].append(room)
    rows: list[tuple[Cell, ...]] = [
        (
            rooms[0].row["building_name"],
            TENURES[tenure_of(found.tenures, number)].zh,
            *areas(_by_category(rooms)),
            len(rooms),
        )
        for number, rooms in by_building.items()
    ]
    together: tuple[Cell, ...] = ("合计", None, *areas(_by_category(found.rooms)), len(found.rooms))
    return Table("buildings", Definition("使用情况(按楼座)", "Use by building"), columns, [*rows, together])


def _by_floor(found: RoomsInUse) -> Table:
    columns = (
        Column("building", "楼座", "Building"),
        Column("floor", "楼层", "Floor"),
        *area_columns(),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    by_floor: defaultdict[int, list[RoomInUse]] = defaultdict(list)
    for room in found.rooms:
        by_floor[room.row["floor_id"]].append(room)
    rows = [
        (rooms[0].row["building_name"], rooms[0].row["floor_name"], *areas(_by_category(rooms)), len(rooms))
        for rooms in by_floor.values()
    ]
    return Table("floors", Definition("使用情况(按楼层)", "Use by floor"), columns, rows)


def _by_category(rooms: Sequence[RoomInUse]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for room in rooms:
        found[room.row["category"]] += room.hundredths or 0
    return found


def _facts(sheet: BuildingSheet) -> Table:
    detail, basis = sheet.detail, str(sheet.question.basis)
    title, tenure = detail["title"] or {}, detail["tenure"] or {}
    gross = detail["areas"][basis]
    floors, idle = sheet.floors, sheet.idle.total
    rooms, without = sum(floor.rooms for floor in floors), sum(floor.rooms_without_area for floor in floors)
    used = [room.hundredths for room in sheet.use.rooms]
    facts: list[tuple[str, Cell]] = [
        ("楼座 Building", detail["name"]),
        ("编号 Code", detail["code"]),
        ("坐落 Address", detail["address"]),
        ("地上/地下层数 Storeys above/below", f"{_known(detail['storeys_above'])} / {_known(detail['storeys_below'])}"),
        ("建成年份 Year", detail["built_year"]),
        ("安全等级 Safety grade", detail["safety_grade"]),
        ("建筑面积 Gross area (㎡)", None if gross is None else f"{gross:.2f}"),
        ("权属 Title", TITLES[title["state"]].zh if title else None),
        ("权利人 Holder", title.get("holder")),
        ("权证号 Certificate", title.get("certificate_no")),
        ("取得方式 Tenure", TENURES[tenure.get("kind", UNKNOWN_TENURE)].zh),
        ("出租(借)方 Landlord or lender", tenure.get("counterparty")),
        ("使用面积 Usable area (㎡)", _written(sum(floor.usable for floor in floors), rooms, without)),
        ("在用 In use (㎡)", _written(sum(floor.used for floor in floors), len(used), used.count(None))),
        ("闲置 Idle (㎡)", _written(sum(floor.idle for floor in floors), idle.rooms, idle.rooms_without_area)),
        ("没有该口径面积的房间 Rooms without such an area", f"{without} / {rooms}"),
        ("数据完整度 Completeness", LIGHTS[sheet.completeness.found.light].zh),
    ]
    columns = (Column("item", "项目", "Item"), _HELD)
    listed = [(name, "—" if value is None else str(value)) for name, value in facts]
    return Table("facts", Definition("基本情况", "Facts"), columns, listed)


def _known_area(hundredths: int, rooms: int, without: int) -> float | None:
    """Return an area of rooms in m²; None where there are rooms and none of them has one."""
    return None if rooms and without >= rooms else hundredths / 100


def _written(hundredths: int, rooms: int, without: int) -> str | None:
    area = _known_area(hundredths, rooms, without)
    return None if area is None else f"{area:.2f}"


def _known(number: int | None) -> str:
    return "—" if number is None else str(number)


def _users(sheet: BuildingSheet) -> Table:
    columns = (Column("agency", "使用单位", "User"), *area_columns(), Column("rooms", "房间数", "Rooms", "count"))
    rows: list[tuple[Cell, ...]] = [(line.name, *areas(line.by_category), line.rooms) for line in sheet.users]
    return Table("users", Definition("使用单位", "Users"), columns, rows)


def _floors(sheet: BuildingSheet) -> Table:
    columns = (
        Column("floor", "楼层", "Floor"),
        Column("gross_m2", "建筑面积", "Gross area", "area"),
        Column("usable_m2", "使用面积", "Usable area", "area"),
        Column("used_m2", "在用", "In use", "area"),
        Column("idle_m2", "闲置", "Idle", "area"),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    rows = [
        (
            floor.name,
            floor.gross_m2,
            _known_area(floor.usable, floor.rooms, floor.rooms_without_area),
            _known_area(floor.used, floor.rooms, floor.rooms_without_area),
            _known_area(floor.idle, floor.rooms, floor.rooms_without_area),
            floor.rooms,
        )
        for floor in sheet.floors
    ]
    return Table("floors", Definition("楼层", "Floors"), columns, rows)


def _idle(sheet: BuildingSheet) -> Table:
    columns = (
        Column("floor", "楼层", "Floor"),
        Column("number", "房号", "Number"),
        Column("category", "用房类别", "Category"),
        Column("area_m2", "使用面积", "Usable area", "area"),
        Column("since", "闲置起始日", "Idle since", "date"),
        Column("last", "原使用单位", "Last agency"),
    )
    rows = [
        (
            room.floor,
            room.number,
            CATEGORIES[RoomCategory(room.category)].zh,
            room.area_m2,
            room.idle_since,
            room.last_agency.name if room.last_agency else None,
        )
        for room in sheet.idle.page.items
    ]
    return Table("idle", Definition("闲置房间", "Idle rooms"), columns, rows)


def _gaps(sheet: BuildingSheet) -> Table:
    columns = (
        Column("check", "缺项", "Missing"),
        Column("missing", "缺", "Missing number", "count"),
        Column("of", "共", "Of", "count"),
        Column("light", "完整度", "Light"),
        Column("rooms", "房间", "Rooms"),
    )
    rows = []
    for gap in sheet.completeness.found.gaps:
        rooms = [
            row["number"] or row["name"] or str(row["id"])
            for row, lacks in sheet.completeness.rooms
            if gap.rule.check in lacks
        ]
        rows.append((gap.rule.name.zh, gap.missing, gap.of, LIGHTS[gap.light].zh, "、".join(rooms) or None))
    return Table("gaps", Definition("数据缺项", "What the data lack"), columns, rows)

"""The sheet of a building (楼座表) laid out to be written to a file."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition
from fangdi.domain.completeness import LIGHTS
from fangdi.domain.labels import CATEGORIES, TENURES, TITLES
from fangdi.domain.use.tree import UNKNOWN_TENURE
from fangdi.domain.vocabulary import RoomCategory
from fangdi.service.building_sheet import BuildingSheet
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.use_documents import area_columns, areas, split_facts

BUILDING = Definition("楼座表", "Sheet of a building")
_HELD = Column("value", "内容", "Value")


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

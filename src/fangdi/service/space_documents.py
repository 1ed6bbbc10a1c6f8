"""Offers of space (找房结果) laid out to be written to a file: one row an offer, and its rooms."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition
from fangdi.domain.labels import TENURES, TITLES
from fangdi.domain.spaces import Closest, Offer, SpaceQuestion
from fangdi.domain.vocabulary import TenureKind, TitleState
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.spaces import closest, find_space


def offers(connection: Connection, asked: SpaceQuestion) -> Document:
    """Lay out every offer."""
    report = find_space(connection, asked)
    facts: tuple[tuple[Definition, str], ...] = (
        (Definition("满足条件的楼层", "Floors with an offer"), str(len(report.offers))),
        (Definition("查看的闲置房间", "Idle rooms looked at"), str(report.idle_rooms)),
        (Definition("缺轮廓或面积、未参与", "Left out: no outline or area"), str(report.rooms_left_out)),
    )
    if not report.offers:
        facts += _closest(closest(connection, asked))
    tables = (_offers(report.offers), _rooms(report.offers))
    return Document("spaces", asked.question, report.definition, tables, facts, sample_notice(connection))


def _closest(found: Closest) -> tuple[tuple[Definition, str], ...]:
    """Say what there is at the most, where nothing is enough."""
    offer = found.offer
    if offer is None:
        return ()
    return (
        (Definition("最接近的一组", "Closest there is"), f"{offer.building.name} {offer.floor}"),
        (Definition("最接近的一组:房间数", "Closest there is: rooms"), str(len(offer.rooms))),
        (Definition("最接近的一组:使用面积(㎡)", "Closest there is: usable area (m²)"), f"{offer.area_m2:.2f}"),
    )


def _offers(found: tuple[Offer, ...]) -> Table:
    columns = (
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("floor", "楼层", "Floor"),
        Column("distance_m", "距离(米)", "Distance (m)", "metres"),
        Column("rooms", "房间数", "Rooms", "count"),
        Column("numbers", "房号", "Numbers"),
        Column("area_m2", "使用面积合计", "Usable area together", "area"),
        Column("whole_floor", "整层", "Whole floor"),
        Column("lift", "电梯", "Lift"),
        Column("built_year", "建成年份", "Built", "count"),
        Column("safety_grade", "安全等级", "Safety grade"),
        Column("tenure", "取得方式", "Tenure"),
        Column("title", "权属登记", "Title"),
    )
    return Table(
        "items",
        Definition("找房结果", "Offers of space"),
        columns,
        [_offer(one) for one in found],
        [one.location for one in found],
    )


def _offer(one: Offer) -> tuple[Cell, ...]:
    return (
        one.building.id,
        one.building.name,
        one.floor,
        one.distance_m,
        len(one.rooms),
        "、".join(room.number or room.name or str(room.id) for room in one.rooms),
        one.area_m2,
        "是" if one.whole_floor else "否",
        None if one.has_lift is None else "有" if one.has_lift else "无",
        one.built_year,
        one.safety_grade,
        TENURES[TenureKind(one.tenure)].zh if one.tenure else None,
        TITLES[TitleState(one.title)].zh if one.title else None,
    )


def _rooms(found: tuple[Offer, ...]) -> Table:
    columns = (
        Column("room_id", "房间编号", "Room id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("floor", "楼层", "Floor"),
        Column("number", "房号", "Number"),
        Column("name", "名称", "Name"),
        Column("area_m2", "使用面积", "Usable area", "area"),
    )
    rows = [
        (room.id, one.building.name, one.floor, room.number, room.name, room.area_m2)
        for one in found
        for room in one.rooms
    ]
    return Table("rooms", Definition("房间明细", "Rooms"), columns, rows)

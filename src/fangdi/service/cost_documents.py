"""The cost of use (成本租金) laid out to be written to a file: buildings or agencies, and the calculation of one."""

import math

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.costs.calculation import DEFINITION, BuildingCost, Standing
from fangdi.domain.costs.kinds import FACTS
from fangdi.domain.costs.use import UseCost
from fangdi.domain.costs.wording import ITEM_NAMES, NOTE_TEXTS, STANDING_NAMES, at_least, figure, formula
from fangdi.domain.labels import LEVELS
from fangdi.domain.norms.kinds import VERIFICATION_NAMES
from fangdi.domain.norms.model import Norm
from fangdi.domain.rounding import two_decimals
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.service.costs import AgencyCosts, BuildingCosts, CostOfAgency, CostOfBuilding
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table

_WITHOUT = Column("rooms_without_area", "缺面积房间数", "Rooms without area", "count")
_PER_USABLE = Column("per_usable_m2", "每㎡使用面积成本", "Cost of a m² usable", "yuan")
_LEVEL = Column("level_yuan_m2", "合理水平", "Reasonable level", "yuan")
_OVER = Column("over_yuan_m2", "每㎡高出", "Above, for each m²", "yuan")
_OVER_RATE = Column("over_rate", "高出比例", "Above", "percent")
_COMPARED = (
    _PER_USABLE,
    _LEVEL,
    _OVER,
    _OVER_RATE,
    Column("standing", "判断", "Standing"),
    Column("rates_complete", "费率齐全", "No rate missing"),
    Column("verification", "核实情况", "Certainty"),
)


def buildings(connection: Connection, report: BuildingCosts) -> Document:
    """Lay out every building with its cost and how far that is above the reasonable level."""
    columns = (
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("gross_m2", "建筑面积", "Floor area", "area"),
        Column("used_m2", "在用使用面积", "Usable area in use", "area"),
        Column("per_gross_m2", "每㎡建筑面积成本", "Cost of a m² gross", "yuan"),
        Column("yuan", "年使用成本", "Cost a year", "yuan"),
        *_COMPARED,
    )
    rows = [
        (
            one.building.id,
            one.building.name,
            one.cost.gross_m2,
            one.used_m2,
            one.cost.per_gross_m2,
            one.cost.yuan,
            *_compared(one.cost),
        )
        for one in report.items
    ]
    places = [one.location for one in report.items]
    table = Table("items", Definition("楼座使用成本", "Cost of buildings"), columns, rows, places)
    costs = [one.cost for one in report.items]
    known = [cost.yuan for cost in costs if cost.yuan is not None]
    said = at_least(
        math.fsum(known) if known else None,
        without_rate=sum(not cost.rates_complete and cost.gross_m2 is not None for cost in costs),
        without_floor_area=sum(cost.gross_m2 is None for cost in costs),
    )
    return _document(connection, "costs-buildings", report.question, table, costs, said)


def agencies(connection: Connection, report: AgencyCosts) -> Document:
    """Lay out every agency with the cost of its use."""
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("level", "级别", "Level"),
        Column("posts", "编制", "Posts", "count"),
        Column("area_m2", "使用面积", "Usable area", "area"),
        _WITHOUT,
        Column("yuan", "年使用成本", "Cost a year", "yuan"),
        *_COMPARED,
        Column("over_yuan", "年高出额", "Above, a year", "yuan"),
    )
    rows = [
        (
            one.agency.id,
            one.agency.name,
            LEVELS[AdministrativeLevel(one.agency.level)].zh,
            one.posts,
            one.area_m2,
            one.use.rooms_without_area,
            one.use.yuan,
            *_compared(one.use),
            one.use.over_yuan,
        )
        for one in report.items
    ]
    table = Table("items", Definition("单位使用成本", "Cost of agencies"), columns, rows)
    uses = [one.use for one in report.items]
    known = [use.yuan for use in uses if use.yuan is not None]
    said = at_least(
        math.fsum(known) if known else None,
        without_rate=sum(not use.rates_complete for use in uses),
        rooms=sum(use.rooms_without_area for use in uses),
    )
    return _document(connection, "costs-agencies", report.question, table, uses, said)


def building(connection: Connection, one: CostOfBuilding, question: Question) -> Document:
    """Lay out the calculation for one building."""
    columns = (
        Column("item", "项目", "Item"),
        Column("formula", "计算", "Formula"),
        Column("yuan_m2", "每㎡建筑面积", "For each m² gross", "yuan"),
        Column("note", "说明", "Note"),
        Column("source", "依据", "Source"),
        Column("verification", "核实情况", "Certainty"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            ITEM_NAMES[line.item].zh,
            formula(line).zh,
            line.yuan_m2,
            NOTE_TEXTS[line.note].zh if line.note else None,
            ";".join(f"{FACTS[rate.kind].name.zh}:{rate.source}" for rate in line.rates) or None,
            ";".join(VERIFICATION_NAMES[rate.verification].zh for rate in line.rates) or None,
        )
        for line in one.cost.lines
    ]
    steps = Table("items", Definition("使用成本计算", "Calculation of the cost"), columns, rows)
    facts = ((Definition("楼座", "Building"), one.building.name), *_sums(one.cost))
    name = f"cost-building-{one.building.id}"
    return Document(name, question, DEFINITION, (steps,), facts, sample_notice(connection))


def agency(connection: Connection, one: CostOfAgency, question: Question) -> Document:
    """Lay out what the use of one agency costs, building by building."""
    columns = (
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("area_m2", "使用面积", "Usable area", "area"),
        _WITHOUT,
        _PER_USABLE,
        Column("yuan", "年使用成本", "Cost a year", "yuan"),
        _LEVEL,
        _OVER,
    )
    rows = [
        (
            part.building_id,
            one.buildings[part.building_id].name,
            one.shown_m2[part.building_id],
            part.rooms_without_area,
            part.cost.per_usable_m2,
            yuan,
            part.cost.level_yuan_m2,
            part.cost.over_yuan_m2,
        )
        for part, yuan in zip(one.use.parts, one.shown_yuan, strict=True)
    ]
    table = Table("items", Definition("单位使用成本", "Cost of the agency"), columns, rows)
    without_rate = sum(not part.cost.rates_complete for part in one.use.parts)
    said = at_least(one.use.yuan, without_rate=without_rate, rooms=one.use.rooms_without_area)
    facts = (
        (Definition("单位", "Agency"), one.agency.name),
        (Definition("年使用成本(元)", "Cost a year (yuan)"), said),
        (Definition("判断", "Standing"), STANDING_NAMES[one.use.standing].zh),
    )
    name = f"cost-agency-{one.agency.id}"
    return Document(name, question, DEFINITION, (table,), facts, sample_notice(connection))


def _compared(cost: BuildingCost | UseCost) -> tuple[Cell, ...]:
    per = cost.per_usable_m2 if isinstance(cost, BuildingCost) else cost.per_m2
    level, excess = cost.level_yuan_m2, cost.over_yuan_m2
    rate = None if excess is None or not level else excess / level * 100
    return (
        per,
        level,
        excess,
        rate,
        STANDING_NAMES[cost.standing].zh,
        "是" if cost.rates_complete else "否",
        VERIFICATION_NAMES[cost.verification].zh,
    )


def _document(  # noqa: PLR0913, PLR0917 - what both lists have
    connection: Connection,
    name: str,
    question: Question,
    table: Table,
    costs: list[BuildingCost] | list[UseCost],
    said: str,
) -> Document:
    dear = sum(cost.standing is Standing.OVER for cost in costs)
    facts = (
        (Definition("年使用成本合计(元)", "Cost a year, together (yuan)"), said),
        (Definition("高于合理水平", "Above the reasonable level"), str(dear)),
    )
    return Document(name, question, DEFINITION, (table,), facts, sample_notice(connection))


def _sums(cost: BuildingCost) -> tuple[tuple[Definition, str], ...]:
    by = cost.efficiency_by
    rests = by.source.title if isinstance(by, Norm) else by.source if by else "—"
    k = "—" if cost.efficiency is None else f"{figure(cost.efficiency)}({rests})"
    return (
        (Definition("每㎡建筑面积成本(元/年)", "Cost of a m² gross (yuan a year)"), _money(cost.per_gross_m2)),
        (Definition("使用面积系数 K", "Usable part of the floor area, K"), k),
        (Definition("每㎡使用面积成本(元/年)", "Cost of a m² usable (yuan a year)"), _money(cost.per_usable_m2)),
        (Definition("合理水平(元/㎡使用面积·年)", "Reasonable level"), _money(cost.level_yuan_m2)),
        (Definition("判断", "Standing"), STANDING_NAMES[cost.standing].zh),
    )


def _money(yuan: float | None) -> str:
    return "—" if yuan is None else f"{two_decimals(yuan):,.2f}"

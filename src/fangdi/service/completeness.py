"""Completeness of the data of buildings (数据完整度), the worst first, with the rooms behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.completeness import DEFINITION, LIGHTS, RULES, Check, Completeness, Gap, judge, worst_first
from fangdi.errors import NotFoundError
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.scope import require
from fangdi.store import completeness as store
from fangdi.store.query import Record


@dataclass(frozen=True, slots=True)
class CompletenessReport:
    """Every building of a jurisdiction that exists on the date, the worst first."""

    question: Question
    buildings: Sequence[Completeness]
    definition: Definition = DEFINITION


@dataclass(frozen=True, slots=True)
class BuildingCompleteness:
    """One building with the rooms that lack something."""

    question: Question
    found: Completeness
    rooms: Sequence[tuple[Record, Sequence[Check]]]
    definition: Definition = DEFINITION


def report(connection: Connection, question: Question) -> CompletenessReport:
    """Answer how complete the data of every building are, the worst first."""
    require(connection, jurisdiction=question.jurisdiction)
    found = [judge(data) for data in store.buildings(connection, question)]
    return CompletenessReport(question, worst_first(found))


def of_building(connection: Connection, building_id: int, question: Question) -> BuildingCompleteness:
    """Answer how complete the data of one building are, and which rooms lack what."""
    require(connection, building_id=building_id)
    found = store.buildings(connection, question, building_id=building_id)
    if not found:
        raise NotFoundError("该楼座在基准日不存在。 The building does not exist on the date.", place={"field": "as_of"})
    return BuildingCompleteness(question, judge(found[0]), store.rooms(connection, question, building_id))


def document(connection: Connection, found: CompletenessReport) -> Document:
    """Lay out every building with its light and what is missing."""
    columns = (
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("jurisdiction", "行政区", "Jurisdiction"),
        Column("light", "完整度", "Completeness"),
        Column("gaps", "缺项", "What is missing"),
        *(Column(rule.check, rule.name.zh, rule.name.en, "count", internal=True) for rule in RULES),
    )
    rows = [_row(one) for one in found.buildings]
    places = [one.data.location for one in found.buildings]
    title = Definition("数据完整度", "Completeness of data")
    tables = (Table("items", title, columns, rows, places), rules_table())
    facts = ((Definition("楼座数", "Buildings"), str(len(rows))),)
    return Document("completeness", found.question, found.definition, tables, facts, sample_notice(connection))


def rules_table() -> Table:
    """Lay out the rule of the light."""
    columns = (
        Column("check", "检查项", "Check"),
        Column("meaning", "含义", "Meaning"),
        Column("amber_above", "黄灯:缺失比例超过", "Amber above", "percent"),
        Column("red_above", "红灯:缺失比例超过", "Red above", "percent"),
    )
    rows = [
        (
            rule.name.zh,
            rule.meaning.zh,
            rule.amber_above * 100,
            None if rule.red_above is None else rule.red_above * 100,
        )
        for rule in RULES
    ]
    return Table("rules", Definition("完整度规则", "Rule of completeness"), columns, rows)


def _said(gap: Gap) -> str:
    return f"{gap.rule.name.zh} {gap.missing}/{gap.of}" if gap.rule.of_rooms else gap.rule.name.zh


def _row(one: Completeness) -> tuple[Cell, ...]:
    missing = {gap.rule.check: gap.missing for gap in one.gaps}
    return (
        one.data.building.id,
        one.data.building.name,
        one.data.jurisdiction_code,
        LIGHTS[one.light].zh,
        "、".join(_said(gap) for gap in one.gaps) or None,
        *(missing.get(rule.check, 0) for rule in RULES),
    )

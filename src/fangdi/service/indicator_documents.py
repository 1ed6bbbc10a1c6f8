"""Indicators laid out to be written to a file: all of them with their definitions, or the rows behind one."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition, PageRequest, Question
from fangdi.domain.coverage import Reach
from fangdi.domain.indicators.adding import Value, amounts, ratio, unit_below
from fangdi.domain.indicators.catalogue import DERIVED
from fangdi.domain.indicators.labels import GROUPS, UNITS
from fangdi.domain.indicators.model import Indicator, IndicatorKey, RowKind, Unit
from fangdi.domain.indicators.picking import Pick
from fangdi.domain.rounding import two_decimals
from fangdi.service import indicators as service
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Kind, Table

_ALL = PageRequest(limit=10_000_000)
"""A page that holds everything."""
_THINGS = {
    RowKind.BUILDING: ("楼座", "Building"),
    RowKind.AGENCY: ("单位", "Agency"),
    RowKind.FINDING: ("问题", "Finding"),
}
_KINDS: dict[Unit, Kind] = {Unit.M2: "area", Unit.COUNT: "count", Unit.PERSONS: "count", Unit.SHARE: "percent"}


_WHOLE = frozenset({Unit.COUNT, Unit.PERSONS})


def indicators(connection: Connection, report: service.IndicatorsReport) -> Document:
    """Lay out all indicators: values with coverage, parts, and what they mean."""
    before = report.before.isoformat()
    values = Table(
        "items",
        Definition("指标", "Indicators"),
        (
            Column("group", "类别", "Group"),
            Column("name", "指标", "Indicator"),
            Column("value", "数值", "Value", "number"),
            Column("unit", "单位", "Unit"),
            Column("before", f"{before} 数值", f"Value on {before}", "number"),
            Column("change", "变化", "Change", "number"),
            Column("numerator", "分子", "Numerator", "number"),
            Column("denominator", "分母", "Denominator", "number"),
            Column("coverage", "数据覆盖率", "Coverage of the data", "percent"),
        ),
        [_values(one, comparable=report.comparable) for one in report.items],
    )
    meanings = Table(
        "definitions",
        Definition("指标定义", "Definitions"),
        (
            Column("name", "指标", "Indicator"),
            Column("meaning", "定义", "Definition"),
            Column("formula", "公式", "Formula"),
            Column("includes", "统计范围", "Includes"),
            Column("covers", "数据覆盖率的口径", "Coverage counts"),
            Column("meaning_en", "英文定义", "In English"),
        ),
        [
            (
                one.indicator.name.zh,
                one.indicator.meaning.zh,
                one.indicator.formula.zh,
                one.indicator.includes.zh,
                one.indicator.covers.zh,
                f"{one.indicator.name.en}: {one.indicator.meaning.en} {one.indicator.formula.en}",
            )
            for one in report.items
        ],
    )
    tables = (values, _parts(connection, report), meanings)
    notice = sample_notice(connection)
    return Document("indicators", report.question, DERIVED, tables, _not_compared(report), notice)


def _not_compared(report: service.IndicatorsReport) -> tuple[tuple[Definition, str], ...]:
    """Say why nothing is compared, where that is so."""
    if report.comparable:
        return ()
    since, day = report.recorded_from, report.before
    said = f"{day} 早于有日期的使用记录(始于 {since}) {day} lies before the first dated record of use, {since}"
    return ((Definition("不作对比的原因", "Not compared because"), said),)


def rows(connection: Connection, key: IndicatorKey, question: Question, reach: Reach, *, pick: Pick) -> Document:
    """Lay out all rows behind an indicator."""
    report = service.rows_behind(connection, key, question, reach, pick=pick, page=_ALL)
    one, labels = report.indicator, service.part_labels(connection, report.indicator)
    thing = _THINGS[one.rows]
    columns = (
        Column("id", f"{thing[0]}编号", f"{thing[1]} id", "count", internal=True),
        Column("name", *thing),
        Column("jurisdiction", "行政区", "Jurisdiction"),
        Column("part", "分类", "Part"),
        _amount("numerator", "计入", "Counted", one.counts),
        _amount("denominator", "基数", "Out of", unit_below(one)),
        _amount("value", one.name.zh, one.name.en, one.unit),
        Column("complete", "数据齐全", "Complete"),
    )
    found = [
        (
            row.id,
            row.name,
            row.jurisdiction,
            labels[row.part].zh if row.part in labels else row.part,
            *(_whole(amount) for amount in amounts(one, row)),
            _shown(one, ratio(one, row.numerator, row.denominator)),
            "是" if row.known == row.of else "否",
        )
        for row in report.page.items
    ]
    facts = (
        (one.name, _text(one, report.total)),
        (Definition("公式", "Formula"), f"{one.formula.zh} {one.formula.en}"),
        (Definition("统计范围", "Includes"), f"{one.includes.zh} {one.includes.en}"),
        (Definition("定义性质", "Certainty"), f"{DERIVED.zh} {DERIVED.en}"),
    )
    table = Table("items", one.name, columns, found)
    notice = sample_notice(connection)
    return Document(f"indicator-{key.replace('_', '-')}", question, one.meaning, (table,), facts, notice)


def _values(one: service.Measured, *, comparable: bool) -> tuple[Cell, ...]:
    indicator, now, before = one.indicator, one.now, one.before
    change = None if now.value is None or before.value is None or not comparable else now.value - before.value
    return (
        GROUPS[indicator.group].zh,
        indicator.name.zh,
        _shown(indicator, now.value),
        UNITS[indicator.unit].zh,
        _shown(indicator, before.value),
        _shown(indicator, change),
        _counted(now.numerator, indicator.counts) if now.value is not None or indicator.divided_by else None,
        _counted(now.denominator, unit_below(indicator)) if indicator.divided_by else None,
        None if now.coverage is None else now.coverage * 100,
    )


def _parts(connection: Connection, report: service.IndicatorsReport) -> Table:
    columns = (
        Column("name", "指标", "Indicator"),
        Column("part", "分类", "Part"),
        Column("numerator", "计入", "Counted", "number"),
        Column("denominator", "基数", "Out of", "number"),
    )
    found: list[tuple[Cell, ...]] = []
    for one in report.items:
        labels = service.part_labels(connection, one.indicator)
        found += [
            (
                one.indicator.name.zh,
                labels[part.key].zh if part.key in labels else part.key,
                _counted(part.numerator, one.indicator.counts),
                _counted(part.denominator, unit_below(one.indicator)),
            )
            for part in one.now.parts
        ]
    return Table("parts", Definition("构成", "Composition"), columns, found)


def _amount(key: str, zh: str, en: str, unit: Unit) -> Column:
    """Return a column of amounts; where its kind says no unit, the heading does."""
    if unit in _KINDS:
        return Column(key, zh, en, _KINDS[unit])
    return Column(key, f"{zh}({UNITS[unit].zh})", f"{en} ({UNITS[unit].en})", "number")


def _counted(amount: float, unit: Unit) -> Cell:
    """Return an amount as it is written: what is counted is whole."""
    return int(amount) if unit in _WHOLE else amount


def _whole(amount: float) -> Cell:
    return int(amount) if amount.is_integer() else amount


def _shown(indicator: Indicator, value: float | None) -> int | float | None:
    """Return a value as it is written: shares as percent, whole numbers as such."""
    if value is None:
        return None
    return value * 100 if indicator.unit is Unit.SHARE else int(value) if indicator.unit in _WHOLE else value


def _text(indicator: Indicator, value: Value) -> str:
    shown = _shown(indicator, value.value)
    return "—" if shown is None else f"{two_decimals(shown):,.2f} {UNITS[indicator.unit].zh}"

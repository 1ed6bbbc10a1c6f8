"""Findings of compliance laid out to be written to a file."""

from datetime import date

from sqlalchemy import Connection

from fangdi.domain import common
from fangdi.domain.common import Definition, PageRequest
from fangdi.domain.findings.board import DEFINITION, FindingFilter, FindingItem
from fangdi.domain.findings.life import STATES
from fangdi.domain.findings.model import WITH_CLASSIFIED
from fangdi.domain.findings.rules import FACTS, OBJECT_KINDS, SEVERITIES, ObjectKind, Rule, Severity, Unit
from fangdi.domain.findings.wording import FIGURES, FigureKind, in_words
from fangdi.domain.norms.kinds import VERIFICATION_NAMES
from fangdi.domain.norms.wording import PARTS
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import finding_views as views
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.store import findings as store

_ALL = PageRequest(limit=10_000_000)
_UNITS = {Unit.M2: "㎡", Unit.ROOMS: "间", Unit.DAYS: "天", None: None}
_COLUMNS = (
    Column("finding_id", "问题编号", "Finding id", "count", internal=True),
    Column("rule", "问题", "Finding"),
    Column("severity", "程度", "Severity"),
    Column("state", "处置状态", "State"),
    Column("overdue", "逾期", "Overdue"),
    Column("object_kind", "对象类别", "Kind of object"),
    Column("object", "对象", "Object"),
    Column("agency", "单位", "Agency"),
    Column("building", "楼座", "Building"),
    Column("measure", "数量", "Measure", "number"),
    Column("unit", "单位(量)", "Unit"),
    Column("since", "发现日", "Found", "date"),
    Column("began", "违规起始日", "Breach began", "date"),
    Column("episode", "第几轮", "Episode", "count"),
    Column("deadline", "整改期限", "Deadline", "date"),
    Column("figures", "依据数据", "Evidence"),
    Column("clauses", "依据条款", "Clauses"),
    Column("certainty", "核实情况", "Certainty"),
)


def findings(connection: Connection, question: views.Question, wanted: FindingFilter) -> Document:
    """Lay out all findings that were asked for, and how many there are by rule and state."""
    page = views.page_of(connection, question, wanted, page=_ALL)
    words = views.word_lists(connection)
    clauses = _clauses(connection, question.day)
    rows = [_row(item, words, clauses) for item in page.items]
    table = Table("items", Definition("合规问题", "Findings"), _COLUMNS, rows)
    run = store.latest_run(connection)
    facts = (
        (Definition("问题数", "Findings"), str(len(rows))),
        (Definition("计算到", "Computed as of"), f"{run.as_of or '—'}"),
        (Definition("数据其后有变化", "Data changed since"), "是 yes" if run.stale else "否 no"),
    )
    asked = common.Question(question.day, run.basis or AreaBasis.MEASURED, question.jurisdiction)
    return Document(
        "findings", asked, DEFINITION, (table, _counts(connection, question)), facts, sample_notice(connection)
    )


def _row(item: FindingItem, words: dict[str, Definition], clauses: dict[Rule, str]) -> tuple[Cell, ...]:
    return (
        item.id,
        FACTS[item.rule].name.zh,
        SEVERITIES[item.severity].zh,
        STATES[item.state].zh,
        "是" if item.overdue else None,
        OBJECT_KINDS[item.object_kind].zh,
        _object(item),
        item.agency,
        item.building,
        _measure(item),
        _UNITS[FACTS[item.rule].unit] if item.measure is not None else None,
        item.since,
        item.began,
        item.episode,
        item.deadline,
        _figures(item, words),
        clauses.get(item.rule),
        VERIFICATION_NAMES[item.certainty].zh,
    )


def _measure(item: FindingItem) -> Cell:
    """Return how far the rule is broken: rooms and days are whole."""
    if item.measure is None or FACTS[item.rule].unit is Unit.M2:
        return item.measure
    return int(item.measure)


def _object(item: FindingItem) -> str | None:
    """Name what it is about: of an agency with the part of its area, of rooms and persons with the building."""
    named = {
        ObjectKind.AGENCY: (item.agency, _part(item), "含涉密用房" if item.subject.endswith(WITH_CLASSIFIED) else None),
        ObjectKind.BUILDING: (item.building,),
        ObjectKind.PARCEL: (item.parcel,),
        ObjectKind.ROOM: (item.building, item.room),
        ObjectKind.PERSON: (item.building, item.room, item.person_key, item.rank),
    }[item.object_kind]
    return " · ".join(one for one in named if one) or None


def _part(item: FindingItem) -> str | None:
    part = item.subject.removesuffix(WITH_CLASSIFIED)
    return PARTS[part].zh if item.rule is Rule.OVER_AREA and part in PARTS else None


def _figures(item: FindingItem, words: dict[str, Definition]) -> str:
    shown = []
    for name, (label, kind) in FIGURES.items():
        value = item.figures.get(name)
        if value is None:
            continue
        said = in_words(name, value, words)
        shown.append(f"{label.zh} {said.zh if said else _written(value, kind)}")
    return ";".join(shown)


def _written(value: object, kind: FigureKind) -> str:
    if kind is FigureKind.YES_NO:
        return "是" if value else "否"
    if kind is FigureKind.RATE and isinstance(value, int | float):
        return f"{value * 100:.1f}%"
    if kind is FigureKind.AREA and isinstance(value, int | float):
        return f"{value:,.2f} ㎡"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _clauses(connection: Connection, day: date) -> dict[Rule, str]:
    found: dict[Rule, list[str]] = {}
    for row in views.clauses(connection, as_of=day):
        if row["jurisdiction_code"] is None:
            sure = VERIFICATION_NAMES[store.clause_of(row).verification].zh
            found.setdefault(Rule(row["rule"]), []).append(f"{row['title']} {row['article']}({sure})")
    return {rule: ";".join(said) for rule, said in found.items()}


def _counts(connection: Connection, question: views.Question) -> Table:
    columns = (
        Column("rule", "问题", "Finding"),
        Column("severity", "程度", "Severity"),
        *(Column(state, name.zh, name.en, "count") for state, name in STATES.items()),
        Column("overdue", "其中逾期", "of which overdue", "count"),
    )
    found = views.counts(connection, question)
    rows: list[tuple[Cell, ...]] = []
    for rule, facts in FACTS.items():
        for severity in Severity:
            of_rule = [one for one in found if one.rule is rule and one.severity is severity]
            if of_rule:
                by_state = [sum(one.findings for one in of_rule if one.state is state) for state in STATES]
                overdue = sum(one.overdue for one in of_rule)
                rows.append((facts.name.zh, SEVERITIES[severity].zh, *by_state, overdue))
    return Table("counts", Definition("按问题和状态", "By rule and state"), columns, rows)

"""Approved areas (核定面积) laid out to be written to a file: all agencies, or the calculation of one (面积核定表)."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.labels import LEVELS
from fangdi.domain.norms.approved import GROSS
from fangdi.domain.norms.entitlement import DEFINITION, Entitlement, Part, line_areas
from fangdi.domain.norms.kinds import VERIFICATION_NAMES, Verification
from fangdi.domain.norms.wording import NOT_KEPT, PARTS, STEP_NAMES, formula
from fangdi.service.approved_areas import EntitlementsReport
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table

NOT_VISIBLE = "不在您的查看范围内 not visible to you"


def entitlements(connection: Connection, report: EntitlementsReport) -> Document:
    """Lay out every agency: posts, what is approved, what is used, and by how much it is over."""
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("level", "级别", "Level"),
        Column("posts", "编制", "Posts", "count"),
        Column("present", "实有人数", "Staff present", "count"),
        *(column for part in Part for column in _columns(part)),
        Column("over_rate", "超标率", "Over", "percent"),
        Column("by_hand", "核定依据", "Rests on"),
        Column("verification", "指标核实情况", "Certainty of figures"),
        Column("gaps", "使用面积缺项", "Missing of used area"),
    )
    rows = [_agency(one) for one in report.agencies]
    table = Table("items", Definition("核定与实际使用面积", "Approved and used area"), columns, rows)
    facts = ((Definition("单位数", "Agencies"), str(len(rows))),)
    notice = sample_notice(connection)
    return Document("approved-areas", report.question, report.definition, (table,), facts, notice)


def calculation(connection: Connection, one: Entitlement, question: Question) -> Document:
    """Lay out one agency: every step with its formula and norm, and the approval by hand if one holds."""
    columns = (
        Column("step", "项目", "Step"),
        Column("rank", "职级", "Rank"),
        Column("formula", "计算", "Formula"),
        Column("area_m2", "面积", "Area", "square_metres"),
        Column("measure", "口径", "Measure"),
        Column("norm", "依据", "Norm"),
        Column("verification", "核实情况", "Certainty"),
    )
    names = {rank.rank: rank.name.zh for rank in one.ranks}
    rows: list[tuple[Cell, ...]] = [
        (
            STEP_NAMES[line.step].zh,
            names.get(line.rank or ""),
            formula(line).zh,
            area,
            "建筑面积" if line.step in GROSS else "使用面积",
            ";".join(f"{norm.source.title} {norm.source.article}" for norm in line.norms) or None,
            ";".join(VERIFICATION_NAMES[norm.source.verification].zh for norm in line.norms) or None,
        )
        for line, area in zip(one.computed.lines, line_areas(one.computed.lines), strict=True)
    ]
    steps = Table("items", Definition("面积核定表", "Approved area"), columns, rows)
    return Document(
        f"approved-area-{one.id}", question, DEFINITION, (steps, _compared(one)), _facts(one), sample_notice(connection)
    )


def _columns(part: Part) -> tuple[Column, ...]:
    name = PARTS[part]
    return (
        Column(f"approved_{part}_m2", f"核定·{name.zh}", f"Approved, {name.en}", "square_metres"),
        Column(f"used_{part}_m2", f"实际·{name.zh}", f"Used, {name.en}", "area"),
        Column(f"over_{part}_m2", f"超标·{name.zh}", f"Over, {name.en}", "square_metres"),
    )


def _agency(one: Entitlement) -> tuple[Cell, ...]:
    rate = next(part.over_rate for part in one.shown if part.part is Part.BASIC)
    return (
        one.id,
        one.name,
        LEVELS[one.level].zh,
        one.posts if one.sees_posts else None,
        one.present,
        *(area for part in one.shown for area in (part.approved_m2, part.used_m2, part.over_m2)),
        None if rate is None else rate * 100,
        f"批复 {one.approval.document_no}" if one.approval else "按标准计算",
        VERIFICATION_NAMES[Verification.OFFICIAL if one.approval else one.computed.verification].zh,
        _gaps(one),
    )


def _gaps(one: Entitlement) -> str | None:
    """Say what the used area does not count: it is at least so much then."""
    without = f"{one.rooms_without_area} 间无面积" if one.rooms_without_area else None
    hidden = "另有用房不在查看范围内" if one.use_hidden else None
    return ";".join(said for said in (without, hidden) if said) or None


def _compared(one: Entitlement) -> Table:
    columns = (
        Column("part", "用房", "Part"),
        Column("approved_m2", "核定面积", "Approved", "square_metres"),
        Column("used_m2", "实际使用面积", "Used", "area"),
        Column("over_m2", "超标面积", "Over", "square_metres"),
        Column("over_rate", "超标率", "Over", "percent"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            PARTS[found.part].zh,
            found.approved_m2,
            found.used_m2,
            found.over_m2,
            None if found.over_rate is None else found.over_rate * 100,
        )
        for found in one.shown
    ]
    return Table("compared", Definition("核定与实际", "Approved and used"), columns, rows)


def _facts(one: Entitlement) -> tuple[tuple[Definition, str], ...]:
    present = "未报" if one.present is None else str(one.present)
    facts = [
        (Definition("单位", "Agency"), one.name),
        (Definition("编制", "Authorised posts"), str(one.posts) if one.sees_posts else NOT_VISIBLE),
        (Definition("实有人数", "Staff present"), present if one.sees_posts else NOT_VISIBLE),
        (Definition("未计入", "Not counted"), NOT_KEPT.zh),
    ]
    gaps = _gaps(one)
    if gaps:
        facts.append((Definition("使用面积缺项", "Missing of used area"), gaps))
    if one.approval:
        approval = one.approval
        said = f"{approval.document_no} {approval.issued_on} {approval.total_m2:.2f} ㎡,替代上述计算"
        facts.append((Definition("核定批复", "Approved by hand"), said))
    return tuple(facts)

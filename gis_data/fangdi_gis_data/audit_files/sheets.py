"""An area audit as a book: rooms, floors, building and agencies, each with every figure and verdict."""

from collections.abc import Sequence

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.report import DECISIONS, FIGURES, MEASURES, PARTLY, SUBJECTS, AuditReport, ReportLine
from fangdi.service.report_tables import Cell, Column, Table
from fangdi.service.sheets import book
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.audit_files.head import facts, moment

_COMPARED = tuple(name for name in FIGURES if name != "measured")
_SHEETS = (
    ("rooms", Labels("房间", "Rooms"), ("room",)),
    ("floors", Labels("楼层和楼座", "Floors and building"), ("floor", "building")),
    ("agencies", Labels("机关", "Agencies"), ("agency",)),
)
_PARTLY = ("合计 Sums", f"{PARTLY.zh} {PARTLY.en}")


def to_xlsx(report: AuditReport, *, look: Look) -> bytes:
    """Write the audit as a book of sheets; areas in m² with two decimals."""
    sheets = []
    for key, title, subjects in _SHEETS:
        columns = _columns(sums=key != "rooms")
        table = Table(key, title, columns, [_row(line, look, sums=key != "rooms") for line in report.of(*subjects)])
        sheets.append((table, [f"{column.zh} {column.en}" for column in columns]))
    return book(sheets, about=[*facts(report, look=look), _PARTLY])


def _columns(*, sums: bool) -> tuple[Column, ...]:
    figures = [Column(f"{name}_m2", f"{label.zh}(㎡)", f"{label.en} (m²)", "area") for name, label in FIGURES.items()]
    compared = [column for name in _COMPARED for column in _compared_columns(name, sums=sums)]
    return (
        Column("subject", "对象", "Subject"),
        Column("label", "名称", "Name"),
        Column("level", "楼层", "Level"),
        Column("measure", "面积类别", "Area"),
        *([Column("rooms", "间数", "Rooms", "count")] if sums else []),
        *figures,
        *compared,
        Column("verdict", "总结论", "Overall verdict"),
        Column("decision", "核查意见", "Decision"),
        Column("remark", "备注", "Remark"),
        Column("decided_by", "核查人", "Decided by"),
        Column("decided_at", "核查时间", "Decided at"),
    )


def _compared_columns(name: str, *, sums: bool) -> tuple[Column, ...]:
    """Return the columns of one comparison; of sums also over how many rooms it was made, and what those add up to."""
    zh, en = FIGURES[name].zh, FIGURES[name].en
    over = (
        Column(f"{name}_rooms", f"有{zh}和实测的间数", f"Rooms with {en.lower()} and measured", "count"),
        Column(f"{name}_compared_m2", f"这些房间的{zh}(㎡)", f"{en}, of these rooms (m²)", "area"),
        Column(f"{name}_compared_measured_m2", f"有{zh}的房间实测(㎡)", f"Measured, where {en.lower()} (m²)", "area"),
    )
    return (
        *(over if sums else ()),
        Column(f"{name}_difference_m2", f"实测减{zh}(㎡)", f"Measured less {en.lower()} (m²)", "area"),
        Column(f"{name}_tolerance_m2", f"{zh}限差(㎡)", f"Tolerance of {en.lower()} (m²)", "area"),
        Column(f"{name}_verdict", f"{zh}结论", f"Verdict on {en.lower()}"),
    )


def _row(line: ReportLine, look: Look, *, sums: bool) -> Sequence[Cell]:
    made = {comparison.against: comparison for comparison in line.comparisons}
    cells: list[Cell] = [
        SUBJECTS[line.subject].zh,
        line.label,
        None if line.level is None else int(line.level) if line.level == int(line.level) else line.level,
        MEASURES[line.measure].zh,
        *([line.rooms] if sums else []),
        *(line.figures.get(name) for name in FIGURES),
    ]
    for name in _COMPARED:
        comparison = made.get(name)
        over = comparison.compared if comparison else None
        if sums:
            cells += [over.rooms, over.figure_m2, over.measured_m2] if over else [None] * 3
        cells += [
            comparison.difference_m2 if comparison else None,
            comparison.tolerance_m2 if comparison else None,
            look.names[comparison.verdict].zh if comparison else None,
        ]
    at = moment(line.decided_at) if line.decided_at else None
    return [*cells, look.names[line.verdict].zh, DECISIONS[line.decision].zh, line.remark, line.decided_by, at]

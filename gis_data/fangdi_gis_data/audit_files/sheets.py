"""An area audit as a book: rooms, floors, building and agencies, each with every figure and verdict."""

from collections.abc import Sequence

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.report import DECISIONS, FIGURES, MEASURES, SUBJECTS, AuditReport, ReportLine
from fangdi.service.report_tables import Cell, Column, Table
from fangdi.service.sheets import book
from fangdi_gis_data.audit_files import Look
from fangdi_gis_data.audit_files.head import facts

_COMPARED = tuple(name for name in FIGURES if name != "measured")
_SHEETS = (
    ("rooms", Labels("房间", "Rooms"), ("room",)),
    ("floors", Labels("楼层和楼座", "Floors and building"), ("floor", "building")),
    ("agencies", Labels("单位", "Agencies"), ("agency",)),
)


def to_xlsx(report: AuditReport, *, look: Look) -> bytes:
    """Write the audit as a book of sheets; areas in m² with two decimals."""
    columns = _columns()
    headings = [f"{column.zh} {column.en}" for column in columns]
    tables = [
        Table(key, title, columns, [_row(line, look) for line in report.of(*subjects)])
        for key, title, subjects in _SHEETS
    ]
    return book([(table, headings) for table in tables], about=facts(report, look=look))


def _columns() -> tuple[Column, ...]:
    figures = [Column(f"{name}_m2", f"{label.zh}(㎡)", f"{label.en} (m²)", "area") for name, label in FIGURES.items()]
    compared = [
        column
        for name in _COMPARED
        for column in (
            Column(f"{name}_difference_m2", f"实测减{FIGURES[name].zh}(㎡)", "Measured less it (m²)", "area"),
            Column(f"{name}_tolerance_m2", "限差(㎡)", "Tolerance (m²)", "area"),
            Column(f"{name}_verdict", "结论", "Verdict"),
        )
    ]
    return (
        Column("subject", "对象", "Subject"),
        Column("label", "名称", "Name"),
        Column("level", "楼层", "Level"),
        Column("measure", "面积类别", "Area"),
        *figures,
        *compared,
        Column("verdict", "总结论", "Overall verdict"),
        Column("decision", "处理", "Decision"),
        Column("remark", "备注", "Remark"),
    )


def _row(line: ReportLine, look: Look) -> Sequence[Cell]:
    made = {comparison.against: comparison for comparison in line.comparisons}
    cells: list[Cell] = [
        SUBJECTS[line.subject].zh,
        line.label,
        None if line.level is None else f"{line.level:g}",
        MEASURES[line.measure].zh,
        *(line.figures.get(name) for name in FIGURES),
    ]
    for name in _COMPARED:
        comparison = made.get(name)
        cells += [
            comparison.difference_m2 if comparison else None,
            comparison.tolerance_m2 if comparison else None,
            look.names[comparison.verdict].zh if comparison else None,
        ]
    return [*cells, look.names[line.verdict].zh, DECISIONS[line.decision].zh, line.remark]

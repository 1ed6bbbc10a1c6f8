"""Plans and audits as tables on the screen, in both languages."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from fangdi.domain.plans.model import Plan
from fangdi.domain.plans.report import DRAWN_ONLY
from fangdi.service import plan_checks, plan_views

_WIDTH = 160
"""Characters a line where there is no screen to ask."""
_COLOURS = {"error": "red", "warning": "yellow", "note": "cyan", "beyond": "red", "within": "green"}


def unit(plan: Plan) -> str:
    """Return the unit as people say it: where coordinates are degrees, the frame they were brought to is in metres."""
    return "m" if plan.units.name.startswith(("+", "EPSG", "PROJ", "GEO")) else plan.units.name


def console() -> Console:
    """Return where to write: as wide as the screen, or as lines of a fixed width where there is none."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=_WIDTH)


def _grid(title: str, *columns: str, numbers: Iterable[int] = ()) -> Table:
    grid = Table(title=title, title_justify="left")
    right = set(numbers)
    for place, column in enumerate(columns):
        grid.add_column(column, justify="right" if place in right else "left", overflow="fold")
    return grid


def _add(grid: Table, *values: Any, style: str | None = None) -> None:
    """Add a row of text, in which square brackets are no markup."""
    grid.add_row(*(Text(_said(value)) for value in values), style=style)


def _said(value: Any) -> str:
    if value is None:
        return "—"
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def layers(plan: Plan, *, most: int) -> Table:
    """Return the layers of a drawing, those that mean something first."""
    grid = _grid(
        "图层 Layers", "图层\nLayer", "含义\nRoles", "图元\nEntities", "闭合\nClosed", "文字\nTexts", numbers=(2, 3, 4)
    )
    meant = plan.meant.roles if plan.meant else {}
    for layer in sorted(plan.layers, key=lambda one: (not meant.get(one.name), -one.entities))[:most]:
        roles = ", ".join(sorted(meant.get(layer.name, ())))
        _add(grid, layer.name, roles, layer.entities, layer.closed_outlines, layer.texts)
    return grid


def floors(plan: Plan) -> Table:
    """Return the floors with their areas."""
    grid = _grid(
        "楼层 Floors",
        "键\nKey",
        "名称\nName",
        "楼层\nLevel",
        "房间\nRooms",
        "房间面积 ㎡\nRooms m²",
        "建筑面积 ㎡\nGross m²",
        "K",
        numbers=(2, 3, 4, 5, 6),
    )
    figures = plan_checks.figures(plan, circulation=())
    for floor in plan.floors:
        own = figures.floors[floor.key]
        level = None if floor.level is None else f"{floor.level:g}"
        _add(grid, floor.key, floor.name, level, len(floor.rooms), own.usable_m2, own.gross_m2, own.k)
    return grid


def rooms(plan: Plan, *, most: int) -> Table:
    """Return the first rooms."""
    grid = _grid(
        f"房间 Rooms ({min(most, len(plan.rooms))}/{len(plan.rooms)})",
        "楼层\nFloor",
        "房间号\nNumber",
        "名称\nName",
        "面积 ㎡\nArea m²",
        "图注 ㎡\nStated m²",
        "来源\nFound by",
        numbers=(3, 4),
    )
    placed = [(floor, room) for floor in plan.floors for room in floor.rooms]
    for floor, room in placed[:most]:
        stated = room.stated[0].area_m2 if room.stated else None
        _add(grid, floor.name, room.number, room.name, room.outline.area_m2, stated, room.found_by)
    return grid


def findings(findings: list[Any], *, most: int) -> Table:
    """Return the first findings, the gravest first."""
    order = {"error": 0, "warning": 1, "note": 2}
    grid = _grid(
        f"核查发现 Findings ({min(most, len(findings))}/{len(findings)})",
        "程度\nSeverity",
        "说明\nWhat",
        "处理\nWhat to do",
    )
    for found in sorted(findings, key=lambda one: order[one.severity])[:most]:
        shown = plan_views.finding(found)
        text, advice = shown["text"], shown["advice"]
        _add(grid, found.severity, f"{text.zh}\n{text.en}", f"{advice.zh}\n{advice.en}", style=_COLOURS[found.severity])
    return grid


def changes(found: Mapping[str, Any]) -> Table:
    """Return what import would change."""
    names = {
        "kept": "不变 kept",
        "changed": "变更 changed",
        "added": "新增 added",
        "removed": "取消 removed",
        "split": "拆分 split",
        "merged": "合并 merged",
    }
    grid = _grid(
        "入库变更 Changes by import", "变更\nChange", "原房间\nBefore", "新房间\nAfter", "失去用房\nLose their room"
    )
    for item in found["items"]:
        if item["kind"] != "kept":
            before = "、".join(room["number"] or str(room["id"]) for room in item["before"])
            after = "、".join(f"{room['number'] or room['key']} ({room['area_m2']:.2f})" for room in item["after"])
            _add(grid, names[item["kind"]], before, after, "、".join(use["agency"] for use in item["loses"]))
    counts = ", ".join(f"{names[kind]} {count}" for kind, count in found["counts"].items() if count)
    grid.caption = counts or None
    return grid


def audit_lines(lines: Iterable[Mapping[str, Any]], *, most: int) -> Table:
    """Return the first lines of an audit; a sum of which only a part was compared says over how many rooms."""
    listed = list(lines)
    grid = _grid(
        f"面积核查 Area audit, ㎡ ({min(most, len(listed))}/{len(listed)})",
        "对象\nSubject",
        "名称\nName",
        "登记\nRegistered",
        "规划\nPlanning",
        "申报\nDeclared",
        "图注\nStated",
        "实测\nMeasured",
        "结论\nVerdict",
        numbers=(2, 3, 4, 5, 6),
    )
    for line in listed[:most]:
        figures = [_figure(line, source) for source in ("registered", "planning", "declared", "stated", "measured")]
        subject = f"{line['subject']} {line['measure']}"
        partly = f"\n({DRAWN_ONLY.zh} {DRAWN_ONLY.en})" if line["drawn_only"] and line["subject"] == "agency" else ""
        _add(grid, subject, line["label"] + partly, *figures, line["verdict"], style=_COLOURS.get(line["verdict"]))
    return grid


def _figure(line: Mapping[str, Any], source: str) -> Any:
    """Return an area; of a sum compared in part, below it the rooms with both, and what figure and plan have there."""
    area = line[f"{source}_m2"]
    made: Mapping[str, Any] = next((one for one in line["comparisons"] if one["against"] == source), {})
    over = made.get("compared")
    if not over or not 0 < over["rooms"] < over["of_rooms"]:
        return area
    rooms = f"{over['rooms']}/{over['of_rooms']} 间 rooms"
    return f"{_said(area)}\n{rooms}\n{over['figure_m2']:,.2f} : {over['measured_m2']:,.2f}"

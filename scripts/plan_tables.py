"""Write the tables of docs/plan-files.md: building models, and drawings of walls alone with the rooms between them.

python scripts/plan_tables.py FILE.ifc … [FILE.dxf[=unit] …]
"""

import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from fangdi.domain.plans.finding_texts import TEXTS, say
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.label_share import label_share
from fangdi.domain.plans.model import Plan, PlanFormat, Reading, StatedBasis
from fangdi_gis_data.plans.reader import read_plan

TARGET = Path(__file__).parent.parent / "docs" / "plan-files.md"
BEGIN, END = "<!-- models: made by scripts/plan_tables.py; do not edit -->", "<!-- end of the models -->"
WALLS, WALLS_END = "<!-- walls: made by scripts/plan_tables.py; do not edit -->", "<!-- end of the walls -->"
BASES = {
    StatedBasis.NET: "净面积 inner wall faces",
    StatedBasis.GROSS: "毛面积 gross",
    StatedBasis.WALL_CENTRE: "墙中线 wall centres",
    StatedBasis.UNKNOWN: "另有规则 another rule",
}


def main(files: Sequence[str]) -> None:
    """Read the models and drawings and write the page."""
    plans = [_read(file) for file in files]
    models = [(name, plan) for name, plan in plans if plan.format is PlanFormat.IFC]
    drawings = [(name, plan) for name, plan in plans if plan.format is PlanFormat.DXF]
    page = TARGET.read_text(encoding="utf-8")
    if models:
        parts = ["\n".join(_overview(models)), *("\n".join(_spaces(name, plan)) for name, plan in models)]
        page = _with(page, parts, BEGIN, END)
    if drawings:
        page = _with(page, ["\n".join(_between_walls(name, plan)) for name, plan in drawings], WALLS, WALLS_END)
    TARGET.write_text(page, encoding="utf-8")


def _read(given: str) -> tuple[str, Plan]:
    """Read a file; what follows `=` is the unit that a person confirmed."""
    file, _, unit = given.partition("=")
    return Path(file).name, read_plan(Path(file), Reading(unit=unit or None))


def _with(page: str, parts: Sequence[str], begin: str, end: str) -> str:
    before, _, rest = page.partition(begin)
    _, _, after = rest.partition(end)
    tables = "\n\n".join(parts)
    return f"{before}{begin}\n{tables}\n{end}{after}"


def _between_walls(name: str, plan: Plan) -> Iterator[str]:
    """Give the rooms found in a drawing with their labels, and how many labels got exactly one room."""
    share = label_share(plan)
    yield f"### {name}\n"
    yield (
        f"{len(plan.rooms)} 间 rooms; {share.labels} 个标注 labels, "
        f"{share.in_one_room} 个恰在一个房间内 in exactly one room, "
        f"{share.alone_in_it} 个独占一间 alone in it ({share.alone_in_it / max(share.labels, 1):.0%}). "
        f"单位 unit: {plan.units.name}.\n"
    )
    yield "| 楼层 floor | 房间 room | 边界 found by | 量得 found m² |"
    yield "|---|---|---|--:|"
    for floor in plan.floors:
        for room in floor.rooms:
            title = " ".join(part for part in (room.number, room.name) if part) or "(无标注 no label)"
            yield f"| {floor.name} | {title} | {room.found_by} | {room.outline.area_m2:.2f} |"
    yield ""
    for finding in plan.findings:
        sentence = say(finding)
        yield f"- {TEXTS[finding.code].name.zh} `{finding.code}`: {sentence.zh} {sentence.en}"


def _overview(plans: Sequence[tuple[str, Plan]]) -> Iterator[str]:
    """Give one line for each model and each property in which it states areas."""
    yield "| 模型 model | 空间 spaces | 来源 source | 口径 measured to | 图注 stated m² | 量得 found m² | 相差 apart |"
    yield "|---|--:|---|---|--:|--:|--:|"
    for name, plan in plans:
        spaces = len(plan.rooms) + len(_not_rooms(plan))
        for source, (basis, stated, measured) in sorted(_stated(plan).items()):
            apart = (stated - measured) / stated
            yield (
                f"| {name} | {spaces} | {source} | {BASES[basis]} | {stated:.4f} | {measured:.4f} | "
                f"{'0.0 %' if abs(apart) < 5e-4 else f'{apart:+.1%}'} |"
            )


def _stated(plan: Plan) -> dict[str, tuple[StatedBasis, float, float]]:
    """Return, by source, the basis, and the sums of what all spaces state and of their footprints."""
    bases = {stated.source: stated.basis for room in plan.rooms for stated in room.stated}
    stated: dict[str, float] = defaultdict(float)
    measured: dict[str, float] = defaultdict(float)
    for room in plan.rooms:
        for one in room.stated:
            stated[one.source] += one.area_m2
            measured[one.source] += room.outline.area_m2
    for finding in _not_rooms(plan):
        for source in bases:
            stated[source] += float(finding.values["stated_m2"])
            measured[source] += float(finding.values["area_m2"])
    return {source: (basis, stated[source], measured[source]) for source, basis in bases.items()}


def _spaces(name: str, plan: Plan) -> Iterator[str]:
    """Give a model's spaces, floor by floor, and its findings."""
    yield f"### {name}\n"
    yield "| 楼层 floor | 房间 room | 图注 stated m² | 量得 footprint m² | 相差 apart m² | 高 height m |"
    yield "|---|---|--:|--:|--:|--:|"
    for floor in plan.floors:
        for room in floor.rooms:
            title = " ".join(part for part in (room.number, room.name) if part) or room.handle
            stated = room.stated[0].area_m2 if room.stated else None
            apart = _difference(stated, room.outline.area_m2) if stated is not None else ""
            height = f"{room.height_m:.3f}" if room.height_m is not None else ""
            said = f"{stated:.4f}" if stated is not None else ""
            yield f"| {floor.name} | {title} | {said} | {room.outline.area_m2:.4f} | {apart} | {height} |"
    for finding in _not_rooms(plan):
        yield _not_a_room(finding)
    total = sum(room.outline.area_m2 for room in plan.rooms)
    others = sum(float(finding.values["area_m2"]) for finding in _not_rooms(plan))
    yield f"| | **房间合计 rooms** | | **{total:.4f}** | | |"
    yield f"| | **全部空间 all spaces** | | **{total + others:.4f}** | | |"
    yield ""
    for finding in plan.findings:
        sentence = say(finding)
        yield f"- {TEXTS[finding.code].name.zh} `{finding.code}`: {sentence.zh} {sentence.en}"


def _difference(stated_m2: float, measured_m2: float) -> str:
    return f"{round(stated_m2 - measured_m2, 4) + 0.0:.4f}"  # without the sign of a negative zero


def _not_rooms(plan: Plan) -> list[Finding]:
    return [finding for finding in plan.findings if finding.code is FindingCode.NOT_A_SPACE]


def _not_a_room(finding: Finding) -> str:
    values = finding.values
    stated, measured = float(values["stated_m2"]), float(values["area_m2"])
    title = f"{values['name']} ({values['kind_zh']} {values['kind']})"
    return (
        f"| – | {title} | {stated:.4f} | {measured:.4f} | {_difference(stated, measured)} | {values['height_m']:.3f} |"
    )


if __name__ == "__main__":
    main(sys.argv[1:])

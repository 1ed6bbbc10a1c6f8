"""Use of premises laid out to be written to a file: the tree, the buildings, and the rule for shared rooms."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import Connection

from fangdi.domain.common import Definition
from fangdi.domain.labels import CATEGORIES, LEVELS, TENURES
from fangdi.domain.use.split import ALIKE, RULES
from fangdi.domain.use.tree import Figures, Node, Tree
from fangdi.domain.vocabulary import AdministrativeLevel, RoomCategory
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.use import Used, UseReport, tenure_of

SHOWN = tuple(category for category in RoomCategory if category is not RoomCategory.CIRCULATION)
"""Categories in the order in which they stand everywhere."""
_KINDS = {"agency": "单位", "jurisdiction": "行政区"}
TREES = {
    Tree.AGENCIES: Definition("按单位隶属", "By agencies and those below them"),
    Tree.JURISDICTIONS: Definition("按行政区划", "By jurisdictions and their agencies"),
}


def use(connection: Connection, report: UseReport) -> Document:
    """Lay out the tree and the buildings of every agency."""
    total = report.total
    facts = (
        (Definition("汇总方式", "Added up"), _both(TREES[report.tree])),
        *split_facts(report.used),
        (Definition("使用面积合计(㎡)", "Usable area, total (m²)"), f"{total.hundredths / 100:.2f}"),
        (Definition("房间数(合用房间计一次)", "Rooms (a shared room once)"), str(total.rooms)),
        (Definition("其中无面积房间数", "of which without area"), str(total.rooms_without_area)),
    )
    tables = (_tree(report.nodes), _buildings(report))
    return Document("use", report.question, report.definition, tables, facts, sample_notice(connection))


def split_facts(used: Used) -> tuple[tuple[Definition, str], ...]:
    """Return what is said of shared rooms: the rule, how many there are, and how many stayed as recorded."""
    rule = RULES[used.split]
    return (
        (Definition("合用房间分摊规则", "Rule for shared rooms"), _both(rule.name)),
        (Definition("规则说明", "What it does"), f"{_both(rule.definition)} {_both(ALIKE)}"),
        (Definition("合用房间数", "Shared rooms"), str(len(used.shared))),
        (Definition("其中仍按登记份额", "of which as recorded all the same"), str(len(used.kept))),
    )


def _both(words: Definition) -> str:
    return f"{words.zh} {words.en}"


def area_columns() -> tuple[Column, ...]:
    """Return a column for each category, and one for all together."""
    by_category = (
        Column(f"{category}_m2", CATEGORIES[category].zh, CATEGORIES[category].en, "area") for category in SHOWN
    )
    return (*by_category, Column("area_m2", "合计", "Together", "area"))


def areas(by_category: Mapping[str, int]) -> tuple[float, ...]:
    """Return the cells of `area_columns`, from hundredths of m² by category."""
    found = [by_category.get(category, 0) for category in SHOWN]
    return tuple(hundredths / 100 for hundredths in (*found, sum(found)))


def _tree(nodes: Sequence[Node]) -> Table:
    columns = (
        Column("kind", "类别", "Kind"),
        Column("id", "编号", "Id", internal=True),
        Column("depth", "层级", "Depth", "count"),
        Column("name", "名称", "Name"),
        Column("level", "级别", "Level"),
        *area_columns(),
        *(Column(f"{code}_m2", name.zh, name.en, "area") for code, name in TENURES.items()),
        Column("own_m2", "其中本级", "of which its own", "area"),
        Column("rooms", "房间数", "Rooms", "count"),
        Column("rooms_without_area", "无面积房间数", "Rooms without area", "count"),
    )
    rows = [_node(node) for node in nodes]
    return Table("items", Definition("使用面积汇总", "Use added up"), columns, rows)


def _node(node: Node) -> tuple[Cell, ...]:
    kind, number = node.place.key
    return (
        _KINDS[kind],
        str(number),
        node.depth,
        "　" * node.depth + node.place.name,
        LEVELS[AdministrativeLevel(node.place.level)].zh,
        *areas(node.total.by_category),
        *(node.total.by_tenure.get(code, 0) / 100 for code in TENURES),
        node.own.hundredths / 100,
        node.total.rooms,
        node.total.rooms_without_area,
    )


def _buildings(report: UseReport) -> Table:
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("tenure", "取得方式", "Tenure"),
        *area_columns(),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    names = {node.place.key: node.place.name for node in report.nodes}
    found: defaultdict[tuple[int, int], Figures] = defaultdict(Figures)
    for cell in report.used.cells:
        found[cell.agency_id, cell.building_id].count(cell, "")
    rows: list[tuple[Cell, ...]] = [
        (
            agency,
            names.get(("agency", agency)),
            building,
            report.buildings.get(building),
            TENURES[tenure_of(report.tenures, building)].zh,
            *areas(figures.by_category),
            figures.rooms,
        )
        for (agency, building), figures in sorted(found.items())
    ]
    return Table("buildings", Definition("各单位各楼座", "By agency and building"), columns, rows)

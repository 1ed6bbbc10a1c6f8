"""The three answers as tables: what columns there are, what they are called, and where each row lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from fangdi.domain.common import Definition, Question, Total
from fangdi.domain.coverage import Band, CoverageReport, Placing
from fangdi.domain.idle import REASON_NAMES, Holding, IdleReason, IdleReport, IdleRoom, idle_days
from fangdi.domain.labels import BANDS, CATEGORIES, LEVELS
from fangdi.domain.rounding import Area, round_to_total, two_decimals
from fangdi.domain.usage import AreaItem, AreasReport
from fangdi.domain.vocabulary import AdministrativeLevel, RoomCategory

Cell = str | int | float | date | None
Kind = Literal["text", "count", "number", "area", "square_metres", "percent", "metres", "date", "yuan"]
UNIT_SIGNS: Mapping[Kind, str] = MappingProxyType({"area": "㎡", "square_metres": "㎡", "percent": "%", "yuan": "元"})
"""What stands behind the heading of a column of figures."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: key for programs, headings for people; areas are in m² of the report's basis.

    Areas have two decimals and add up to the total; metres are written with three. `square_metres` are areas that are
    not of the report's basis, as what is approved; a `number` has a unit that its row or heading
    names. `internal` ones, as ids, are for programs alone.
    """

    key: str
    zh: str
    en: str
    kind: Kind = "text"
    internal: bool = False


COVERS = Definition("仅含查询人有权查看的内容", "what the one who asked may see")
"""What every report says of itself: row-level security leaves out the rest, and nobody is told what that is."""

_AREA = Column("area_m2", "使用面积", "Usable area", "area")


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; where rows lie somewhere, `places` has longitude and latitude (EPSG:4490) of each.

    `key` names the table for programs.
    """

    key: str
    title: Definition
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Cell]]
    places: Sequence[tuple[float, float]] | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A report ready to be written: its tables, the main one first, and what must be said about its figures."""

    name: str
    question: Question
    definition: Definition
    tables: tuple[Table, ...]
    facts: tuple[tuple[Definition, str], ...] = ()
    sample_notice: Definition | None = None

    @property
    def main(self) -> Table:
        """The table that formats with room for only one hold."""
        return self.tables[0]

    @property
    def placed(self) -> Table:
        """The first table whose rows lie somewhere."""
        return next(table for table in self.tables if table.places is not None)


def areas_document(report: AreasReport, *, sample_notice: Definition | None = None) -> Document:
    """Lay out usable area by agency, building and category."""
    items = report.page.items
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("level", "级别", "Level"),
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("category", "用房类别", "Category"),
        Column("rooms", "房间数", "Rooms", "count"),
        _AREA,
        Column("rooms_without_area", "无面积房间数", "Rooms without area", "count"),
    )
    rows = [
        (
            item.agency.id,
            item.agency.name,
            LEVELS[AdministrativeLevel(item.agency.level)].zh,
            item.building.id,
            item.building.name,
            CATEGORIES[RoomCategory(item.category)].zh,
            item.rooms,
            area,
            item.rooms_without_area,
        )
        for item, area in zip(items, _rounded(items, report.total), strict=True)
    ]
    title = Definition("各单位使用面积", "Usable area by agency")
    table = Table("items", title, columns, rows, [item.location for item in items])
    total = report.total
    return Document(
        "areas",
        report.question,
        report.definition,
        (table,),
        _totals(total.rooms, total.area_m2, total.rooms_without_area, items=len(rows)),
        sample_notice,
    )


def idle_document(report: IdleReport, *, sample_notice: Definition | None = None) -> Document:
    """Lay out idle rooms."""
    items = report.page.items
    columns = (
        Column("room_id", "房间编号", "Room id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("floor", "楼层", "Floor"),
        Column("number", "房号", "Number"),
        Column("name", "名称", "Name"),
        Column("use", "用途", "Use"),
        Column("category", "用房类别", "Category"),
        _AREA,
        Column("idle_since", "闲置起始日", "Idle since", "date"),
        Column("idle_days", "闲置天数", "Idle days", "count"),
        Column("last_agency", "原使用单位", "Last agency"),
        Column("reason", "闲置原因", "Why"),
        Column("moved_to", "迁往楼座", "Moved to"),
        Column("holding_yuan", "年持有成本", "Cost of holding a year", "yuan"),
    )
    rows = [
        (
            room.id,
            room.building.name,
            room.floor,
            room.number,
            room.name,
            room.use_name,
            CATEGORIES[RoomCategory(room.category)].zh,
            area,
            room.idle_since,
            idle_days(room.idle_since, as_of=report.question.as_of),
            room.last_agency.name if room.last_agency else None,
            REASON_NAMES[room.reason].zh,
            room.past.moved_to.name if room.reason is IdleReason.AGENCY_MOVED and room.past.moved_to else None,
            room.holding.yuan,
        )
        for room, area in zip(items, _rounded(items, report.total), strict=True)
    ]
    table = Table("items", Definition("闲置房间", "Idle rooms"), columns, rows, [room.location for room in items])
    total = report.total
    return Document(
        "idle",
        report.question,
        report.definition,
        (table,),
        (*_totals(total.rooms, total.area_m2, total.rooms_without_area, items=len(rows)), _held(report.holding)),
        sample_notice,
    )


def _held(holding: Holding) -> tuple[Definition, str]:
    said = "—" if holding.yuan is None else f"{two_decimals(holding.yuan):,.2f}"
    if holding.yuan is not None and not holding.complete:
        said += "(费率或面积不全,实际不低于此数 at least)"
    return Definition("年持有成本(元)", "Cost of holding a year (yuan)"), said


def _rounded(items: Sequence[AreaItem | IdleRoom], total: Total) -> list[Area]:
    """Return the areas of all items, rounded so that they add up to the total that is written beside them."""
    return round_to_total([item.area_m2 for item in items], total_m2=total.area_m2)


def coverage_document(report: CoverageReport, *, sample_notice: Definition | None = None) -> Document:
    """Lay out what the zones reach: agencies, buildings and the totals of the three bands."""
    radii = "; ".join(f"{zone.name}: {zone.radius_m:g} m" for zone in report.zones) or "—"
    unplaced = f"{report.unplaced.agencies} ({report.unplaced.posts})"
    facts = (
        (Definition("集中办公区及辐射半径", "Zones and radii"), radii),
        (Definition("无使用面积单位数(编制数)", "Agencies without usable area (posts)"), unplaced),
    )
    tables = (_agencies(report), _bands(report), _buildings(report))
    return Document("coverage", report.question, report.definition, tables, facts, sample_notice)


def _agencies(report: CoverageReport) -> Table:
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("band", "位置", "Band"),
        Column("posts", "编制数", "Posts", "count"),
        *(Column(f"{band}_m2", BANDS[band].zh, BANDS[band].en, "area") for band in Band),
    )
    areas = [_of_band(report, band, [item.area_by_band.get(band, 0.0) for item in report.agencies]) for band in Band]
    rows: list[tuple[Cell, ...]] = [
        (item.agency.id, item.agency.name, BANDS[item.band].zh, item.posts, *by_band)
        for item, *by_band in zip(report.agencies, *areas, strict=True)
    ]
    return Table("agencies", Definition("各单位", "Agencies"), columns, rows)


def _bands(report: CoverageReport) -> Table:
    columns = (
        Column("band", "位置", "Band"),
        Column("agencies", "单位数", "Agencies", "count"),
        Column("posts", "编制数", "Posts", "count"),
        Column("buildings", "楼座数", "Buildings", "count"),
        _AREA,
    )
    rows = [
        (BANDS[band].zh, total.agencies, total.posts, total.buildings, two_decimals(total.area_m2))
        for band, total in report.totals.items()
    ]
    return Table("totals", Definition("合计", "Totals"), columns, rows)


def _buildings(report: CoverageReport) -> Table:
    columns = (
        Column("building_id", "楼座编号", "Building id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("band", "位置", "Band"),
        Column("distance_m", "距离(米)", "Distance (m)", "metres"),
        Column("zone", "集中办公区", "Zone"),
        _AREA,
    )
    names = {zone.id: zone.name for zone in report.zones}
    areas = {
        band: iter(_of_band(report, band, [item.area_m2 for item in report.buildings if item.placing.band is band]))
        for band in Band
    }
    rows = [
        (item.building.id, item.building.name, *_placed(item.placing, names), next(areas[item.placing.band]))
        for item in report.buildings
    ]
    places = [item.building.location for item in report.buildings]
    return Table("buildings", Definition("各楼座", "Buildings"), columns, rows, places)


def _of_band(report: CoverageReport, band: Band, areas_m2: Sequence[float]) -> list[Area]:
    """Return areas of one band, rounded so that they add up to the band's total."""
    return round_to_total(areas_m2, total_m2=report.totals[band].area_m2)


def _placed(placing: Placing, names: dict[int, str]) -> tuple[str, float | None, str | None]:
    zone = None if placing.zone_id is None else names[placing.zone_id]
    return BANDS[placing.band].zh, placing.distance_m, zone


def _totals(rooms: int, area_m2: float, rooms_without_area: int, *, items: int) -> tuple[tuple[Definition, str], ...]:
    return (
        (Definition("行数", "Rows"), str(items)),
        (Definition("房间数(合用房间计一次)", "Rooms (a shared room once)"), str(rooms)),
        (Definition("使用面积合计(㎡)", "Usable area, total (m²)"), f"{two_decimals(area_m2):.2f}"),
        (Definition("其中无面积房间数", "of which without area"), str(rooms_without_area)),
    )

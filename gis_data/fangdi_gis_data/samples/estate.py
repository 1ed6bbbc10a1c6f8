"""Turns drawn buildings into rows: building, floors and rooms, with areas by basis."""

from collections import Counter
from dataclasses import dataclass

from numpy.random import Generator
from shapely import MultiPolygon, Polygon

from fangdi_gis_data.samples.compounds import Placed, Stand
from fangdi_gis_data.samples.frame import placed
from fangdi_gis_data.samples.model import Building
from fangdi_gis_data.samples.partition import Cell
from fangdi_gis_data.samples.programme import Compound, Plot
from fangdi_gis_data.samples.room_model import Floor, Room
from fangdi_gis_data.samples.sheet import Sheet
from fangdi_gis_data.samples.tenants import COMMON

ROOM_NAMES = {
    "office": "办公室", "meeting_room": "会议室", "reception": "接待室", "archive": "档案室", "library": "图书资料室",
    "it_room": "机房", "confidential": "机要室", "print_room": "文印室", "mail_room": "收发室", "clinic": "医务室",
    "duty_room": "值班室", "storage": "储藏室", "staff_room": "物业用房", "tea_room": "开水间", "toilet": "卫生间",
    "service_other": "服务大厅", "power_room": "变配电室", "pump_room": "水泵房", "air_conditioning": "空调机房",
    "canteen": "餐厅", "garage": "停车库", "civil_defence": "人防设施", "ancillary_other": "厨房",
    "technical": "业务用房", "corridor": "走廊", "stairs": "楼梯间", "lift": "电梯", "lobby": "门厅", "shaft": "管井",
}  # fmt: skip
_LARGE_MEETING_M2 = 80
_DIGITS = "零一二三四五六七八九"
_SEAT_M2 = {"office": 9.0, "meeting_room": 2.0, "reception": 4.0, "canteen": 1.8}
_FIRST_STOREY_M, _STOREY_M, _BASEMENT_M = 4.2, 3.6, 3.9
_PARAPET_M = 1.2
_HIGH_RISE_STOREYS = 12
_LIFT_STOREYS = 6
_MODERN_SINCE = 2005
_PLAN_DECIMALS = 6
"""Measured areas are kept to a millionth of a square metre: below what rounding the plan does to them."""


@dataclass(frozen=True)
class Built:
    """A building's rows, not yet in the ledger."""

    building: Building
    floors: list[Floor]
    rooms: dict[int, list[Room]]


@dataclass(frozen=True)
class Deed:
    """What a building has from its compound."""

    jurisdiction_code: str
    site_id: int
    natural_code: str
    address: str


@dataclass(frozen=True)
class _Body:
    """A building as it stands in the town's frame."""

    key: int
    deed: Deed
    compound: Compound
    plot: Plot
    stand: Stand
    outline: MultiPolygon

    def set_down(self, cell: Polygon) -> MultiPolygon:
        """Return a shape of the building's own metres in the town's frame."""
        return MultiPolygon([placed(cell, x=self.stand.x, y=self.stand.y, angle=self.stand.angle)])


def build(sheet: Sheet, settled: Placed, number: int, deed: Deed) -> Built:
    """Return the rows of one building of a compound."""
    design, stand, compound = settled.designs[number], settled.stands[number], settled.compound
    rng = sheet.chance("estate", compound.key, number)
    outline = MultiPolygon([placed(design.skeleton.outline, x=stand.x, y=stand.y, angle=stand.angle)])
    body = _Body(sheet.ledger.number(Building), deed, compound, design.plot, stand, outline)
    floors, rooms = [], {}
    for level in sorted(design.storeys):
        floor = _floor(sheet, body, level)
        floors.append(floor)
        rooms[level] = _rooms(sheet, body, floor, design.storeys[level], rng)
    return Built(_building(sheet, body, number, rng), floors, rooms)


def _building(sheet: Sheet, body: _Body, number: int, rng: Generator) -> Building:
    plot, compound, deed = body.plot, body.compound, body.deed
    modern = "steel_concrete" if plot.storeys > _HIGH_RISE_STOREYS else "reinforced_concrete"
    sound = "A" if plot.year > _MODERN_SINCE else "B"
    return Building(
        id=body.key,
        jurisdiction_code=deed.jurisdiction_code,
        code=f"{compound.key}-{number + 1:02d}",
        site_id=deed.site_id,
        natural_code=deed.natural_code,
        name=compound.name + plot.name,
        name_en=f"{compound.name_en}, building {plot.name.removesuffix('号楼') if '号楼' in plot.name else number + 1}",
        address=deed.address,
        storeys_above=plot.storeys,
        storeys_below=plot.below,
        height_m=round(_elevation(plot.storeys + 1) + _PARAPET_M, 1),
        built_year=plot.year,
        structure="mixed" if plot.old else modern,
        safety_grade=str(rng.choice(["C", "C", "D", "B"])) if plot.old else sound,
        has_lift=plot.storeys >= _LIFT_STOREYS,
        classified=compound.classified,
        **_gross_areas(body, rng),
        outline=sheet.frame.to_map(body.outline),
        location=sheet.frame.to_map(body.outline.representative_point()),
        plan_crs=sheet.frame.crs if plot.drawn else None,
        valid=(plot.since, plot.until),
    )


def _gross_areas(body: _Body, rng: Generator) -> dict[str, float | None]:
    """Return the gross areas by basis: registered ones differ by some parts in a thousand, a few by much more."""
    gross = float(body.outline.area) * (body.plot.storeys + body.plot.below)
    extension = 1 - float(rng.uniform(0.03, 0.07)) if rng.random() < 0.06 else 1  # built on without a new title
    on_title = gross * extension * (1 + float(rng.normal(0, 0.002)))
    registered = body.compound.title == "administration" and body.compound.tenure == "owned"
    return {
        "registered_gross_m2": round(on_title, 2) if registered else None,
        "planning_gross_m2": round(gross * (1 + float(rng.normal(0, 0.006))), 2) if rng.random() < 0.7 else None,
        "declared_gross_m2": round(gross * (1 + float(rng.normal(0, 0.015))), -1) if rng.random() < 0.92 else None,
        "measured_gross_m2": round(gross, _PLAN_DECIMALS) if body.plot.drawn else None,
    }


def _elevation(level: int) -> float:
    if level < 0:
        return level * _BASEMENT_M
    return 0 if level == 1 else _FIRST_STOREY_M + (level - 2) * _STOREY_M


def _floor(sheet: Sheet, body: _Body, level: int) -> Floor:
    drawn = body.plot.drawn
    height = _BASEMENT_M if level < 0 else (_FIRST_STOREY_M if level == 1 else _STOREY_M)
    area = float(body.outline.area)
    return Floor(
        id=sheet.ledger.number(Floor),
        jurisdiction_code=body.deed.jurisdiction_code,
        building_id=body.key,
        level=level,
        name=floor_name(level),
        elevation_m=round(_elevation(level), 2),
        height_m=height,
        measured_gross_m2=round(area, _PLAN_DECIMALS) if drawn else None,
        declared_gross_m2=round(area, 0),
        plan_outline=body.outline if drawn else None,
        outline=sheet.frame.to_map(body.outline) if drawn else None,
    )


def floor_name(level: int) -> str:
    """Return the name of a floor: 一层, 十二层, 地下一层."""
    tens, ones = divmod(abs(level), 10)
    number = ("" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")) + (_DIGITS[ones] if ones else "")
    return f"地下{number}层" if level < 0 else f"{number}层"


def _rooms(sheet: Sheet, body: _Body, floor: Floor, cells: list[Cell], rng: Generator) -> list[Room]:
    """Return the rooms of a storey; the numbers on the doors are the level times a hundred and a running number."""
    rooms = []
    seen: Counter[str] = Counter()
    doors = 0
    for cell in cells:
        seen[cell.use] += 1
        number = None
        if cell.use not in COMMON:
            doors += 1
            number = f"{floor.level * 100 + doors}" if floor.level > 0 else f"B{-floor.level * 100 + doors}"
        code = number or f"{floor.level}-{cell.use}-{seen[cell.use]}"
        rooms.append(_room(sheet, body, cell, _Door(floor, number, code), rng))
    return rooms


@dataclass(frozen=True)
class _Door:
    """Where a room is, and what stands on its door."""

    floor: Floor
    number: str | None
    code: str


def _room(sheet: Sheet, body: _Body, cell: Cell, door: _Door, rng: Generator) -> Room:
    plan = body.set_down(cell.outline)
    area = round(float(plan.area), _PLAN_DECIMALS)
    per_seat = _SEAT_M2.get(cell.use)
    large = cell.use == "meeting_room" and area > _LARGE_MEETING_M2
    return Room(
        id=sheet.ledger.number(Room),
        jurisdiction_code=door.floor.jurisdiction_code,
        building_id=body.key,
        floor_id=door.floor.id,
        code=door.code,
        number=door.number,
        name="大会议室" if large else ROOM_NAMES[cell.use],
        use_code=cell.use,
        declared_usable_m2=_declared(area, always=not body.plot.drawn, rng=rng),
        measured_usable_m2=area if body.plot.drawn else None,
        seats=max(1, int(area / per_seat + 0.1)) if per_seat else None,
        plan_outline=plan if body.plot.drawn else None,
        outline=sheet.frame.to_map(plan) if body.plot.drawn else None,
        classified=body.compound.classified,
    )


def _declared(area: float, *, always: bool, rng: Generator) -> float | None:
    """Return what the agency's ledger says: to half a square metre, now and then wrong, now and then nothing."""
    chance = rng.random()
    factor = 1 + float(rng.uniform(-0.2, 0.25)) if chance < 0.04 else 1
    if chance > 0.9 and not always:
        return None
    return max(0.5, round(area * factor * 2) / 2)

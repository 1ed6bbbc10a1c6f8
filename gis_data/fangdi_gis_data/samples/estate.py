"""Turns drawn buildings into rows: building, floors and rooms, with areas by basis."""

from collections import Counter
from dataclasses import dataclass

from numpy.random import Generator
from shapely import MultiPolygon, Polygon

from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.compounds import Placed, Stand
from fangdi_gis_data.samples.design import Design
from fangdi_gis_data.samples.frame import Frame, placed
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import Building, Floor, Room
from fangdi_gis_data.samples.partition import Cell
from fangdi_gis_data.samples.tenants import COMMON

ROOM_NAMES = {
    "office": "办公室", "meeting_room": "会议室", "reception": "接待室", "archive": "档案室", "library": "图书资料室",
    "it_room": "机房", "confidential": "机要室", "print_room": "文印室", "mail_room": "收发室", "clinic": "医务室",
    "duty_room": "值班室", "storage": "储藏室", "staff_room": "物业用房", "tea_room": "开水间", "toilet": "卫生间",
    "service_other": "服务大厅", "power_room": "变配电室", "pump_room": "水泵房", "air_conditioning": "空调机房",
    "canteen": "餐厅", "garage": "停车库", "civil_defence": "人防设施", "ancillary_other": "厨房", "technical": "业务用房",
    "corridor": "走廊", "stairs": "楼梯间", "lift": "电梯", "lobby": "门厅", "shaft": "管井",
}  # fmt: skip
_DIGITS = "零一二三四五六七八九"
_SEAT_M2 = {"office": 9.0, "meeting_room": 2.0, "reception": 4.0, "canteen": 1.8}
_FIRST_STOREY_M, _STOREY_M, _BASEMENT_M = 4.2, 3.6, 3.9
_PLAN_DECIMALS = 6


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


def build(ledger: Ledger, settled: Placed, number: int, deed: Deed, *, frame: Frame, seed: int) -> Built:
    """Return the rows of one building of a compound."""
    design, stand, compound = settled.designs[number], settled.stands[number], settled.compound
    plot = design.plot
    rng = stream(seed, "estate", compound.key, number)
    building_id = ledger.number(Building)
    floors, rooms = [], {}
    outline = _place(design.skeleton.outline, stand)
    for level in sorted(design.storeys):
        floor = _floor(ledger, design, level, building_id, outline, deed=deed, frame=frame)
        floors.append(floor)
        rooms[level] = _rooms(ledger, floor, design.storeys[level], stand, frame=frame, drawn=plot.drawn,
                              classified=compound.classified, rng=rng)  # fmt: skip
    gross = sum(floor.measured_gross_m2 or 0 for floor in floors)
    whole = float(outline.area) * len(floors)
    building = Building(
        id=building_id,
        jurisdiction_code=deed.jurisdiction_code,
        code=f"{compound.key}-{number + 1:02d}",
        site_id=deed.site_id,
        natural_code=deed.natural_code,
        name=compound.name + plot.name,
        name_en=f"{compound.name_en}, building {number + 1}",
        address=deed.address,
        storeys_above=plot.storeys,
        storeys_below=plot.below,
        height_m=round(_elevation(plot.storeys + 1) + 1.2, 1),
        built_year=plot.year,
        structure="mixed" if plot.old else ("steel_concrete" if plot.storeys > 12 else "reinforced_concrete"),
        safety_grade=str(rng.choice(["C", "C", "D", "B"])) if plot.old else ("A" if plot.year > 2005 else "B"),
        has_lift=plot.storeys >= 6,
        classified=compound.classified,
        **_gross_areas(gross or whole, drawn=plot.drawn, registered=compound.title == "administration", rng=rng),
        outline=frame.to_map(outline),
        location=frame.to_map(outline.representative_point()),
        plan_crs=frame.crs if plot.drawn else None,
        valid=(plot.since, plot.until),
    )
    return Built(building, floors, rooms)


def _gross_areas(gross: float, *, drawn: bool, registered: bool, rng: Generator) -> dict[str, float | None]:
    """Return the gross areas by basis: registered ones differ by some parts in a thousand, a few by much more."""
    extension = 1 - float(rng.uniform(0.03, 0.07)) if rng.random() < 0.06 else 1  # built on without a new title
    on_title = gross * extension * (1 + float(rng.normal(0, 0.002)))
    return {
        "registered_gross_m2": round(on_title, 2) if registered else None,
        "planning_gross_m2": round(gross * (1 + float(rng.normal(0, 0.006))), 2) if rng.random() < 0.7 else None,
        "declared_gross_m2": round(gross * (1 + float(rng.normal(0, 0.015))), -1) if rng.random() < 0.92 else None,
        "measured_gross_m2": round(gross, _PLAN_DECIMALS) if drawn else None,
    }


def _place(outline: Polygon, stand: Stand) -> MultiPolygon:
    return MultiPolygon([placed(outline, x=stand.x, y=stand.y, angle=stand.angle)])


def _elevation(level: int) -> float:
    if level < 0:
        return level * _BASEMENT_M
    return 0 if level == 1 else _FIRST_STOREY_M + (level - 2) * _STOREY_M


def _floor(
    ledger: Ledger, design: Design, level: int, building_id: int, outline: MultiPolygon, *, deed: Deed, frame: Frame
) -> Floor:
    drawn = design.plot.drawn
    height = _BASEMENT_M if level < 0 else (_FIRST_STOREY_M if level == 1 else _STOREY_M)
    return Floor(
        id=ledger.number(Floor),
        jurisdiction_code=deed.jurisdiction_code,
        building_id=building_id,
        level=level,
        name=floor_name(level),
        elevation_m=round(_elevation(level), 2),
        height_m=height,
        measured_gross_m2=round(float(outline.area), _PLAN_DECIMALS) if drawn else None,
        declared_gross_m2=round(float(outline.area), 0),
        plan_outline=outline if drawn else None,
        outline=frame.to_map(outline) if drawn else None,
    )


def floor_name(level: int) -> str:
    """Return the name of a floor: 一层, 十二层, 地下一层."""
    tens, ones = divmod(abs(level), 10)
    number = ("" if tens == 0 else ("十" if tens == 1 else _DIGITS[tens] + "十")) + (_DIGITS[ones] if ones else "")
    return f"地下{number}层" if level < 0 else f"{number}层"


def _rooms(
    ledger: Ledger, floor: Floor, cells: list[Cell], stand: Stand, *, frame: Frame, drawn: bool, classified: bool,
    rng: Generator,
) -> list[Room]:  # fmt: skip
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
        plan = _place(cell.outline, stand)
        area = round(float(plan.area), _PLAN_DECIMALS)
        per_seat = _SEAT_M2.get(cell.use)
        rooms.append(
            Room(
                id=ledger.number(Room),
                jurisdiction_code=floor.jurisdiction_code,
                building_id=floor.building_id,
                floor_id=floor.id,
                code=number or f"{floor.level}-{cell.use}-{seen[cell.use]}",
                number=number,
                name="大会议室" if cell.use == "meeting_room" and area > 80 else ROOM_NAMES[cell.use],
                use_code=cell.use,
                declared_usable_m2=_declared(area, always=not drawn, rng=rng),
                measured_usable_m2=area if drawn else None,
                seats=max(1, int(area / per_seat + 0.1)) if per_seat else None,
                plan_outline=plan if drawn else None,
                outline=frame.to_map(plan) if drawn else None,
                classified=classified,
            )
        )
    return rooms


def _declared(area: float, *, always: bool, rng: Generator) -> float | None:
    """Return what the agency's ledger says: to half a square metre, now and then wrong, now and then nothing."""
    chance = rng.random()
    factor = 1 + float(rng.uniform(-0.2, 0.25)) if chance < 0.04 else 1
    if chance > 0.9 and not always:
        return None
    return max(0.5, round(area * factor * 2) / 2)

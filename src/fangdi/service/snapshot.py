"""A part of the stock as a map that can be handed on: layers of shapes with what a click on them tells."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.coverage import Reach
from fangdi.domain.room_state import RoomState, room_state
from fangdi.domain.vocabulary import RoomStatus
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service.zones import reach_of
from fangdi.service.zones import zones as all_zones
from fangdi.store import coverage, snapshot
from fangdi.store.query import Record

MOST_FEATURES = 5_000
"""Shapes that a browser still draws without a pause from a file of some 5 MB."""


class SubjectKind(StrEnum):
    """What a map can be about."""

    BUILDING = "building"
    AGENCY = "agency"
    JURISDICTION = "jurisdiction"
    ZONE = "zone"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of the stock, by code (`330212/S03-01` where several have it), and on which day and floor."""

    kind: SubjectKind
    code: str
    as_of: date
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Feature:
    """A shape (GeoJSON geometry, EPSG:4490), the legend's group and key that colour it, and what is known of it.

    facts: Chinese label, English label, and the value: text, or a pair of legend group and key.
    label: what is written on the shape.
    """

    shape: Mapping[str, Any]
    colour: tuple[str, str]
    facts: tuple[tuple[str, str, "str | tuple[str, str]"], ...]
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Floor:
    """The rooms of one level."""

    level: float
    name: str
    rooms: tuple[Feature, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Everything a map of a selection shows."""

    kind: SubjectKind
    title: str
    as_of: date
    notice: Mapping[str, str] | None
    zones: tuple[Feature, ...]
    parcels: tuple[Feature, ...]
    sites: tuple[Feature, ...]
    buildings: tuple[Feature, ...]
    floors: tuple[Floor, ...]

    def features(self) -> int:
        """Count the shapes."""
        layers = (self.zones, self.parcels, self.sites, self.buildings, *(floor.rooms for floor in self.floors))
        return sum(map(len, layers))


def take_snapshot(connection: Connection, selection: Selection, reach: Reach) -> Snapshot:
    """Return the map of a selection.

    Raises NotFoundError for a code that nothing has, InvalidInputError for one that several have, for a selection
    without buildings or without rooms on the level asked for, and for one of more than `MOST_FEATURES` shapes.
    """
    subject = _subject(connection, selection)
    found = _buildings(connection, selection, subject, reach)
    if not found:
        raise InvalidInputError(f"{subject['name']} has no building on {selection.as_of} that may be shown.")
    ids = [row["id"] for row in found]
    drawn = Snapshot(
        kind=selection.kind,
        title=subject["name"],
        as_of=selection.as_of,
        notice=snapshot.sample_notice(connection),
        zones=_zones(connection, selection, subject, reach),
        parcels=tuple(map(_parcel, snapshot.parcels(connection, ids, as_of=selection.as_of))),
        sites=tuple(map(_site, snapshot.sites(connection, ids, as_of=selection.as_of))),
        buildings=tuple(map(_building, found)),
        floors=_floors(connection, selection, subject, ids),
    )
    if drawn.features() > MOST_FEATURES:
        raise InvalidInputError(
            f"This map would hold more than {MOST_FEATURES} shapes; choose one floor (level) or a single building."
        )
    return drawn


def _subject(connection: Connection, selection: Selection) -> Record:
    owner, _, code = selection.code.rpartition("/")
    found = snapshot.subjects(connection, kind=selection.kind, code=code, owner=owner or None, as_of=selection.as_of)
    if not found:
        raise NotFoundError(f"There is no {selection.kind} with the code {selection.code} on {selection.as_of}.")
    if len(found) > 1:
        choices = ", ".join(f"{row['jurisdiction_code']}/{code} ({row['name']})" for row in found)
        raise InvalidInputError(f"Several have the code {selection.code}; choose one of {choices}.")
    return found[0]


def _buildings(connection: Connection, selection: Selection, subject: Record, reach: Reach) -> Sequence[Record]:
    as_of = selection.as_of
    match selection.kind:
        case SubjectKind.BUILDING:
            return snapshot.buildings(connection, as_of=as_of, ids=[subject["id"]])
        case SubjectKind.AGENCY:
            return snapshot.buildings(connection, as_of=as_of, agency_id=subject["id"])
        case SubjectKind.JURISDICTION:
            return snapshot.buildings(connection, as_of=as_of, jurisdiction=subject["jurisdiction_code"])
        case SubjectKind.ZONE:
            radius = _radius(connection, selection, subject, reach)
            distances = coverage.distances_m(connection, Question(as_of), within_m=radius, zone_id=subject["id"])
            near = [each for each, by_zone in distances.items() if by_zone.get(subject["id"], radius + 1) <= radius]
            return snapshot.buildings(connection, as_of=as_of, ids=near)


def _radius(connection: Connection, selection: Selection, subject: Record, reach: Reach) -> float:
    zone = coverage.zones(connection, as_of=selection.as_of, zone_id=subject["id"])
    return reach.of(zone[0]["radius_m"] if zone else None)


def _zones(connection: Connection, selection: Selection, subject: Record, reach: Reach) -> tuple[Feature, ...]:
    if selection.kind not in {SubjectKind.ZONE, SubjectKind.JURISDICTION}:
        return ()
    features = []
    for zone in all_zones(connection, as_of=selection.as_of):
        mine = selection.kind == SubjectKind.ZONE and zone["id"] == subject["id"]
        if not mine and selection.kind == SubjectKind.ZONE:
            continue
        around = reach_of(connection, Reach(reach.default_radius_m, reach.radius_m, zone["id"]), as_of=selection.as_of)
        facts = (
            ("集中办公区", "Zone", zone["name"]),
            ("辐射半径", "Radius", f"{around['properties']['radius_m']:g} m"),
        )
        features.append(Feature(around["geometry"], ("coverage", "within"), facts))
        features.append(Feature(zone["outline"], ("coverage", "inside"), facts))
    return tuple(features)


def _floors(
    connection: Connection, selection: Selection, subject: Record, building_ids: Sequence[int]
) -> tuple[Floor, ...]:
    """Return the rooms by level; maps of many buildings have rooms only when a level is asked for."""
    of_one = selection.kind in {SubjectKind.BUILDING, SubjectKind.AGENCY}
    if not of_one and selection.level is None:
        return ()
    user = subject["id"] if selection.kind == SubjectKind.AGENCY else None
    as_of, level = selection.as_of, selection.level
    found = snapshot.rooms(connection, building_ids, as_of=as_of, agency_id=user, level=level)
    if level is not None and not found:
        levels = snapshot.levels(connection, building_ids, as_of=as_of, agency_id=user)
        raise InvalidInputError(_no_rooms(subject["name"], level, levels))
    by_level: defaultdict[float, list[Feature]] = defaultdict(list)
    names: dict[float, str] = {}
    for row in found:
        by_level[row["level"]].append(_room(row, labelled=selection.kind == SubjectKind.BUILDING))
        names.setdefault(row["level"], row["floor_name"])
    return tuple(Floor(level, names[level], tuple(features)) for level, features in sorted(by_level.items()))


def _no_rooms(name: str, level: float, levels: Sequence[float]) -> str:
    others = f"choose one of {', '.join(f'{each:g}' for each in levels)}" if levels else "nor on any other"
    return f"{name} has no rooms to show on the level {level:g}; {others}."


def _area(value: float | None) -> str:
    return "—" if value is None else f"{value:,.2f} m²"


def _parcel(row: Record) -> Feature:
    title = ("title_state", row["title"] or "unknown")
    facts = (
        ("宗地代码", "Parcel", row["code"]),
        ("坐落", "Address", row["address"] or "—"),
        ("地类", "Land use", f"{row['land_use_code'] or '—'} ({row['land_use_scheme'] or '—'})"),
        ("登记面积", "Registered area", _area(row["registered_land_m2"])),
        ("实测面积", "Measured area", _area(row["measured_land_m2"])),
        ("权属", "Title", title),
    )
    return Feature(row["shape"], title, facts)


def _site(row: Record) -> Feature:
    facts = (("院落", "Site", _named(row)), ("坐落", "Address", row["address"] or "—"))
    return Feature(row["shape"], ("tenure", "unknown"), facts)


def _building(row: Record) -> Feature:
    title = ("title_state", row["title"] or "unknown")
    facts = (
        ("楼座", "Building", _named(row)),
        ("编号", "Code", row["code"]),
        ("坐落", "Address", row["address"] or "—"),
        ("层数", "Storeys", f"{row['storeys_above'] or '—'} / {row['storeys_below'] or 0}"),
        ("建成年份", "Built", str(row["built_year"] or "—")),
        ("实测建筑面积", "Measured gross area", _area(row["measured_gross_m2"])),
        ("权属", "Title", title),
        ("取得方式", "Tenure", ("tenure", row["tenure"] or "unknown")),
    )
    return Feature(row["shape"], title, facts)


def _room(row: Record, *, labelled: bool) -> Feature:
    status = RoomStatus(row["status"]) if row["status"] else None
    state = room_state(occupied=bool(row["users"]), status=status, assignable=row["assignable"])
    ordinary = state in {RoomState.OCCUPIED, RoomState.COMMON}
    facts = (
        ("房间", "Room", " ".join(part for part in (row["number"], row["name"]) if part) or "—"),
        ("楼座", "Building", f"{row['building']} {row['floor_name']}"),
        ("用途", "Use", f"{row['use']} {row['use_en']}"),
        ("实测使用面积", "Measured usable area", _area(row["measured_usable_m2"])),
        ("状态", "State", ("room_state", state.value)),
        ("使用单位", "Used by", "; ".join(row["users"] or ()) or "—"),
    )
    colour = ("category", row["category"]) if ordinary else ("room_state", state.value)
    return Feature(row["shape"], colour, facts, label=row["number"] if labelled else None)


def _named(row: Record) -> str:
    return f"{row['name']} {row['name_en']}" if row["name_en"] else str(row["name"])

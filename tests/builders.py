"""Builders of test data: one function a thing, in the words of the field, each returning the new row's id.

Everything has a plausible default, so a test names only what it is about. Coordinates are EPSG:4490, longitude first.
Plans are drawn in metres on the ground around the building, as `box(0, 0, 5, 4)`, and placed by `PLANE`.
"""

import itertools
import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import shapely
from psycopg.types.range import Range
from pyproj import Transformer
from shapely import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from sqlalchemy import Connection, text

from fangdi.domain.access import Capability
from fangdi.store.access import Scope

CITY = "330200"
CENTRE = (121.55, 29.87)
"""Where things stand unless a test says otherwise; west of the plane's central meridian."""
PLANE = "EPSG:4550"

_numbers = itertools.count(1)
_to_plane = Transformer.from_crs("EPSG:4490", PLANE, always_xy=True)
_to_map = Transformer.from_crs(PLANE, "EPSG:4490", always_xy=True)


def entered_yesterday(connection: Connection, table: str) -> None:
    """Let all rows of a table have been entered the day before."""
    for statement in (
        "SET CONSTRAINTS ALL IMMEDIATE",
        "ALTER TABLE fangdi.{} DISABLE TRIGGER USER",
        "UPDATE fangdi.{} SET entered_at = now() - interval '1 day'",
        "ALTER TABLE fangdi.{} ENABLE TRIGGER USER",
        "SET CONSTRAINTS ALL DEFERRED",
    ):
        connection.execute(text(statement.format(table)))


def insert(connection: Connection, table: str, **values: Any) -> int:
    """Insert a row into a table of the schema and return its id; geometries are shapely's, SRID set beforehand."""
    places = ", ".join(
        f"ST_GeomFromEWKB(:{name})" if isinstance(value, BaseGeometry) else f":{name}" for name, value in values.items()
    )
    bound = {
        name: shapely.to_wkb(value, include_srid=True) if isinstance(value, BaseGeometry) else value
        for name, value in values.items()
    }
    key = "code" if table in {"jurisdiction", "room_use"} else "id"
    statement = f"INSERT INTO fangdi.{table} ({', '.join(values)}) VALUES ({places}) RETURNING {key}"  # noqa: S608
    made: int = connection.execute(text(statement), bound).scalar_one()
    return made


def period(since: date | None = None, until: date | None = None) -> Range[date]:
    """Return the days from `since` up to but not including `until`; open where nothing is given."""
    return Range(since, until, "[)")


def square(side: float, *, at: tuple[float, float] = (0.0, 0.0)) -> Polygon:
    """Draw a square of `side` metres with its south-west corner at `at`, metres east and north of the centre."""
    east, north = at
    return box(east, north, east + side, north + side)


def on_map(shape: Polygon | MultiPolygon, *, around: tuple[float, float] = CENTRE) -> MultiPolygon:
    """Place a drawing in metres around a point on the map: each corner goes through `PLANE`."""
    placed = shapely.transform(in_plane(shape, around=around), lambda xy: _shift(_to_map, xy))
    return _multi(placed, srid=4490)


def in_plane(shape: Polygon | MultiPolygon, *, around: tuple[float, float] = CENTRE) -> MultiPolygon:
    """Move a drawing to plane coordinates (`PLANE`, metres), its origin at a point given on the map."""
    east, north = _to_plane.transform(*around)
    return _multi(shapely.transform(shape, lambda xy: xy + np.array([east, north])), srid=0)


def degrees_box(west: float, south: float, east: float, north: float) -> MultiPolygon:
    """Draw a box whose edges follow meridians and parallels, in EPSG:4490."""
    return _multi(box(west, south, east, north), srid=4490)


def _shift(transformer: Transformer, xy: Any) -> Any:
    return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))


def _multi(shape: Polygon | MultiPolygon, *, srid: int) -> MultiPolygon:
    parts = MultiPolygon([shape]) if isinstance(shape, Polygon) else shape
    return shapely.set_srid(parts, srid)


def a_jurisdiction(
    connection: Connection,
    code: str = CITY,
    name: str = "宁波市",
    *,
    parent: str | None = None,
    level: str = "city",
    **more: Any,
) -> str:
    """Add a division (行政区) unless there is one of this code."""
    known = connection.execute(text("SELECT 1 FROM fangdi.jurisdiction WHERE code = :code"), {"code": code}).first()
    if known is None:
        insert(connection, "jurisdiction", code=code, name=name, parent_code=parent, level=level, **more)
    return code


def an_agency(
    connection: Connection,
    name: str = "市档案局",
    *,
    posts: int | Mapping[str, int] | None = None,
    present: int | None = None,
    jurisdiction: str = CITY,
    **more: Any,
) -> int:
    """Add an agency (机关); `posts` counts ordinary staff, or persons by rank code."""
    a_jurisdiction(connection, jurisdiction)
    values: dict[str, Any] = {"code": f"A{next(_numbers)}", "level": "city", "kind": "government", **more}
    agency = insert(connection, "agency", name=name, jurisdiction_code=jurisdiction, **values)
    by_rank = {"city_staff": posts} if isinstance(posts, int) else posts or {}
    for rank, number in by_rank.items():
        has_posts(connection, agency, number, rank=rank, jurisdiction=jurisdiction)
    if present is not None:
        insert(connection, "agency_staff", agency_id=agency, present=present, jurisdiction_code=jurisdiction)
    return agency


def has_posts(
    connection: Connection,
    agency: int,
    posts: int,
    *,
    rank: str = "city_staff",
    since: date | None = None,
    until: date | None = None,
    jurisdiction: str = CITY,
) -> int:
    """Authorise posts (编制) of a rank."""
    return insert(
        connection,
        "agency_posts",
        agency_id=agency,
        rank_code=rank,
        posts=posts,
        valid=period(since, until),
        jurisdiction_code=jurisdiction,
    )


def a_parcel(connection: Connection, shape: Polygon | None = None, *, jurisdiction: str = CITY, **more: Any) -> int:
    """Add a land parcel (宗地), drawn in metres around the centre."""
    a_jurisdiction(connection, jurisdiction)
    values: dict[str, Any] = {"code": f"P{next(_numbers)}", "outline": on_map(shape or square(200)), **more}
    return insert(connection, "parcel", jurisdiction_code=jurisdiction, **values)


def a_site(
    connection: Connection,
    name: str = "行政中心",
    *,
    parcels: tuple[int, ...] = (),
    jurisdiction: str = CITY,
    **more: Any,
) -> int:
    """Add a compound (院落) on parcels."""
    a_jurisdiction(connection, jurisdiction)
    site = insert(
        connection, "site", name=name, jurisdiction_code=jurisdiction, **{"code": f"S{next(_numbers)}", **more}
    )
    for parcel in parcels:
        links = {"site_id": site, "parcel_id": parcel, "jurisdiction_code": jurisdiction}
        connection.execute(
            text("INSERT INTO fangdi.site_parcel VALUES (:jurisdiction_code, :site_id, :parcel_id)"), links
        )
    return site


def a_building(
    connection: Connection,
    name: str = "1号楼",
    *,
    at: tuple[float, float] = CENTRE,
    site: int | None = None,
    parcels: tuple[int, ...] = (),
    jurisdiction: str = CITY,
    **more: Any,
) -> int:
    """Add a building (楼座) that stands at a point on the map."""
    a_jurisdiction(connection, jurisdiction)
    values: dict[str, Any] = {
        "code": f"B{next(_numbers)}",
        "location": shapely.set_srid(Point(at), 4490),
        "plan_crs": PLANE,
        **more,
    }
    building = insert(connection, "building", name=name, site_id=site, jurisdiction_code=jurisdiction, **values)
    for parcel in parcels:
        links = {"building_id": building, "parcel_id": parcel, "jurisdiction_code": jurisdiction}
        connection.execute(
            text("INSERT INTO fangdi.building_parcel VALUES (:jurisdiction_code, :building_id, :parcel_id)"), links
        )
    return building


def a_floor(connection: Connection, building: int, level: float = 1, **more: Any) -> int:
    """Add a floor (楼层), or return the one that is there."""
    place = {"building": building, "level": level}
    known = connection.execute(
        text("SELECT id FROM fangdi.floor WHERE building_id = :building AND level = :level"), place
    ).scalar()
    if known is not None:
        return int(known)
    values: dict[str, Any] = {"name": f"{level}层", **more}
    jurisdiction = _of(connection, "building", building, "jurisdiction_code")
    return insert(connection, "floor", building_id=building, level=level, jurisdiction_code=jurisdiction, **values)


def a_room(
    connection: Connection,
    number: str | None = None,
    *,
    building: int | None = None,
    level: float = 1,
    use: str = "office",
    area: float | None = 20.0,
    plan: Polygon | None = None,
    since: date | None = None,
    until: date | None = None,
    **more: Any,
) -> int:
    """Add a room (房间): `area` is its measured usable area in m², or is taken from the plan when one is drawn."""
    building = a_building(connection) if building is None else building
    code = f"R{next(_numbers)}"
    values: dict[str, Any] = {"code": code, "number": number or code, "use_code": use}
    values["measured_usable_m2"] = area if plan is None else plan.area
    if plan is not None:
        where = connection.execute(
            text("SELECT ST_X(location), ST_Y(location) FROM fangdi.building WHERE id = :id"), {"id": building}
        ).one()
        around = (where[0], where[1])
        values |= {"plan_outline": in_plane(plan, around=around), "outline": on_map(plan, around=around)}
    return insert(
        connection,
        "room",
        building_id=building,
        floor_id=a_floor(connection, building, level),
        jurisdiction_code=_of(connection, "building", building, "jurisdiction_code"),
        valid=period(since, until),
        **{**values, **more},
    )


def occupies(
    connection: Connection,
    agency: int,
    room: int,
    *,
    share: float = 1,
    since: date | None = None,
    until: date | None = None,
    **more: Any,
) -> int:
    """Let an agency use a room, or a share of it."""
    return insert(
        connection,
        "occupancy",
        agency_id=agency,
        room_id=room,
        share=share,
        valid=period(since, until),
        jurisdiction_code=_of(connection, "room", room, "jurisdiction_code"),
        **more,
    )


def has_status(
    connection: Connection, room: int, status: str, *, since: date | None = None, until: date | None = None
) -> int:
    """Put a room under repair, reserve it or hand it over."""
    return insert(
        connection,
        "room_status",
        room_id=room,
        status=status,
        valid=period(since, until),
        jurisdiction_code=_of(connection, "room", room, "jurisdiction_code"),
    )


def has_title(
    connection: Connection,
    state: str,
    *,
    building: int | None = None,
    parcel: int | None = None,
    since: date | None = None,
    until: date | None = None,
    **more: Any,
) -> int:
    """Give a building or a parcel a title in some state."""
    owner = ("parcel", parcel) if building is None else ("building", building)
    return insert(
        connection,
        "title",
        building_id=building,
        parcel_id=parcel,
        state=state,
        valid=period(since, until),
        jurisdiction_code=_of(connection, owner[0], int(owner[1] or 0), "jurisdiction_code"),
        **more,
    )


def has_tenure(
    connection: Connection, building: int, kind: str, *, since: date | None = None, until: date | None = None
) -> int:
    """Say by what right a building is used."""
    return insert(
        connection,
        "tenure",
        building_id=building,
        kind=kind,
        valid=period(since, until),
        jurisdiction_code=_of(connection, "building", building, "jurisdiction_code"),
    )


def a_zone(
    connection: Connection,
    outline: MultiPolygon | None = None,
    name: str = "行政中心集中办公区",
    *,
    radius_m: float | None = None,
    jurisdiction: str = CITY,
    **more: Any,
) -> int:
    """Add a zone, concentrated-office (集中办公区) unless said otherwise; the outline is on the map (EPSG:4490)."""
    a_jurisdiction(connection, jurisdiction)
    west, south = CENTRE
    return insert(
        connection,
        "zone",
        name=name,
        outline=outline or degrees_box(west - 0.005, south - 0.005, west + 0.005, south + 0.005),
        radius_m=radius_m,
        jurisdiction_code=jurisdiction,
        **{"code": f"Z{next(_numbers)}", "kind": "concentrated", **more},
    )


def a_plan(connection: Connection, building: int, *, file_name: str = "平面图.dxf", **more: Any) -> int:
    """Add a floor plan (平面图) that nothing was read from yet; `more` are columns."""
    values: dict[str, Any] = {
        "format": "dxf",
        "size_bytes": 4,
        "sha256": "0" * 64,
        "content": b"plan",
        "unit_name": "mm",
        "unit_metres": 0.001,
        "unit_said_by": "header",
        **more,
    }
    place = _of(connection, "building", building, "jurisdiction_code")
    return insert(connection, "plan", building_id=building, jurisdiction_code=place, file_name=file_name, **values)


def a_plan_batch(connection: Connection, building: int, *, file_name: str = "平面图.dxf", **more: Any) -> int:
    """Add a batch (批量平面图) with one file of a building, whose name the batch bears; `more` are columns."""
    place = {"jurisdiction_code": _of(connection, "building", building, "jurisdiction_code")}
    values = {"kind": "plan_batch", "name": file_name, "asked_by": "somebody", **place, **more}
    batch = insert(connection, "job", **values)
    file = {"name": file_name, "building_id": building, "size_bytes": 4, "sha256": "0" * 64, "content": b"plan"}
    insert(connection, "plan_batch_file", job_id=batch, sort=1, **file, **place)
    return batch


def is_drawn(connection: Connection, plan: int, *, number: str = "101", shape: Polygon | None = None) -> None:
    """Let a plan draw a floor with one room, both under the key `f`."""
    place = _of(connection, "plan", plan, "jurisdiction_code")
    outline = shapely.set_srid(MultiPolygon([shape or square(5)]), 0)
    of_plan: dict[str, Any] = {"plan_id": plan, "jurisdiction_code": place, "sort": 0, "plan_outline": outline}
    insert(connection, "plan_floor", key="f", name="一层", level=1, measured_outline_m2=outline.area, **of_plan)
    room: dict[str, Any] = {"key": "f", "floor_key": "f", "number": number, "found_by": "drawn", "handle": "1"}
    insert(connection, "plan_room", measured_usable_m2=outline.area, **room, **of_plan)


def an_area_audit(connection: Connection, plan: int, *, label: str = "101", **more: Any) -> int:
    """Add an audit (面积核查) of a plan with one line."""
    rule = connection.execute(text("SELECT id FROM fangdi.tolerance_rule WHERE accuracy = 3")).scalar_one()
    place = _of(connection, "plan", plan, "jurisdiction_code")
    audit = insert(connection, "area_audit", plan_id=plan, rule_id=rule, jurisdiction_code=place, **more)
    line: dict[str, Any] = {"sort": 1, "subject": "room", "measure": "usable", "verdict": "missing"}
    of_audit = {"audit_id": audit, "jurisdiction_code": place, "label": label, "comparisons": "[]"}
    insert(connection, "area_audit_line", **line, **of_audit)
    return audit


def a_finding(
    connection: Connection,
    person: str = "K1",
    *,
    found: date | None = None,
    jurisdiction: str = CITY,
    secret: bool = False,
    **more: Any,
) -> int:
    """Add a finding of compliance (合规问题) about a person, that was found today or on a day; `more` are columns."""
    day = found or date.today()  # noqa: DTZ011 - as the database reckons
    values: dict[str, Any] = {
        "rule": "several_offices",
        "object_kind": "person",
        "object_key": person,
        "person_key": person,
        "severity": "major",
        "state": "open",
        "holds": True,
        "episode": 1,
        "since": day,
        "places": [jurisdiction],
        "room_ids": [],
        "norm_ids": [],
        "certainty": "quoted",
        "gist": "",
        **more,
    }
    place = {"jurisdiction_code": jurisdiction, "secret": secret}
    made = insert(connection, "finding", **values, **place)
    event = {"finding_id": made, "episode": 1, "action": "found", "state": "open", "severity": "major", "day": day}
    latest = insert(connection, "finding_event", **event, **place)
    connection.execute(
        text("UPDATE fangdi.finding SET last_event_id = :latest WHERE id = :id"), {"latest": latest, "id": made}
    )
    return made


def _of(connection: Connection, table: str, row: int, column: str) -> Any:
    statement = f"SELECT {column} FROM fangdi.{table} WHERE id = :id"  # noqa: S608
    return connection.execute(text(statement), {"id": row}).scalar_one()


def a_scope(connection: Connection, **parts: Any) -> Scope:
    """Seal a scope with the owner's rights: all there is, unless `parts` (as in access_scope.sql) say otherwise."""
    said = {
        "account": None,
        "login": "test",
        "via": "test",
        "cleared": True,
        "until": "infinity",
        "where": dict.fromkeys(Capability, "everywhere"),
        "agencies": [],
        "own": [],
    }
    text_said = json.dumps(said | parts)
    seal: str = connection.execute(text("SELECT fangdi.seal(:said)"), {"said": text_said}).scalar_one()
    return Scope(text_said, seal)

"""Floors (楼层) and rooms (房间)."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    Numeric,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.domain.vocabulary import RoomCategory, RoomStatus
from fangdi.store.tables.base import (
    MAP_SRID,
    PLAN_SRID,
    TILE_SRID,
    areas,
    batch,
    choice,
    flag,
    identity,
    jurisdiction,
    map_shape,
    metadata,
    secret,
    tile_shape,
    valid,
)


def plan_shape(comment: str) -> Column[object]:
    """Geometry in the building's plan frame: what areas are measured on."""
    return Column(
        "plan_outline",
        Geometry("MULTIPOLYGON", srid=PLAN_SRID, spatial_index=False),
        comment=f"{comment} in the plan's own frame, metres (building.plan_crs says which); areas are measured on it",
    )


room_use = Table(
    "room_use",
    metadata,
    Column("code", Text, primary_key=True, comment="as meeting_room"),
    choice("category", RoomCategory, comment="用房类别, 发改投资〔2014〕2674号 第十条 表2", nullable=False),
    Column(
        "assignable",
        Boolean,
        nullable=False,
        comment="whether such rooms are assigned to agencies and can therefore be idle; common parts are not",
    ),
    Column("sort", SmallInteger, nullable=False, comment="order in lists"),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, nullable=False, comment="name in English"),
    comment="Uses of rooms and the category each counts in; a reference list",
)

floor = Table(
    "floor",
    metadata,
    identity(),
    jurisdiction(),
    Column("building_id", BigInteger, nullable=False),
    Column("level", Numeric(4, 1), nullable=False, comment="1 the ground floor, -1 the first below, 1.5 a mezzanine"),
    Column("name", Text, nullable=False, comment="name on the plan, as 三层, 夹层, GF"),
    Column("elevation_m", Double, comment="height of the finished floor above the building's zero, m"),
    Column(
        "height_m", Double, CheckConstraint("height_m > 0", name="height_positive"), comment="storey height (层高), m"
    ),
    *areas("gross", "gross floor area of the storey (建筑面积)"),
    plan_shape("outer outline"),
    map_shape("outline", "MULTIPOLYGON", comment="outer outline"),
    tile_shape("outline", "MULTIPOLYGON"),
    batch(),
    ForeignKeyConstraint(
        ["building_id", "jurisdiction_code"],
        ["fangdi.building.id", "fangdi.building.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    UniqueConstraint("building_id", "level"),
    # what rooms refer to, so that their building and jurisdiction cannot differ from the floor's
    UniqueConstraint("id", "building_id", "jurisdiction_code"),
    # Usage: which floor outlines meet this tile?
    Index("ix_floor_tile_shape", "tile_shape", postgresql_using="gist"),
    comment="Floors (楼层) of a building",
)

room = Table(
    "room",
    metadata,
    # The index of this key includes what reports over all rooms read (migration 0002); SQLAlchemy cannot say so.
    identity(),
    # Refers to a jurisdiction through the floor; a key of its own would have every load check the same twice.
    Column("jurisdiction_code", Text, nullable=False, comment="GB/T 2260 code of the jurisdiction that owns the row"),
    Column("building_id", BigInteger, nullable=False),
    Column("floor_id", BigInteger, nullable=False),
    Column("code", Text, nullable=False, comment="key within the building, kept when its plan comes again"),
    Column("number", Text, comment="number on the door; null for corridors and the like"),
    Column("name", Text, comment="name on the plan"),
    Column("use_code", Text, ForeignKey("fangdi.room_use.code"), nullable=False, comment="use; gives the category"),
    *areas("usable", "usable area (使用面积)"),
    Column("seats", Integer, CheckConstraint("seats >= 0", name="seats_not_negative"), comment="workplaces or seats"),
    plan_shape("outline on the inner wall faces"),
    # Valid, and copied for tiles, by triggers: sql/functions/room_outline.sql says why.
    Column(
        "outline",
        Geometry("MULTIPOLYGON", srid=MAP_SRID, spatial_index=False),
        comment="outline on the inner wall faces; EPSG:4490, degrees, longitude first",
    ),
    Column(
        "tile_shape",
        Geometry("MULTIPOLYGON", srid=TILE_SRID, spatial_index=False),
        comment="EPSG:3857 copy that serves tiles and nothing else: areas and distances on it are wrong",
    ),
    flag("classified", "state secret: hidden from everyone without clearance"),
    secret(),
    valid("period in which the room exists in this shape"),
    batch(),
    ForeignKeyConstraint(
        ["floor_id", "building_id", "jurisdiction_code"],
        ["fangdi.floor.id", "fangdi.floor.building_id", "fangdi.floor.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    UniqueConstraint("building_id", "code"),
    # Usage: which rooms are on this floor?
    Index("ix_room_floor_id", "floor_id"),
    # Usage: which rooms of this import are secret? They are few.
    Index("ix_room_secret", "batch_id", postgresql_where=text("secret")),
    # Usage: which rooms of these buildings have no outline? They are few.
    Index(
        "ix_room_undrawn",
        "building_id",
        postgresql_include=["id"],
        postgresql_where=text("plan_outline IS NULL OR ST_IsEmpty(plan_outline)"),
    ),
    # Usage: which rooms meet this tile?
    Index("ix_room_tile_shape", "tile_shape", postgresql_using="gist"),
    comment="Rooms (房间), corridors and stairs included",
)
# Usage: which rooms have a number that begins so? In byte order, since only that serves LIKE.
Index(
    "ix_room_number",
    func.lower(room.c.number).label("lower_number"),
    postgresql_ops={"lower_number": "text_pattern_ops"},
)

room_status = Table(
    "room_status",
    metadata,
    identity(),
    jurisdiction(),
    Column("room_id", BigInteger, ForeignKey("fangdi.room.id", ondelete="CASCADE"), nullable=False),
    choice("status", RoomStatus, comment="why the room is not to be had", nullable=False),
    Column("reason", Text, comment="in words"),
    secret(),
    valid("period in which the status holds"),
    batch(),
    # Usage: is this room under repair, reserved or handed over on a date? And: one answer only.
    ExcludeConstraint(("room_id", "="), ("valid", "&&"), name="ex_room_status_once", using="gist"),
    # Usage: the same for all rooms of a tile, at a fifth of the time.
    Index("ix_room_status_room_id", "room_id", postgresql_include=["status", "valid", "jurisdiction_code", "secret"]),
    comment="State (房间状态) other than available, over time",
)

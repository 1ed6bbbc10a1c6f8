"""Jurisdictions (行政区划) and the zones (集中办公区) drawn in them."""

from sqlalchemy import CheckConstraint, Column, Double, ForeignKey, Index, Table, Text, UniqueConstraint

from fangdi.domain.vocabulary import AdministrativeLevel, ZoneKind
from fangdi.store.tables.base import batch, choice, identity, jurisdiction, map_shape, metadata, tile_shape, valid

jurisdiction_table = Table(
    "jurisdiction",
    metadata,
    Column(
        "code",
        Text,
        CheckConstraint("code ~ '^[0-9]{6}([0-9]{6})?$'", name="code_form"),
        primary_key=True,
        comment="GB/T 2260 code, 6 digits; below county the 12-digit statistical code",
    ),
    Column("parent_code", Text, ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"), comment="one level up"),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, comment="name in English"),
    choice("level", AdministrativeLevel, comment="level of government", nullable=False),
    valid("period in which the code is in force"),
    Column(
        "successor_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        comment="code that took over when this one was withdrawn",
    ),
    map_shape("boundary", "MULTIPOLYGON", comment="boundary"),
    tile_shape("boundary", "MULTIPOLYGON"),
    Column("source", Text, comment="where the boundary and name come from"),
    # Usage: which jurisdictions lie below this one?
    Index("ix_jurisdiction_parent_code", "parent_code"),
    # Usage: which boundaries meet this tile?
    Index("ix_jurisdiction_tile_shape", "tile_shape", postgresql_using="gist"),
    comment="Administrative divisions as a tree, each with the period its code is in force",
)

zone = Table(
    "zone",
    metadata,
    identity(),
    jurisdiction(),
    Column("code", Text, nullable=False, comment="the administration's own key"),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, comment="name in English"),
    choice("kind", ZoneKind, comment="purpose", nullable=False),
    Column(
        "radius_m",
        Double,
        CheckConstraint("radius_m > 0", name="radius_positive"),
        comment="reach in metres on the ellipsoid; null: the deployment's default",
    ),
    map_shape("outline", "MULTIPOLYGON", nullable=False, comment="outline"),
    tile_shape("outline", "MULTIPOLYGON"),
    valid("period in which the zone is designated"),
    batch(),
    UniqueConstraint("jurisdiction_code", "code"),
    # Usage: which zones meet this tile?
    Index("ix_zone_tile_shape", "tile_shape", postgresql_using="gist"),
    comment="Areas drawn on the map, above all the concentrated-office zones (集中办公区)",
)

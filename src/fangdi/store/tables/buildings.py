"""Buildings (楼座) and the parcels they stand on."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Double,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from fangdi.domain.vocabulary import STRUCTURE_CODES, SafetyGrade
from fangdi.store.tables.base import (
    MAP_SRID,
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
    valid,
)

building = Table(
    "building",
    metadata,
    identity(),
    jurisdiction(),
    Column("code", Text, nullable=False, comment="the administration's own key"),
    Column("site_id", BigInteger, ForeignKey("fangdi.site.id"), comment="compound it stands in"),
    Column(
        "natural_code",
        Text,
        CheckConstraint("natural_code ~ '^[0-9]{12}[GJZ][ABCDEFGHSWXY][0-9]{5}F[0-9]{4}$'", name="natural_code_form"),
        comment="自然幢号 (ZRZH), 24 characters; its form is unverified",
    ),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, comment="name in English"),
    Column("address", Text, comment="坐落"),
    Column(
        "storeys_above",
        SmallInteger,
        CheckConstraint("storeys_above >= 0", name="storeys_above_not_negative"),
        comment="地上层数",
    ),
    Column(
        "storeys_below",
        SmallInteger,
        CheckConstraint("storeys_below >= 0", name="storeys_below_not_negative"),
        comment="地下层数",
    ),
    Column("height_m", Double, CheckConstraint("height_m > 0", name="height_positive"), comment="height in m"),
    Column(
        "built_year",
        SmallInteger,
        CheckConstraint("built_year BETWEEN 1000 AND 2200", name="built_year_plausible"),
        comment="year of completion",
    ),
    choice("structure", STRUCTURE_CODES, comment="房屋结构"),
    choice("safety_grade", SafetyGrade, comment="房屋安全等级, JGJ 125, A (best) to D"),
    Column("has_lift", Boolean, comment="whether it has a lift; null when unknown"),
    flag("classified", "state secret: hidden from everyone without clearance"),
    secret(),
    *areas("gross", "gross floor area (建筑面积)"),
    map_shape("outline", "MULTIPOLYGON", comment="footprint; null when only a point is known"),
    Column(
        "location",
        Geometry("POINT", srid=MAP_SRID, spatial_index=False, nullable=False),
        nullable=False,
        comment="point that stands for the building in distances: given, or a point on the footprint's surface; "
        "EPSG:4490, degrees, longitude first",
    ),
    Column(
        "tile_shape",
        Geometry("GEOMETRY", srid=TILE_SRID, spatial_index=False),
        Computed(f"ST_Transform(COALESCE(outline, location), {TILE_SRID})", persisted=True),
        comment="EPSG:3857 copy of footprint or point that serves tiles and nothing else",
    ),
    Column(
        "plan_crs",
        Text,
        comment="frame in which this building's plans are in metres, an EPSG code or PROJ string; null: no plan yet",
    ),
    valid("period in which the building exists and is held"),
    batch(),
    UniqueConstraint("jurisdiction_code", "code"),
    # what floors refer to, so that their jurisdiction cannot differ from the building's
    UniqueConstraint("id", "jurisdiction_code"),
    # Usage: which buildings stand in this compound?
    Index("ix_building_site_id", "site_id"),
    # Usage: which buildings meet this tile?
    Index("ix_building_tile_shape", "tile_shape", postgresql_using="gist"),
    # Usage: which buildings do not exist on a date?
    Index(
        "ix_building_limited",
        "id",
        postgresql_include=["valid"],
        postgresql_where=text("valid <> '(,)'::daterange"),
    ),
    # Usage: which buildings lie within so many metres of a zone?
    Index("ix_building_location_geography", text("geography(location)"), postgresql_using="gist"),
    comment="Buildings (自然幢, 楼座)",
)

building_parcel = Table(
    "building_parcel",
    metadata,
    jurisdiction(),
    Column("building_id", BigInteger, ForeignKey("fangdi.building.id", ondelete="CASCADE"), primary_key=True),
    Column("parcel_id", BigInteger, ForeignKey("fangdi.parcel.id", ondelete="CASCADE"), primary_key=True),
    # Usage: which buildings stand on this parcel?
    Index("ix_building_parcel_parcel_id", "parcel_id"),
    comment="Which building stands on which parcels; several are possible",
)

"""Land parcels (宗地) and the sites (院落) that stand on them."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint, func

from fangdi.domain.vocabulary import LandUseScheme
from fangdi.store.tables.base import (
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

parcel = Table(
    "parcel",
    metadata,
    identity(),
    jurisdiction(),
    Column("code", Text, nullable=False, comment="key of the parcel in its source; the parcel code where there is one"),
    Column(
        "parcel_code",
        Text,
        CheckConstraint("parcel_code ~ '^[0-9]{12}[GJZ][ABCDEFGHSWXY][0-9]{5}$'", name="parcel_code_form"),
        comment="宗地代码, GB/T 37346, 19 characters",
    ),
    Column(
        "unit_code",
        Text,
        CheckConstraint("unit_code ~ '^[0-9]{12}[GJZ][ABCDEFGHSWXY][0-9]{5}[FLQW][0-9]{8}$'", name="unit_code_form"),
        comment="不动产单元代码, GB/T 37346, 28 characters",
    ),
    Column("address", Text, comment="坐落"),
    Column("right_type", Text, comment="权利类型 code (QLLX), as 3 国有建设用地使用权; code list unverified"),
    Column("right_nature", Text, comment="权利性质 (QLXZ), as 划拨, 出让"),
    Column("holder", Text, comment="权利人 as written on the title"),
    Column("holder_agency_id", BigInteger, ForeignKey("fangdi.agency.id"), comment="权利人, when it is an agency here"),
    choice("land_use_scheme", LandUseScheme, comment="classification the land-use code belongs to"),
    Column("land_use_code", Text, comment="地类 code within its scheme, as 0801 机关团体用地"),
    *areas("land", "land area"),
    map_shape("outline", "MULTIPOLYGON", nullable=False, comment="boundary (界址线)"),
    tile_shape("outline", "MULTIPOLYGON"),
    flag("classified", "state secret: hidden from everyone without clearance"),
    secret(),
    valid("period in which the parcel exists in this shape"),
    batch(),
    CheckConstraint("(land_use_scheme IS NULL) = (land_use_code IS NULL)", name="land_use_with_scheme"),
    UniqueConstraint("jurisdiction_code", "code"),
    # Usage: which parcels meet this tile?
    Index("ix_parcel_tile_shape", "tile_shape", postgresql_using="gist"),
    # Usage: on which parcels does this building stand?
    Index("ix_parcel_outline", "outline", postgresql_using="gist"),
    comment="Land parcels (宗地)",
)
# Usage: which parcels have a code that begins so? In byte order, since only that serves LIKE.
Index(
    "ix_parcel_code", func.lower(parcel.c.code).label("lower_code"), postgresql_ops={"lower_code": "text_pattern_ops"}
)
Index(
    "ix_parcel_parcel_code",
    func.lower(parcel.c.parcel_code).label("lower_code"),
    postgresql_ops={"lower_code": "text_pattern_ops"},
)

site = Table(
    "site",
    metadata,
    identity(),
    jurisdiction(),
    Column("code", Text, nullable=False, comment="the administration's own key"),
    Column("name", Text, nullable=False, comment="name in Chinese"),
    Column("name_en", Text, comment="name in English"),
    Column("address", Text, comment="坐落"),
    map_shape("outline", "MULTIPOLYGON", comment="outline of the compound"),
    tile_shape("outline", "MULTIPOLYGON"),
    flag("classified", "state secret: hidden from everyone without clearance"),
    secret(),
    valid("period in which the site is held"),
    batch(),
    UniqueConstraint("jurisdiction_code", "code"),
    # Usage: which sites meet this tile?
    Index("ix_site_tile_shape", "tile_shape", postgresql_using="gist"),
    comment="Compounds (院落) that hold one or more buildings",
)

site_parcel = Table(
    "site_parcel",
    metadata,
    jurisdiction(),
    Column("site_id", BigInteger, ForeignKey("fangdi.site.id", ondelete="CASCADE"), primary_key=True),
    Column("parcel_id", BigInteger, ForeignKey("fangdi.parcel.id", ondelete="CASCADE"), primary_key=True),
    # Usage: which sites lie on this parcel?
    Index("ix_site_parcel_parcel_id", "parcel_id"),
    comment="Which site lies on which parcels",
)

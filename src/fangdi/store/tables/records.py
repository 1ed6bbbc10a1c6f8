"""Documents (档案), imports, and the versions that tile caches are keyed by."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from fangdi.domain.vocabulary import DocumentKind
from fangdi.store.tables.base import choice, flag, identity, jurisdiction, metadata

document = Table(
    "document",
    metadata,
    identity(),
    jurisdiction(),
    choice("kind", DocumentKind, comment="档案类别", nullable=False),
    Column("title", Text, nullable=False, comment="title"),
    Column("number", Text, comment="文号"),
    Column("issued_by", Text, comment="发文单位"),
    Column("issued_on", Date, comment="date of issue"),
    Column("media_type", Text, comment="MIME type of the file"),
    Column("size_bytes", BigInteger, comment="size of the file in bytes"),
    Column(
        "sha256", Text, CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"), comment="hash of the file"
    ),
    Column("path", Text, comment="where the file lies, relative to the data folder"),
    flag("classified", "state secret: hidden from everyone without clearance"),
    comment="Filed documents; the file itself lies in the data folder",
)

document_link = Table(
    "document_link",
    metadata,
    identity(),
    jurisdiction(),
    Column("document_id", BigInteger, ForeignKey("fangdi.document.id", ondelete="CASCADE"), nullable=False),
    Column("parcel_id", BigInteger, ForeignKey("fangdi.parcel.id", ondelete="CASCADE")),
    Column("site_id", BigInteger, ForeignKey("fangdi.site.id", ondelete="CASCADE")),
    Column("building_id", BigInteger, ForeignKey("fangdi.building.id", ondelete="CASCADE")),
    Column("floor_id", BigInteger, ForeignKey("fangdi.floor.id", ondelete="CASCADE")),
    Column("room_id", BigInteger, ForeignKey("fangdi.room.id", ondelete="CASCADE")),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE")),
    Column("occupancy_id", BigInteger, ForeignKey("fangdi.occupancy.id", ondelete="CASCADE")),
    CheckConstraint(
        "num_nonnulls(parcel_id, site_id, building_id, floor_id, room_id, agency_id, occupancy_id) = 1",
        name="one_object",
    ),
    # Usage: what does this document concern?
    Index("ix_document_link_document_id", "document_id"),
    # Usage: which documents are filed for this building?
    Index("ix_document_link_building_id", "building_id", postgresql_where=text("building_id IS NOT NULL")),
    # Usage: which documents are filed for this agency?
    Index("ix_document_link_agency_id", "agency_id", postgresql_where=text("agency_id IS NOT NULL")),
    comment="What a document concerns",
)

import_batch = Table(
    "import_batch",
    metadata,
    identity(),
    jurisdiction(),
    Column("layer", Text, nullable=False, comment="what was loaded, as rooms"),
    Column("file_name", Text, nullable=False, comment="name of the file, without its folder"),
    Column("file_sha256", Text, comment="hash of the file"),
    Column("crs", Text, comment="CRS that the coordinates were read in"),
    Column("mapping", JSONB, nullable=False, comment="field mapping that was used"),
    Column("rows_read", Integer, nullable=False),
    Column("inserted", Integer, nullable=False),
    Column("updated", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("rejected", Integer, nullable=False),
    Column("rejections", JSONB, nullable=False, server_default=text("'[]'"), comment="row, field, value, reason"),
    Column("loaded_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("loaded_by", Text, nullable=False, server_default=text("CURRENT_USER"), comment="who loaded it"),
    comment="One row an import that changed something",
)

layer_version = Table(
    "layer_version",
    metadata,
    Column("layer", Text, primary_key=True, comment="name of a tile layer"),
    Column("version", BigInteger, nullable=False, server_default=text("1"), comment="grows with every change"),
    comment="Version of each tile layer's data: the tile caches and ETags are keyed by it",
)

deployment = Table(
    "deployment",
    metadata,
    Column("key", Text, primary_key=True, comment="as sample"),
    Column("value", JSONB, nullable=False),
    comment="Facts about this database, above all whether it holds the invented sample city",
)

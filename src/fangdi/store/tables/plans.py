"""Floor plans (平面图) as files, and what was read from them."""

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from fangdi.domain.plans.findings import Severity
from fangdi.domain.plans.model import FoundBy, PlanFormat
from fangdi.store.tables.base import PLAN_SRID, choice, flag, identity, metadata, secret

_OF_THE_BUILDING = "GB/T 2260 code of the building's jurisdiction"
_FRAME = "in the plan's own frame, metres"


def _place() -> Column[str]:
    return Column("jurisdiction_code", Text, nullable=False, comment=_OF_THE_BUILDING)


def _shape(name: str, kind: str, comment: str, *, nullable: bool = True) -> Column[object]:
    return Column(
        name,
        Geometry(kind, srid=PLAN_SRID, spatial_index=False, nullable=nullable),
        nullable=nullable,
        comment=f"{comment} {_FRAME}",
    )


def _measured(name: str, meaning: str, *, nullable: bool = True) -> Column[float]:
    return Column(
        name,
        Double,
        CheckConstraint(f"{name} >= 0", name=f"{name.removesuffix('_m2')}_not_negative"),
        nullable=nullable,
        comment=f"{meaning} in m², basis: measured (exact over true arcs, in the plan's own metric frame)",
    )


def _of_plan() -> ForeignKeyConstraint:
    """Refer to the plan, so that the jurisdiction cannot differ from the plan's."""
    return ForeignKeyConstraint(
        ["plan_id", "jurisdiction_code"],
        ["fangdi.plan.id", "fangdi.plan.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    )


def _json(name: str, comment: str, *, empty: str = "{}") -> Column[object]:
    return Column(name, JSONB, nullable=False, server_default=text(f"'{empty}'"), comment=comment)


plan = Table(
    "plan",
    metadata,
    identity(),
    _place(),
    Column("building_id", BigInteger, nullable=False),
    Column("file_name", Text, nullable=False, comment="name of the file, without its folder"),
    choice("format", PlanFormat, comment="kind of file", nullable=False),
    Column("size_bytes", BigInteger, nullable=False, comment="size of the file in bytes"),
    Column(
        "sha256",
        Text,
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
        nullable=False,
        comment="hash of the file",
    ),
    Column("content", LargeBinary, nullable=False, comment="the file itself"),
    Column(
        "version",
        Integer,
        nullable=False,
        comment="of those of the building's plans that the uploader sees, from 1; set by a trigger",
    ),
    choice(
        "status",
        ("draft", "imported", "superseded"),
        comment="draft: may be changed; imported: rooms were taken from it; superseded: a later one was imported",
        nullable=False,
        server_default=text("'draft'"),
    ),
    Column("revision", BigInteger, nullable=False, server_default=text("1"), comment="grows with every change"),
    _json("reading", "how the file was read: what a person confirmed or chose"),
    Column("unit_name", Text, nullable=False, comment="unit of the drawing: mm, cm, m, in, ft, or of degrees the CRS"),
    Column("unit_metres", Double, nullable=False, comment="metres in one unit of the drawing"),
    Column("unit_said_by", Text, nullable=False, comment="header, content, person or format"),
    flag("unit_confirmed", "whether a person confirmed the unit"),
    _json("layers", "layers of the file with what each was taken for", empty="[]"),
    _json("edits", "keys of rooms that were changed, added or removed by hand"),
    _json("repairs", "repairs that were accepted", empty="[]"),
    Column("georeference", JSONB, comment="where the file itself says that it lies"),
    Column("placement", JSONB, comment="where the plan lies on the map: method, control points, matrix, residuals"),
    Column("frozen_at", DateTime(timezone=True), comment="since when an accepted audit rests on it; not changed then"),
    flag("classified", "state secret: drawn with classified rooms; hidden from everyone without clearance"),
    secret(),
    Column("uploaded_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column("uploaded_by", Text, nullable=False, comment="login of who uploaded it, set by a trigger"),
    Column("imported_at", DateTime(timezone=True), comment="when its rooms were taken over"),
    Column("imported_by", Text, comment="login of who took them over"),
    ForeignKeyConstraint(
        ["building_id", "jurisdiction_code"],
        ["fangdi.building.id", "fangdi.building.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    UniqueConstraint("id", "jurisdiction_code"),
    # Usage: which plans has this building, latest first?
    Index("ix_plan_building_id", "building_id", "id"),
    comment="Floor plans (平面图): files as they were uploaded, and how they were read",
)

plan_floor = Table(
    "plan_floor",
    metadata,
    identity(),
    _place(),
    Column("plan_id", BigInteger, nullable=False),
    Column("key", Text, nullable=False, comment="tells the floor from the others of the plan"),
    Column("sort", Integer, nullable=False, comment="order on the plan"),
    Column("name", Text, nullable=False, comment="name on the plan"),
    Column("level", Numeric(4, 1), comment="1 the ground floor, -1 the first below; null: not known yet"),
    Column("elevation_m", Double, comment="height of the finished floor above the building's zero, m"),
    Column("height_m", Double, comment="storey height (层高), m"),
    _measured("measured_outline_m2", "area of the outer outline"),
    _shape("plan_outline", "MULTIPOLYGON", "outer outline"),
    flag("outline_implied", "whether nobody drew the outer outline, and it is what walls and rooms cover"),
    _shape("backdrop", "MULTILINESTRING", "other lines, drawn faint,"),
    _json("parts", "walls, columns, voids and unenclosed parts: kind, handle, height, area, GeoJSON", empty="[]"),
    _json("labels", "texts on the plan with what was read from them", empty="[]"),
    _of_plan(),
    UniqueConstraint("plan_id", "key"),
    comment="Floors as a plan draws them; written anew whenever the plan is read",
)

plan_room = Table(
    "plan_room",
    metadata,
    identity(),
    _place(),
    Column("plan_id", BigInteger, nullable=False),
    Column("floor_key", Text, nullable=False),
    Column("key", Text, nullable=False, comment="tells the room from the others of the plan"),
    Column("sort", Integer, nullable=False, comment="order on the plan"),
    Column("number", Text, comment="number on the door"),
    Column("name", Text, comment="name on the plan"),
    Column("use", Text, comment="use as written in the file"),
    Column("use_code", Text, ForeignKey("fangdi.room_use.code"), comment="use as we name it; null: not recognised"),
    choice("found_by", FoundBy, comment="how the boundary came about", nullable=False),
    Column("handle", Text, nullable=False, comment="traces it back to the file: DXF handle, GlobalId, feature number"),
    Column("layer", Text, comment="layer of the file"),
    Column("height_m", Double, comment="clear height, m"),
    _measured("measured_usable_m2", "usable area (使用面积)", nullable=False),
    _json("stated", "areas that the file states: m², basis, source", empty="[]"),
    _shape("plan_outline", "MULTIPOLYGON", "outline on the inner wall faces", nullable=False),
    flag("edited", "whether it was changed or added by hand"),
    Column(
        "room_id",
        BigInteger,
        ForeignKey("fangdi.room.id", ondelete="SET NULL"),
        comment="room that it became by the import",
    ),
    _of_plan(),
    ForeignKeyConstraint(
        ["plan_id", "floor_key"],
        ["fangdi.plan_floor.plan_id", "fangdi.plan_floor.key"],
        ondelete="CASCADE",
        deferrable=True,
        initially="DEFERRED",
    ),
    UniqueConstraint("plan_id", "key"),
    # Usage: from which plans did this room come, and are they secret with it?
    Index("ix_plan_room_room_id", "room_id", postgresql_where=text("room_id IS NOT NULL")),
    # Usage: which rooms are drawn on this floor?
    Index("ix_plan_room_floor", "plan_id", "floor_key"),
    comment="Rooms as a plan draws them; written anew whenever the plan is read",
)

plan_finding = Table(
    "plan_finding",
    metadata,
    identity(),
    _place(),
    Column("plan_id", BigInteger, nullable=False),
    choice("said_by", ("reader", "check", "placing"), comment="what found it", nullable=False),
    Column("code", Text, nullable=False, comment="kind of finding"),
    choice("severity", Severity, comment="严重程度", nullable=False),
    Column("details", JSONB, nullable=False, comment="what fills the sentence of its code"),
    Column("floor_key", Text, comment="floor that it is about"),
    Column("room_keys", ARRAY(Text), nullable=False, server_default=text("'{}'"), comment="rooms that it is about"),
    Column("handle", Text, comment="traces it back to the file"),
    _shape("place", "POINT", "where"),
    _shape("shape", "GEOMETRY", "what to draw,"),
    _of_plan(),
    # Usage: what is wrong with this plan?
    Index("ix_plan_finding_plan_id", "plan_id"),
    comment="Findings (核查发现) about a plan; written anew whenever it is read or checked",
)

plan_mapping = Table(
    "plan_mapping",
    metadata,
    identity(),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        nullable=False,
        comment="GB/T 2260 code of the jurisdiction that owns the row",
    ),
    Column("name", Text, nullable=False, comment="name to choose it by"),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="SET NULL"), comment="whose plans"),
    Column("surveyor", Text, comment="测绘单位 whose plans"),
    Column("reading", JSONB, nullable=False, comment="unit, roles by layer, widest gap in m, fields"),
    Column("changed_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column("changed_by", Text, nullable=False, comment="login of who saved it, set by a trigger"),
    UniqueConstraint("jurisdiction_code", "name"),
    comment="Layer mappings (图层对应) saved for the plans of an agency or surveyor",
)

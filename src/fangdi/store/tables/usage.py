"""Who used how much on which day, derived from rooms, occupancies and states and kept as these change."""

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Column, Date, Index, Table, Text, text

from fangdi.domain.vocabulary import AreaBasis, BucketSpan, SpellKind
from fangdi.store.tables.base import choice, flag, metadata, valid


def _areas() -> list[Column[int]]:
    """Areas as whole mm², so that adding and taking away never drifts; the part that counts for the row."""
    return [
        Column(f"{basis}_mm2", BigInteger, comment=f"usable area in mm², basis: {basis}; null when unknown")
        for basis in AreaBasis
    ]


def _sums() -> list[Column[int]]:
    counts = [
        Column(f"with_{basis}", BigInteger, nullable=False, comment=f"change of the rooms that have an area: {basis}")
        for basis in AreaBasis
    ]
    areas = [
        Column(f"{basis}_mm2", BigInteger, nullable=False, comment=f"change of usable area in mm², basis: {basis}")
        for basis in AreaBasis
    ]
    return [*counts, *areas]


# No foreign keys: rows follow their room by triggers, which need the old rows to know what to take away.
room_spell = Table(
    "room_spell",
    metadata,
    Column("room_id", BigInteger, nullable=False),
    Column("jurisdiction_code", Text, nullable=False),
    Column("building_id", BigInteger, nullable=False),
    Column("floor_id", BigInteger, nullable=False),
    Column("agency_id", BigInteger, comment="who uses it; null for kinds that nobody uses"),
    choice("kind", SpellKind, comment="used whole, part of a shared room, its rest, closed, or free", nullable=False),
    Column("use_code", Text, nullable=False),
    flag("secret", "hidden from everyone without clearance; as the room"),
    valid("period in which it holds, within those of room and building"),
    *_areas(),
    Index("ix_room_spell_room_id", "room_id"),
    # Usage: what does this agency use, and what did it?
    Index("ix_room_spell_agency_id", "agency_id", postgresql_where=text("agency_id IS NOT NULL")),
    # Usage: which rooms of these buildings did nobody use on a date, and which of them lack an area? Most spells are
    # over: those need not be looked at.
    Index(
        "ix_room_spell_unused",
        "building_id",
        text("COALESCE(upper(valid), 'infinity')"),
        postgresql_include=[
            *("room_id", "floor_id", "use_code", "kind", "valid", "jurisdiction_code", "secret"),
            *(f"{basis}_mm2" for basis in AreaBasis),
        ],
        postgresql_where=text("kind IN ('free', 'closed')"),
    ),
    comment="Periods in which rooms are in one state of use; derived, kept by triggers",
)

usage_bucket = Table(
    "usage_bucket",
    metadata,
    choice("span", BucketSpan, comment="day, or the month or year whose days are added up", primary_key=True),
    Column("since", Date, primary_key=True, comment="first day of the span"),
    Column("jurisdiction_code", Text, primary_key=True),
    Column("agency_id", BigInteger, primary_key=True, comment="0 for kinds that nobody uses"),
    Column("use_code", Text, primary_key=True),
    choice("kind", SpellKind, comment="as of room_spell", primary_key=True),
    Column("secret", Boolean, primary_key=True, comment="hidden from everyone without clearance"),
    Column("rooms", BigInteger, nullable=False, comment="change of the number of rooms in the span"),
    *_sums(),
    comment="Changes of use by day, month and year; what holds on a date is their sum up to it; derived",
)

usage_state = Table(
    "usage_state",
    metadata,
    Column("single", Boolean, CheckConstraint("single", name="one_row"), primary_key=True, server_default=text("true")),
    Column(
        "outdated",
        Boolean,
        nullable=False,
        comment="whether a large change has not been added up yet; answers then come from the rooms",
    ),
    comment="Whether the derived tables of use are up to date; one row",
)

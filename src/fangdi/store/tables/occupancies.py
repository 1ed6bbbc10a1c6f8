"""Who uses which room since when (使用情况)."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Numeric, Table, Text, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.store.tables.base import batch, identity, jurisdiction, metadata, secret, valid

occupancy = Table(
    "occupancy",
    metadata,
    identity(),
    jurisdiction(),
    Column("room_id", BigInteger, ForeignKey("fangdi.room.id", ondelete="CASCADE"), nullable=False),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id"), nullable=False),
    Column("unit", Text, comment="section within the agency (处室)"),
    Column(
        "share",
        Numeric(6, 5),
        CheckConstraint("share > 0 AND share <= 1", name="share_of_one"),
        nullable=False,
        server_default=text("1"),
        comment="part of the room's area that counts for the agency; shares of a room never exceed 1 on any day",
    ),
    valid("period of use"),
    Column("document_no", Text, comment="number of the agreement or permit (使用凭证) it rests on"),
    secret(),
    batch(),
    # A room used whole has one user at a time.
    ExcludeConstraint(
        ("room_id", "="), ("valid", "&&"), name="ex_occupancy_whole_room_once", using="gist", where=text("share = 1")
    ),
    # Usage: who uses this room on a date? And: no agency's section twice.
    ExcludeConstraint(
        ("room_id", "="),
        ("agency_id", "="),
        (text("COALESCE(unit, '')"), "="),
        ("valid", "&&"),
        name="ex_occupancy_user_once",
        using="gist",
    ),
    # Usage: who uses this room on a date? Every room of a tile asks, and is answered from the index alone.
    Index(
        "ix_occupancy_room_id",
        "room_id",
        postgresql_include=["id", "agency_id", "share", "valid", "jurisdiction_code", "secret"],
    ),
    # Usage: the reports over all rooms, in the order of room ids; which rooms are used whole need not be looked up.
    Index(
        "ix_occupancy_whole",
        "room_id",
        postgresql_include=["agency_id", "valid", "jurisdiction_code", "secret"],
        postgresql_where=text("share = 1"),
    ),
    # Usage: the same for the few rooms that are shared.
    Index(
        "ix_occupancy_shared",
        "room_id",
        postgresql_include=["agency_id", "share", "valid", "jurisdiction_code", "secret"],
        postgresql_where=text("share < 1"),
    ),
    # Usage: which rooms has this agency?
    Index("ix_occupancy_agency_id", "agency_id"),
    comment="Use of a room by an agency over time",
)

occupant = Table(
    "occupant",
    metadata,
    identity(),
    jurisdiction(),
    Column("occupancy_id", BigInteger, ForeignKey("fangdi.occupancy.id", ondelete="CASCADE"), nullable=False),
    Column("person_key", Text, nullable=False, comment="staff number (工号): the same person in every room"),
    Column("name", Text, comment="name of the person"),
    Column("rank_code", Text, ForeignKey("fangdi.staff_rank.code"), comment="rank (职级)"),
    # Usage: who sits in the room? And: nobody twice.
    Index("uq_occupant_person", "occupancy_id", "person_key", unique=True),
    # Usage: which rooms has this person?
    Index("ix_occupant_person_key", "person_key"),
    comment="Persons who work in the room of an occupancy",
)

"""What inspections find out (用房督查): approved functions and annexes of rooms, use by outsiders, posts of leaders."""

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Double, ForeignKey, Index, Table, Text, func, text
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.domain.findings.offices import AnnexKind, PostEnd
from fangdi.domain.findings.rooms import OutsideUse
from fangdi.store.tables.base import choice, identity, jurisdiction, metadata, secret, valid


def _room(name: str = "room_id") -> Column[int]:
    return Column(name, BigInteger, ForeignKey("fangdi.room.id", ondelete="CASCADE"), nullable=False)


def _entered() -> list[Column[object]]:
    return [
        Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
        Column("entered_by", Text, nullable=False, server_default=text("'-'"), comment="login, set by a trigger"),
    ]


room_function = Table(
    "room_function",
    metadata,
    identity(),
    jurisdiction(),
    _room(),
    Column("use_code", Text, ForeignKey("fangdi.room_use.code"), nullable=False, comment="use that was approved"),
    Column(
        "document_no",
        Text,
        CheckConstraint("btrim(document_no) <> ''", name="document_no_given"),
        nullable=False,
        comment="文号 of the approval",
    ),
    Column("remark", Text, comment="in words"),
    secret(),
    valid("period in which the approval holds"),
    *_entered(),
    # Usage: for what was this room approved on a date? And: one answer only.
    ExcludeConstraint(("room_id", "="), ("valid", "&&"), name="ex_room_function_once", using="gist"),
    comment="Functions approved for rooms (批准用途) over time",
)

room_annex = Table(
    "room_annex",
    metadata,
    identity(),
    jurisdiction(),
    _room(),
    _room("office_id"),
    choice("kind", AnnexKind, comment="休息室 or 卫生间", nullable=False),
    Column("remark", Text, comment="in words"),
    secret(),
    valid("period in which the room belongs to the office"),
    *_entered(),
    CheckConstraint("office_id <> room_id", name="not_to_itself"),
    # Usage: to which office does this room belong on a date? And: one answer only.
    ExcludeConstraint(("room_id", "="), ("valid", "&&"), name="ex_room_annex_once", using="gist"),
    # Usage: what belongs to this office?
    Index("ix_room_annex_office_id", "office_id"),
    comment="Rest rooms and washrooms that belong to an office (附属房间) over time",
)

outside_use = Table(
    "outside_use",
    metadata,
    identity(),
    jurisdiction(),
    _room(),
    choice("kind", OutsideUse, comment="出租 or 出借", nullable=False),
    Column(
        "outsider",
        Text,
        CheckConstraint("btrim(outsider) <> ''", name="outsider_given"),
        nullable=False,
        comment="who has the room",
    ),
    Column("document_no", Text, comment="文号 of a contract or approval, if there is one"),
    Column(
        "annual_income_yuan",
        Double,
        CheckConstraint("annual_income_yuan >= 0 AND annual_income_yuan < 'Infinity'", name="income_not_negative"),
        comment="income a year in CNY",
    ),
    Column("remark", Text, comment="in words"),
    secret(),
    valid("period in which somebody outside has the room"),
    *_entered(),
    # Usage: who outside has this room on a date? And: one answer only.
    ExcludeConstraint(("room_id", "="), ("valid", "&&"), name="ex_outside_use_once", using="gist"),
    comment="Rooms let or lent to somebody outside (出租出借) over time",
)

leader_post = Table(
    "leader_post",
    metadata,
    identity(),
    jurisdiction(),
    Column(
        "person_key",
        Text,
        CheckConstraint("btrim(person_key) <> ''", name="person_given"),
        nullable=False,
        comment="staff number (工号), as of occupants",
    ),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), nullable=False),
    Column("rank_code", Text, ForeignKey("fangdi.staff_rank.code"), comment="rank (职级)"),
    choice("ended_by", PostEnd, comment="how the post ended; null while it is held"),
    Column("document_no", Text, comment="文号 of the appointment"),
    Column("end_document_no", Text, comment="文号 of the removal"),
    valid("period in which the person holds the post"),
    *_entered(),
    CheckConstraint("(ended_by IS NULL) = upper_inf(valid)", name="ended_somehow"),
    # Usage: which post of the agency does the person hold on a date? And: one answer only.
    ExcludeConstraint(
        ("person_key", "="), ("agency_id", "="), ("valid", "&&"), name="ex_leader_post_once", using="gist"
    ),
    # Usage: who had posts in this agency?
    Index("ix_leader_post_agency_id", "agency_id"),
    comment="Posts of leaders (任职) over time",
)

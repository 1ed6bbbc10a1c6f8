"""Area audits (面积核查), and the tolerances that they judge by."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
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
from sqlalchemy.dialects.postgresql import JSONB, ExcludeConstraint

from fangdi.store.tables.base import choice, flag, identity, metadata, secret, valid

VERDICTS = ("within", "beyond", "incomplete", "missing", "not_comparable")
SUBJECTS = ("room", "floor", "building", "agency")

tolerance_rule = Table(
    "tolerance_rule",
    metadata,
    identity(),
    Column(
        "accuracy",
        SmallInteger,
        CheckConstraint("accuracy BETWEEN 1 AND 3", name="accuracy_class"),
        nullable=False,
        comment="房屋面积精度等级: 1, 2 or 3",
    ),
    Column("root", Double, nullable=False, comment="limit in m² = root × √S + linear × S, for an area S in m²"),
    Column("linear", Double, nullable=False, comment="see root"),
    Column("source", Text, nullable=False, comment="standard and where its wording was found"),
    Column("verified", Boolean, nullable=False, comment="whether the wording was seen; else from memory"),
    valid("period in which the rule is in force"),
    ExcludeConstraint(("accuracy", "="), ("valid", "&&"), name="ex_tolerance_rule_once", using="gist"),
    comment="Tolerances of areas (面积限差), GB/T 17986.1; a reference list",
)

area_audit = Table(
    "area_audit",
    metadata,
    identity(),
    Column("jurisdiction_code", Text, nullable=False, comment="that of the plan, set by a trigger"),
    Column("plan_id", BigInteger, nullable=False),
    Column("plan_revision", BigInteger, nullable=False, comment="state of the plan that was judged"),
    Column("rule_id", BigInteger, ForeignKey("fangdi.tolerance_rule.id"), nullable=False, comment="tolerance"),
    Column(
        "as_of",
        Date,
        nullable=False,
        server_default=text("CURRENT_DATE"),
        comment="day whose rooms and uses are judged",
    ),
    choice(
        "status",
        ("draft", "accepted"),
        comment="an accepted audit is never changed",
        nullable=False,
        server_default=text("'draft'"),
    ),
    Column("number", Text, comment="编号: jurisdiction, year and a running number; null until accepted"),
    Column("year", SmallInteger, comment="year of the number"),
    Column("running", Integer, comment="running number within jurisdiction and year"),
    Column("lines_sha256", Text, comment="hash of all lines at acceptance, so that the audit trail seals them"),
    secret(),
    Column("made_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column("made_by", Text, nullable=False, comment="login of who made it, set by a trigger"),
    Column("accepted_at", DateTime(timezone=True), comment="when it was accepted"),
    Column("accepted_by", Text, comment="login of who accepted it"),
    ForeignKeyConstraint(
        ["plan_id", "jurisdiction_code"], ["fangdi.plan.id", "fangdi.plan.jurisdiction_code"], onupdate="CASCADE"
    ),
    UniqueConstraint("id", "jurisdiction_code"),
    UniqueConstraint("number"),
    CheckConstraint(
        "(status = 'accepted') = (number IS NOT NULL AND accepted_at IS NOT NULL)", name="accepted_with_number"
    ),
    # Usage: which audits has this plan?
    Index("ix_area_audit_plan_id", "plan_id"),
    comment="Area audits (面积核查) of a plan",
)


def _compared(basis: str, source: str) -> Column[float]:
    return Column(f"{basis}_m2", Double, comment=f"area in m², basis: {basis} ({source})")


area_audit_line = Table(
    "area_audit_line",
    metadata,
    identity(),
    Column("jurisdiction_code", Text, nullable=False, comment="that of the audit"),
    Column("audit_id", BigInteger, nullable=False),
    Column("sort", Integer, nullable=False, comment="order of the lines"),
    choice("subject", SUBJECTS, comment="what is judged", nullable=False),
    choice("measure", ("usable", "gross"), comment="使用面积 or 建筑面积", nullable=False),
    Column("label", Text, nullable=False, comment="what people call it"),
    Column("level", Numeric(4, 1), comment="level of the floor"),
    Column("floor_key", Text, comment="floor on the plan"),
    Column("room_key", Text, comment="room on the plan"),
    Column("room_id", BigInteger, comment="room that it is; kept when the room goes"),
    Column("agency_id", BigInteger, comment="agency that it is; kept when the agency goes"),
    flag("drawn_only", "sum over the floors that the plan draws, of a building that has others"),
    _compared("registered", "on the title, GB/T 17986"),
    _compared("planning", "by planning permission, GB/T 50353"),
    _compared("declared", "in the user's ledger"),
    _compared("stated", "written on the plan"),
    _compared("measured", "in the plan's own metric frame"),
    Column("comparisons", JSONB, nullable=False, comment="against, difference and tolerance in m², verdict"),
    choice("verdict", VERDICTS, comment="the gravest of the comparisons", nullable=False),
    choice(
        "decision",
        ("open", "accepted", "rejected"),
        comment="what the auditor decided",
        nullable=False,
        server_default=text("'open'"),
    ),
    Column("remark", Text, comment="of the auditor"),
    Column("decided_at", DateTime(timezone=True), comment="when; set by a trigger"),
    Column("decided_by", Text, comment="login of who decided, set by a trigger"),
    ForeignKeyConstraint(
        ["audit_id", "jurisdiction_code"],
        ["fangdi.area_audit.id", "fangdi.area_audit.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    # Usage: the lines of this audit, in order.
    Index("ix_area_audit_line_audit_id", "audit_id", "sort"),
    # Usage: which audits judged this room?
    Index("ix_area_audit_line_room_id", "room_id", postgresql_where=text("room_id IS NOT NULL")),
    comment="Lines of an audit: rooms, floors, the building, agencies",
)

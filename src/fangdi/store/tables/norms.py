"""Norms (配置标准): documents and the figures laid down in them; and areas approved by hand (核定面积)."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ExcludeConstraint

from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.store.tables.base import choice, identity, jurisdiction, metadata, valid


def _place(comment: str) -> Column[str]:
    """Key of the jurisdiction that a figure is laid down for.

    No foreign key: figures stay when all assets are removed, as reference lists do; a trigger checks what is entered.
    """
    return Column("jurisdiction_code", Text, comment=comment)


norm_document = Table(
    "norm_document",
    metadata,
    identity(),
    Column("code", Text, nullable=False, comment="key, as ndrc-2014-2674"),
    _place("GB/T 2260 code of the jurisdiction that issued it; null for the country"),
    Column("title", Text, nullable=False, comment="title in Chinese"),
    Column("title_en", Text, nullable=False, comment="title in English"),
    Column("number", Text, comment="文号"),
    Column("issued_by", Text, comment="发文机关"),
    Column("issued_on", Date, comment="date of issue"),
    Column("remark", Text, comment="what it replaces, and what to beware of"),
    UniqueConstraint("code"),
    comment="Documents (标准文件) that lay down norm figures",
)

norm = Table(
    "norm",
    metadata,
    identity(),
    _place("GB/T 2260 code of the jurisdiction whom it binds, with all below; null for the country"),
    Column("source_id", BigInteger, ForeignKey("fangdi.norm_document.id"), nullable=False, comment="where it stands"),
    choice("kind", NormKind, comment="what the figure says; fangdi.domain.norms.kinds gives its unit", nullable=False),
    choice("level", AdministrativeLevel, comment="level of agencies that it is for; null for all"),
    Column("rank_code", Text, ForeignKey("fangdi.staff_rank.code"), comment="rank that it is for; null for all"),
    Column(
        "figure",
        Double,
        CheckConstraint("figure > 0 AND figure < 'Infinity'", name="figure_positive"),
        nullable=False,
        comment="the figure, in the unit of its kind",
    ),
    Column("upto", Integer, CheckConstraint("upto > 0", name="upto_positive"), comment="number up to which it holds"),
    Column("beyond_from", Integer, comment="number from which figure_beyond holds; between the two a straight line"),
    Column(
        "figure_beyond",
        Double,
        CheckConstraint("figure_beyond > 0 AND figure_beyond < 'Infinity'", name="figure_beyond_positive"),
        comment="the figure beyond, in the unit of its kind",
    ),
    Column("article", Text, nullable=False, comment="article, clause or table"),
    choice("verification", Verification, comment="how sure its wording is (核实情况)", nullable=False),
    Column("evidence", Text, nullable=False, comment="where the wording was found, or what is missing"),
    valid("period in which the figure is in force"),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column(
        "entered_by", Text, nullable=False, server_default=text("'-'"), comment="login of who entered it, by a trigger"
    ),
    Column("reason", Text, comment="why it was entered"),
    CheckConstraint("beyond_from > upto", name="steps_in_order"),
    # Usage: which figure was in force on a date? And: one answer only.
    ExcludeConstraint(
        (text("COALESCE(jurisdiction_code, '')"), "="),
        ("kind", "="),
        (text("COALESCE(level, '')"), "="),
        (text("COALESCE(rank_code, '')"), "="),
        ("valid", "&&"),
        name="ex_norm_once",
        using="gist",
    ),
    comment="Norm figures (标准指标) in their versions; a version that has begun is never changed, only ended",
)

area_approval = Table(
    "area_approval",
    metadata,
    identity(),
    jurisdiction(),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), nullable=False),
    *(
        Column(
            f"approved_{part}_m2",
            Double,
            CheckConstraint(
                f"approved_{part}_m2 >= 0 AND approved_{part}_m2 < 'Infinity'", name=f"{part}_not_negative"
            ),
            nullable=part != "total",
            comment=f"usable area (使用面积) of {meaning} in m², basis: approved (核定)",
        )
        for part, meaning in (
            ("office", "offices"),
            ("service", "service rooms"),
            ("equipment", "equipment rooms"),
            ("total", "all three together"),
        )
    ),
    Column(
        "document_no",
        Text,
        CheckConstraint("btrim(document_no) <> ''", name="document_no_given"),
        nullable=False,
        comment="文号 of the approval",
    ),
    Column("issued_on", Date, nullable=False, comment="date of the approval"),
    Column("issued_by", Text, comment="who approved it"),
    Column("remark", Text, comment="in words"),
    valid("period in which the approval holds instead of the computed area"),
    Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column(
        "entered_by", Text, nullable=False, server_default=text("'-'"), comment="login of who entered it, by a trigger"
    ),
    Column(
        "replaces_id",
        BigInteger,
        ForeignKey("fangdi.area_approval.id"),
        comment="approval that this one ended when it was entered; it holds on if this one is withdrawn",
    ),
    Column("replaces_until", Date, comment="end that the replaced approval had: first day without it"),
    # Usage: which approval holds for the agency on a date? And: one answer only.
    ExcludeConstraint(("agency_id", "="), ("valid", "&&"), name="ex_area_approval_once", using="gist"),
    comment="Areas approved by the administration by hand (核定面积批复), over time; they override the computed ones",
)
# Usage: whose approvals are in this jurisdiction?
Index("ix_area_approval_jurisdiction_code", area_approval.c.jurisdiction_code)

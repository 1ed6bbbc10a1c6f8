"""Rates of the cost of use (成本租金费率), and rules of what is idle or under-used (闲置与低效认定规则)."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Double,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint

from fangdi.domain.costs.kinds import CostKind
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.vocabulary import STRUCTURE_CODES
from fangdi.store.tables.base import choice, identity, metadata, valid


def _entered() -> tuple[Column[Any], ...]:
    """Who entered a version, when and why."""
    return (
        Column("entered_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
        Column(
            "entered_by",
            Text,
            nullable=False,
            server_default=text("'-'"),
            comment="login of who entered it, by a trigger",
        ),
        Column("reason", Text, comment="why it was entered"),
    )


cost_rate = Table(
    "cost_rate",
    metadata,
    identity(),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        comment="GB/T 2260 code of the jurisdiction that it is for, with all below; null for all",
    ),
    Column(
        "building_id",
        BigInteger,
        ForeignKey("fangdi.building.id", ondelete="CASCADE"),
        comment="the one building that it is for; null for all",
    ),
    choice("structure", STRUCTURE_CODES, comment="房屋结构 that it is for; null for all"),
    Column("has_lift", Boolean, comment="for buildings with a lift, or without; null for all"),
    choice("kind", CostKind, comment="what the rate says; fangdi.domain.costs.kinds gives its unit", nullable=False),
    Column(
        "figure",
        Double,
        CheckConstraint("figure >= 0 AND figure < 'Infinity'", name="figure_not_negative"),
        nullable=False,
        comment="the rate, in the unit of its kind",
    ),
    Column(
        "source",
        Text,
        CheckConstraint("btrim(source) <> ''", name="source_given"),
        nullable=False,
        comment="what it rests on: document, contract, survey",
    ),
    choice(
        "verification",
        Verification,
        comment="how sure it is (核实情况); unverified unless it is said otherwise",
        nullable=False,
        server_default=text("'memory'"),
    ),
    valid("period in which the rate holds"),
    *_entered(),
    # Usage: which rate held on a date? And: one answer only.
    ExcludeConstraint(
        ("kind", "="),
        (text("COALESCE(jurisdiction_code, '')"), "="),
        (text("COALESCE(building_id, 0)"), "="),
        (text("COALESCE(structure, '')"), "="),
        (text("COALESCE(CAST(has_lift AS integer), 2)"), "="),
        ("valid", "&&"),
        name="ex_cost_rate_once",
        using="gist",
    ),
    # Usage: which rates are this building's own?
    Index("ix_cost_rate_building_id", "building_id", postgresql_where=text("building_id IS NOT NULL")),
    comment="Rates of the cost of use (成本租金) in their versions; one that has begun is only ever ended",
)

idle_rule = Table(
    "idle_rule",
    metadata,
    identity(),
    # No foreign key: rules stay when all assets are removed, as reference lists do; a trigger checks what is entered.
    Column(
        "jurisdiction_code",
        Text,
        comment="GB/T 2260 code of the jurisdiction that it is for, with all below; null for all",
    ),
    Column(
        "min_days",
        Integer,
        CheckConstraint("min_days BETWEEN 0 AND 36500", name="min_days_plausible"),
        nullable=False,
        server_default=text("0"),
        comment="days without a user after which a room counts as idle; 0: from the first day",
    ),
    Column(
        "use_codes",
        ARRAY(Text),
        comment="uses of rooms that count; null: all that are assigned to agencies",
    ),
    Column(
        "statuses",
        ARRAY(Text),
        CheckConstraint("statuses <@ ARRAY['repair', 'reserved', 'handed_over']", name="statuses_known"),
        nullable=False,
        server_default=text("ARRAY['repair', 'reserved', 'handed_over']"),
        comment="states (房间状态) in which a room without a user is not idle",
    ),
    Column(
        "period_months",
        SmallInteger,
        CheckConstraint("period_months IN (1, 3, 6, 12)", name="period_months_of_a_year"),
        nullable=False,
        server_default=text("3"),
        comment="length of the periods at whose ends under-use is looked at, months of the calendar year",
    ),
    Column(
        "m2_per_head",
        Double,
        CheckConstraint("m2_per_head > 0 AND m2_per_head < 'Infinity'", name="m2_per_head_positive"),
        comment="offices of more usable m² a person present are under-used; null: not looked at",
    ),
    Column(
        "seat_share",
        Double,
        CheckConstraint("seat_share > 0 AND seat_share <= 1", name="seat_share_of_one"),
        comment="rooms with a smaller share of their seats taken are under-used; null: not looked at",
    ),
    Column("source", Text, CheckConstraint("btrim(source) <> ''", name="source_given"), nullable=False, comment="依据"),
    choice("verification", Verification, comment="how sure it is (核实情况)", nullable=False),
    valid("period in which the rule holds"),
    *_entered(),
    # Usage: which rule held on a date? And: one answer only.
    ExcludeConstraint(
        (text("COALESCE(jurisdiction_code, '')"), "="), ("valid", "&&"), name="ex_idle_rule_once", using="gist"
    ),
    comment="What counts as idle (闲置) and under-used (低效使用); a version that has begun is only ever ended",
)

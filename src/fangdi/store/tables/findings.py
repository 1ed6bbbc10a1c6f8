"""Findings of compliance (合规问题), what happened to each, and the clauses they rest on."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
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
from sqlalchemy.dialects.postgresql import JSONB

from fangdi.domain.findings.life import Action, State
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.vocabulary import AreaBasis
from fangdi.store.tables.base import choice, identity, jurisdiction, metadata, secret, valid

finding_clause = Table(
    "finding_clause",
    metadata,
    identity(),
    # No foreign key: clauses stay when all assets are removed, as reference lists do.
    Column("jurisdiction_code", Text, comment="GB/T 2260 code of whom it binds, with all below; null for the country"),
    choice("rule", Rule, comment="what it asks", nullable=False),
    Column("title", Text, nullable=False, comment="title of the document in Chinese"),
    Column("title_en", Text, nullable=False, comment="title in English"),
    Column("number", Text, comment="文号"),
    Column("article", Text, nullable=False, comment="article or clause"),
    choice("verification", Verification, comment="how sure its wording is (核实情况)", nullable=False),
    Column("evidence", Text, nullable=False, comment="where the wording was found, or what is missing"),
    Column("parameters", JSONB, nullable=False, server_default=text("'{}'"), comment="what the clause names, as ranks"),
    valid("period in which the clause is in force"),
    UniqueConstraint("rule", "jurisdiction_code", "title"),
    comment="Clauses (条款) that findings rest on; a reference list",
)

finding_run = Table(
    "finding_run",
    metadata,
    identity(),
    Column("as_of", Date, nullable=False, comment="day that was judged"),
    choice("basis", AreaBasis, comment="basis of the areas", nullable=False),
    Column("radius_m", Double, nullable=False, comment="how far idle space may be, m on the ellipsoid"),
    Column("versions", JSONB, nullable=False, comment="version of each layer that was read"),
    Column("began_at", DateTime(timezone=True), nullable=False, comment="when it began"),
    Column("ended_at", DateTime(timezone=True), nullable=False, comment="when it was done"),
    comment="Computations of all findings: as of which day, and from which state of the data",
)


def _evidence() -> list[Column[object]]:
    return [
        Column("measure", Double, comment="how far beyond, in the unit of the rule: the greater the worse"),
        Column("figures", JSONB, nullable=False, server_default=text("'{}'"), comment="figures by name"),
        Column("rooms", JSONB, nullable=False, server_default=text("'[]'"), comment="rooms with their role"),
    ]


finding = Table(
    "finding",
    metadata,
    identity(),
    jurisdiction(),
    Column(
        "places", ARRAY(Text), nullable=False, comment="jurisdictions of all it rests on: who sees it sees them all"
    ),
    choice("rule", Rule, comment="what is broken", nullable=False),
    choice("object_kind", ObjectKind, comment="what it is about", nullable=False),
    Column("object_key", Text, nullable=False, comment="id of the object; of a person the staff number"),
    Column("subject", Text, nullable=False, server_default=text("''"), comment="what about the object"),
    # No foreign keys: a finding stays when its object goes.
    Column("agency_id", BigInteger, comment="agency that it concerns"),
    Column("building_id", BigInteger, comment="building that it concerns"),
    Column("room_id", BigInteger, comment="room that it is about"),
    Column("parcel_id", BigInteger, comment="parcel that it is about"),
    Column("person_key", Text, comment="staff number of the person that it is about"),
    choice("severity", Severity, comment="程度", nullable=False),
    choice("state", State, comment="处置状态", nullable=False),
    Column("holds", Boolean, nullable=False, comment="whether the rule was broken when it was last computed"),
    Column("episode", Integer, nullable=False, comment="which time it has come up, from 1"),
    Column("since", Date, nullable=False, comment="first day of the episode"),
    Column("deadline", Date, comment="last day for rectification, when it was ordered"),
    *_evidence(),
    Column("room_ids", ARRAY(BigInteger), nullable=False, comment="ids of these rooms"),
    Column("norm_ids", ARRAY(BigInteger), nullable=False, comment="norm figures that it rests on"),
    choice("certainty", Verification, comment="that of the least sure norm or clause", nullable=False),
    Column("gist", Text, nullable=False, comment="what counts of the evidence; a change of it is an event"),
    Column("last_event_id", BigInteger, comment="the latest event"),
    secret(),
    UniqueConstraint("rule", "object_kind", "object_key", "subject"),
    # Usage: which findings concern this agency?
    Index("ix_finding_agency_id", "agency_id"),
    # Usage: which findings rest on this room? Asked when it becomes secret.
    Index("ix_finding_room_ids", "room_ids", postgresql_using="gin"),
    # Usage: which findings concern this building?
    Index("ix_finding_building_id", "building_id"),
    comment="Findings of compliance (合规问题), each once for ever, as they stand now",
)

finding_event = Table(
    "finding_event",
    metadata,
    identity(),
    jurisdiction(),
    Column("finding_id", BigInteger, ForeignKey("fangdi.finding.id"), nullable=False),
    Column("episode", Integer, nullable=False, comment="in which episode"),
    Column("day", Date, nullable=False, server_default=text("CURRENT_DATE"), comment="day for which it holds"),
    choice("action", Action, comment="what happened", nullable=False),
    choice("state", State, comment="state after it", nullable=False),
    choice("severity", Severity, comment="程度 after it", nullable=False),
    *_evidence(),
    Column("deadline", Date, comment="last day for rectification"),
    Column("reason", Text, comment="why, in words"),
    Column("document_no", Text, comment="文号 of a notice, order or explanation"),
    Column("after_event_id", BigInteger, comment="event that whoever did it had seen last"),
    Column("account_id", BigInteger, comment="who did it; null: the computation"),
    Column("done_by", Text, nullable=False, server_default=text("'-'"), comment="login, set by a trigger"),
    Column("done_by_name", Text, comment="name of who did it as it was then, set by a trigger"),
    Column("done_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    secret(),
    # Usage: what happened to this finding, and how did it stand on a day?
    Index("ix_finding_event_finding_id", "finding_id", "day", "id"),
    comment="What happened to findings: only ever added to",
)

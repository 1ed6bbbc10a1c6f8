"""Long work (作业), and the files of batches of plans; the queue is procrastinate's, in the schema fangdi_jobs."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from fangdi.domain.jobs import JobKind, JobState
from fangdi.store.tables.base import choice, identity, metadata, secret

job = Table(
    "job",
    metadata,
    identity(),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        nullable=False,
        comment="GB/T 2260 code of the jurisdiction that holds all it is about",
    ),
    choice("kind", JobKind, comment="what it does", nullable=False),
    Column("name", Text, nullable=False, comment="what whoever asked calls it"),
    Column("details", JSONB, nullable=False, server_default=text("'{}'"), comment="what was asked for"),
    choice(
        "state",
        JobState,
        comment="failed: it could not go on at all; what single parts came to stands with them",
        nullable=False,
        server_default=text("'waiting'"),
    ),
    Column("message", Text, comment="why it failed"),
    Column(
        "account_id",
        BigInteger,
        ForeignKey("fangdi.account.id", ondelete="SET NULL"),
        comment="who asked: it is done with their rights as they are when it runs; set by a trigger",
    ),
    Column("asked_by", Text, nullable=False, comment="login of who asked, set by a trigger"),
    Column("asked_at", DateTime(timezone=True), nullable=False, server_default=func.now(), comment="when"),
    Column("started_at", DateTime(timezone=True), comment="when its first part was begun"),
    Column("ended_at", DateTime(timezone=True), comment="when it was done, failed or cancelled"),
    secret(),
    UniqueConstraint("id", "jurisdiction_code"),
    # Usage: which jobs of this kind are there, latest first?
    Index("ix_job_asked", "kind", "id"),
    comment="Long work (作业) that runs beside the server",
)

plan_batch_file = Table(
    "plan_batch_file",
    metadata,
    identity(),
    Column("jurisdiction_code", Text, nullable=False, comment="that of the job"),
    Column("job_id", BigInteger, nullable=False),
    Column("sort", Integer, nullable=False, comment="order in the batch, from 1"),
    Column("name", Text, nullable=False, comment="name with its folders in the batch"),
    Column(
        "building_id",
        BigInteger,
        ForeignKey("fangdi.building.id", ondelete="SET NULL"),
        comment="building that it draws; null: none was recognised",
    ),
    Column(
        "reading",
        JSONB,
        nullable=False,
        server_default=text("'{}'"),
        comment="how to read it: as a saved mapping, the manifest and its name say",
    ),
    Column("size_bytes", BigInteger, nullable=False, comment="size of the file in bytes"),
    Column(
        "sha256",
        Text,
        CheckConstraint("sha256 ~ '^[0-9a-f]{64}$'", name="sha256_form"),
        nullable=False,
        comment="hash of the file",
    ),
    Column("content", LargeBinary, comment="the file itself, until it is a plan"),
    choice(
        "state",
        JobState,
        comment="done: it became a plan; failed: message says why not",
        nullable=False,
        server_default=text("'waiting'"),
    ),
    Column(
        "attempts",
        SmallInteger,
        nullable=False,
        server_default=text("0"),
        comment="how often it was begun; more than once when a worker was ended over it",
    ),
    Column("message", Text, comment="why it became no plan"),
    Column("plan_id", BigInteger, ForeignKey("fangdi.plan.id", ondelete="SET NULL"), comment="plan that it became"),
    Column("rooms", Integer, comment="how many rooms were found"),
    Column("findings", JSONB, nullable=False, server_default=text("'{}'"), comment="how many findings, by severity"),
    Column("started_at", DateTime(timezone=True), comment="when it was begun last"),
    Column("ended_at", DateTime(timezone=True), comment="when it was done, failed or cancelled"),
    ForeignKeyConstraint(
        ["job_id", "jurisdiction_code"],
        ["fangdi.job.id", "fangdi.job.jurisdiction_code"],
        ondelete="CASCADE",
        onupdate="CASCADE",
    ),
    UniqueConstraint("job_id", "sort"),
    # Usage: which files are of this building, and is their job secret with it?
    Index("ix_plan_batch_file_building_id", "building_id", postgresql_where=text("building_id IS NOT NULL")),
    # Usage: which file became this plan?
    Index("ix_plan_batch_file_plan_id", "plan_id", postgresql_where=text("plan_id IS NOT NULL")),
    comment="Files of a batch of floor plans, and what became of each",
)

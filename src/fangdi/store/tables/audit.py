"""The audit trail (操作留痕): who changed or took what, chained so that a change to it shows."""

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, LargeBinary, Table, Text, func
from sqlalchemy.dialects.postgresql import JSONB

from fangdi.store.tables.base import flag, metadata

audit_entry = Table(
    "audit_entry",
    metadata,
    Column("id", BigInteger, Identity(always=True), primary_key=True),
    Column(
        "happened_at", DateTime(timezone=True), nullable=False, server_default=func.clock_timestamp(), comment="when"
    ),
    Column("account_id", BigInteger, comment="account that did it; kept when the account goes; null: the operator"),
    Column("actor", Text, nullable=False, comment="login of the account, or the operator's name in the database"),
    Column("address", Text, comment="network address it came from"),
    Column("via", Text, nullable=False, comment="way in: web, token, command or job"),
    Column(
        "action",
        Text,
        nullable=False,
        comment="insert, update, delete, truncate, load, export, read, compute, sign_in, sign_out, sign_in_failed",
    ),
    Column("object_kind", Text, nullable=False, comment="table or report it was done to"),
    Column("object_id", BigInteger, comment="row it was done to"),
    Column("object_name", Text, comment="what people call it"),
    Column("jurisdiction_code", Text, comment="jurisdiction whose administrators may read the entry"),
    flag("secret", "about a classified asset: hidden from everyone without clearance"),
    Column("before", JSONB, comment="values before, of what changed"),
    Column("after", JSONB, comment="values after, of what changed"),
    Column("reason", Text, comment="why, in words or as the number of a document"),
    Column("batch_id", BigInteger, comment="import that this entry stands for; kept when the import goes"),
    Column("hash", LargeBinary, nullable=False, comment="SHA-256 over the entry before and this one"),
    # Usage: what happened to this object, latest first?
    Index("ix_audit_entry_object", "object_kind", "object_id", "id"),
    # Usage: what did this person do, latest first?
    Index("ix_audit_entry_account_id", "account_id", "id"),
    # Usage: what was done under this name, with an account or as the operator?
    Index("ix_audit_entry_actor", "actor", "id"),
    # Usage: what happened between two days?
    Index("ix_audit_entry_happened_at", "happened_at"),
    comment="One row an action; written by the database alone, each sealed with the one before",
)

"""Accounts (账号), what they were granted, and the sessions and tokens they come with."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Index,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY

from fangdi.domain.access import Capability, Role
from fangdi.store.tables.base import choice, flag, identity, metadata, valid

_NOW = func.now()


def _when(name: str, comment: str, *, nullable: bool = True, now: bool = False) -> Column[object]:
    return Column(
        name, DateTime(timezone=True), nullable=nullable, server_default=_NOW if now else None, comment=comment
    )


role_capability = Table(
    "role_capability",
    metadata,
    choice("role", Role, comment="角色", primary_key=True),
    choice("capability", Capability, comment="权限", primary_key=True),
    comment="What each role allows; written anew by every migration from the matrix in the code",
)

account = Table(
    "account",
    metadata,
    identity(),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        comment="jurisdiction whose administrators look after the account; null: only system administrators do",
    ),
    Column(
        "login",
        Text,
        CheckConstraint("login = lower(login) AND login ~ '^[^[:space:][:cntrl:]]{1,64}$'", name="login_form"),
        nullable=False,
        comment="name to sign in with, lower case",
    ),
    Column("name", Text, nullable=False, comment="name of the person or machine"),
    Column("password_hash", Text, comment="argon2id; null: signs in elsewhere, or not at all"),
    flag("password_expired", "whether the password has to be changed at the next sign-in"),
    Column("issuer", Text, comment="OpenID Connect issuer that knows the person"),
    Column("subject", Text, comment="who the person is to that issuer"),
    flag("cleared", "clearance (涉密权限): may see classified assets within what was granted"),
    flag("demo", "made for demonstration; never served to other machines"),
    _when("disabled_at", "from then on nobody can sign in with it"),
    _when("created_at", "when it was made", nullable=False, now=True),
    UniqueConstraint("login"),
    UniqueConstraint("issuer", "subject"),
    CheckConstraint("(issuer IS NULL) = (subject IS NULL)", name="issuer_with_subject"),
    comment="Those who may sign in: people and machines",
)

role_grant = Table(
    "role_grant",
    metadata,
    identity(),
    Column("account_id", BigInteger, ForeignKey("fangdi.account.id", ondelete="CASCADE"), nullable=False),
    choice("role", Role, comment="角色", nullable=False),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        comment="for this jurisdiction and everything below it",
    ),
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), comment="for this agency"),
    valid("period in which the grant holds"),
    Column("reason", Text, comment="why, as the number of a document"),
    Column("granted_by", BigInteger, ForeignKey("fangdi.account.id", ondelete="SET NULL"), comment="who granted it"),
    _when("granted_at", "when it was granted", nullable=False, now=True),
    CheckConstraint(
        "CASE role WHEN 'system_administrator' THEN num_nonnulls(jurisdiction_code, agency_id) = 0 "
        "WHEN 'agency_officer' THEN agency_id IS NOT NULL AND jurisdiction_code IS NULL "
        "ELSE jurisdiction_code IS NOT NULL AND agency_id IS NULL END",
        name="reach_of_role",
    ),
    # Usage: what was this account granted?
    Index("ix_role_grant_account_id", "account_id"),
    comment="A role that an account has for a jurisdiction, an agency or the system, over time",
)

web_session = Table(
    "web_session",
    metadata,
    Column("key_hash", LargeBinary, primary_key=True, comment="SHA-256 of the key in the browser's cookie"),
    Column("account_id", BigInteger, ForeignKey("fangdi.account.id", ondelete="CASCADE"), nullable=False),
    _when("created_at", "when the person signed in", nullable=False, now=True),
    _when("seen_at", "when it was last used, to the minute", nullable=False, now=True),
    _when("expires_at", "when it ends, used or not", nullable=False),
    Column("address", Text, comment="network address it was made from"),
    Column("agent", Text, comment="what the browser calls itself"),
    # Usage: which sessions has this account?
    Index("ix_web_session_account_id", "account_id"),
    comment="Sessions of browsers; signing out deletes them",
)

api_token = Table(
    "api_token",
    metadata,
    identity(),
    Column("account_id", BigInteger, ForeignKey("fangdi.account.id", ondelete="CASCADE"), nullable=False),
    Column("name", Text, nullable=False, comment="what the token is for"),
    Column("key_hash", LargeBinary, nullable=False, comment="SHA-256 of the token; it is shown once and never kept"),
    Column("key_start", Text, nullable=False, comment="first characters of the token, to tell tokens apart"),
    Column("capabilities", ARRAY(Text), nullable=False, comment="what of the account's capabilities it allows"),
    _when("created_at", "when it was made", nullable=False, now=True),
    _when("expires_at", "when it ends", nullable=False),
    _when("revoked_at", "when it was revoked"),
    _when("used_at", "when it was last used, to the minute"),
    UniqueConstraint("key_hash"),
    # Usage: which tokens has this account?
    Index("ix_api_token_account_id", "account_id"),
    comment="Tokens of machines such as QGIS and the bureau's systems",
)

sign_in_attempt = Table(
    "sign_in_attempt",
    metadata,
    identity(),
    Column("login", Text, nullable=False, comment="name that was tried, lower case, whether there is such an account"),
    Column("address", Text, nullable=False, comment="network address it came from"),
    _when("tried_at", "when", nullable=False, now=True),
    flag("succeeded", "whether it led to a session"),
    # Usage: how often was this name tried of late? And: how often from this address?
    Index("ix_sign_in_attempt_login", "login", "tried_at"),
    Index("ix_sign_in_attempt_address", "address", "tried_at"),
    comment="Attempts to sign in, for throttling; deleted after a day",
)

access_key = Table(
    "access_key",
    metadata,
    Column("name", Text, CheckConstraint("name = 'one'", name="one_row"), primary_key=True, server_default="one"),
    Column(
        "key",
        LargeBinary,
        nullable=False,
        server_default=text("sha256(CAST(gen_random_uuid()::text || gen_random_uuid()::text AS bytea))"),
        comment="secret that seals what a request may see; never leaves the database",
    ),
    comment="The key with which the database seals a request's scope",
)

agency_presence = Table(
    "agency_presence",
    metadata,
    Column("agency_id", BigInteger, ForeignKey("fangdi.agency.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        primary_key=True,
        comment="jurisdiction in which the agency uses or used rooms",
    ),
    flag("secret", "whether all of these rooms are classified"),
    comment="Where agencies use rooms, kept by triggers: who sees a room may know the agency that uses it",
)

"""Accounts as signing in needs them: functions of the database that the application role may call, and no table."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, text

from fangdi.domain.signing_in import FAILURES_WATCHED_S, Failures
from fangdi.store.access import key_hash
from fangdi.store.query import Record


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where somebody who signs in comes from."""

    address: str
    agent: str | None = None


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to begin, and the key of the one that the browser had and that ends with it."""

    key: str
    visitor: Visitor
    left: str | None = None

    @property
    def parameters(self) -> Mapping[str, Any]:
        """What the functions of the database are told."""
        return {
            "key": key_hash(self.key),
            "left": key_hash(self.left) if self.left else None,
            "address": self.visitor.address,
            "agent": self.visitor.agent,
        }


def failures(connection: Connection, login: str, *, address: str) -> tuple[Failures, Failures]:
    """Return how often the name and the address failed of late; others wait until the transaction ends."""
    row = connection.execute(
        text("SELECT * FROM fangdi.sign_in_failures(:login, :address, :watched * interval '1 s')"),
        {"login": login, "address": address, "watched": FAILURES_WATCHED_S},
    ).one()
    return Failures(row.by_login, row.login_waited_s), Failures(row.by_address, row.address_waited_s)


def count_attempt(connection: Connection, login: str, *, address: str) -> int:
    """Count an attempt, which has failed until a session comes of it, and return its number."""
    number: int = connection.execute(
        text("SELECT fangdi.count_sign_in(:login, :address)"), {"login": login, "address": address}
    ).scalar_one()
    return number


def password_of(connection: Connection, login: str) -> str | None:
    """Return the hash of an account's password; None for one that cannot sign in with a password."""
    found: str | None = connection.execute(text("SELECT fangdi.password_of(:login)"), {"login": login}).scalar_one()
    return found


def note_failure(connection: Connection, attempt: int) -> None:
    """Note in the audit trail that a counted attempt failed."""
    connection.execute(text("SELECT fangdi.note_failed_sign_in(:attempt)"), {"attempt": attempt})


def begin_session(
    connection: Connection, attempt: int, session: NewSession, *, checked: str, renewed: str | None
) -> bool:
    """Let the account of an attempt in, whose password was checked against a hash that may be renewed."""
    said: bool = connection.execute(
        text("SELECT fangdi.begin_session(:attempt, :checked, :renewed, :key, :left, :address, :agent)"),
        {"attempt": attempt, "checked": checked, "renewed": renewed, **session.parameters},
    ).scalar_one()
    return said


def enter_from_issuer(  # noqa: PLR0913 - what an issuer says of a person
    connection: Connection,
    session: NewSession,
    *,
    issuer: str,
    subject: str,
    login: str,
    name: str,
    grants: Sequence[Mapping[str, str | None]],
) -> bool:
    """Let in whom an issuer vouches for, with the grants that follow from what it says; False when disabled."""
    said: bool = connection.execute(
        text(
            "SELECT fangdi.enter_from_issuer(:issuer, :subject, :login, :name, CAST(:grants AS jsonb), "
            ":key, :left, :address, :agent)"
        ),
        {
            "issuer": issuer,
            "subject": subject,
            "login": login,
            "name": name,
            "grants": json.dumps(list(grants)),
            **session.parameters,
        },
    ).scalar_one()
    return said


def end_session(connection: Connection, key: bytes) -> None:
    """Delete a session."""
    connection.execute(text("SELECT fangdi.end_session(:key)"), {"key": key})


def note_use(connection: Connection, kind: str, key: bytes) -> None:
    """Note that a session or token is in use, at most once a minute."""
    connection.execute(text(_USES[kind]), {"key": key})


_USES = {"session": "SELECT fangdi.use_session(:key)", "token": "SELECT fangdi.use_token(:key)"}


def who_am_i(connection: Connection) -> Record | None:
    """Return the account that is acting, with the roles it has today."""
    found = connection.execute(text("SELECT * FROM fangdi.who_am_i()")).mappings().first()
    return cast("Record | None", found)


def own_password(connection: Connection) -> str | None:
    """Return the hash of the acting person's password."""
    found: str | None = connection.execute(text("SELECT fangdi.own_password()")).scalar_one()
    return found


def change_password(connection: Connection, session: bytes, *, checked: str, renewed: str) -> bool:
    """Change the acting person's password, and end all sessions of theirs but this one."""
    said: bool = connection.execute(
        text("SELECT fangdi.change_password(:session, :checked, :renewed)"),
        {"session": session, "checked": checked, "renewed": renewed},
    ).scalar_one()
    return said


def own_tokens(connection: Connection) -> Sequence[Record]:
    """Return the acting account's tokens that were not revoked."""
    found = connection.execute(text("SELECT * FROM fangdi.own_tokens()")).mappings().all()
    return cast("Sequence[Record]", found)


def make_token(connection: Connection, name: str, key: str, *, capabilities: Sequence[str], days: int) -> int | None:
    """Make a token of the acting person's and return its number; None unless a person is signed in."""
    number: int | None = connection.execute(
        text("SELECT fangdi.make_token(:name, :key, :start, CAST(:capabilities AS text[]), :days)"),
        {
            "name": name,
            "key": key_hash(key),
            "start": key[:12],
            "capabilities": [str(item) for item in capabilities],
            "days": days,
        },
    ).scalar_one()
    return number


def revoke_token(connection: Connection, number: int) -> bytes | None:
    """Revoke a token of the acting person's and return its hash; None when there is no such token."""
    found: bytes | None = connection.execute(
        text("SELECT fangdi.revoke_token(:number)"), {"number": number}
    ).scalar_one()
    return found


def has_demo_account(connection: Connection) -> bool:
    """Whether an account made for demonstration may sign in."""
    said: bool = connection.execute(text("SELECT fangdi.has_demo_account()")).scalar_one()
    return said

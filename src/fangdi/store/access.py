"""Acting for someone: the application role takes on, for one transaction, what an account may see."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from psycopg import AsyncConnection
from sqlalchemy import Connection, text

from fangdi.domain.access import Capability

_SCOPE = "fangdi.scope"
_EVERYWHERE = "everywhere"


@dataclass(frozen=True)
class Credential:
    """What someone shows to be let in: the key of a session or token, or, on this machine, an account's login."""

    kind: str
    """session, token, account, job or operator"""
    key: bytes | str

    @classmethod
    def session(cls, key: str) -> "Credential":
        """Return the credential of a browser's session."""
        return cls("session", key_hash(key))

    @classmethod
    def token(cls, key: str) -> "Credential":
        """Return the credential of a token."""
        return cls("token", key_hash(key))

    @classmethod
    def account(cls, login: str) -> "Credential":
        """Return the credential of an account, for commands that hold the owner's rights."""
        return cls("account", login)

    @classmethod
    def job(cls, login: str) -> "Credential":
        """Return the credential of an account, for jobs that do what it asked for."""
        return cls("job", login)


OPERATOR = Credential("operator", "command")
"""Whoever runs a command with the owner's rights: sees everything but classified assets."""

_OPENERS = {
    "session": "fangdi.open_session(CAST(:key AS bytea))",
    "token": "fangdi.open_token(CAST(:key AS bytea))",
    "account": "fangdi.open_account(CAST(:key AS text), 'command')",
    "job": "fangdi.open_account(CAST(:key AS text), 'job')",
    "operator": "fangdi.open_operator(CAST(:key AS text))",
    "nobody": "(SELECT NULL AS scope, CAST(:key AS text) AS seal WHERE false) AS nobody",
}
# In this order: the scope is found with the rights of whoever connected, and only then are they put down.
_ENTER = """
    SELECT set_config('fangdi.scope', COALESCE(max(scope), ''), true),
           set_config('fangdi.seal', COALESCE(max(seal), ''), true),
           set_config('role', 'fangdi_app', true), max(scope) AS scope, COALESCE(max(seal), '') AS seal
      FROM {}
"""


@dataclass(frozen=True)
class Scope:
    """What the transaction may see, as the database said; nobody's is empty."""

    said: str | None
    seal: str = ""

    @cached_property
    def _parts(self) -> dict[str, Any]:
        return dict(json.loads(self.said)) if self.said else {}

    def __bool__(self) -> bool:
        return self.said is not None

    @property
    def account(self) -> int | None:
        """Number of the account; None for nobody and for the operator."""
        number: int | None = self._parts.get("account")
        return number

    @property
    def login(self) -> str:
        """Name that was signed in with."""
        return str(self._parts.get("login", ""))

    @property
    def cleared(self) -> bool:
        """Whether classified assets may be seen."""
        return bool(self._parts.get("cleared"))

    def allows(self, capability: Capability) -> bool:
        """Whether the capability is there at all: somewhere, or for an agency of one's own."""
        return capability in self._parts.get("where", {}) or capability in self._parts.get("own", [])

    def allows_in(self, capability: Capability, jurisdiction: str | None) -> bool:
        """Whether the capability reaches a jurisdiction; None stands for the whole system."""
        places = self._parts.get("where", {}).get(capability, [])
        return places == _EVERYWHERE or (jurisdiction is not None and jurisdiction in places)

    def allows_for(self, capability: Capability, agency_id: int | None) -> bool:
        """Whether the capability is there for an agency of one's own."""
        own = self._parts.get("agencies") or []
        return agency_id in own and capability in self._parts.get("own", [])

    @cached_property
    def view(self) -> str:
        """A word for what may be read: the same for everybody who sees the same rows."""
        where = self._parts.get("where", {})
        seen = [bool(self), self.cleared, self._parts.get("agencies"), where.get("read_land"), where.get("read_assets")]
        return hashlib.blake2b(json.dumps(seen).encode(), digest_size=9).hexdigest()


NOBODY = Scope(None)


def key_hash(key: str) -> bytes:
    """Return what is kept of a key: keys are long and random, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).digest()


@contextmanager
def acting(connection: Connection, credential: Credential | None) -> Iterator[Scope]:
    """Take on what a credential allows for the rest of the transaction; nothing when it is worth nothing.

    From here on the transaction has the rights of the application role, whoever connected.
    """
    shown = credential or Credential("nobody", "")
    row = connection.execute(text(_ENTER.format(_OPENERS[shown.kind])), {"key": shown.key}).one()
    scope = Scope(row.scope, row.seal)
    connection.info[_SCOPE] = scope
    try:
        yield scope
    finally:
        connection.info.pop(_SCOPE, None)


async def read_scope(connection: AsyncConnection[Any], credential: Credential) -> Scope:
    """Return what a session or token allows, for statements that are given the scope itself."""
    opener = _OPENERS[credential.kind].replace(":key", "%s")
    found = await connection.execute(f"SELECT scope, seal FROM {opener}", [credential.key], prepare=True)  # noqa: S608
    row = await found.fetchone()
    return Scope(*row) if row else NOBODY


def scope_of(connection: Connection) -> Scope:
    """Return what the transaction may see."""
    scope: Scope = connection.info.get(_SCOPE, NOBODY)
    return scope

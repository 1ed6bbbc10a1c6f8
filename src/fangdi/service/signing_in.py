"""Signing in and out, one's own password, and one's own tokens."""

import hmac
import secrets
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, Engine

from fangdi.domain.access import Capability
from fangdi.domain.access_labels import ROLES
from fangdi.domain.signing_in import fault_of_password, group_of_address, login_of, wait_s
from fangdi.errors import (
    InvalidInputError,
    NotAllowedError,
    NotFoundError,
    SignInFailedError,
    SignInRequiredError,
    TooManyAttemptsError,
)
from fangdi.store import signing_in as store
from fangdi.store.access import Credential, key_hash, scope_of
from fangdi.store.query import writing
from fangdi.store.signing_in import NewSession, Visitor

_FAILED = "用户名或密码不正确。 The login or the password is wrong."
_TOO_MANY = "尝试次数过多,请在 {0} 秒后再试。 There were too many attempts; try again in {0} s."
_IN_PERSON = "Sign in with your password for this; a token does not do."

_hasher = PasswordHasher()
_hashing = threading.BoundedSemaphore(4)
"""Each hash takes 64 MiB for some 50 ms: more at once would let a crowd of strangers take all memory."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a browser gets that has signed in: the key of its session."""

    key: str


def new_password() -> str:
    """Return a password of 96 random bits, in groups that can be read out."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"  # without those that look alike
    return "-".join("".join(secrets.choice(letters) for _ in range(5)) for _ in range(4))


def hash_password(password: str) -> str:
    """Return the argon2id hash under which a password is kept."""
    with _hashing:
        return _hasher.hash(password)


def matches(password: str, hashed: str | None) -> bool:
    """Whether a password is the one; takes as long without a hash, so that time does not tell which accounts exist."""
    with _hashing:
        try:
            return _hasher.verify(hashed or _nobodys_hash(), password) and hashed is not None
        except (VerificationError, InvalidHashError):
            return False


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe())


def csrf_of(key: str) -> str:
    """Return what a page proves with that it may read the answers to its session, and is not a page from elsewhere."""
    return hmac.new(key.encode(), b"fangdi csrf", "sha256").hexdigest()


def sign_in(engine: Engine, login: str, password: str, *, visitor: Visitor, left: str | None = None) -> Entry:
    """Check name and password and begin a session under a new key, ending the one that the browser had.

    Raises SignInFailedError, the same whether or not there is such an account, or TooManyAttemptsError.
    """
    name = login_of(login)
    attempt, hashed = _attempt(engine, name, visitor)
    if not matches(password, hashed) or hashed is None:
        raise _failure(engine, attempt, visitor)
    renewed = hash_password(password) if _hasher.check_needs_rehash(hashed) else None
    session = NewSession(secrets.token_urlsafe(32), visitor, left)
    with writing(engine, None, address=visitor.address) as connection:
        entered = store.begin_session(connection, attempt, session, checked=hashed, renewed=renewed)
    if not entered:
        raise _failure(engine, attempt, visitor)
    return Entry(session.key)


def _failure(engine: Engine, attempt: int, visitor: Visitor) -> SignInFailedError:
    """Note that an attempt failed, whether or not there is such an account, and return what says so."""
    with writing(engine, None, address=visitor.address) as connection:
        store.note_failure(connection, attempt)
    return SignInFailedError(_FAILED)


def _attempt(engine: Engine, login: str, visitor: Visitor) -> tuple[int, str | None]:
    """Count the attempt, unless it comes too early, and return its number with the hash to check against."""
    address = group_of_address(visitor.address)
    with writing(engine, None, address=visitor.address) as connection:
        wait = wait_s(*store.failures(connection, login, address=address))
        if wait > 0:
            raise TooManyAttemptsError(_TOO_MANY.format(wait), retry_after_s=wait)
        return store.count_attempt(connection, login, address=address), store.password_of(connection, login)


def sign_out(engine: Engine, key: str) -> None:
    """End a session."""
    with writing(engine, None) as connection:
        store.end_session(connection, key_hash(key))


def note_use(engine: Engine, credential: Credential) -> None:
    """Note, in a transaction of its own, that a session or token is in use."""
    if isinstance(credential.key, bytes):
        with writing(engine, None) as connection:
            store.note_use(connection, credential.kind, credential.key)


def account(connection: Connection) -> Mapping[str, Any] | None:
    """Return who is signed in, with what they may do; None for nobody."""
    found = store.who_am_i(connection)
    if found is None:
        return None
    scope = scope_of(connection)
    roles = [{**role, "label": ROLES[role["role"]]} for role in found["roles"]]
    return {**found, "roles": roles, "capabilities": [item for item in Capability if scope.allows(item)]}


def change_password(connection: Connection, session: str, *, old: str, new: str) -> None:
    """Change the password of whoever is signed in; their other sessions end."""
    checked = store.own_password(connection)
    who = store.who_am_i(connection)
    if who is None or checked is None:
        raise NotAllowedError(_IN_PERSON)
    if not matches(old, checked):
        raise InvalidInputError("原密码不正确。 The old password is wrong.", place={"field": "old"})
    fault = fault_of_password(new, login=who["login"])
    if fault is None and new == old:
        fault = "新密码不得与原密码相同。 Choose a password other than the old one."
    if fault is not None:
        raise InvalidInputError(fault, place={"field": "new"})
    if not store.change_password(connection, key_hash(session), checked=checked, renewed=hash_password(new)):
        raise SignInRequiredError("请重新登录。 Sign in again.")


def make_token(
    connection: Connection, name: str, *, capabilities: Collection[Capability], days: int
) -> Mapping[str, Any]:
    """Make a token with some of one's own capabilities; its key is shown this once and kept nowhere."""
    scope = scope_of(connection)
    missing = [item for item in capabilities if not scope.allows(item)]
    if missing:
        raise NotAllowedError(
            f"令牌的权限不能超过本人:{', '.join(missing)}。 A token cannot do more than you: {', '.join(missing)}."
        )
    key = f"fangdi_{secrets.token_urlsafe(32)}"
    wanted = [item for item in Capability if item in capabilities]
    number = store.make_token(connection, name, key, capabilities=wanted, days=days)
    if number is None:
        raise NotAllowedError(_IN_PERSON)
    made = next(token for token in store.own_tokens(connection) if token["id"] == number)
    return {**made, "key": key}


def revoke_token(connection: Connection, number: int) -> Credential:
    """Revoke a token of one's own and return the credential that is worth nothing from now on."""
    revoked = store.revoke_token(connection, number)
    if revoked is None:
        raise NotFoundError("没有这个令牌,可能已撤销。 You have no such token; it may have been revoked already.")
    return Credential("token", bytes(revoked))

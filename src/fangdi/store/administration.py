"""Accounts and grants as their administrators see and change them; functions of the database make every change."""

from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.administration import FIELDS, SENTENCES, GrantWanted, Refusal
from fangdi.domain.common import Page, PageRequest
from fangdi.errors import NotFoundError
from fangdi.store.query import Record, first, rows
from fangdi.store.refusals import raise_refusal


def accounts(connection: Connection, page: PageRequest, *, term: str) -> Page[Record]:
    """Return one page of the accounts whose login or name contains a term, in the order of logins."""
    after = page.after[0] if page.after else ""
    found = rows(connection, "admin_accounts", id=None, term=term, after=after, page_size=page.limit + 1)
    return Page(found[: page.limit], (found[page.limit - 1]["login"],) if len(found) > page.limit else None)


def account(connection: Connection, number: int) -> Record:
    """Return an account with its grants; raise NotFoundError unless the reader looks after it."""
    found = first(connection, "admin_accounts", id=number, term="", after="", page_size=1)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_ACCOUNT])
    return found


def tokens(connection: Connection, number: int) -> list[Record]:
    """Return an account's tokens that were not revoked."""
    account(connection, number)
    return list(rows(connection, "admin_tokens", account=number))


def add_account(  # noqa: PLR0913 - the columns of an account
    connection: Connection, login: str, *, name: str, jurisdiction_code: str | None, cleared: bool, password_hash: str
) -> int:
    """Add an account whose password has to be changed at the first sign-in, and return its number."""
    return int(
        _call(
            connection,
            "add_account(:login, :name, :place, :cleared, :hash)",
            login=login,
            name=name,
            place=jurisdiction_code,
            cleared=cleared,
            hash=password_hash,
        )
    )


def change_account(
    connection: Connection, number: int, *, name: str | None, disabled: bool | None, cleared: bool | None
) -> None:
    """Change what is not None."""
    call = "change_account(:account, :name, CAST(:disabled AS boolean), CAST(:cleared AS boolean))"
    _call(connection, call, account=number, name=name, disabled=disabled, cleared=cleared)


def reset_password(connection: Connection, number: int, *, password_hash: str) -> None:
    """Set a one-time password, which ends all sessions."""
    _call(connection, "reset_password(:account, :hash)", account=number, hash=password_hash)


def end_sessions(connection: Connection, number: int) -> None:
    """Sign an account out everywhere."""
    _call(connection, "end_sessions(:account)", account=number)


def end_token(connection: Connection, number: int, *, token: int) -> None:
    """Revoke a token of an account."""
    _call(connection, "end_token(:account, :token)", account=number, token=token)


def add_grant(connection: Connection, number: int, wanted: GrantWanted) -> int:
    """Grant a role, and return the grant's number."""
    call = (
        "add_grant(:account, :role, :place, CAST(:agency AS bigint), "
        "CAST(:since AS date), CAST(:until AS date), :reason)"
    )
    made = _call(
        connection,
        call,
        account=number,
        role=wanted.role,
        place=wanted.jurisdiction_code,
        agency=wanted.agency_id,
        since=wanted.since,
        until=wanted.until,
        reason=wanted.reason,
    )
    return int(made)


def end_grant(connection: Connection, number: int, *, grant: int) -> None:
    """Let a grant hold no more from today on."""
    _call(connection, "end_grant(:account, :grant)", account=number, grant=grant)


def _call(connection: Connection, call: str, **parameters: Any) -> Any:
    try:
        return connection.execute(text(f"SELECT fangdi.{call}"), parameters).scalar_one()
    except DBAPIError as error:
        raise_refusal(error, SENTENCES, fields=FIELDS)

"""Accounts as commands with the owner's rights make and change them; the audit trail follows by itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, text

from fangdi.domain.access import Role
from fangdi.store.query import Record, first, rows


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to make; the password's hash, never the password."""

    login: str
    name: str
    password_hash: str
    jurisdiction_code: str | None = None
    cleared: bool = False
    demo: bool = False
    password_expired: bool = True


def lock(connection: Connection) -> None:
    """Let nobody else make accounts before this transaction ends."""
    connection.execute(text("LOCK TABLE fangdi.account IN SHARE ROW EXCLUSIVE MODE"))


def any_account(connection: Connection) -> bool:
    """Whether there is an account at all."""
    return bool(connection.execute(text("SELECT EXISTS (SELECT FROM fangdi.account)")).scalar_one())


def add(connection: Connection, account: NewAccount) -> int | None:
    """Make an account and return its number; None when the login is taken."""
    number: int | None = connection.execute(
        text("""
            INSERT INTO fangdi.account
                   (login, name, password_hash, jurisdiction_code, cleared, demo, password_expired)
            VALUES (:login, :name, :password_hash, :jurisdiction_code, :cleared, :demo, :password_expired)
                ON CONFLICT (login) DO NOTHING
            RETURNING id
        """),
        {name: getattr(account, name) for name in account.__slots__},
    ).scalar_one_or_none()
    return number


def find(connection: Connection, login: str) -> Record | None:
    """Return an account by its login."""
    found = connection.execute(text("SELECT * FROM fangdi.account WHERE login = :login"), {"login": login})
    return cast("Record | None", found.mappings().first())


def all_accounts(connection: Connection) -> Sequence[Record]:
    """Return every account with its roles of today."""
    return rows(connection, "signing_in_accounts")


def agency(connection: Connection, code: str, *, jurisdiction_code: str | None) -> Sequence[Record]:
    """Return the agencies of a code, or those of them in one jurisdiction."""
    return rows(connection, "signing_in_agency", code=code, jurisdiction_code=jurisdiction_code)


def jurisdiction_exists(connection: Connection, code: str) -> bool:
    """Whether there is such a jurisdiction."""
    asked = text("SELECT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = :code)")
    return bool(connection.execute(asked, {"code": code}).scalar_one())


def top_jurisdictions(connection: Connection) -> Sequence[str]:
    """Return the codes of the jurisdictions that are below no other."""
    asked = text("SELECT code FROM fangdi.jurisdiction WHERE parent_code IS NULL ORDER BY code")
    return list(connection.execute(asked).scalars())


def largest_agency(connection: Connection) -> Record | None:
    """Return the agency that uses the most rooms."""
    return first(connection, "signing_in_largest_agency")


def grant(
    connection: Connection, account: int, role: Role, *, jurisdiction_code: str | None, agency_id: int | None
) -> None:
    """Grant a role from today on, unless the account has it."""
    place = {"account": account, "role": role, "code": jurisdiction_code, "agency": agency_id}
    connection.execute(
        text(f"""
            INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code, agency_id, valid)
            SELECT :account, :role, :code, :agency, daterange(current_date, NULL)
             WHERE NOT EXISTS (SELECT FROM fangdi.role_grant WHERE {_THE_GRANT})
        """),  # noqa: S608 - a constant
        place,
    )


def revoke(
    connection: Connection, account: int, role: Role, *, jurisdiction_code: str | None, agency_id: int | None
) -> bool:
    """End a role as of today and return whether the account had it."""
    ended = connection.execute(
        text(f"UPDATE fangdi.role_grant SET valid = valid * daterange(NULL, current_date) WHERE {_THE_GRANT}"),  # noqa: S608
        {"account": account, "role": role, "code": jurisdiction_code, "agency": agency_id},
    )
    return ended.rowcount > 0


_THE_GRANT = """
    account_id = :account AND role = :role AND valid @> current_date
    AND jurisdiction_code IS NOT DISTINCT FROM CAST(:code AS text)
    AND agency_id IS NOT DISTINCT FROM CAST(:agency AS bigint)
"""


def set_password(connection: Connection, account: int, password_hash: str, *, expired: bool = True) -> None:
    """Give an account another password; it is signed out everywhere."""
    connection.execute(
        text("UPDATE fangdi.account SET password_hash = :hash, password_expired = :expired WHERE id = :account"),
        {"account": account, "hash": password_hash, "expired": expired},
    )
    end_sessions(connection, account)


def disable(connection: Connection, account: int) -> None:
    """Let nobody in with an account any more, and end its sessions."""
    connection.execute(
        text("UPDATE fangdi.account SET disabled_at = now() WHERE id = :account AND disabled_at IS NULL"),
        {"account": account},
    )
    end_sessions(connection, account)


def end_sessions(connection: Connection, account: int) -> None:
    """Sign an account out everywhere."""
    connection.execute(text("DELETE FROM fangdi.web_session WHERE account_id = :account"), {"account": account})

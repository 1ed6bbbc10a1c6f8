"""Looking after accounts (账号管理): making them, granting roles, and taking both back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.access import MATRIX, REACHES, Capability, Role
from fangdi.domain.access_labels import CAPABILITIES, ROLES
from fangdi.domain.administration import FIELDS, SENTENCES, GrantWanted, Refusal
from fangdi.domain.common import Page, PageRequest
from fangdi.errors import InvalidInputError
from fangdi.service.signing_in import hash_password, new_password
from fangdi.store import administration as store
from fangdi.store.query import Record


@dataclass(frozen=True, slots=True)
class AccountWanted:
    """An account to make; without a jurisdiction only system administrators look after it."""

    login: str
    name: str
    jurisdiction_code: str | None = None
    cleared: bool = False


def accounts(connection: Connection, page: PageRequest, *, term: str = "") -> Page[Record]:
    """Return one page of the accounts that the reader looks after."""
    found = store.accounts(connection, page, term=term)
    return Page([_labelled(row) for row in found.items], found.after)


def account(connection: Connection, number: int) -> Record:
    """Return one account with its grants, past ones included."""
    return _labelled(store.account(connection, number))


def add_account(connection: Connection, wanted: AccountWanted) -> tuple[Record, str]:
    """Make an account, and return it with its one-time password."""
    password = new_password()
    number = store.add_account(
        connection,
        wanted.login,
        name=wanted.name,
        jurisdiction_code=wanted.jurisdiction_code,
        cleared=wanted.cleared,
        password_hash=hash_password(password),
    )
    return account(connection, number), password


def reset_password(connection: Connection, number: int) -> str:
    """Give an account a one-time password, and return it; all its sessions end."""
    password = new_password()
    store.reset_password(connection, number, password_hash=hash_password(password))
    return password


def grant(connection: Connection, number: int, wanted: GrantWanted) -> Record:
    """Grant a role, and return the account as it is then."""
    if not wanted.fits():
        refusal = Refusal.PLACE_OF_ROLE
        raise InvalidInputError(SENTENCES[refusal], place={"field": FIELDS[refusal]})
    store.add_grant(connection, number, wanted)
    return account(connection, number)


def roles() -> Sequence[dict[str, Any]]:
    """Return the matrix: what each role allows, and what it is granted for."""
    return [
        {
            "role": role,
            "label": ROLES[role],
            "reach": REACHES[role],
            "capabilities": [
                {"capability": capability, "label": CAPABILITIES[capability]}
                for capability in Capability
                if capability in MATRIX[role]
            ],
        }
        for role in Role
    ]


def _labelled(row: Record) -> Record:
    grants = [{**held, "label": ROLES[Role(held["role"])]} for held in row["grants"]]
    return {**row, "grants": grants}

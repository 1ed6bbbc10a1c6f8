"""Builders of accounts: who they are, what they were granted, and the tokens they come with."""

import itertools
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from builders import CITY, a_jurisdiction, insert, period
from fangdi.domain.access import REACHES, Capability, Reach, Role
from fangdi.store.access import key_hash

EVERYTHING = "everything"
"""The token of `http`: what it shows is all there is."""

_numbers = itertools.count(1)


def an_account(connection: Connection, login: str | None = None, **more: Any) -> int:
    """Add an account (账号) that has been granted nothing."""
    login = login or f"person{next(_numbers)}"
    return insert(connection, "account", login=login, **{"name": f"某人{login}", **more})


def has_role(
    connection: Connection,
    account: int,
    role: Role,
    *,
    jurisdiction: str = CITY,
    agency: int | None = None,
    valid: Any = None,
) -> int:
    """Grant a role, for a jurisdiction, an agency or the system, as the role asks for."""
    values: dict[str, Any] = {"account_id": account, "role": role, "valid": valid or period()}
    if REACHES[role] is Reach.JURISDICTION:
        values["jurisdiction_code"] = a_jurisdiction(connection, jurisdiction)
    elif REACHES[role] is Reach.AGENCY:
        values["agency_id"] = agency
    return insert(connection, "role_grant", **values)


def has_token(connection: Connection, account: int, *, key: str | None = None, **more: Any) -> str:
    """Give an account a token for all it may do, and return its key."""
    key = key or f"fangdi_test_{next(_numbers)}_{account}"
    values = {"capabilities": [str(capability) for capability in Capability], "expires_at": _tomorrow(), **more}
    insert(
        connection, "api_token", account_id=account, name="测试", key_hash=key_hash(key), key_start=key[:8], **values
    )
    return key


def key_of(
    connection: Connection,
    role: Role,
    *,
    jurisdiction: str = CITY,
    agency: int | None = None,
    valid: Any = None,
    **more: Any,
) -> str:
    """Add an account with one role, and return the key of its token; `more` are columns of the account."""
    account = an_account(connection, **{"jurisdiction_code": None, **more})
    has_role(connection, account, role, jurisdiction=jurisdiction, agency=agency, valid=valid)
    return has_token(connection, account)


def a_viewer(connection: Connection) -> str:
    """Add a viewer of the city, cleared, with a token; for tests over databases of their own."""
    return key_of(connection, Role.VIEWER, cleared=True)


def bearer(key: str) -> dict[str, str]:
    """Return the header that shows a token."""
    return {"Authorization": f"Bearer {key}"}


def _tomorrow() -> date:
    return date.today() + timedelta(1)  # noqa: DTZ011 - as the database reckons

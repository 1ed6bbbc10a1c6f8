"""Accounts for demonstration: one per role in the sample city, for this machine alone."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.access import REACHES, Reach, Role
from fangdi.domain.access_labels import ROLES
from fangdi.domain.common import Definition as Labels
from fangdi.errors import SettingsError
from fangdi.service.signing_in import hash_password, new_password
from fangdi.settings import Settings
from fangdi.store import accounts as store
from fangdi.store.accounts import NewAccount

Shown = Mapping[str, Any]
"""An account to try: login, password, and what its role is called."""

_FILE = "demo-accounts.json"
_CLEARED = "demo-cleared"
_WITH_CLEARANCE = Labels("调配人员(有涉密权限)", "Allocator with clearance")
_LOGINS: Mapping[str, Role] = {f"demo-{role.replace('_', '-')}": role for role in Role} | {_CLEARED: Role.ALLOCATOR}


def accounts(settings: Settings) -> Sequence[Shown] | None:
    """Return the accounts to try, with their passwords; None except in the demonstration on this machine."""
    if not settings.demo or not settings.serves_this_machine_only:
        return None
    return _kept(settings) or None


def prepare(connection: Connection, settings: Settings) -> Sequence[Shown]:
    """Make the accounts that are missing, and new passwords for those whose own is not known here."""
    store.lock(connection)
    known = {account["login"]: account for account in _kept(settings)}
    shown = [_prepare(connection, login, role, known.get(login)) for login, role in _LOGINS.items()]
    if list(known.values()) != shown:
        _keep(settings, shown)
    return shown


def kept_in(settings: Settings) -> Path:
    """Return the file, readable by its owner alone, that holds the passwords."""
    return settings.data_dir / _FILE


def _prepare(connection: Connection, login: str, role: Role, known: Shown | None) -> Shown:
    found = store.find(connection, login)
    if found is not None and not found["demo"]:
        raise SettingsError(f"{login} is an account of somebody's; start with FANGDI_DEMO=false.")
    if found is not None and known is not None and found["password_hash"] == known.get("hash"):
        return known
    password = new_password()
    hashed = hash_password(password)
    if found is None:
        _make(connection, login, role, hashed)
    else:
        store.set_password(connection, found["id"], hashed, expired=False)
    label = _label(login, role)
    return {"login": login, "password": password, "role": {"zh": label.zh, "en": label.en}, "hash": hashed}


def _make(connection: Connection, login: str, role: Role, hashed: str) -> None:
    agency = store.largest_agency(connection) if REACHES[role] is Reach.AGENCY else None
    tops = store.top_jurisdictions(connection) if REACHES[role] is Reach.JURISDICTION else []
    home = agency["jurisdiction_code"] if agency else next(iter(tops), None)
    number = store.add(
        connection,
        NewAccount(
            login,
            f"演示·{_label(login, role).zh}",
            hashed,
            jurisdiction_code=home,
            cleared=login == _CLEARED,
            demo=True,
            password_expired=False,
        ),
    )
    assert number is not None  # noqa: S101 - the table is locked, and nobody had the login
    if REACHES[role] is Reach.SYSTEM:
        store.grant(connection, number, role, jurisdiction_code=None, agency_id=None)
    if agency:
        store.grant(connection, number, role, jurisdiction_code=None, agency_id=agency["id"])
    for code in tops:
        store.grant(connection, number, role, jurisdiction_code=code, agency_id=None)


def _label(login: str, role: Role) -> Labels:
    return _WITH_CLEARANCE if login == _CLEARED else ROLES[role]


def _kept(settings: Settings) -> list[Shown]:
    try:
        found: list[Shown] = json.loads(kept_in(settings).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []
    return found


def _keep(settings: Settings, shown: Sequence[Shown]) -> None:
    """Write the file under another name first, so that nobody ever reads half of it, or it with wider rights."""
    file = kept_in(settings)
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(list(shown), out, ensure_ascii=False, indent=1)
    unfinished.replace(file)

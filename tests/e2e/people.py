"""Accounts that the tests sign in with, made by the owner of the database."""

import secrets

from sqlalchemy import Connection, text

from builders import insert, period
from fangdi.domain.access import REACHES, Reach, Role
from fangdi.service.signing_in import hash_password

PASSWORD = secrets.token_urlsafe(16)
"""Of every account made here."""

ADMINISTRATOR = "e2e.administrator"
VIEWER = "e2e.viewer"
EXCHANGE = "e2e.exchange"
SYSTEM = "e2e.system"
AUDITOR = "e2e.auditor"
OFFICER = "e2e.officer"
"""Of an agency far from the concentrated-office zones."""
NOBODY_YET = "e2e.nobody"
"""Has been granted nothing."""

_ROLES = {
    ADMINISTRATOR: Role.JURISDICTION_ADMINISTRATOR,
    VIEWER: Role.VIEWER,
    EXCHANGE: Role.EXCHANGE_PARTNER,
    SYSTEM: Role.SYSTEM_ADMINISTRATOR,
    AUDITOR: Role.AREA_AUDITOR,
    NOBODY_YET: None,
}


def add_people(connection: Connection) -> None:
    """Add an account a role, for everything in the database or for one agency; the administrator is cleared."""
    tops = connection.execute(text("SELECT code FROM fangdi.jurisdiction WHERE parent_code IS NULL")).scalars().all()
    hashed = hash_password(PASSWORD)
    for login, role in _ROLES.items():
        cleared = role is Role.JURISDICTION_ADMINISTRATOR
        account = insert(connection, "account", login=login, name=login, password_hash=hashed, cleared=cleared)
        if role is None:
            continue
        for top in tops if REACHES[role] is Reach.JURISDICTION else [None]:
            insert(connection, "role_grant", account_id=account, role=role, jurisdiction_code=top, valid=period())
    officer = insert(connection, "account", login=OFFICER, name=OFFICER, password_hash=hashed)
    agency = connection.execute(
        text("SELECT id FROM fangdi.agency WHERE name LIKE '慈溪市人民政府办公室%'")
    ).scalar_one()
    insert(connection, "role_grant", account_id=officer, role=Role.AGENCY_OFFICER, agency_id=agency, valid=period())

"""Making and changing accounts with the owner's rights: what `fangdi account` does."""

from dataclasses import dataclass

from sqlalchemy import Connection

from fangdi.domain.access import REACHES, Reach, Role
from fangdi.domain.signing_in import login_of
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service.signing_in import hash_password, new_password
from fangdi.store import accounts as store
from fangdi.store.accounts import NewAccount


@dataclass(frozen=True, slots=True)
class Place:
    """What a role is granted for; neither for the whole system."""

    jurisdiction_code: str | None = None
    agency_id: int | None = None
    home: str | None = None
    """Code of the jurisdiction whose administrators look after the account."""


def place_of(connection: Connection, role: Role, *, jurisdiction: str | None, agency: str | None) -> Place:
    """Return the place that a role is for, or say what is missing."""
    reach = REACHES[role]
    if reach is Reach.SYSTEM:
        if jurisdiction or agency:
            raise InvalidInputError(f"{role} is for the whole system; leave out --jurisdiction and --agency.")
        return Place()
    if reach is Reach.JURISDICTION:
        if jurisdiction is None or agency is not None:
            raise InvalidInputError(f"Name the jurisdiction that {role} is for with --jurisdiction CODE (no --agency).")
        if not store.jurisdiction_exists(connection, jurisdiction):
            raise NotFoundError(f"There is no jurisdiction {jurisdiction}.")
        return Place(jurisdiction_code=jurisdiction, home=jurisdiction)
    if agency is None:
        raise InvalidInputError(f"Name the agency that {role} is for with --agency CODE.")
    found = store.agency(connection, agency, jurisdiction_code=jurisdiction)
    if not found:
        raise NotFoundError(f"There is no agency {agency}.")
    if len(found) > 1:
        codes = ", ".join(row["jurisdiction_code"] for row in found)
        raise InvalidInputError(f"Several agencies have the code {agency}; say which with --jurisdiction: {codes}.")
    return Place(agency_id=found[0]["id"], home=found[0]["jurisdiction_code"])


def add(  # noqa: PLR0913 - what an account is made of
    connection: Connection, login: str, *, name: str, role: Role, place: Place, cleared: bool = False
) -> str:
    """Make an account with a role and return its password, which has to be changed at the first sign-in."""
    kept = login_of(login)
    if not kept or len(kept) > 64 or any(sign.isspace() or not sign.isprintable() for sign in kept):
        raise InvalidInputError("A login has 1 to 64 characters and no spaces.", place={"field": "login"})
    password = new_password()
    account = NewAccount(kept, name, hash_password(password), jurisdiction_code=place.home, cleared=cleared)
    number = store.add(connection, account)
    if number is None:
        raise InvalidInputError(f"There is an account {kept} already.", place={"field": "login"})
    store.grant(connection, number, role, jurisdiction_code=place.jurisdiction_code, agency_id=place.agency_id)
    return password


def number_of(connection: Connection, login: str) -> int:
    """Return an account's number by its login."""
    found = store.find(connection, login_of(login))
    if found is None:
        raise NotFoundError(f"There is no account {login_of(login)}; `fangdi account list` shows all.")
    number: int = found["id"]
    return number


def new_password_for(connection: Connection, login: str) -> str:
    """Give an account a password that has to be changed at the next sign-in; it is signed out everywhere."""
    password = new_password()
    store.set_password(connection, number_of(connection, login), hash_password(password))
    return password


def first_administrator(connection: Connection) -> str | None:
    """Make `admin`, who administers the system and all jurisdictions, unless there is anybody; return the password."""
    store.lock(connection)
    if store.any_account(connection):
        return None
    password = add(connection, "admin", name="管理员", role=Role.SYSTEM_ADMINISTRATOR, place=Place())
    number = number_of(connection, "admin")
    for code in store.top_jurisdictions(connection):
        store.grant(connection, number, Role.JURISDICTION_ADMINISTRATOR, jurisdiction_code=code, agency_id=None)
    return password

"""`fangdi account`: accounts, made and changed with the rights of the database's owner."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import Connection

from fangdi.commands.database import started_database
from fangdi.domain.access import Role
from fangdi.errors import NotFoundError
from fangdi.service import accounts as service
from fangdi.settings import read_settings
from fangdi.store import accounts as store
from fangdi.store.engine import create_engine

app = typer.Typer(no_args_is_help=True, help="Accounts (账号): who may sign in, and what they may do.")
_console = Console(soft_wrap=True, highlight=False)

Login = Annotated[str, typer.Argument(help="Name to sign in with (用户名).")]
RoleGiven = Annotated[Role, typer.Option("--role", help="Role (角色).")]
Jurisdiction = Annotated[str | None, typer.Option(help="Code of the jurisdiction (行政区) that the role is for.")]
Agency = Annotated[str | None, typer.Option(help="Code of the agency (机关) that the role is for.")]


@app.command()
def add(  # noqa: PLR0913, PLR0917 - one per option
    login: Login,
    role: RoleGiven,
    name: Annotated[str | None, typer.Option(help="Name of the person or machine.")] = None,
    jurisdiction: Jurisdiction = None,
    agency: Agency = None,
    cleared: Annotated[bool, typer.Option("--cleared", help="Give clearance (涉密权限).")] = False,  # noqa: FBT002
) -> None:
    """Make an account with a role, and print its password for the first sign-in."""
    with _owner() as connection:
        place = service.place_of(connection, role, jurisdiction=jurisdiction, agency=agency)
        password = service.add(connection, login, name=name or login, role=role, place=place, cleared=cleared)
    print_password(login, password)


@app.command()
def password(login: Login) -> None:
    """Give an account a new password for the next sign-in, print it, and sign the account out everywhere."""
    with _owner() as connection:
        made = service.new_password_for(connection, login)
    print_password(login, made)


@app.command("list")
def list_() -> None:
    """List all accounts with their roles of today."""
    table = Table()
    for column in ("用户名 Login", "姓名 Name", "角色 Roles", "状态 State"):
        table.add_column(column, overflow="fold")  # nothing is cut off: logins are there to be copied
    with _owner() as connection:
        for row in store.all_accounts(connection):
            states = {"停用 disabled": row["disabled_at"], "涉密权限 cleared": row["cleared"], "演示 demo": row["demo"]}
            table.add_row(
                row["login"],
                row["name"],
                "\n".join(row["roles"]),
                ", ".join(word for word, is_so in states.items() if is_so),
            )
    _console.print(table)


@app.command()
def disable(login: Login) -> None:
    """Let nobody in with an account any more."""
    with _owner() as connection:
        store.disable(connection, service.number_of(connection, login))
    _console.print("已停用。 Disabled.")


@app.command()
def grant(login: Login, role: RoleGiven, jurisdiction: Jurisdiction = None, agency: Agency = None) -> None:
    """Grant a role from today on."""
    with _owner() as connection:
        number = service.number_of(connection, login)
        place = service.place_of(connection, role, jurisdiction=jurisdiction, agency=agency)
        store.grant(connection, number, role, jurisdiction_code=place.jurisdiction_code, agency_id=place.agency_id)
    _console.print("已授权。 Granted.")


@app.command()
def revoke(login: Login, role: RoleGiven, jurisdiction: Jurisdiction = None, agency: Agency = None) -> None:
    """End a role as of today; that it was granted stays on record."""
    with _owner() as connection:
        number = service.number_of(connection, login)
        place = service.place_of(connection, role, jurisdiction=jurisdiction, agency=agency)
        had = store.revoke(
            connection, number, role, jurisdiction_code=place.jurisdiction_code, agency_id=place.agency_id
        )
        if not had:
            raise NotFoundError(f"{login} does not have this role today; `fangdi account list` shows the roles.")
    _console.print("已撤销。 Revoked.")


def print_password(login: str, made: str) -> None:
    """Show a password that is kept nowhere."""
    _console.print(f"用户名 Login: {login}\n一次性密码 One-time password: {made}", markup=False)
    _console.print("首次登录后须修改,此处仅显示一次。 It is shown this once; change it when you sign in.", markup=False)


@contextmanager
def _owner() -> Iterator[Connection]:
    engine = create_engine(started_database(read_settings()))
    try:
        with engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()

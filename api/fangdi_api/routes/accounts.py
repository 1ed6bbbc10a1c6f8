"""Looking after accounts (账号管理): who there is, what was granted to them, and the matrix of roles."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.administration import GrantWanted
from fangdi.service import administration as service
from fangdi.store import administration as store
from fangdi_api.deps import MAX_ID, Paging, RowId, SignedIn, WriteDatabase, may
from fangdi_api.paging import encode, page_request
from fangdi_api.schemas import accounts as shapes
from fangdi_api.schemas.common import ERRORS, PageOf

router = APIRouter(tags=["accounts"], responses=ERRORS)

Term = Annotated[
    str,
    Query(alias="q", max_length=100, pattern=r"^[^\x00]*$", description="Part of a login or name.", examples=["张"]),
]
GrantId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of a grant, as the account lists it.", examples=[1])]
TokenId = Annotated[int, Path(ge=1, le=MAX_ID, description="Id of a token, as the account lists it.", examples=[1])]


def _administering(connection: SignedIn) -> Connection:
    may(connection, Capability.ADMINISTER_ACCOUNTS)
    return connection


def _changing(connection: WriteDatabase) -> Connection:
    may(connection, Capability.ADMINISTER_ACCOUNTS)
    return connection


Administering = Annotated[Connection, Depends(_administering, scope="function")]
Changing = Annotated[Connection, Depends(_changing, scope="function")]


@router.get("/roles")
def roles(connection: SignedIn) -> list[shapes.RoleAnswer]:  # noqa: ARG001 - it says who may ask
    """List the roles (角色) with what each allows, and what it is granted for."""
    return [shapes.RoleAnswer.model_validate(role) for role in service.roles()]


@router.get("/accounts")
def accounts(connection: Administering, paging: Paging, term: Term = "") -> PageOf[shapes.AccountRow]:
    """List the accounts (账号) that the reader looks after, in the order of their logins."""
    page = service.accounts(connection, page_request(paging.cursor, limit=paging.limit, shape=(str,)), term=term)
    return PageOf[shapes.AccountRow].model_validate({"items": page.items, "next": encode(page.after)})


@router.post("/accounts", status_code=201)
def make_account(connection: Changing, wanted: shapes.AccountToMake) -> shapes.AccountWithPassword:
    """Make an account; its one-time password is shown this once."""
    account, password = service.add_account(connection, service.AccountWanted(**wanted.model_dump()))
    return shapes.AccountWithPassword.model_validate({"account": account, "password": password})


@router.get("/accounts/{account_id}")
def account(connection: Administering, account_id: RowId) -> shapes.AccountRow:
    """Return an account with its grants, past ones included."""
    return _account(connection, account_id)


@router.patch("/accounts/{account_id}")
def change_account(connection: Changing, account_id: RowId, wanted: shapes.AccountChange) -> shapes.AccountRow:
    """Change an account's name, disable it, or give and take clearance (涉密权限)."""
    store.change_account(connection, account_id, **wanted.model_dump())
    return _account(connection, account_id)


@router.post("/accounts/{account_id}/password")
def reset_password(connection: Changing, account_id: RowId) -> shapes.Password:
    """Give an account a one-time password, shown this once; all its sessions end."""
    return shapes.Password(password=service.reset_password(connection, account_id))


@router.delete("/accounts/{account_id}/sessions", status_code=204)
def end_sessions(connection: Changing, account_id: RowId) -> None:
    """Sign an account out everywhere."""
    store.end_sessions(connection, account_id)


@router.post("/accounts/{account_id}/grants", status_code=201)
def grant(connection: Changing, account_id: RowId, wanted: shapes.GrantToMake) -> shapes.AccountRow:
    """Grant a role (授权) for a jurisdiction with all below it, an agency, or the system; return the account."""
    values: dict[str, Any] = wanted.model_dump()
    values["since"] = wanted.since or date.today()  # noqa: DTZ011 - the day where the server stands is meant
    return shapes.AccountRow.model_validate(service.grant(connection, account_id, GrantWanted(**values)))


@router.delete("/accounts/{account_id}/grants/{grant_id}", status_code=204)
def end_grant(connection: Changing, account_id: RowId, grant_id: GrantId) -> None:
    """Let a grant hold no more from today on; it stays in the account's history."""
    store.end_grant(connection, account_id, grant=grant_id)


@router.get("/accounts/{account_id}/tokens")
def account_tokens(connection: Administering, account_id: RowId) -> shapes.AccountTokens:
    """List an account's tokens (令牌) that were not revoked."""
    return shapes.AccountTokens.model_validate({"items": store.tokens(connection, account_id)})


@router.delete("/accounts/{account_id}/tokens/{token_id}", status_code=204)
def end_token(connection: Changing, account_id: RowId, token_id: TokenId) -> None:
    """Revoke a token of an account."""
    store.end_token(connection, account_id, token=token_id)


def _account(connection: Connection, number: int) -> shapes.AccountRow:
    return shapes.AccountRow.model_validate(service.account(connection, number))

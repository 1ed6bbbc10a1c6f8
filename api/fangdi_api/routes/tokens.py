"""Tokens (令牌) of one's own, for machines such as QGIS."""

from fastapi import APIRouter, Request

from fangdi.service import signing_in as service
from fangdi.store import signing_in as store
from fangdi_api.deps import RowId, SignedIn, WriteDatabase
from fangdi_api.schemas.common import ERRORS
from fangdi_api.schemas.session import NewToken, TokensAnswer, TokenWanted

router = APIRouter(tags=["session"], responses=ERRORS)


@router.get("/tokens")
def tokens(connection: SignedIn) -> TokensAnswer:
    """List one's own tokens that were not revoked."""
    return TokensAnswer.model_validate({"items": store.own_tokens(connection)})


@router.post("/tokens", status_code=201)
def make_token(connection: WriteDatabase, wanted: TokenWanted) -> NewToken:
    """Make a token with some of one's own capabilities; its key is shown this once."""
    made = service.make_token(connection, wanted.name, capabilities=wanted.capabilities, days=wanted.days)
    return NewToken.model_validate(made)


@router.delete("/tokens/{token_id}", status_code=204)
def revoke_token(request: Request, connection: WriteDatabase, token_id: RowId) -> None:
    """Revoke a token of one's own."""
    revoked = service.revoke_token(connection, token_id)
    tiles = getattr(request.app.state, "tiles", None)
    if tiles is not None:
        tiles.source.forget(revoked)

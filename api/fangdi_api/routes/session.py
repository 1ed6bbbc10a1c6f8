"""Signing in and out: the session of a browser."""

import logging
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from fangdi.errors import FangdiError
from fangdi.service import demo, oidc
from fangdi.service import signing_in as service
from fangdi.settings import Settings
from fangdi.store.access import Credential
from fangdi.store.query import reading
from fangdi.store.signing_in import Visitor
from fangdi_api.deps import SESSION_COOKIE, AppSettings, OpenDatabase, WriteDatabase
from fangdi_api.schemas.common import ERRORS
from fangdi_api.schemas.session import PasswordChange, SessionAnswer, SignIn

router = APIRouter(tags=["session"], responses=ERRORS)

_log = logging.getLogger(__name__)

_NO_STORE = {"Cache-Control": "no-store"}
_STARTED = "fangdi_oidc"
_OIDC = "/api/v1/session/oidc"
_FAILED = "/?sign_in=failed"
"""The page to sign in at, which says that signing in elsewhere failed."""
SESSION_S = 12 * 3600


@router.get("/session")
def session(request: Request, response: Response, connection: OpenDatabase, settings: AppSettings) -> SessionAnswer:
    """Say who is signed in, and how one can be."""
    response.headers.update(_NO_STORE)
    return _answer(service.account(connection), request.cookies.get(SESSION_COOKIE), settings=settings)


@router.post("/session")
def sign_in(request: Request, response: Response, wanted: SignIn, settings: AppSettings) -> SessionAnswer:
    """Sign in with a password; the session's key comes as a cookie."""
    engine = request.app.state.engine
    left = request.cookies.get(SESSION_COOKIE)
    entry = service.sign_in(engine, wanted.login, wanted.password, visitor=visitor(request), left=left)
    forget(request, left)
    set_cookie(response, entry.key, request=request)
    response.headers.update(_NO_STORE)
    with reading(engine, Credential.session(entry.key)) as connection:
        return _answer(service.account(connection), entry.key, settings=settings)


@router.delete("/session", status_code=204)
def sign_out(request: Request, response: Response) -> None:
    """Sign out: the session ends here and now."""
    key = request.cookies.get(SESSION_COOKIE)
    if key:
        service.sign_out(request.app.state.engine, key)
        forget(request, key)
    set_cookie(response, None, request=request)


@router.post("/session/password", status_code=204)
def change_password(request: Request, connection: WriteDatabase, wanted: PasswordChange) -> None:
    """Change one's own password; whoever else is signed in with it is signed out."""
    key = request.cookies.get(SESSION_COOKIE, "")
    service.change_password(connection, key, old=wanted.old, new=wanted.new)
    forget(request, key)


@router.get("/session/oidc", response_class=RedirectResponse, status_code=303)
def sign_in_elsewhere(request: Request, settings: AppSettings) -> RedirectResponse:
    """Lead to the issuer (统一身份认证) to sign in there."""
    try:
        address, started = oidc.start(settings, back_to=_back_to(request))
    except FangdiError as failed:
        return _lead_back(request, failed)
    leading = RedirectResponse(address, 303, headers=_NO_STORE)
    leading.set_cookie(
        _STARTED, started.sealed(), max_age=oidc.STARTED_KEPT_S, path=_OIDC, httponly=True, samesite="lax",
        secure=_secure(request),
    )  # fmt: skip
    return leading


@router.get("/session/oidc/callback", response_class=RedirectResponse, status_code=303)
def come_back(request: Request, settings: AppSettings) -> RedirectResponse:
    """Begin a session for whom the issuer vouches for, and lead to the map."""
    left = request.cookies.get(SESSION_COOKIE)
    session = {"back_to": _back_to(request), "visitor": visitor(request), "left": left}
    answer = dict(request.query_params)
    try:
        started = oidc.Started.unsealed(request.cookies.get(_STARTED, ""))
        entry = oidc.finish(request.app.state.engine, settings, started, answer=answer, session=session)
    except FangdiError as failed:
        return _lead_back(request, failed)
    forget(request, left)
    leading = RedirectResponse("/", 303, headers=_NO_STORE)
    set_cookie(leading, entry.key, request=request)
    leading.delete_cookie(_STARTED, path=_OIDC, httponly=True, samesite="lax", secure=_secure(request))
    return leading


def _lead_back(request: Request, failed: FangdiError) -> RedirectResponse:
    """Lead a person back to the page to sign in at; programs hear the error itself."""
    if "text/html" not in request.headers.get("accept", ""):
        raise failed
    _log.warning("Signing in with the issuer failed: %s", failed.message)
    return RedirectResponse(_FAILED, 303, headers=_NO_STORE)


def visitor(request: Request) -> Visitor:
    """Return where the request comes from."""
    return Visitor(request.client.host if request.client else "unknown", request.headers.get("user-agent"))


def forget(request: Request, key: str | None) -> None:
    """Let tiles know at once that a session is not what it was."""
    tiles = getattr(request.app.state, "tiles", None)
    if tiles is not None and key:
        tiles.source.forget(Credential.session(key))


def set_cookie(response: Response, key: str | None, *, request: Request) -> None:
    """Hand the browser the key of its session, or take it back."""
    response.set_cookie(
        SESSION_COOKIE,
        key or "",
        max_age=SESSION_S if key else 0,
        path="/",
        httponly=True,
        samesite="lax",
        secure=_secure(request),
    )


def _secure(request: Request) -> bool:
    settings: Settings = request.app.state.settings
    return request.url.scheme == "https" or settings.behind_tls


def _back_to(request: Request) -> str:
    settings: Settings = request.app.state.settings
    return f"{settings.public_url or str(request.base_url).rstrip('/')}{_OIDC}/callback"


def _answer(account: Any, key: str | None, *, settings: Settings) -> SessionAnswer:
    in_browser = account is not None and bool(key)
    return SessionAnswer.model_validate(
        {
            "signed_in": account is not None,
            "account": account,
            "csrf": service.csrf_of(key) if in_browser and key else None,
            "oidc": {"label": settings.oidc_label} if settings.oidc_issuer else None,
            "demo": None if account is not None else demo.accounts(settings),
        }
    )

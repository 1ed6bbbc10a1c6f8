"""Signing in elsewhere (统一身份认证): OpenID Connect with authorisation code, PKCE, state and nonce.

Nothing is asked of any issuer unless one is configured and somebody chooses to sign in with it.
"""

import base64
import hmac
import json
import secrets
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote

import httpx
from authlib.common.urls import add_params_to_uri  # type: ignore[import-untyped]
from authlib.oauth2.rfc7636 import create_s256_code_challenge  # type: ignore[import-untyped]
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import Engine

from fangdi.domain.access import REACHES, Reach, Role
from fangdi.errors import NotFoundError, SettingsError, SignInFailedError
from fangdi.service.signing_in import Entry
from fangdi.settings import RoleByClaim, Settings
from fangdi.store import signing_in as store
from fangdi.store.query import writing
from fangdi.store.signing_in import NewSession, Visitor

STARTED_KEPT_S = 600
"""How long somebody may take at the issuer."""
_TIMEOUT_S = 10
_LEEWAY_S = 60  # for clocks that differ
_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
"""Signatures by the issuer's private key; never `none`, nor a secret that both sides have."""
_FAILED = "统一身份认证登录失败,请重试。 Signing in with the issuer failed; try again. {}"
_cookie_key = secrets.token_bytes(32)  # one process serves; a restart only makes people click once more


@dataclass(frozen=True, slots=True)
class Started:
    """What the browser keeps while its person is at the issuer."""

    state: str
    nonce: str
    verifier: str
    until: float

    def sealed(self) -> str:
        """Return it as the value of a cookie that nobody else can make."""
        said = base64.urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()
        return f"{said}.{_seal(said)}"

    @classmethod
    def unsealed(cls, value: str) -> "Started":
        """Read it back; raises SignInFailedError when it is not ours or too old."""
        said, _, seal = value.partition(".")
        if not hmac.compare_digest(seal.encode(), _seal(said).encode()):
            raise SignInFailedError(_FAILED.format("(cookie)"))
        started = cls(**json.loads(base64.urlsafe_b64decode(said)))
        if started.until < time.time():
            raise SignInFailedError(_FAILED.format("(timeout)"))
        return started


def _seal(said: str) -> str:
    return hmac.new(_cookie_key, said.encode(), "sha256").hexdigest()


def check(settings: Settings) -> None:
    """Refuse settings that cannot work, when the server starts."""
    if settings.oidc_issuer is None:
        return
    if settings.oidc_client_id is None:
        raise SettingsError("Set FANGDI_OIDC_CLIENT_ID: what the issuer calls this system.")
    _secret(settings)
    for value, given in settings.oidc_roles.items():
        if given.role not in set(Role):
            raise SettingsError(f"FANGDI_OIDC_ROLES: {value} names no role; choose of {', '.join(Role)}.")
        places = (given.jurisdiction_code is not None, given.agency_code is not None)
        needed = {Reach.JURISDICTION: (True, False), Reach.AGENCY: (False, True), Reach.SYSTEM: (False, False)}
        if places != needed[REACHES[Role(given.role)]]:
            raise SettingsError(f"FANGDI_OIDC_ROLES: {value} does not name the one place that {given.role} is for.")


def start(settings: Settings, *, back_to: str) -> tuple[str, Started]:
    """Return the address at the issuer, and what the browser keeps."""
    known = _discover(settings)
    started = Started(
        secrets.token_urlsafe(32), secrets.token_urlsafe(32), secrets.token_urlsafe(48), time.time() + STARTED_KEPT_S
    )
    asked = {
        "response_type": "code",
        "client_id": settings.oidc_client_id,
        "redirect_uri": back_to,
        "scope": "openid profile email",
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": create_s256_code_challenge(started.verifier),
        "code_challenge_method": "S256",
    }
    return str(add_params_to_uri(known["authorization_endpoint"], list(asked.items()))), started


def finish(
    engine: Engine, settings: Settings, started: Started, *, answer: Mapping[str, str], session: Mapping[str, Any]
) -> Entry:
    """Check what the issuer sent back and begin a session; `session` has `back_to`, `visitor` and `left`."""
    if not hmac.compare_digest(answer.get("state", "").encode(), started.state.encode()) or not answer.get("code"):
        raise SignInFailedError(_FAILED.format("(state)"))
    claims = _claims(settings, started, code=answer["code"], back_to=session["back_to"])
    visitor: Visitor = session["visitor"]
    begun = NewSession(secrets.token_urlsafe(32), visitor, session["left"])
    with writing(engine, None, address=visitor.address) as connection:
        entered = store.enter_from_issuer(
            connection,
            begun,
            issuer=claims["iss"],
            subject=claims["sub"],
            login=login_from(claims),
            name=str(claims.get("name") or login_from(claims))[:200],
            grants=[role.model_dump() for role in roles_from(claims, settings)],
        )
    if not entered:
        raise SignInFailedError(_FAILED.format("账号已停用 The account is disabled."))
    return Entry(begun.key)


def roles_from(claims: Mapping[str, Any], settings: Settings) -> Sequence[RoleByClaim]:
    """Return the roles that the values of the claim stand for."""
    values = claims.get(settings.oidc_roles_claim, [])
    listed = [values] if isinstance(values, str) else values if isinstance(values, list) else []
    return [settings.oidc_roles[value] for value in listed if isinstance(value, str) and value in settings.oidc_roles]


def login_from(claims: Mapping[str, Any]) -> str:
    """Return the login that the account gets if nobody has it."""
    wished = str(claims.get("preferred_username") or claims.get("email") or claims["sub"]).lower()
    kept = "".join(sign for sign in wished if sign.isprintable() and not sign.isspace())[:64]
    return kept or "oidc"


def _claims(settings: Settings, started: Started, *, code: str, back_to: str) -> Mapping[str, Any]:
    """Exchange the code for an ID token and return its claims once signature, iss, aud, exp and nonce are right."""
    known = _discover(settings)
    try:
        said = _exchange(settings, known["token_endpoint"], code=code, verifier=started.verifier, back_to=back_to)
        keys = KeySet.import_key_set(_get(known["jwks_uri"]))
        token = jwt.decode(said, keys, algorithms=_ALGORITHMS)
        jwt.JWTClaimsRegistry(
            leeway=_LEEWAY_S,
            iss={"essential": True, "value": settings.oidc_issuer or ""},
            aud={"essential": True, "value": settings.oidc_client_id or ""},
            exp={"essential": True},
            sub={"essential": True},
            nonce={"essential": True, "value": started.nonce},
        ).validate(token.claims)
    except (JoseError, httpx.HTTPError, KeyError, ValueError) as error:
        raise SignInFailedError(_FAILED.format(f"({type(error).__name__})")) from error
    if token.claims.get("azp", settings.oidc_client_id) != settings.oidc_client_id:
        raise SignInFailedError(_FAILED.format("(azp)"))
    return token.claims


def _discover(settings: Settings) -> Mapping[str, Any]:
    if settings.oidc_issuer is None:
        raise NotFoundError("No issuer is configured; sign in with a password.")
    try:
        known: Mapping[str, Any] = _get(f"{settings.oidc_issuer}/.well-known/openid-configuration")
    except (httpx.HTTPError, ValueError) as error:
        raise SignInFailedError(_FAILED.format("认证服务无应答 The issuer does not answer.")) from error
    if str(known.get("issuer", "")).rstrip("/") != settings.oidc_issuer:
        raise SignInFailedError(_FAILED.format("(issuer)"))
    return known


def _get(address: str) -> Any:
    answer = httpx.get(address, timeout=_TIMEOUT_S)
    answer.raise_for_status()
    return answer.json()


def _exchange(settings: Settings, address: str, *, code: str, verifier: str, back_to: str) -> str:
    """Return the ID token that the issuer gives for a code."""
    secret, client = _secret(settings), settings.oidc_client_id or ""
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back_to,
        "client_id": client,
        "code_verifier": verifier,
    }
    basic = (quote(client, safe=""), quote(secret, safe="")) if secret else None  # RFC 6749, 2.3.1
    answer = httpx.post(address, data=form, auth=basic, timeout=_TIMEOUT_S)
    answer.raise_for_status()
    return str(answer.json()["id_token"])


def _secret(settings: Settings) -> str | None:
    if settings.oidc_client_secret is not None:
        return settings.oidc_client_secret.get_secret_value()
    if settings.oidc_client_secret_file is None:
        return None
    try:
        return settings.oidc_client_secret_file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SettingsError(f"FANGDI_OIDC_CLIENT_SECRET_FILE cannot be read ({error.strerror}).") from error

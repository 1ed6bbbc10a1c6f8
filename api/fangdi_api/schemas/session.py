"""Shapes of signing in and of one's own tokens."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from fangdi.domain.access import Capability, Role
from fangdi.domain.signing_in import MOST_PASSWORD
from fangdi_api.schemas.common import Answer, Labels


class SignIn(BaseModel):
    """Name and password of a local account."""

    login: str = Field(
        min_length=1, max_length=64, pattern=r"^[^\x00]*$", description="用户名", examples=["demo-viewer"]
    )
    password: str = Field(
        min_length=1, max_length=MOST_PASSWORD, description="密码", examples=["correct horse battery"]
    )


class PasswordChange(BaseModel):
    """The old password, and the one that takes its place."""

    old: str = Field(min_length=1, max_length=MOST_PASSWORD, description="原密码")
    new: str = Field(min_length=1, max_length=MOST_PASSWORD, description="新密码, at least 12 characters")


class JurisdictionName(Answer):
    """A jurisdiction (行政区)."""

    code: str
    name: str


class AgencyOfRole(Answer):
    """An agency (机关)."""

    id: int
    name: str


class RoleHeld(Answer):
    """A role that the account has today."""

    role: Role
    label: Labels
    jurisdiction: JurisdictionName | None = Field(description="for it and everything below it")
    agency: AgencyOfRole | None = Field(description="for this agency")
    until: date | None = Field(description="last day; null: no end")


class AccountAnswer(Answer):
    """Who is signed in."""

    id: int
    login: str
    name: str
    cleared: bool = Field(description="has clearance (涉密权限)")
    demo: bool
    password_expired: bool = Field(description="the password has to be changed before anything else")
    roles: list[RoleHeld]
    capabilities: list[Capability]


class Oidc(Answer):
    """Signing in elsewhere (统一身份认证): GET /session/oidc leads there."""

    label: str


class DemoAccount(Answer):
    """An account made for demonstration."""

    login: str
    password: str
    role: Labels


class SessionAnswer(Answer):
    """Who is signed in, if anybody, and how one can."""

    signed_in: bool
    account: AccountAnswer | None
    csrf: str | None = Field(description="send as X-CSRF-Token with every change; null without a browser's session")
    oidc: Oidc | None
    demo: list[DemoAccount] | None = Field(
        description="accounts to try; only in the demonstration on this machine, and to whoever has not signed in"
    )


class TokenWanted(BaseModel):
    """A token to make."""

    name: str = Field(
        min_length=1, max_length=100, pattern=r"^[^\x00]*$", description="what it is for", examples=["QGIS"]
    )
    capabilities: list[Capability] = Field(min_length=1, max_length=len(Capability))
    days: int = Field(ge=1, le=366, description="how long it holds", examples=[90])


class TokenAnswer(Answer):
    """A token (令牌) of one's own."""

    id: int
    name: str
    key_start: str = Field(description="first characters, to tell tokens apart")
    capabilities: list[Capability]
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None


class NewToken(TokenAnswer):
    """A token that was just made."""

    key: str = Field(description="send as Authorization: Bearer; shown this once")


class TokensAnswer(Answer):
    """All tokens of one's own."""

    items: list[TokenAnswer]

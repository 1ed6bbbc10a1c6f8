"""Shapes of accounts, grants and roles, as administrators see them."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from fangdi.domain.access import Capability, Reach, Role
from fangdi_api.schemas.common import Answer, Body, Labels
from fangdi_api.schemas.session import AgencyOfRole, JurisdictionName, TokenAnswer

Login = Annotated[
    str,
    Field(
        pattern=r"^[^\sA-Z\x00-\x1f\x7f]{1,64}$",
        description="用户名, without capitals and blanks; it cannot be changed later",
        examples=["zhang.san"],
    ),
]
Name = Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[^\x00]*$", description="姓名", examples=["张三"])]
Code = Annotated[str, Field(pattern=r"^[0-9]{6}([0-9]{6})?$", description="GB/T 2260 code.", examples=["330200"])]
Reason = Annotated[
    str,
    Field(min_length=1, max_length=500, pattern=r"^[^\x00]*$", description="依据, such as the number of a document"),
]


class GrantAnswer(Answer):
    """A role that was granted (授权)."""

    id: int
    role: Role
    label: Labels
    jurisdiction: JurisdictionName | None = Field(description="for it and everything below it")
    agency: AgencyOfRole | None = Field(description="for this agency")
    since: date | None = Field(description="first day; null: always, or taken back before it began")
    until: date | None = Field(description="last day; null: no end, or taken back before it began")
    state: Literal["current", "future", "ended"]
    reason: str | None
    granted_by: str | None = Field(description="name of who granted it, where the reader may see them")
    granted_at: datetime


class AccountRow(Answer):
    """An account (账号) with everything that was ever granted to it."""

    id: int
    login: str
    name: str
    jurisdiction: JurisdictionName | None = Field(description="whose administrators look after it; null: the system's")
    cleared: bool = Field(description="has clearance (涉密权限)")
    demo: bool
    disabled: bool = Field(description="cannot sign in")
    password_expired: bool = Field(description="has to change the password at the next sign-in")
    issuer: str | None = Field(description="where it signs in; null: here")
    created_at: datetime
    sessions: int = Field(description="browsers in which it is signed in")
    grants: list[GrantAnswer]


class AccountWithPassword(Answer):
    """A new account, and its one-time password."""

    account: AccountRow
    password: str = Field(description="shown this once; has to be changed at the first sign-in")


class Password(Answer):
    """A one-time password."""

    password: str = Field(description="shown this once; has to be changed at the next sign-in")


class AccountToMake(Body):
    """An account to make."""

    login: Login
    name: Name
    jurisdiction_code: Code | None = Field(
        default=None, description="whose administrators look after it; null: only system administrators do"
    )
    cleared: bool = Field(default=False, description="涉密权限; only those who have it can give it")


class AccountChange(Body):
    """What to change; what is left out stays."""

    name: Name | None = None
    disabled: bool | None = Field(default=None, description="停用; signs the account out everywhere")
    cleared: bool | None = Field(default=None, description="涉密权限; only those who have it can give or take it")


class GrantToMake(Body):
    """A role to grant."""

    role: Role
    jurisdiction_code: Code | None = None
    agency_id: int | None = Field(default=None, ge=1, lt=1 << 63, description="for agency officers")
    since: date | None = Field(default=None, description="first day; today by default")
    until: date | None = Field(default=None, description="last day; null: no end")
    reason: Reason | None = None


class AccountTokens(Answer):
    """Tokens of an account that were not revoked."""

    items: list[TokenAnswer]


class CapabilityAnswer(Answer):
    """One thing that a role allows (权限)."""

    capability: Capability
    label: Labels


class RoleAnswer(Answer):
    """A role (角色), what it is granted for, and what it allows there."""

    role: Role
    label: Labels
    reach: Reach
    capabilities: list[CapabilityAnswer]

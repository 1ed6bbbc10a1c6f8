"""What administrators (管理员) may not do with accounts, in words; the database decides it by the same names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.access import REACHES, Reach, Role


class Refusal(StrEnum):
    """Why a change to an account is refused."""

    NO_ACCOUNT = "no_account"
    NO_GRANT = "no_grant"
    NO_TOKEN = "no_token"  # noqa: S105 - a word, not a secret
    NO_JURISDICTION = "no_jurisdiction"
    OUT_OF_REACH = "out_of_reach"
    REACHES_FURTHER = "reaches_further"
    CLEARANCE = "clearance"
    ONESELF = "oneself"
    LOGIN_FORM = "login_form"
    LOGIN_TAKEN = "login_taken"
    SIGNS_IN_ELSEWHERE = "signs_in_elsewhere"
    DAYS = "days"
    GRANTED_ALREADY = "granted_already"
    PLACE_OF_ROLE = "place_of_role"


SENTENCES: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NO_ACCOUNT: "没有这个账号,或不在您的管理范围内。 There is no such account among those you look after.",
        Refusal.NO_GRANT: "该账号没有这项授权。 The account has no such grant.",
        Refusal.NO_TOKEN: "该账号没有这个令牌。 The account has no such token.",
        Refusal.NO_JURISDICTION: "没有这个行政区。 There is no such jurisdiction.",
        Refusal.OUT_OF_REACH: (
            "这超出您的管理范围,请由上级管理员办理。 "
            "This is beyond what you administer; ask an administrator who reaches further."
        ),
        Refusal.REACHES_FURTHER: (
            "该账号的授权超出您的管理范围,请由上级管理员办理。 "
            "The account was granted more than you administer; ask an administrator who reaches further."
        ),
        Refusal.CLEARANCE: (
            "只有具有涉密权限的管理员才能办理。 Only an administrator who has clearance can do this; ask one."
        ),
        Refusal.ONESELF: (
            "不能更改自己的授权、涉密权限或账号状态,请由其他管理员办理。 "
            "Nobody changes their own roles, clearance or account; ask another administrator."
        ),
        Refusal.LOGIN_FORM: (
            "用户名须为1至64个字符,不含空白和大写字母。 A login has 1 to 64 characters, no blanks and no capitals."
        ),
        Refusal.LOGIN_TAKEN: "该用户名已被使用,请另选一个。 This login is taken; choose another.",
        Refusal.SIGNS_IN_ELSEWHERE: (
            "该账号通过统一身份认证登录,没有密码。 The account signs in elsewhere and has no password here."
        ),
        Refusal.DAYS: (
            "授权从今天或以后开始,且截止日期不早于开始日期。 "
            "A grant begins today or later, and its last day is not before its first."
        ),
        Refusal.GRANTED_ALREADY: (
            "该账号在此期间已有这项授权。 The account has this role for some of these days; end that grant first."
        ),
        Refusal.PLACE_OF_ROLE: (
            "请按角色指定行政区、单位,或两者都不指定。 "
            "Name what the role is granted for: a jurisdiction, an agency, or neither for the whole system."
        ),
    }
)
"""What to tell the person, Chinese first."""

FIELDS: Mapping[Refusal, str] = MappingProxyType(
    {
        Refusal.NO_JURISDICTION: "jurisdiction_code",
        Refusal.LOGIN_FORM: "login",
        Refusal.LOGIN_TAKEN: "login",
        Refusal.DAYS: "until",
        Refusal.GRANTED_ALREADY: "role",
        Refusal.PLACE_OF_ROLE: "role",
    }
)
"""Which field of what was sent a refusal is about."""


@dataclass(frozen=True, slots=True)
class GrantWanted:
    """A role to grant, for a jurisdiction with all below it, an agency, or the system; `until` is the last day."""

    role: Role
    since: date
    until: date | None = None
    jurisdiction_code: str | None = None
    agency_id: int | None = None
    reason: str | None = None

    def fits(self) -> bool:
        """Whether the role is granted for what it can be granted for."""
        named = (self.jurisdiction_code is not None, self.agency_id is not None)
        return named == (REACHES[self.role] is Reach.JURISDICTION, REACHES[self.role] is Reach.AGENCY)

"""Signing in: what a password must be, and how long to wait after failures."""

from dataclasses import dataclass

LEAST_PASSWORD = 12
"""Characters; long rather than complicated, as NIST SP 800-63B 5.1.1 and GB/T 39786 leave it to the operator."""
MOST_PASSWORD = 200
"""Characters, so that hashing one is never a way to keep the server busy."""

FAILURES_WATCHED_S = 15 * 60
FAILURES_OF_LOGIN = 5
FAILURES_OF_ADDRESS = 20
"""More than of one name, since many people may come from one address."""
_FIRST_WAIT_S = 30
_LONGEST_WAIT_S = 15 * 60


@dataclass(frozen=True, slots=True)
class Failures:
    """How often signing in failed within FAILURES_WATCHED_S, and how many seconds ago last."""

    number: int
    last_ago_s: float | None = None


def wait_s(of_login: Failures, of_address: Failures) -> int:
    """Return for how many seconds nobody may try: 0, or from 30 s doubling up to 15 min after each further failure."""
    return max(_wait(of_login, FAILURES_OF_LOGIN), _wait(of_address, FAILURES_OF_ADDRESS))


def _wait(failures: Failures, allowed: int) -> int:
    if failures.number < allowed or failures.last_ago_s is None:
        return 0
    wait = min(_FIRST_WAIT_S << min(failures.number - allowed, 10), _LONGEST_WAIT_S)
    return max(0, -int(-(wait - failures.last_ago_s) // 1))


def fault_of_password(password: str, *, login: str) -> str | None:
    """Return what is wrong with a password, as an instruction; None when it will do."""
    if not LEAST_PASSWORD <= len(password) <= MOST_PASSWORD:
        least, most = LEAST_PASSWORD, MOST_PASSWORD
        return f"密码须有 {least} 至 {most} 个字符。 Choose {least} to {most} characters."
    if password.casefold() == login.casefold():
        return "密码不得与用户名相同。 Choose something other than your login."
    if len(set(password)) == 1:
        return "密码不得由同一字符组成。 Choose more than one character over and over."
    return None


def login_of(typed: str) -> str:
    """Return a login as it is kept: lower case, without spaces around it."""
    return typed.strip().lower()


def group_of_address(address: str) -> str:
    """Return what stands for an address when failures are counted: of IPv6 the network, since anyone has all of it."""
    if ":" not in address:
        return address
    from ipaddress import IPv6Address, IPv6Network  # noqa: PLC0415 - seldom needed

    try:
        number = IPv6Address(address.partition("%")[0])
    except ValueError:
        return address
    return str(number.ipv4_mapped or IPv6Network((number, 64), strict=False))

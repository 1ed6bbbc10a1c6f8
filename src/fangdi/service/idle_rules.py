"""The rules that say what is idle and under-used (闲置与低效认定规则), entered in new versions."""

from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.idle_rules import IdleRule, check
from fangdi.store import idle as store
from fangdi.store.query import Record


def enter(connection: Connection, wanted: IdleRule, *, reason: str | None, today: date) -> Record:
    """Enter a new version; what held until then ends the day it begins, and the past stays as it was."""
    before = check(wanted, store.rules(connection), today=today)
    if before is not None:
        store.end_rule(connection, before.id, ends=wanted.valid_from)
    return store.rule_row(connection, store.add_rule(connection, wanted, reason=reason))


def withdraw(connection: Connection, number: int) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    gone = store.rule_of(store.rule_row(connection, number))
    store.withdraw_rule(connection, number)
    for other in store.rules(connection):
        same = other.jurisdiction == gone.jurisdiction
        if same and gone.valid_from is not None and other.valid_until == gone.valid_from:
            store.end_rule(connection, other.id, ends=gone.valid_until)


def in_words(connection: Connection, question: Question) -> Definition:
    """Say in words what is idle on a date."""
    return store.in_words(connection, store.in_force(connection, question))

"""Area audits (面积核查): their rows. Policies decide who reads and writes them, triggers freeze what was accepted."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Page, PageRequest
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.errors import ChangedMeanwhileError, InvalidInputError, NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.plans import run
from fangdi.store.query import Record, first, rows


def page_of(
    connection: Connection, page: PageRequest, *, building_id: int | None = None, plan_id: int | None = None
) -> Page[Record]:
    """Return one page of the audits, the latest first."""
    found = rows(
        connection,
        "area_audit_rows",
        id=None,
        building_id=building_id,
        plan_id=plan_id,
        before=page.after[0] if page.after else None,
        page_size=page.limit + 1,
    )
    return Page(found[: page.limit], (found[page.limit - 1]["id"],) if len(found) > page.limit else None)


def audit(connection: Connection, number: int) -> Record:
    """Return an audit without its lines; raise NotFoundError unless the reader sees it."""
    found = first(connection, "area_audit_rows", id=number, building_id=None, plan_id=None, before=None, page_size=1)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_AUDIT])
    return found


def lines(connection: Connection, number: int) -> Sequence[Record]:
    """Return the lines of an audit in order."""
    return rows(connection, "area_audit_lines", audit_id=number, id=None)


def line(connection: Connection, number: int, line_id: int) -> Record:
    """Return a line of an audit."""
    found = first(connection, "area_audit_lines", audit_id=number, id=line_id)
    if found is None:
        raise NotFoundError(SENTENCES[Refusal.NO_AUDIT])
    return found


def verdicts(connection: Connection, plan_id: int) -> dict[str, str]:
    """Return what the newest audit of a plan says about its rooms, by their keys."""
    return {row["room_key"]: row["verdict"] for row in rows(connection, "area_audit_verdicts", plan_id=plan_id)}


def rule(connection: Connection, *, accuracy: int, as_of: date) -> Record:
    """Return the tolerance of an accuracy class."""
    found = first(connection, "area_audit_rule", accuracy=accuracy, as_of=as_of)
    if found is None:
        raise InvalidInputError(
            f"没有该精度等级的限差。 No tolerance of class {accuracy} is in force; choose another class.",
            place={"field": "accuracy"},
        )
    return found


def add(connection: Connection, plan_id: int, *, rule_id: int, as_of: date, lines: Sequence[Mapping[str, Any]]) -> int:
    """Draft an audit and return its number."""
    made = run(connection, sql("area_audit_insert"), plan_id=plan_id, rule_id=rule_id, as_of=as_of).one()
    written = json.dumps(lines, ensure_ascii=False, allow_nan=False)
    place = {"audit_id": made.id, "jurisdiction_code": made.jurisdiction_code}
    run(connection, sql("area_audit_lines_insert"), rows=written, **place)
    return int(made.id)


def decide(connection: Connection, number: int, line_id: int, *, decision: str, remark: str | None) -> None:
    """Note what the auditor decided about a line."""
    done = run(connection, sql("area_audit_decide"), id=line_id, audit_id=number, decision=decision, remark=remark)
    if done.rowcount != 1:
        line(connection, number, line_id)
        _refuse(connection, number)


def lock(connection: Connection, number: int) -> None:
    """Let nobody else change a draft, or what it judges, before this transaction ends."""
    run(connection, "SELECT fangdi.lock_area_audit(:id)", id=number)


def accept(connection: Connection, number: int) -> str:
    """Freeze an audit and return the number that it got."""
    given: str = run(connection, "SELECT fangdi.accept_area_audit(:id)", id=number).scalar_one()
    return given


def delete(connection: Connection, number: int) -> None:
    """Delete a draft."""
    if run(connection, sql("area_audit_delete"), id=number).rowcount != 1:
        _refuse(connection, number)


def _refuse(connection: Connection, number: int) -> None:
    """Raise why an audit that can be seen was not changed: policies let it pass without a word."""
    if audit(connection, number)["status"] == "accepted":
        raise ChangedMeanwhileError(SENTENCES[Refusal.ACCEPTED])
    raise NotAllowedError(SENTENCES[Refusal.OUT_OF_REACH])

"""What approved areas (核定面积) follow from, and the approvals entered by hand."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Row, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from fangdi.domain.norms.entitlement import Approval, ApprovalWanted
from fangdi.errors import ChangedMeanwhileError, NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.scope import subtree

_REFERRED_TO = "23503"
SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该单位的核定权限。 Your roles do not reach this agency; ask an administrator of its jurisdiction."
        ),
        TWICE: ("这段时期已有核定批复;请先截止原批复。 An approval holds in this period already; end that one first."),
        "no_agency": "没有这个单位。 There is no such agency; search for it.",
        "no_approval": "没有这份批复,或您没有权限。 There is no such approval, or your roles do not reach it.",
        "ends_before": "截止日期须晚于起始日期。 The end must come after the first day.",
        "ends_already": (
            "批复在这一天之前已截止,只能改为更早。 "
            "The approval ends before that day already; it is only ever ended sooner."
        ),
        "only_today": (
            "登记当日可以撤回,次日起只能截止。 What was entered is withdrawn on the same day; after that it is ended."
        ),
        "replaced": ("后来的批复已接替它;请先撤回后来的。 A later approval took its place; withdraw that one first."),
    }
)


def agencies(
    connection: Connection, *, as_of: date, jurisdiction: str | None = None, agency_id: int | None = None
) -> list[Record]:
    """Return what the approved areas of agencies follow from."""
    places = subtree(connection, jurisdiction)
    return list(rows(connection, "approved_agencies", as_of=as_of, jurisdictions=places, agency_id=agency_id))


def agency(connection: Connection, number: int, *, as_of: date) -> Record:
    """Return what the approved area of one agency follows from."""
    found = agencies(connection, as_of=as_of, agency_id=number)
    if not found:
        raise NotFoundError(SENTENCES["no_agency"])
    return found[0]


def approvals(connection: Connection, number: int) -> list[Approval]:
    """Return the approvals by hand of an agency, the latest first."""
    return [approval_of(row) for row in rows(connection, "approval_rows", agency_id=number)]


def approval_of(row: Record) -> Approval:
    """Return the approval that a row speaks of."""
    return Approval(
        id=row["approval_id"],
        office_m2=row["approved_office_m2"],
        service_m2=row["approved_service_m2"],
        equipment_m2=row["approved_equipment_m2"],
        total_m2=row["approved_total_m2"],
        document_no=row["document_no"],
        issued_on=row["issued_on"],
        issued_by=row["issued_by"],
        remark=row["remark"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
        entered_by=row["entered_by"],
        entered_at=row["entered_at"],
        withdrawable=row["withdrawable"],
    )


def approve(connection: Connection, agency_id: int, wanted: ApprovalWanted) -> int:
    """Enter an approval by hand and return its number; one that holds until further notice ends the day it begins."""
    try:
        ended = connection.execute(
            text(sql("approval_end")), {"agency_id": agency_id, "ends": wanted.valid_from}
        ).one_or_none()
        values = {name: getattr(wanted, name) for name in ApprovalWanted.__slots__}
        values |= {"replaces_id": ended and ended.id, "replaces_until": ended and ended.until}
        return int(connection.execute(text(sql("approval_insert")), {"agency_id": agency_id, **values}).scalar_one())
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)


def end(connection: Connection, number: int, *, ends: date) -> None:
    """End an approval sooner; `ends` is the first day without it."""
    _change(connection, "approval_shorten", id=number, ends=ends)


def withdraw(connection: Connection, number: int) -> None:
    """Take back an approval that was entered today; the one that it ended holds on."""
    gone = _change(connection, "approval_withdraw", id=number)
    if gone.replaces_id is not None:
        values = {"id": gone.replaces_id, "ended": gone.since, "until": gone.until}
        connection.execute(text(sql("approval_resume")), values)


def _change(connection: Connection, statement: str, **values: object) -> Row[Any]:
    try:
        changed = connection.execute(text(sql(statement)), values).one_or_none()
    except IntegrityError as error:
        if getattr(error.orig, "sqlstate", None) != _REFERRED_TO:
            raise
        raise ChangedMeanwhileError(SENTENCES["replaced"]) from error
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)
    if changed is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])
    return changed

"""What approved areas (核定面积) follow from, and the approvals entered by hand."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.norms.entitlement import Approval, ApprovalWanted
from fangdi.errors import NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.scope import subtree

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该单位的核定权限。 Your roles do not reach this agency; ask an administrator of its jurisdiction."
        ),
        TWICE: ("这段时期已有核定批复;请先截止原批复。 An approval holds in this period already; end that one first."),
        "no_agency": "没有这个单位。 There is no such agency; search for it.",
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
    )


def approve(connection: Connection, agency_id: int, wanted: ApprovalWanted) -> int:
    """Enter an approval by hand and return its number; one that holds until further notice ends the day it begins."""
    try:
        connection.execute(text(sql("approval_end")), {"agency_id": agency_id, "ends": wanted.valid_from})
        values = {name: getattr(wanted, name) for name in ApprovalWanted.__slots__}
        return int(connection.execute(text(sql("approval_insert")), {"agency_id": agency_id, **values}).scalar_one())
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)

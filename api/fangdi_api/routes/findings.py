"""Findings of compliance (合规问题): the board, each with evidence and history, and what is done about them."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.findings.board import FindingFilter
from fangdi.domain.findings.life import State, Wish
from fangdi.domain.findings.rules import Rule, Severity
from fangdi.service import audit
from fangdi.service import finding_documents as documents
from fangdi.service import finding_views as views
from fangdi.store import findings as store
from fangdi_api.deps import (
    AgencyId,
    AsOf,
    BuildingId,
    Database,
    Format,
    Jurisdiction,
    Paging,
    ReportFormat,
    RowId,
    WriteDatabase,
    may,
)
from fangdi_api.noting import Noting, Reads
from fangdi_api.paging import page_request
from fangdi_api.problems import wrong_query
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import findings as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["findings"], responses=ERRORS)


def question(as_of: AsOf = None, jurisdiction: Jurisdiction = None) -> views.Question:
    """Return as of which day findings are asked for."""
    return views.Question(_today(), as_of, jurisdiction)


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day where the server stands is meant


def finding_filter(  # noqa: PLR0913, PLR0917 - one parameter a filter
    rule: Annotated[Rule | None, Query(description="Only findings of this rule.")] = None,
    state: Annotated[
        State | Literal["unsettled"] | None, Query(description="Only in this state; unsettled is every one but closed.")
    ] = None,
    severity: Annotated[Severity | None, Query(description="Only of this severity.")] = None,
    agency_id: AgencyId = None,
    building_id: BuildingId = None,
    room_id: Annotated[int | None, Query(ge=1, lt=1 << 63, description="Only those that rest on this room.")] = None,
    overdue: Annotated[bool, Query(description="Only those whose deadline is over.")] = False,  # noqa: FBT002
) -> FindingFilter:
    """Return what to look for."""
    return FindingFilter(rule, state, severity, agency_id, building_id, room_id, overdue)


Asked = Annotated[views.Question, Depends(question)]
Wanted = Annotated[FindingFilter, Depends(finding_filter)]


def _acting(connection: WriteDatabase) -> Connection:
    """Lend a connection to those who may explain; the database decides who may do more."""
    may(connection, Capability.EXPLAIN)
    return connection


def _supervising(connection: WriteDatabase) -> Connection:
    may(connection, Capability.SUPERVISE)
    return connection


Acting = Annotated[Connection, Depends(_acting, scope="function")]
Supervising = Annotated[Connection, Depends(_supervising, scope="function")]


@router.get("/findings", response_model=shapes.FindingsAnswer, responses=FILES)
def compliance_findings(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    asked: Asked,
    wanted: Wanted,
    paging: Paging,
    noting: Noting,
    reads: Reads,
    form: Format = ReportFormat.JSON,
) -> shapes.FindingsAnswer | Response:
    """List findings, the graver first, then by rule; with a past date as they stood then. Or write all to a file."""
    if form is ReportFormat.GEOJSON:
        raise wrong_query(
            format="只能是 json、csv 或 xlsx:单位和人员没有自身的位置。 "
            "must be json, csv or xlsx here: agencies and people have no place of their own"
        )
    if form is not ReportFormat.JSON:
        return report_file(connection, documents.findings(connection, asked, wanted), form, noting)
    page = page_request(paging.cursor, limit=paging.limit, shape=(int, int, int, int))
    found = views.page_of(connection, asked, wanted, page=page)
    rooms = [("room", item.room_id) for item in found.items if item.room_id is not None]
    buildings = [("building", item.building_id) for item in found.items if item.building_id is not None]
    reads(connection, [*rooms, *buildings])
    return shapes.FindingsAnswer.of(asked.then, store.latest_run(connection), found)


@router.get("/findings/board")
def findings_board(connection: Database, asked: Asked, agency_id: AgencyId = None) -> shapes.BoardAnswer:
    """Count findings by rule and state, and say what each rule asks and on which clauses it rests."""
    counts = views.counts(connection, asked, agency_id=agency_id)
    clauses = views.clauses(connection, as_of=asked.day)
    return shapes.BoardAnswer.of(asked.then, store.latest_run(connection), counts, clauses)


@router.post("/findings/computation", status_code=202)
def ask_for_findings(connection: Supervising, noting: Noting) -> shapes.Computed:
    """Have all findings computed anew, by the workers; the answer says whether that waits or runs."""
    store.ask(connection)
    with noting() as own:
        audit.note_computation(own)
    return shapes.Computed.model_validate(store.latest_run(connection))


@router.get("/findings/{finding_id}")
def finding(connection: Database, finding_id: RowId, reads: Reads, as_of: AsOf = None) -> shapes.FindingDetail:
    """Return a finding as it stands now, with all it rests on and its history; late by `as_of` if that is to come."""
    today = _today()
    found = views.one(connection, finding_id, today=max(as_of or today, today))
    reads(connection, [("room", room.id) for room in found.rooms])
    return shapes.FindingDetail.shaped(found)


@router.post("/findings/{finding_id}/events", status_code=201)
def act_on_finding(connection: Acting, finding_id: RowId, wanted: shapes.FindingEventToAdd) -> shapes.FindingDetail:
    """Warn, order rectification with a deadline, explain, close, or open again; the reason stays with it for ever."""
    wish = Wish(wanted.action, wanted.reason, wanted.deadline, wanted.document_no)
    found = views.act(connection, finding_id, wish, after_event_id=wanted.after_event_id, today=_today())
    return shapes.FindingDetail.shaped(found)

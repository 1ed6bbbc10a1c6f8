"""Rules of what is idle and under-used (闲置与低效认定规则), and what is under-used."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.common import Question
from fangdi.domain.idle_rules import IdleRule
from fangdi.service import idle_rules as service
from fangdi.service import underused, underused_documents
from fangdi.store import idle as store
from fangdi_api.deps import (
    Asked,
    Database,
    Day,
    Format,
    Jurisdiction,
    ReportFormat,
    RowId,
    SignedIn,
    WriteDatabase,
    may,
)
from fangdi_api.noting import Noting, Reads
from fangdi_api.report_files import FILES, report_file
from fangdi_api.schemas import idle as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["idle"], responses=ERRORS)


def _administering(connection: WriteDatabase) -> Connection:
    may(connection, Capability.ADMINISTER_NORMS)
    return connection


Administering = Annotated[Connection, Depends(_administering, scope="function")]


@router.get("/idle-rules")
def idle_rules(
    connection: SignedIn,
    as_of: Day,
    jurisdiction: Jurisdiction = None,
    versions: Annotated[bool, Query(description="All versions, past and future, whatever the date.")] = False,  # noqa: FBT002
) -> shapes.IdleRulesAnswer:
    """List the rules of what is idle and under-used, and say in words what is idle on the date."""
    found = store.rule_rows(connection, as_of=None if versions else as_of)
    said = service.in_words(connection, Question(as_of, jurisdiction=jurisdiction))
    return shapes.IdleRulesAnswer.of(found, None if versions else as_of, said)


@router.post("/idle-rules", status_code=201)
def enter_idle_rule(connection: Administering, wanted: shapes.IdleRuleToEnter) -> shapes.IdleRuleAnswer:
    """Enter a new version of the rule; the past stays as it was."""
    rule = IdleRule(
        jurisdiction=wanted.jurisdiction_code,
        min_days=wanted.min_days,
        uses=None if wanted.use_codes is None else tuple(wanted.use_codes),
        statuses=tuple(wanted.statuses),
        period_months=wanted.period_months,
        m2_per_head=wanted.m2_per_head,
        seat_share=wanted.seat_share,
        source=wanted.source,
        verification=wanted.verification,
        valid_from=wanted.valid_from,
    )
    today = date.today()  # noqa: DTZ011 - the day where the server stands is meant
    return shapes.IdleRuleAnswer.of(service.enter(connection, rule, reason=wanted.reason, today=today))


@router.delete("/idle-rules/{rule_id}", status_code=204)
def withdraw_idle_rule(connection: Administering, rule_id: RowId) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    service.withdraw(connection, rule_id)


@router.get("/reports/under-used", response_model=shapes.UnderUsedAnswer, responses=FILES)
def under_used(  # noqa: PLR0913, PLR0917 - one parameter a dependency
    connection: Database,
    question: Asked,
    noting: Noting,
    reads: Reads,
    form: Format = ReportFormat.JSON,
    limit: Annotated[int, Query(ge=1, le=1000, description="Most rooms to return.")] = 200,
) -> shapes.UnderUsedAnswer | Response:
    """Answer what is under-used (低效使用): agencies by m² a head, rooms by seats, over consecutive periods."""
    if form is not ReportFormat.JSON:
        return report_file(connection, underused_documents.document(connection, question), form, noting)
    answer = shapes.UnderUsedAnswer.of(underused.under_used(connection, question), most=limit)
    reads(connection, [("room", room.id) for room in answer.rooms])
    return answer

"""Norm figures (标准指标): what binds, since when, on what it rests, and new versions."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.norms.kinds import NormKind
from fangdi.domain.norms.model import Norm, Source
from fangdi.service import norms as service
from fangdi.store import norms as store
from fangdi.store.query import Record
from fangdi_api.days import StrictDay
from fangdi_api.deps import Day, RowId, SignedIn, WriteDatabase, may
from fangdi_api.problems import wrong_query
from fangdi_api.schemas import norms as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["norms"], responses=ERRORS)


def _shaped(row: Record | None) -> shapes.NormAnswer | None:
    return None if row is None else shapes.NormAnswer.of(row)


def _administering(connection: WriteDatabase) -> Connection:
    may(connection, Capability.ADMINISTER_NORMS)
    return connection


Administering = Annotated[Connection, Depends(_administering, scope="function")]
Earlier = Annotated[StrictDay, Query(description="Earlier day, as YYYY-MM-DD.", examples=["2020-01-01"])]
Later = Annotated[StrictDay, Query(description="Later day, as YYYY-MM-DD.", examples=["2026-01-01"])]


@router.get("/norms")
def norms(
    connection: SignedIn,
    as_of: Day,
    kind: Annotated[NormKind | None, Query(description="Only this kind of figure.")] = None,
    versions: Annotated[bool, Query(description="All versions, past and future, whatever the date.")] = False,  # noqa: FBT002
) -> shapes.NormsAnswer:
    """List the norm figures in force on a date, with source and how sure it is; or all versions."""
    day = None if versions else as_of
    found = store.norm_rows(connection, as_of=day, kind=kind)
    return shapes.NormsAnswer(as_of=day, items=[shapes.NormAnswer.of(row) for row in found])


@router.get("/norms/comparison")
def compare_norms(connection: SignedIn, earlier: Earlier, later: Later) -> shapes.NormComparison:
    """Return the figures that differ between two days."""
    if earlier > later:
        raise wrong_query(earlier="不得晚于 later。 must not come after later")
    items = [
        shapes.NormDifference(
            before=_shaped(one.before),
            after=_shaped(one.after),
            before_above=_shaped(one.before_above),
            after_above=_shaped(one.after_above),
        )
        for one in service.compare(connection, earlier, later)
    ]
    return shapes.NormComparison(earlier=earlier, later=later, items=items)


@router.get("/norms/{norm_id}")
def norm(connection: SignedIn, norm_id: RowId) -> shapes.NormAnswer:
    """Return a version of a figure."""
    return shapes.NormAnswer.of(store.norm(connection, norm_id))


@router.post("/norms", status_code=201)
def enter_norm(connection: Administering, wanted: shapes.NormToEnter) -> shapes.NormAnswer:
    """Enter a new version: below nobody may be laxer than above, and the past stays as it was."""
    figure = Norm(
        id=0,
        kind=wanted.kind,
        jurisdiction=wanted.jurisdiction_code,
        level=wanted.level,
        rank=wanted.rank_code,
        figure=wanted.figure,
        source=Source("", "", None, wanted.article, wanted.verification, wanted.evidence),
        upto=wanted.upto,
        beyond_from=wanted.beyond_from,
        figure_beyond=wanted.figure_beyond,
        valid_from=wanted.valid_from,
    )
    today = date.today()  # noqa: DTZ011 - the day where the server stands is meant
    entered = service.enter(connection, figure, document_id=wanted.document_id, reason=wanted.reason, today=today)
    return shapes.NormAnswer.of(entered)


@router.delete("/norms/{norm_id}", status_code=204)
def withdraw_norm(connection: Administering, norm_id: RowId) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    service.withdraw(connection, norm_id)


@router.get("/norm-documents")
def norm_documents(connection: SignedIn) -> list[shapes.NormDocumentAnswer]:
    """List the documents that lay down figures (标准文件)."""
    return [shapes.NormDocumentAnswer.model_validate(row) for row in store.documents(connection)]


@router.post("/norm-documents", status_code=201)
def file_norm_document(connection: Administering, wanted: shapes.NormDocumentToFile) -> shapes.NormDocumentAnswer:
    """File a document that lays down figures."""
    number = store.add_document(connection, store.DocumentWanted(**wanted.model_dump()))
    return shapes.NormDocumentAnswer.model_validate(store.document(connection, number))

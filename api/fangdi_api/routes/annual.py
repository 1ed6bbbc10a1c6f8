"""The yearly report (年度统计报表): its forms as of a date, and the building projects (建设项目) that it lists."""

from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.use.split import Split
from fangdi.service import annual as service
from fangdi.service import projects as project_service
from fangdi.store import projects as store
from fangdi_api.deps import Asked, Database, Day, Jurisdiction, ReportFormat, WriteDatabase, may
from fangdi_api.noting import Noting
from fangdi_api.report_files import FILES, report_file
from fangdi_api.routes.use import SplitBy
from fangdi_api.schemas import annual as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["annual forms"], responses=ERRORS)


class AnnualFormat(StrEnum):
    """How the report is written: its forms need a sheet each."""

    JSON = "json"
    XLSX = "xlsx"


AnnualForm = Annotated[AnnualFormat, Query(alias="format", description="json, or a book with a sheet for each form.")]


def _loading(connection: WriteDatabase) -> Connection:
    may(connection, Capability.LOAD)
    return connection


Loading = Annotated[Connection, Depends(_loading, scope="function")]


@router.get("/reports/annual-forms", response_model=shapes.AnnualAnswer, responses=FILES)
def annual_forms(
    connection: Database,
    question: Asked,
    noting: Noting,
    form: AnnualForm = AnnualFormat.JSON,
    split: SplitBy = Split.RECORDED,
) -> shapes.AnnualAnswer | Response:
    """Fill in the four national forms and leaders' offices; what the data do not hold stays empty and is listed."""
    made = service.report(connection, question, split=split)
    if form is AnnualFormat.XLSX:
        return report_file(connection, service.document(connection, made), ReportFormat.XLSX, noting)
    return shapes.AnnualAnswer.of(made)


@router.get("/projects")
def projects(connection: Database, as_of: Day, jurisdiction: Jurisdiction = None) -> list[shapes.ProjectAnswer]:
    """List the building projects that stand in the list on a date."""
    found = store.projects(connection, as_of=as_of, jurisdiction=jurisdiction)
    return [shapes.ProjectAnswer.model_validate(one) for one in found]


@router.post("/projects", status_code=201)
def enter_project(connection: Loading, wanted: shapes.ProjectToEnter) -> list[shapes.ProjectAnswer]:
    """Enter a building project, or its next version; return those of the jurisdiction on the day it begins."""
    found = project_service.enter(connection, wanted.wanted())
    return [shapes.ProjectAnswer.model_validate(one) for one in found]


@router.post("/projects/end", status_code=204)
def end_project(connection: Loading, wanted: shapes.ProjectEnd) -> None:
    """Take a building project off the list from a day on; what it said until then stays."""
    project_service.end(connection, wanted.jurisdiction_code, wanted.code, ends=wanted.ends)

"""Building projects (建设项目) in their versions."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.annual.project import Project, ProjectWanted
from fangdi.errors import NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.scope import subtree

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有在该行政区登记这类项目的权限;涉密项目须由涉密人员登记。 "
            "Your roles do not reach this jurisdiction, or the project is classified and you are not cleared; "
            "ask an administrator of it."
        ),
        TWICE: (
            "该编号在这段时期已有登记;请把生效日改到其后。 "
            "The project stands in the list in this period already; begin after that."
        ),
        "no_jurisdiction": "没有这个行政区。 There is no such jurisdiction.",
    }
)


def projects(connection: Connection, *, as_of: date, jurisdiction: str | None = None) -> list[Project]:
    """Return the projects that stand in the list on a date."""
    found = rows(connection, "project_rows", as_of=as_of, jurisdictions=subtree(connection, jurisdiction))
    return [Project(**row) for row in found]


def enter(connection: Connection, wanted: ProjectWanted) -> int:
    """Enter a version and return its number; the one before ends the day it begins."""
    values = {name: getattr(wanted, name) for name in ProjectWanted.__slots__}
    try:
        _end(connection, wanted.jurisdiction_code, wanted.code, wanted.valid_from)
        return int(connection.execute(text(sql("project_insert")), values).scalar_one())
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)


def end(connection: Connection, jurisdiction_code: str, code: str, *, ends: date) -> None:
    """End the version that holds on a day, the first without it; raise NotFoundError where none holds."""
    try:
        ended = _end(connection, jurisdiction_code, code, ends)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)
    if not ended:
        raise NotFoundError(
            "这一天没有可截止的该项目。 No such project that you may end stands in the list on that day."
        )


def _end(connection: Connection, jurisdiction_code: str, code: str, ends: date) -> bool:
    values = {"jurisdiction_code": jurisdiction_code, "code": code, "ends": ends}
    return connection.execute(text(sql("project_end")), values).first() is not None

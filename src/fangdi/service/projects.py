"""Entering building projects (建设项目) for the yearly report."""

from datetime import date

from sqlalchemy import Connection

from fangdi.domain.annual.project import Project, ProjectWanted
from fangdi.errors import InvalidInputError
from fangdi.store import projects as store


def enter(connection: Connection, wanted: ProjectWanted) -> list[Project]:
    """Enter a version, and return the projects of its jurisdiction on the day it begins."""
    if wanted.valid_until is not None and wanted.valid_until <= wanted.valid_from:
        raise InvalidInputError(
            "截止日期须晚于起始日期。 The last day must come after the first.", place={"field": "valid_until"}
        )
    store.enter(connection, wanted)
    return store.projects(connection, as_of=wanted.valid_from, jurisdiction=wanted.jurisdiction_code)


def end(connection: Connection, jurisdiction_code: str, code: str, *, ends: date) -> None:
    """Take a project off the list from a day on."""
    store.end(connection, jurisdiction_code, code, ends=ends)

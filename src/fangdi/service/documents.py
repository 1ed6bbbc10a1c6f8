"""Whole reports, laid out to be written to a file or a screen."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition, PageRequest, Question
from fangdi.domain.coverage import Reach
from fangdi.domain.idle import IdleFilter
from fangdi.domain.usage import UsageFilter
from fangdi.service import reports
from fangdi.service.report_tables import Document, areas_document, coverage_document, idle_document
from fangdi.store import meta

_ALL = PageRequest(limit=10_000_000)
"""A page that holds everything: more rows than a spreadsheet could."""


def areas(connection: Connection, question: Question, wanted: UsageFilter) -> Document:
    """Lay out the first answer with all its rows."""
    report = reports.areas(connection, question, wanted, page=_ALL)
    return areas_document(report, sample_notice=sample_notice(connection))


def idle(connection: Connection, question: Question, wanted: IdleFilter) -> Document:
    """Lay out the second answer with all its rows."""
    report = reports.idle(connection, question, wanted, page=_ALL)
    return idle_document(report, sample_notice=sample_notice(connection))


def coverage(connection: Connection, question: Question, reach: Reach) -> Document:
    """Lay out the third answer."""
    report = reports.coverage(connection, question, reach)
    return coverage_document(report, sample_notice=sample_notice(connection))


def sample_notice(connection: Connection) -> Definition | None:
    """Return the notice that the data are invented, when they are."""
    notice = meta.sample_notice(connection)
    return None if notice is None else Definition(str(notice.get("zh", "")), str(notice.get("en", "")))

"""Whole reports, laid out to be written to a file or a screen."""

from dataclasses import replace

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


def dated(connection: Connection, document: Document) -> Document:
    """Return a report that says of itself when its date lies before the first dated record of use."""
    first, day = meta.recorded_from(connection), document.question.as_of
    if first is None or day >= first:
        return document
    said = Definition(
        f"有日期的使用记录始于 {first};{day} 的数只反映未注明起始日期的登记,不代表当时的实际情况。",
        f"Recorded changes of use begin on {first}. For {day} the figures show what was recorded without a date of "
        "beginning, not how things stood then.",
    )
    return replace(
        document, facts=((Definition("早于记录", "Before the records"), f"{said.zh} {said.en}"), *document.facts)
    )

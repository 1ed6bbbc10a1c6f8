"""What the yearly report (年度统计报表) is made from."""

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.store.query import Record, rows
from fangdi.store.scope import limits


def jurisdictions(connection: Connection, question: Question) -> list[Record]:
    """Return the jurisdictions that the report lists."""
    asked = limits(connection, question)
    return list(rows(connection, "annual_jurisdictions", as_of=asked["as_of"], jurisdictions=asked["jurisdictions"]))


def buildings(connection: Connection, question: Question) -> list[Record]:
    """Return buildings with land, title and tenure."""
    return list(rows(connection, "annual_buildings", **limits(connection, question)))


def agencies(connection: Connection, question: Question) -> list[Record]:
    """Return all agencies with their posts by rank."""
    return list(rows(connection, "annual_agencies", as_of=question.as_of))


def ranks(connection: Connection) -> list[Record]:
    """Return the ranks by level, the highest first."""
    return list(rows(connection, "annual_ranks"))


def leaders(connection: Connection, question: Question) -> list[Record]:
    """Return leaders with their rooms."""
    return list(rows(connection, "annual_leaders", **limits(connection, question)))

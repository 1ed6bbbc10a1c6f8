"""Findings of compliance: how they stand, what a recomputation writes, and what people add."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.findings.clauses import Clause
from fangdi.domain.findings.life import Standing, State
from fangdi.domain.findings.model import Key
from fangdi.domain.findings.rules import ObjectKind, Rule
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, first, rows
from fangdi.store.refusals import OUT_OF_REACH, raise_refusal

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有处置该问题的权限;请由所在行政区的督查人员办理。 Your roles do not reach this finding; ask who "
            "supervises the use of rooms in its jurisdiction."
        ),
        "no_finding": "没有这个问题。 There is no such finding; list them.",
        "finding_changed": (
            "该问题刚有新的处置或变化,请重新查看后再办。 Something has happened to this finding meanwhile; look at it "
            "again."
        ),
        "not_now": "该问题目前不能这样处置。 This cannot be done to the finding now.",
    }
)
_AT_ONCE = 5000
"""Rows handed over in one statement: PostgreSQL takes no JSON beyond a quarter of a gigabyte."""
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('fangdi.findings', 0))"
_BATCH = "SELECT set_config('fangdi.batch', :batch, true)"


@dataclass(frozen=True, slots=True)
class Run:
    """A computation of all findings; `stale`: the data have changed since, or the day has."""

    as_of: date | None
    basis: AreaBasis | None
    radius_m: float | None
    computed_at: datetime | None
    stale: bool
    queued: bool
    first_day: date | None
    """As of which day findings were computed first: of the days before nothing is known."""


@dataclass(frozen=True, slots=True)
class Known:
    """A finding as it stands, with its number."""

    id: int
    standing: Standing


def lock(connection: Connection) -> None:
    """Let nobody else compute findings before this transaction ends; the trail gets no entry for each row of it."""
    connection.execute(text(_LOCK))
    connection.execute(text(_BATCH), {"batch": "findings"})


def unlock(connection: Connection) -> None:
    """Let the audit trail note what follows again."""
    connection.execute(text(_BATCH), {"batch": ""})


def versions(connection: Connection) -> str:
    """Return the versions of all that findings are read from, as JSON."""
    return str(connection.execute(text("SELECT CAST(fangdi.finding_versions() AS text)")).scalar_one())


def now(connection: Connection) -> datetime:
    """Return the time by the database's clock."""
    moment: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return moment


def latest_run(connection: Connection) -> Run:
    """Return the last computation; without a day when there was none."""
    row = rows(connection, "finding_run_latest")[0]
    basis = AreaBasis(row["basis"]) if row["basis"] else None
    return Run(row["as_of"], basis, row["radius_m"], row["ended_at"], row["stale"], row["queued"], row["first_day"])


def add_run(  # noqa: PLR0913 - what it was computed from
    connection: Connection, *, as_of: date, basis: AreaBasis, radius_m: float, read: str, began: datetime
) -> None:
    """Note a computation and the versions that it began with."""
    values = {"as_of": as_of, "basis": basis, "radius_m": radius_m, "versions": read, "began_at": began}
    connection.execute(text(sql("finding_run_insert")), values)


def known_keys(connection: Connection, rule: Rule) -> set[str]:
    """Return the objects that findings of a rule are about."""
    statement = text("SELECT object_key FROM fangdi.finding WHERE rule = :rule AND holds")
    return set(connection.execute(statement, {"rule": rule}).scalars())


def standing(connection: Connection) -> dict[Key, Known]:
    """Return how all findings stand, locked against people who act on them."""
    found = rows(connection, "finding_standing")
    return {
        Key(Rule(row["rule"]), ObjectKind(row["object_kind"]), row["object_key"], row["subject"]): Known(
            row["id"], Standing(State(row["state"]), row["holds"], row["episode"], row["measure"], row["gist"])
        )
        for row in found
    }


def write(connection: Connection, found: Sequence[Mapping[str, Any]], *, day: date) -> None:
    """Add findings, and renew those that are there."""
    for part in _parts(found):
        connection.execute(text(sql("finding_write")), {"rows": json.dumps(part), "day": day})


def mark_gone(connection: Connection, ids: Iterable[int]) -> None:
    """Say of findings whose object is gone that they do not hold."""
    connection.execute(text(sql("finding_gone")), {"ids": list(ids)})


def add_events(connection: Connection, events: Sequence[Mapping[str, Any]], *, day: date) -> None:
    """Add what a recomputation did."""
    for part in _parts(events):
        connection.execute(text(sql("finding_events_insert")), {"rows": json.dumps(part), "day": day})


def _parts(rows_: Sequence[Mapping[str, Any]]) -> Iterator[Sequence[Mapping[str, Any]]]:
    return (rows_[start : start + _AT_ONCE] for start in range(0, len(rows_), _AT_ONCE))


def clauses(connection: Connection, *, as_of: date) -> list[Clause]:
    """Return the clauses in force on a date."""
    return [clause_of(row) for row in rows(connection, "finding_clauses", as_of=as_of)]


def clause_of(row: Record) -> Clause:
    """Return a row as a value."""
    verification = Verification(row["verification"])
    return Clause(row["id"], Rule(row["rule"]), row["jurisdiction_code"], verification, row["parameters"])


def finding(connection: Connection, number: int) -> Record:
    """Return a finding with its names."""
    found = first(connection, "finding_one", id=number)
    if found is None:
        raise NotFoundError(SENTENCES["no_finding"])
    return found


def act(  # noqa: PLR0913 - what is noted of it
    connection: Connection,
    number: int,
    *,
    after_event_id: int | None,
    action: str,
    reason: str,
    deadline: date | None,
    document_no: str | None,
) -> None:
    """Add what somebody does to a finding; what may be done was checked (`domain.findings.life`)."""
    values = {
        "id": number,
        "after_event_id": after_event_id,
        "action": action,
        "reason": reason,
        "deadline": deadline,
        "document_no": document_no,
    }
    try:
        connection.execute(text(sql("finding_act")), values)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)


def act_in_sample(connection: Connection, *, day: date, overdue: date, ahead: date) -> None:
    """Let somebody of the sample city have acted on some findings, with one deadline that is over and one to come."""
    lock(connection)
    values = {"day": day, "overdue": overdue.isoformat(), "ahead": ahead.isoformat()}
    connection.execute(text(sql("finding_sample_acts")), values)
    unlock(connection)


def ask_when_stale(connection: Connection) -> None:
    """Put the recomputation into the queue when data have changed; with the owner's rights."""
    connection.execute(text("SELECT fangdi.ask_for_findings_when_stale()"))


def ask(connection: Connection) -> None:
    """Put the recomputation into the queue."""
    try:
        connection.execute(text("SELECT fangdi.ask_for_findings()"))
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)

"""Findings of compliance (合规问题), computed anew from the data as they are."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.findings import areas, holdings, offices, rooms
from fangdi.domain.findings.clauses import ClauseBook, least
from fangdi.domain.findings.life import Action, State, Step, recompute
from fangdi.domain.findings.model import Judged, Key
from fangdi.domain.findings.rules import Rule
from fangdi.domain.findings.wording import why_resolved
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.kinds import NormKind
from fangdi.domain.norms.model import Norm
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import InvalidInputError
from fangdi.service import approved_areas
from fangdi.store import finding_facts as facts
from fangdi.store import findings as store
from fangdi.store import norms as norm_store
from fangdi.store.finding_facts import AsOf, Paths


@dataclass(frozen=True, slots=True)
class Choices:
    """As of which day findings are computed, on which basis of areas, and how far idle space may be, m."""

    as_of: date
    radius_m: float
    basis: AreaBasis = AreaBasis.MEASURED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a recomputation came to: how many findings hold, and what happened, by action."""

    holding: int
    happened: Mapping[Action, int]


def compute(connection: Connection, chosen: Choices) -> Outcome:
    """Judge everything anew and let every finding follow; with the owner's rights, so that nothing is missing.

    Raises InvalidInputError for a day before the last computation's: what happened is only ever added to.
    """
    store.lock(connection)
    latest = store.latest_run(connection)
    if latest.as_of is not None and chosen.as_of < latest.as_of:
        raise InvalidInputError(
            f"问题已计算到 {latest.as_of},不能再按更早的日期计算。 Findings were computed as of {latest.as_of}; "
            "choose that day or a later one."
        )
    began, read = store.now(connection), store.versions(connection)
    books = _books(connection, chosen.as_of)
    judged = {one.key: one for one in _judge(connection, chosen, books)}
    outcome = _follow(connection, judged, books, day=chosen.as_of)
    store.add_run(connection, as_of=chosen.as_of, basis=chosen.basis, radius_m=chosen.radius_m, read=read, began=began)
    store.unlock(connection)
    return outcome


@dataclass(frozen=True, slots=True)
class _Books:
    """What is looked up: norms, clauses, and the ways down to jurisdictions."""

    norms: list[Norm]
    norm_book: NormBook
    clauses: ClauseBook
    paths: Paths


def _books(connection: Connection, day: date) -> _Books:
    norms = norm_store.norms(connection, as_of=day)
    clauses = ClauseBook(store.clauses(connection, as_of=day))
    return _Books(norms, NormBook(norms, as_of=day), clauses, facts.paths(connection))


def _judge(connection: Connection, chosen: Choices, books: _Books) -> Iterator[Judged]:
    at = AsOf(chosen.as_of, chosen.basis)
    yield from _judge_areas(connection, at)
    yield from _judge_offices(connection, at, books)
    yield from _judge_persons(connection, at, books)
    for room, function in facts.functions(connection, at):
        yield rooms.judge_function(room, function)
    for room, outside in facts.outside_uses(connection, at):
        yield rooms.judge_outside(room, outside)
    yield from map(rooms.judge_papers, facts.papers(connection, at))
    for held in facts.tenures(connection, at):
        yield from holdings.judge_tenure(held, as_of=at.day)
    yield from map(holdings.judge_title, facts.titles(connection, at))
    yield from map(holdings.judge_leasing, facts.leasings(connection, at, radius_m=chosen.radius_m))


def _judge_areas(connection: Connection, at: AsOf) -> Iterator[Judged]:
    uses = facts.agency_uses(connection, at)
    for one in approved_areas.entitlements(connection, Question(at.day, at.basis)).agencies:
        yield from areas.judge(one, uses.get(one.id, areas.AgencyUse()))


def _judge_offices(connection: Connection, at: AsOf, books: _Books) -> Iterator[Judged]:
    ceilings: dict[str, float] = {}
    for norm in books.norms:
        if norm.kind is NormKind.OFFICE_CEILING and norm.rank is not None:
            ceilings[norm.rank] = min(norm.figure, ceilings.get(norm.rank, norm.figure))
    ranks = frozenset(books.clauses.parameter(Rule.OVER_CEILING, "washroom_ranks"))
    known = {int(key) for key in store.known_keys(connection, Rule.OVER_CEILING)}
    for office in facts.offices(connection, at, ceilings=ceilings, known=known, places=books.paths):
        yield from offices.judge_office(office, books.norm_book, washroom_ranks=ranks)


def _judge_persons(connection: Connection, at: AsOf, books: _Books) -> Iterator[Judged]:
    known = store.known_keys(connection, Rule.SEVERAL_OFFICES)
    yield from map(offices.judge_leader, facts.leaders(connection, at, known=known))
    for post in facts.posts_over(connection, at, places=books.paths):
        judged = offices.judge_post(post, books.norm_book)
        if judged is not None:
            yield judged


def _follow(connection: Connection, judged: Mapping[Key, Judged], books: _Books, *, day: date) -> Outcome:
    """Take every finding the step that follows, and write what changed."""
    known = store.standing(connection)
    written, events, gone = [], [], []
    for key, one in judged.items():
        before = known.get(key)
        if before is None and not one.holds:
            continue
        step = recompute(before.standing if before else None, one.seen)
        written.append(_row(one, step, before, books))
        if step is not None:
            events.append(_event(key, step, one))
    for key, before in known.items():
        if key in judged or not before.standing.holds:
            continue
        gone.append(before.id)
        if before.standing.state is not State.CLOSED:
            events.append(_event(key, Step(Action.RESOLVED, State.CLOSED, before.standing.episode), None))
    store.write(connection, written, day=day)
    store.mark_gone(connection, gone)
    store.add_events(connection, events, day=day)
    holding = sum(one.holds for one in judged.values())
    return Outcome(holding, Counter(Action(event["action"]) for event in events))


def _row(one: Judged, step: Step | None, before: store.Known | None, books: _Books) -> dict[str, Any]:
    standing = before.standing if before else None
    state = step.state if step else standing.state if standing else State.OPEN
    path = books.paths.get(one.about.jurisdiction, ())
    return {
        **_key(one.key),
        "jurisdiction_code": one.about.jurisdiction,
        "places": one.about.all_places,
        "agency_id": one.about.agency_id,
        "building_id": one.about.building_id,
        "room_id": one.about.room_id,
        "parcel_id": one.about.parcel_id,
        "person_key": one.about.person_key,
        "severity": one.severity,
        "state": state,
        "holds": one.holds,
        "episode": step.episode if step else standing.episode if standing else 1,
        "measure": one.measure,
        "figures": one.shown_figures,
        "rooms": [{"id": room.id, "role": room.role} for room in one.rooms],
        "room_ids": sorted({room.id for room in one.rooms}),
        "norm_ids": [norm.id for norm in one.norms],
        "certainty": least(books.clauses.certainty(one.key.rule, path=path), one.certainty),
        "gist": one.gist,
        "secret": one.about.secret,
    }


def _event(key: Key, step: Step, one: Judged | None) -> dict[str, Any]:
    reason = why_resolved(one) if step.action is Action.RESOLVED else None
    return {**_key(key), "action": step.action, "reason": reason}


def _key(key: Key) -> dict[str, Any]:
    return {
        "rule": key.rule,
        "object_kind": key.object_kind,
        "object_key": key.object_key,
        "subject": key.subject,
    }

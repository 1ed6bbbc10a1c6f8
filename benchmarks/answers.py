"""The three answers on the whole data set: how long from the question to finished values, and to JSON.

Asked as the server does, as the application role, for an account that sees everything.

Warm: each question is asked once before the clock starts. Idle rooms are read anew every time. The total of usable
area, which comes with every page of it, and the distances and areas behind coverage, as when someone moves the radius
on the map, are kept while the data stay the same; the first question after a change is measured beside them.
"""

import itertools
import statistics
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import psycopg
from harness import Context, Result, a_token, a_viewer
from sqlalchemy import Connection, Engine

from fangdi.domain.common import PageRequest, Question
from fangdi.domain.coverage import Reach
from fangdi.domain.idle import IdleFilter
from fangdi.domain.usage import UsageFilter
from fangdi.service import reports
from fangdi.service.search import search
from fangdi.service.summary import summarise_buildings
from fangdi.store import memo
from fangdi.store.access import Credential
from fangdi.store.cluster import APPLICATION
from fangdi.store.engine import create_engine, libpq_url
from fangdi.store.query import reading
from fangdi_api.schemas.reports import AreasAnswer, CoverageAnswer, IdleAnswer

TARGET_MS = 300
_QUESTION = Question(date(2026, 1, 1))
_PAGE = PageRequest(100)

Ask = Callable[[Connection], Any]

_radii = itertools.cycle([500, 1000, 1500, 2000, 2500, 3000])


def _radius() -> Reach:
    """Return a reach other than the one before."""
    return Reach(2000, next(_radii))


def _anew(ask: Callable[[], Any]) -> Any:
    """Ask with nothing kept from the question before."""
    memo.forget()
    return ask()


ANSWERS: dict[str, tuple[Ask, Callable[[Any], Any]]] = {
    "Usable area by agency, page and total": (
        lambda c: reports.areas(c, _QUESTION, UsageFilter(), page=_PAGE),
        AreasAnswer.of,
    ),
    "Idle rooms, page and total": (lambda c: reports.idle(c, _QUESTION, IdleFilter(), page=_PAGE), IdleAnswer.of),
    "Coverage of three zones, another radius": (lambda c: reports.coverage(c, _QUESTION, _radius()), CoverageAnswer.of),
}
ASIDE: dict[str, Ask] = {
    "Usable area by agency, first after a change": lambda c: _anew(
        lambda: reports.areas(c, _QUESTION, UsageFilter(), page=_PAGE)
    ),
    "Coverage of three zones, first after a change": lambda c: _anew(
        lambda: reports.coverage(c, _QUESTION, Reach(2000))
    ),
    "Usable area of all agencies": lambda c: reports.areas_of_agencies(c, _QUESTION),
    "Usable area in one building": lambda c: reports.areas(c, _QUESTION, UsageFilter(building_id=7), page=_PAGE),
    "All buildings for the map, first after a change": lambda c: _anew(
        lambda: list(summarise_buildings(c, _QUESTION, Reach(2000)))
    ),
    "Search for 301": lambda c: search(c, "301", as_of=_QUESTION.as_of, limit=20),
    "Search for 第7院1号楼 301": lambda c: search(c, "第7院1号楼 301", as_of=_QUESTION.as_of, limit=20),
}

BARE = {
    "Idle rooms, page and total": """
        SELECT count(*), sum(measured_usable_m2) FROM fangdi.room
         WHERE valid @> DATE '2026-01-01' AND NOT EXISTS (
               SELECT FROM fangdi.occupancy WHERE room_id = room.id AND occupancy.valid @> DATE '2026-01-01')""",
}
"""The least that a database has to do for an answer: no rules, no list, no policies. It tells a slow answer from a slow
hour of the machine."""


def run(context: Context) -> list[Result]:
    """Measure every answer; the three of them against the target."""
    engine = create_engine(context.cluster.url(role=APPLICATION))
    reader = Credential.token(a_token(context.url, a_viewer(context.url, "all")))
    rounds = 3 if context.quick else 15
    full = context.rooms >= 600_000
    results = []
    try:
        for name, (ask, shape) in ANSWERS.items():
            asked, shaped = _times(engine, ask, shape, reader=reader, rounds=rounds)
            results.append(
                Result(
                    name=name,
                    ours=asked,
                    unit="ms",
                    less_is_better=True,
                    at_most=TARGET_MS if full else None,
                    note=f"median of {rounds}; as JSON {shaped:.0f} ms more",
                )
            )
        for name, statement in BARE.items():
            ours = next(result.ours for result in results if result.name == name)
            bare = _bare(context.url, statement, rounds=rounds)
            results.append(
                Result(
                    name=name,
                    ours=ours,
                    unit="ms",
                    less_is_better=True,
                    peer=bare,
                    peer_name="bare join",
                    note="the join alone, counted and summed",
                )
            )
        for name, ask in ASIDE.items():
            asked, _ = _times(engine, ask, None, reader=reader, rounds=rounds)
            results.append(Result(name=name, ours=asked, unit="ms", less_is_better=True, note=f"median of {rounds}"))
    finally:
        engine.dispose()
    return results


def _bare(url: str, statement: str, *, rounds: int) -> float:
    """Return the median time in ms of a statement asked as the owner."""
    taken = []
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        for _ in range(rounds + 1):
            began = time.perf_counter()
            connection.execute(statement).fetchall()
            taken.append(time.perf_counter() - began)
    return statistics.median(taken[1:]) * 1000


def _times(
    engine: Engine, ask: Ask, shape: Callable[[Any], Any] | None, *, reader: Credential, rounds: int
) -> tuple[float, float]:
    """Return the median times in ms to the values, and from there to JSON."""
    asked, shaped = [], []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        with reading(engine, reader) as connection:
            found = ask(connection)
        answered = time.perf_counter()
        if shape is not None:
            shape(found).model_dump_json()
        asked.append(answered - began)
        shaped.append(time.perf_counter() - answered)
    return statistics.median(asked[1:]) * 1000, statistics.median(shaped[1:]) * 1000

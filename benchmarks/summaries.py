"""Sums of use and the indicators made of them, on a city and a province of two million rooms with ten years of history.

What is compared:
- Sums recomputed from the rooms for one date, against the plain SQL aggregate over rooms and their users on that date,
  which knows neither shares nor states of rooms.
- How long the sums take that follow from one change of a room's use; and all of its transaction, with secrecy, the
  version of the map, the trail and the commit. Rooms are chosen at random.
- The page of indicators as the server makes it, when it was asked before; and all of it anew, as after a change.
- As of five years before, against the last day, each anew.
- Idle rooms side by side: twelve rooms, 300 m² or more, on one floor, also across the corridor, within 2 km of a place
  where buildings stand.

All tables and indexes are read before, as a server has them in memory that has been asked for a while; and again before
single changes and before idle rooms are looked for, since what is measured before takes minutes, and some systems give
files that nobody read for two minutes back to the disk (a virtual machine that was measured on lost 7 of 10 GB in
three). Before that what the load left changed in memory is written to disk, as server and system do within some
minutes: else questions would be held up by that.
"""

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, LiteralString

import estates
import psycopg
from harness import Context, Result, a_token, a_viewer
from sqlalchemy import Engine, text

import fangdi_migrations
from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.common import Question
from fangdi.domain.coverage import Reach
from fangdi.domain.indicators.catalogue import INDICATORS
from fangdi.domain.spaces import Near, SpaceQuestion
from fangdi.service import indicators as indicator_service
from fangdi.service import spaces as space_service
from fangdi.store import memo
from fangdi.store.access import Credential
from fangdi.store.cluster import APPLICATION, SUPERUSER
from fangdi.store.engine import create_engine, libpq_url
from fangdi.store.query import prepare_analysis, reading
from fangdi.store.throwaway import throwaway
from fangdi_api.schemas.indicators import IndicatorsAnswer

LAST_DAY, FIVE_YEARS_BEFORE = date(2025, 12, 31), date(2020, 12, 31)
_REACH = Reach(2000)
_SEED = 2026
_SUMS_OF_ONE = "Sums after one change of use"

_PLAIN = """
SELECT room.jurisdiction_code, agency_id, use_code, count(*), count(measured_usable_m2), sum(measured_usable_m2)
  FROM fangdi.room LEFT JOIN fangdi.occupancy ON room_id = room.id AND occupancy.valid @> DATE '2025-12-31'
 WHERE room.valid @> DATE '2025-12-31' GROUP BY 1, 2, 3
"""
_READ: LiteralString = """
SELECT pg_prewarm(oid, 'read') FROM pg_class
 WHERE relnamespace = CAST('fangdi' AS regnamespace) AND relkind IN ('r', 'i') AND relpages > 0
"""
_FROM_ROOMS = """
SELECT * FROM fangdi.usage_on(DATE '2025-12-31', 'measured', CAST(ROW(true, NULL, NULL, true) AS fangdi.sight))
"""


def run(context: Context) -> list[Result]:
    """Measure both scales, each in a cluster of its own."""
    names = ["county"] if context.quick else ["city", "province"]
    measured = {name: _measure(name, quick=context.quick) for name in names}
    results = [result for found in measured.values() for result in found]
    if not context.quick:
        results.append(_same_at_both(measured))
    return results


def _same_at_both(measured: dict[str, list[Result]]) -> Result:
    """Hold the time of one change in the province against that in the city."""
    city, province = (
        next(one for one in measured[name] if one.name.startswith(_SUMS_OF_ONE)) for name in ("city", "province")
    )
    return Result(
        name=f"{_SUMS_OF_ONE}, province against city",
        ours=province.ours,
        unit="ms",
        peer=city.ours,
        peer_name="city",
        less_is_better=True,
        at_least=0.5,
    )


def _measure(name: str, *, quick: bool) -> list[Result]:
    with throwaway() as cluster:
        url = cluster.start()
        fangdi_migrations.upgrade(url)
        print(f"Building the {name} …", file=sys.stderr)
        rooms = estates.build(url, estates.SCALES[name])
        _read_into_memory(cluster.url(role=SUPERUSER))
        return measure(url, cluster.url(role=APPLICATION), f"{name}, {rooms:,} rooms", rounds=3 if quick else 15)


def _read_into_memory(superuser_url: str) -> None:
    """Write what the load changed, and read all tables and indexes once: so a server is that has run for a while."""
    with psycopg.connect(libpq_url(superuser_url), autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        os.sync()
        connection.execute("CREATE EXTENSION IF NOT EXISTS pg_prewarm")
        connection.execute(_READ)


def _read_again(owner: Engine) -> None:
    with owner.connect() as connection:
        connection.execute(text(_READ))


def measure(url: str, application_url: str, where: str, *, rounds: int) -> list[Result]:
    """Measure one estate, at the address of its owner and as the application asks."""
    reader = Credential.token(a_token(url, a_viewer(url, "all", places=("330000",))))
    engine, owner = create_engine(application_url), create_engine(url)
    try:
        results = _recomputed(owner, where, rounds=max(3, rounds // 3))
        _read_again(owner)
        results += [*_changes(url, where, rounds=rounds * 4), *_pages(engine, reader, where, rounds=rounds)]
        _read_again(owner)
        results.append(_idle_search(engine, reader, where, places=_places(owner), rounds=rounds * 4))
        return [*results, _all_anew(owner, where)]
    finally:
        engine.dispose()
        owner.dispose()


def _recomputed(owner: Engine, where: str, *, rounds: int) -> list[Result]:
    with owner.connect() as connection:
        prepare_analysis(connection)
        ours, plain = [], []
        for _ in range(rounds + 1):
            plain.append(_ms(lambda: connection.execute(text(_PLAIN)).all()))
            ours.append(_ms(lambda: connection.execute(text(_FROM_ROOMS)).all()))
    return [
        Result(
            name=f"Sums of one date from the rooms, {where}",
            ours=statistics.median(ours[1:]),
            unit="ms",
            peer=statistics.median(plain[1:]),
            peer_name="plain SQL aggregate",
            less_is_better=True,
            at_least=0.5,
        ),
    ]


def _all_anew(owner: Engine, where: str) -> Result:
    """Add up the whole history: the last of all, since it writes every row again and leaves work to autovacuum."""
    with owner.begin() as connection:
        history = _ms(lambda: connection.execute(text("SELECT fangdi.recompute_usage()")))
    return Result(
        name=f"Sums of all days of ten years anew, {where}", ours=history / 1000, unit="s", less_is_better=True
    )


def _changes(url: str, where: str, *, rounds: int) -> list[Result]:
    """Let occupancies end, one a transaction, as the owner does."""
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        chosen = connection.execute(
            "SELECT id FROM fangdi.occupancy WHERE valid @> DATE '2025-12-31' AND upper(valid) IS NULL "
            "ORDER BY hashint8extended(id, %s) LIMIT %s",
            [_SEED, 2 * rounds],
        ).fetchall()
        end = "UPDATE fangdi.occupancy SET valid = daterange(lower(valid), '2026-06-01') WHERE id = %s"
        taken = [_ms(partial(connection.execute, end, row)) for row in chosen[:rounds]][5:]
        sums = [_sums_ms(connection, end, row) for row in chosen[rounds:]][5:]
    return [
        Result(
            name=f"{_SUMS_OF_ONE}, {where}",
            ours=statistics.median(sums),
            unit="ms",
            less_is_better=True,
            at_most=5,
            note=f"median of {len(sums)} changes; 95 in 100 within {_p95(sums):.1f} ms",
        ),
        Result(
            name=f"One change of use, all of its transaction, {where}",
            ours=statistics.median(taken),
            unit="ms",
            less_is_better=True,
            note=f"median of {len(taken)}; 95 in 100 within {_p95(taken):.1f} ms",
        ),
    ]


def _sums_ms(connection: psycopg.Connection[Any], statement: LiteralString, row: Sequence[Any]) -> float:
    """Return how long the trigger took that adds up, as PostgreSQL has measured it."""
    found = connection.execute(b"EXPLAIN (ANALYZE, FORMAT JSON) " + statement.encode(), row).fetchone()
    assert found is not None  # noqa: S101 - a plan
    return float(sum(one["Time"] for one in found[0][0]["Triggers"] if one["Trigger Name"] == "usage_update"))


def _pages(engine: Engine, reader: Credential, where: str, *, rounds: int) -> list[Result]:
    def page(day: date) -> None:
        with reading(engine, reader) as connection:
            report = indicator_service.indicators(connection, Question(day), _REACH)
            labels = {key: indicator_service.part_labels(connection, one) for key, one in INDICATORS.items()}
            IndicatorsAnswer.of(report, labels).model_dump_json()

    def anew(day: date) -> float:
        memo.forget()
        return _ms(lambda: page(day))

    page(LAST_DAY)
    warm = [_ms(lambda: page(LAST_DAY)) for _ in range(rounds * 4)]
    today, before = [], []
    for _ in range(max(3, rounds // 5)):
        today.append(anew(LAST_DAY))
        before.append(anew(FIVE_YEARS_BEFORE))
    return [
        Result(
            name=f"Page of indicators, {where}",
            ours=_p95(warm),
            unit="ms",
            less_is_better=True,
            at_most=50,
            note=f"95 in 100 of {len(warm)}, asked before; median {statistics.median(warm):.1f} ms",
        ),
        Result(
            name=f"Indicators as of five years before, anew, {where}",
            ours=statistics.median(before),
            unit="ms",
            peer=statistics.median(today),
            peer_name="the last day, anew",
            less_is_better=True,
            at_least=1 / 3,
        ),
    ]


def _places(owner: Engine) -> list[tuple[float, float]]:
    with owner.connect() as connection:
        found = connection.execute(
            text(
                "SELECT ST_X(location), ST_Y(location) FROM fangdi.building "
                "ORDER BY hashint8extended(id, :seed) LIMIT 200"
            ),
            {"seed": _SEED},
        )
        return [(row[0], row[1]) for row in found]


def _idle_search(
    engine: Engine, reader: Credential, where: str, *, places: list[tuple[float, float]], rounds: int
) -> Result:
    chance = random.Random(_SEED)  # the same places in every run
    wanted = SpaceWanted(rooms=12, min_area_m2=300, across=True)
    taken, offers = [], 0
    for _ in range(rounds + 3):
        longitude, latitude = chance.choice(places)
        near = Near(longitude, latitude, 2000)
        began = time.perf_counter()
        with reading(engine, reader) as connection:
            report = space_service.find_space(connection, SpaceQuestion(Question(LAST_DAY), wanted, near=near))
        taken.append((time.perf_counter() - began) * 1000)
        offers += len(report.offers)
    return Result(
        name=f"Twelve idle rooms side by side within 2 km, {where}",
        ours=_p95(taken[3:]),
        unit="ms",
        less_is_better=True,
        at_most=100,
        note=f"95 in 100 of {rounds} places; median {statistics.median(taken[3:]):.0f} ms, {offers} offers",
    )


def _ms(do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    return (time.perf_counter() - began) * 1000


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]

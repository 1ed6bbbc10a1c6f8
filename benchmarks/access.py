"""What row-level security costs: the same tiles and answers with the owner's rights, and as accounts that see less.

`owner` asks with the rights of the owner, whom no policy holds back. `all` sees everything and is cleared, `no
clearance` everything but what is secret, `districts` three of five jurisdictions and nothing secret.
All ask in turns, each turn in another order, so that a slow minute of the machine meets all; medians. Fewer rows are
also less work: `districts` can be faster.
"""

import random
import statistics
import time
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import psycopg
from answers import ANSWERS, ASIDE
from harness import Context, Result, a_token, a_viewer
from sqlalchemy import Connection, Engine
from tiles import ZOOMS, filled

from fangdi.store.access import Credential, Scope
from fangdi.store.cluster import APPLICATION
from fangdi.store.engine import create_engine, libpq_url
from fangdi.store.query import prepare_analysis, reading
from fangdi.store.tile_pool import SETTINGS
from fangdi.store.tiles import Tile, View, bare_statement, question

_VIEWERS = {"all": ("330200",), "no clearance": ("330200",), "districts": ("330203", "330205", "330206")}
_DAY = date(2026, 1, 1)
AT_MOST = 1.15
"""Longest that policies may make tiles, search and summaries take, as a ratio."""
_FULL = 15
_LEAST_S = 20
"""Turns, and seconds, that a comparison goes on for at least: the median of 15 turns of 50 ms wanders by 20 %."""


def run(context: Context) -> list[Result]:
    """Compare times; the ratio against the owner is the figure."""
    scopes = _accounts(context.url)
    rounds = 2 if context.quick else _FULL
    return [*_tiles(context, scopes, rounds=rounds), *_answers(context, rounds=rounds)]


def _accounts(url: str) -> Mapping[str, Scope]:
    """Make the accounts and return their scopes."""
    scopes = {}
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        for name in _VIEWERS:
            _account(url, name)
            row = connection.execute("SELECT scope, seal FROM fangdi.open_account(%s, '')", [_login(name)]).fetchone()
            scopes[name] = Scope(*(row or ("", "")))
    return scopes


def _login(name: str) -> str:
    return name.replace(" ", "-")


def _account(url: str, name: str) -> int:
    return a_viewer(url, _login(name), places=_VIEWERS[name], cleared=name == "all")


def _tiles(context: Context, scopes: Mapping[str, Scope], *, rounds: int) -> list[Result]:
    rng, everything = random.Random(2026), filled(context.url)
    with _tile_connection(context.url) as owner, _tile_connection(context.cluster.url(role=APPLICATION)) as served:
        results = []
        for zoom in ZOOMS:
            chosen = rng.choices([tile for tile in everything if tile[0] == zoom], k=max(10, 4 ** (zoom - 13)))

            def draw(name: str, chosen: list[tuple[int, int, int]] = chosen) -> None:
                for z, x, y in chosen:
                    scope = scopes.get(name, next(iter(scopes.values())))
                    statement, asked = question(Tile("rooms", z, x, y), View(_DAY), scope)
                    if name == "owner":
                        owner.execute(bare_statement("rooms"), asked, prepare=True, binary=True).fetchone()
                    else:
                        served.execute(statement, asked, prepare=True, binary=True).fetchone()

            results += _compare(f"Tiles z{zoom}", draw, rounds=rounds, limit=AT_MOST, many=len(chosen))
    return results


def _tile_connection(url: str) -> psycopg.Connection[Any]:
    connection = psycopg.connect(libpq_url(url), autocommit=True)
    for name, value in SETTINGS.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    return connection


def _answers(context: Context, *, rounds: int) -> list[Result]:
    engine = create_engine(context.url)
    asks = {name: ask for name, (ask, _) in ANSWERS.items()} | dict(ASIDE)
    del asks["Usable area in one building"]  # the one that is asked about lies in none of the districts
    served = create_engine(context.cluster.url(role=APPLICATION))
    readers = {name: Credential.token(a_token(context.url, _account(context.url, name))) for name in _VIEWERS}
    results = []
    try:
        for title, ask in asks.items():

            def answer(name: str, ask: Callable[[Connection], Any] = ask) -> None:
                if name == "owner":
                    _ask_as_owner(engine, ask)
                else:
                    with reading(served, readers[name]) as connection:
                        ask(connection)

            results += _compare(title, answer, rounds=rounds, limit=AT_MOST, many=1)
    finally:
        engine.dispose()
        served.dispose()
    return results


def _ask_as_owner(engine: Engine, ask: Callable[[Connection], Any]) -> None:
    with engine.connect() as connected:
        connection = connected.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            prepare_analysis(connection)
            ask(connection)


def _compare(title: str, ask: Callable[[str], None], *, rounds: int, limit: float, many: int) -> list[Result]:
    times: dict[str, list[float]] = {name: [] for name in ("owner", *_VIEWERS)}
    dice, until, turn = random.Random(title), time.perf_counter() + (_LEAST_S if rounds >= _FULL else 0), 0
    while turn <= rounds or time.perf_counter() < until:
        for name in dice.sample(list(times), len(times)):
            began = time.perf_counter()
            ask(name)
            if turn:
                times[name].append((time.perf_counter() - began) * 1000 / many)
        turn += 1
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    return [
        Result(
            name=f"{title}, {name}",
            ours=medians[name],
            unit="ms",
            peer=medians["owner"],
            peer_name="owner",
            less_is_better=True,
            at_least=1 / limit,
            note=f"{(medians[name] / medians['owner'] - 1) * 100:+.0f} %",
        )
        for name in _VIEWERS
    ]

"""The audit trail of a week: 100,000 changes to rooms; how fast it is searched and checked.

The changes are made in transactions of 100 rows, each of which commits its entries to the chain. Searches are asked as
an administrator of the jurisdiction without clearance asks them, so that the policy is part of the time. In the end one
entry in the middle is altered behind the back of the database, which the check has to find. Beside it: what one change
a transaction costs with one writer and with eight, who wait for each other while they add to the chain.
"""

import statistics
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import psycopg
from harness import Context, Result
from sqlalchemy import Engine, text

from fangdi.domain.audit import TrailFilter
from fangdi.domain.common import PageRequest
from fangdi.service import audit
from fangdi.store.access import Credential
from fangdi.store.cluster import SUPERUSER
from fangdi.store.engine import create_engine
from fangdi.store.query import reading

WRITES = 100_000
TARGET_MS = 200
_DATABASE = "audit"
_ROOMS = 2_000
_STEP = 100
_SETUP = """
    INSERT INTO fangdi.jurisdiction (code, name, level)
    VALUES ('330200', '宁波市', 'city'), ('330100', '杭州市', 'city');
    INSERT INTO fangdi.building (jurisdiction_code, code, name, location)
    SELECT '330200', 'B' || n, n || '号楼', ST_SetSRID(ST_MakePoint(121.5, 29.8), 4490)
      FROM generate_series(1, 20) AS n;
    INSERT INTO fangdi.floor (jurisdiction_code, building_id, level, name)
    SELECT '330200', id, 1, '1层' FROM fangdi.building;
    INSERT INTO fangdi.room (jurisdiction_code, building_id, floor_id, code, number, use_code)
    SELECT '330200', building_id, id, n, n, 'office' FROM fangdi.floor, generate_series(1, 100) AS n;
    INSERT INTO fangdi.document (jurisdiction_code, kind, title)
    SELECT '330200', 'other', '文件' || n FROM generate_series(1, 1000) AS n;
    INSERT INTO fangdi.account (login, name) VALUES ('li', '李'), ('admin', '管理员');
    INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code)
    SELECT id, 'jurisdiction_administrator', '330200' FROM fangdi.account WHERE login = 'admin'
"""
_CHANGE = text("""
    UPDATE fangdi.room SET name = :name, declared_usable_m2 = :area
     WHERE id IN (SELECT id FROM fangdi.room ORDER BY id OFFSET :at LIMIT :step)
""")
_ONE = text("UPDATE fangdi.document SET title = :name WHERE id = :id")
_ADMIN = Credential.account("admin")


def run(context: Context) -> list[Result]:
    """Write, search, check, tamper, check again."""
    url = context.new_database(_DATABASE)
    engine = create_engine(url)
    writes = WRITES // 20 if context.quick else WRITES
    try:
        with engine.begin() as connection:
            for statement in _SETUP.split(";\n"):
                connection.execute(text(statement))
        began = time.perf_counter()
        _write(engine, writes)
        per_write_ms = (time.perf_counter() - began) * 1000 / writes
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE fangdi.audit_entry"))
        return [
            *_searches(engine),
            Result(name="One audited change, 100 a transaction", ours=per_write_ms, unit="ms", less_is_better=True),
            *_contention(engine, changes=200 if context.quick else 1000),
            *_checks(context, engine),
        ]
    finally:
        engine.dispose()


def _write(engine: Engine, writes: int) -> None:
    for n in range(writes // _STEP):
        with engine.begin() as connection:
            at = n * _STEP % _ROOMS
            connection.execute(_CHANGE, {"name": f"室{n}", "area": 10 + n, "at": at, "step": _STEP})


def _searches(engine: Engine) -> list[Result]:
    with engine.connect() as connection:
        room, since, until = connection.execute(
            text("SELECT (SELECT min(id) FROM fangdi.room), min(happened_at), max(happened_at) FROM fangdi.audit_entry")
        ).one()
    quarter = (until - since) / 4
    asked = {
        "object": TrailFilter(object_kind="room", object_id=room),
        "person": TrailFilter(actor="fangdi_owner"),
        "time": TrailFilter(since=since + quarter, until=since + quarter * 2),
        "an action that is not there": TrailFilter(action="export"),
    }
    return [
        Result(
            name=f"Search the trail by {name}",
            ours=_median_ms(lambda wanted=wanted: _search(engine, wanted)),
            unit="ms",
            less_is_better=True,
            at_most=TARGET_MS,
        )
        for name, wanted in asked.items()
    ]


def _search(engine: Engine, wanted: TrailFilter) -> Any:
    with reading(engine, _ADMIN) as connection:
        return audit.search(connection, wanted, PageRequest(100))


def _contention(engine: Engine, *, changes: int) -> list[Result]:
    # documents: changes to what the map shows wait for each other anyhow, at the versions of its layers
    with engine.connect() as connection:
        papers = list(connection.execute(text("SELECT id FROM fangdi.document")).scalars())

    def change(n: int) -> None:
        with engine.begin() as connection:
            connection.execute(_ONE, {"name": f"人{time.perf_counter_ns()}", "id": papers[n % len(papers)]})

    results = []
    for writers in (1, 8):
        began = time.perf_counter()
        with ThreadPoolExecutor(writers) as pool:
            list(pool.map(change, range(changes)))
        rate = changes / (time.perf_counter() - began)
        name = f"Audited changes, one a transaction, {writers} at a time"
        results.append(Result(name=name, ours=rate, unit="changes/s", note="fsync off"))
    return results


def _checks(context: Context, engine: Engine) -> list[Result]:
    began = time.perf_counter()
    with engine.connect() as connection:
        whole = audit.check(connection)
    took = time.perf_counter() - began
    middle = _tamper(context)
    with engine.connect() as connection:
        found = audit.check(connection).first_broken
    if not whole.intact or found != middle:
        raise RuntimeError(f"the check found {found} where entry {middle} was altered, and {whole.first_broken} before")
    note = f"{whole.entries:,} entries; one altered entry was found"
    return [Result(name="Check of the whole trail", ours=took, unit="s", less_is_better=True, note=note)]


def _tamper(context: Context) -> int:
    """Alter an entry in the middle, as somebody with all rights might; return which."""
    url = context.cluster.url(role=SUPERUSER, database=_DATABASE).replace("postgresql+psycopg", "postgresql")
    with psycopg.connect(url) as connection:
        connection.execute("SET session_replication_role = replica")
        row = connection.execute(
            "UPDATE fangdi.audit_entry SET actor = 'somebody' "
            "WHERE id = (SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY id) FROM fangdi.audit_entry) RETURNING id"
        ).fetchone()
    assert row is not None  # noqa: S101 - there are entries
    return int(row[0])


def _median_ms(ask: Callable[[], Any]) -> float:
    ask()
    times = []
    for _ in range(9):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)

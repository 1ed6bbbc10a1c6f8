"""Workers: plans of a batch are read beside the server, with the rights of who asked, once each, whatever happens."""

import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from builders import a_building
from fangdi.domain.access import Role
from fangdi.domain.plans.model import Plan, Reading
from fangdi.service import plan_batches as service
from fangdi.store import plan_batches as store
from fangdi.store import queue
from fangdi.store.access import Credential
from fangdi.store.engine import create_engine
from fangdi.store.query import writing
from fangdi_gis_data.plan_map import MapOfPlans
from fangdi_gis_data.plans.batches import opened_batch
from people import an_account, has_role
from plan_builders import a_drawn_floor, a_drawn_plan, a_drawn_room

PATIENCE_S = 120


@pytest.fixture
def database(fresh_database: Callable[..., str]) -> Iterator[Engine]:
    """Lend a database of the test's own with the owner's rights: a city with building B1, and its auditor."""
    opened = create_engine(fresh_database())
    with opened.begin() as connection:
        a_building(connection, code="B1")
        auditor = an_account(connection, "auditor")
        has_role(connection, auditor, Role.AREA_AUDITOR)
    yield opened
    opened.dispose()


def a_room_layer(number: int) -> bytes:
    """Return GeoJSON with one room of 0.0001° a side, in degrees as RFC 7946 has it."""
    ring = [[121.5, 29.8], [121.5001, 29.8], [121.5001, 29.8001], [121.5, 29.8001], [121.5, 29.8]]
    room = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {"number": f"{number}", "level": 1},
    }
    return json.dumps({"type": "FeatureCollection", "features": [room]}).encode()


def batch(database: Engine, folder: Path, files: dict[str, bytes]) -> int:
    """Let the auditor upload a batch."""
    packed = folder / "图纸.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    with opened_batch(packed) as opened, writing(database, Credential.account("auditor")) as connection:
        return service.create(connection, opened, name=packed.name)


def files_of(database: Engine, number: int) -> list[Any]:
    with database.connect() as connection:
        return list(store.files(connection, number))


def state_of(database: Engine, number: int) -> Any:
    with database.connect() as connection:
        return store.batch(connection, number)


def tools(*plans: Plan, before: Callable[[], None] = lambda: None) -> service.Tools:
    """Return tools that find these plans in turn, the last again and again."""
    left = list(plans)

    def read(_file: Path, _reading: Reading) -> Plan:
        before()
        return left.pop(0) if len(left) > 1 else left[0]

    return service.Tools(read, MapOfPlans())


def do_all(database: Engine, number: int, with_: service.Tools) -> None:
    for row in files_of(database, number):
        service.do_file(database, row["id"], with_)


@contextmanager
def running_workers(database: Engine, number: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run `fangdi worker` on the database, in a process group of its own."""
    started = subprocess.Popen(
        [sys.executable, "-m", "fangdi", "worker", "--workers", str(number)],
        env=os.environ | {"FANGDI_DATABASE_URL": database.url.render_as_string(hide_password=False)},
        start_new_session=True,
    )
    try:
        yield started
    finally:
        started.terminate()
        started.wait(30)


def wait_until(happened: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE_S
    while not happened():
        assert time.monotonic() < until, "it took too long"
        time.sleep(0.05)


def children(process: int) -> list[int]:
    """Return the processes that a process has started, by their numbers."""
    return [int(child) for child in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


def test_each_file_becomes_a_draft_in_the_name_of_who_asked(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {"B1/一层.dxf": b"1", "B1/2F.dxf": b"2"})

    do_all(database, number, tools(a_drawn_plan(a_drawn_floor([a_drawn_room("1"), a_drawn_room("2")]))))

    files = files_of(database, number)
    assert [(row["state"], row["rooms"]) for row in files] == [("done", 2), ("done", 2)]
    assert files[0]["findings"].get("error"), "the rooms lie upon each other"
    found = state_of(database, number)
    assert (found["state"], found["files"], found["rooms"]) == ("done", {"done": 2}, 4)
    with database.connect() as connection:
        plans = connection.execute(
            text("SELECT file_name, status, uploaded_by, reading ->> 'level' FROM fangdi.plan ORDER BY id")
        )
        assert [tuple(row) for row in plans] == [
            ("2F.dxf", "draft", "auditor", "2.0"), ("一层.dxf", "draft", "auditor", "1.0"),
        ]  # fmt: skip
        kept = connection.execute(text("SELECT count(content) FROM fangdi.plan_batch_file")).scalar_one()
        via = connection.execute(text("SELECT DISTINCT actor, via FROM fangdi.audit_entry WHERE object_kind = 'plan'"))
        assert (kept, [tuple(row) for row in via]) == (0, [("auditor", "job")])


def test_a_file_over_which_the_program_fails_does_not_stop_the_others(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {f"B1/{n}.dxf": b"x" for n in range(3)})
    calls: list[int] = []

    def fail_second() -> None:
        calls.append(1)
        if len(calls) == 2:
            raise ZeroDivisionError

    do_all(database, number, tools(a_drawn_plan(), before=fail_second))

    assert [row["state"] for row in files_of(database, number)] == ["done", "failed", "done"]
    assert state_of(database, number)["state"] == "done"


def test_a_file_in_which_nothing_can_be_read_fails_with_what_is_wrong_and_leaves_no_plan(
    database: Engine, tmp_path: Path
) -> None:
    number = batch(database, tmp_path, {"B1/x.dxf": b"x"})

    do_all(database, number, tools(Plan(a_drawn_plan().format, (), a_drawn_plan().units)))

    (row,) = files_of(database, number)
    assert (row["state"], row["plan_id"]) == ("failed", None)
    assert "no floor" in row["message"]


@pytest.mark.parametrize(
    "loss",
    ["UPDATE fangdi.account SET disabled_at = now()", "DELETE FROM fangdi.role_grant", "DELETE FROM fangdi.account"],
    ids=["disabled", "role lost", "gone"],
)
def test_nothing_is_done_for_who_has_lost_the_right_meanwhile(database: Engine, tmp_path: Path, loss: str) -> None:
    number = batch(database, tmp_path, {f"B1/{n}.dxf": b"x" for n in range(2)})
    with database.begin() as connection:
        if "DELETE FROM fangdi.account" in loss:
            connection.execute(text("DELETE FROM fangdi.role_grant"))
        connection.execute(text(loss))

    do_all(database, number, tools(a_drawn_plan()))

    assert state_of(database, number)["state"] == "failed"
    assert {row["state"] for row in files_of(database, number)} == {"failed"}
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fangdi.plan")).scalar_one() == 0


def test_a_right_that_is_lost_while_a_file_is_read_is_lost_for_it(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {"B1/1.dxf": b"x"})

    def lose() -> None:
        with database.begin() as connection:
            connection.execute(text("DELETE FROM fangdi.role_grant"))

    do_all(database, number, tools(a_drawn_plan(), before=lose))

    assert state_of(database, number)["state"] == "failed"


def test_a_building_that_became_secret_meanwhile_takes_no_plan_of_the_uncleared(
    database: Engine, tmp_path: Path
) -> None:
    number = batch(database, tmp_path, {"B1/1.dxf": b"x"})
    with database.begin() as connection:
        connection.execute(text("UPDATE fangdi.building SET classified = true"))

    do_all(database, number, tools(a_drawn_plan()))

    (row,) = files_of(database, number)
    assert (row["state"], row["plan_id"]) == ("failed", None)


def test_a_file_that_is_done_is_not_done_again(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {"B1/1.dxf": b"x"})

    do_all(database, number, tools(a_drawn_plan()))
    do_all(database, number, tools(a_drawn_plan()))

    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fangdi.plan")).scalar_one() == 1


def test_a_file_that_is_cancelled_while_it_is_read_is_not_kept(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {"B1/1.dxf": b"x"})

    def cancel() -> None:
        with writing(database, Credential.account("auditor")) as connection:
            store.cancel(connection, number)

    do_all(database, number, tools(a_drawn_plan(), before=cancel))

    (row,) = files_of(database, number)
    assert (row["state"], row["plan_id"], state_of(database, number)["state"]) == ("cancelled", None, "cancelled")
    with database.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM fangdi.plan")).scalar_one() == 0


def test_a_file_that_ends_its_worker_again_and_again_is_given_up(database: Engine, tmp_path: Path) -> None:
    number = batch(database, tmp_path, {"B1/1.dxf": b"x"})

    def die() -> None:
        raise KeyboardInterrupt  # as if the process were gone: nothing is written any more

    for _ in range(3):
        with pytest.raises(KeyboardInterrupt):
            do_all(database, number, tools(a_drawn_plan(), before=die))
    do_all(database, number, tools(a_drawn_plan(), before=die))

    (row,) = files_of(database, number)
    assert (row["state"], row["attempts"]) == ("failed", 4)


def test_files_of_a_batch_that_ended_long_ago_are_forgotten_and_those_of_others_kept(
    database: Engine, tmp_path: Path
) -> None:
    old, new, waiting = (batch(database, tmp_path, {"B1/1.dxf": b"x"}) for _ in range(3))
    for number in (old, new):
        do_all(database, number, tools(Plan(a_drawn_plan().format, (), a_drawn_plan().units)))

    with database.begin() as connection:
        ago = text("UPDATE fangdi.job SET ended_at = ended_at - make_interval(days => :days) WHERE id = :id")
        connection.execute(ago, {"days": 31, "id": old})
        connection.execute(ago, {"days": 29, "id": new})
        store.forget(connection, days=30)

    with database.connect() as connection:
        kept = connection.execute(
            text("SELECT job_id FROM fangdi.plan_batch_file WHERE content IS NOT NULL ORDER BY 1")
        )
        assert list(kept.scalars()) == [new, waiting]


def test_what_a_worker_that_is_gone_had_begun_is_put_back(database: Engine, tmp_path: Path) -> None:
    batch(database, tmp_path, {"B1/1.dxf": b"x"})
    take = text("SELECT id FROM fangdi_jobs.procrastinate_fetch_job_v2(NULL, NULL)")
    with database.connect() as alive:
        with database.begin() as connection:
            connection.execute(text("SET LOCAL search_path TO fangdi_jobs"))
            taken = connection.execute(take).scalar_one()
            connection.execute(text("UPDATE procrastinate_events SET at = at - interval '1 min'"))
        held = alive.execution_options(isolation_level="AUTOCOMMIT")
        assert held.execute(text("SELECT fangdi.hold_part(:id)"), {"id": taken}).scalar_one()
        assert queue.return_lost(database) == 0, "its worker is alive"
        alive.detach()
    assert queue.return_lost(database) == 1
    assert queue.return_lost(database) == 0


def test_after_workers_were_killed_the_batch_is_finished_and_nothing_is_done_twice(
    database: Engine, tmp_path: Path
) -> None:
    names = [f"B1/{n:02}.geojson" for n in range(24)]
    contents = {name: a_room_layer(at) for at, name in enumerate(names)} | {"B1/99.dwg": b"AC1032 drawn by a program"}
    number = batch(database, tmp_path, contents)

    def states() -> list[str]:
        return [row["state"] for row in files_of(database, number)]

    with running_workers(database, 2) as first:
        wait_until(lambda: states().count("done") >= 3 and "running" in states())
        workers = children(first.pid)
        os.kill(first.pid, signal.SIGKILL)
        for worker in workers:
            os.kill(worker, signal.SIGKILL)
    before = {row["id"]: row["ended_at"] for row in files_of(database, number) if row["state"] == "done"}
    assert state_of(database, number)["state"] == "running"

    with running_workers(database, 2) as second:
        # what the killed ones had just sent off may still be committed before the new ones have begun
        wait_until(lambda: bool(children(second.pid)) and states().count("done") > len(before))
        os.kill(children(second.pid)[0], signal.SIGKILL)  # one alone: the others go on, and it is replaced
        wait_until(lambda: state_of(database, number)["state"] == "done")

    after = files_of(database, number)
    assert [row["state"] for row in after] == ["done"] * 24 + ["failed"]
    assert "DXF" in after[-1]["message"], "it says how to convert a DWG"
    assert {row["id"]: row["ended_at"] for row in after if row["id"] in before} == before
    with database.connect() as connection:
        plans = connection.execute(text("SELECT count(*), count(DISTINCT file_name) FROM fangdi.plan")).one()
    assert tuple(plans) == (24, 24)

"""Floor plans: how long one of 1,000 rooms takes on one core, what a second core brings to 200, and how much memory.

The large plan is a DXF with outlines, walls, doors in blocks and labels; it is read, checked, and its rooms are judged
against what their labels state, in a process that is held to one core. The 200 plans are DXF, IFC and GeoJSON in turn,
read and checked as `fangdi plan batch --inspect-only` does, with one process and with two; the clock starts when each
process has read a first plan. Memory is that of all these processes and their readers together, what they share counted
once (PSS), looked at five times a second in a run of its own.
"""

import hashlib
import os
import statistics
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import plan_files
from harness import Context, Result

from fangdi.commands.plan_batch_file import Work, do
from fangdi.commands.pool import spread
from fangdi.domain.plans import auditing, gross, topology
from fangdi.domain.plans.model import Plan, Reading
from fangdi.domain.plans.tolerance import GBT_17986, AccuracyClass
from fangdi.domain.vocabulary import AreaBasis

ROOMS = 1000
PLANS = 200
_TIMES = 5
_EVERY_S = 0.2
_KINDS = (
    ("dxf", plan_files.write_dxf, 120),
    ("ifc", plan_files.write_ifc, 60),
    ("geojson", plan_files.write_geojson, 400),
)


def run(context: Context) -> list[Result]:
    """Measure time, speed-up and memory."""
    large = context.folder / "large.dxf"
    plan_files.write_dxf(large, ROOMS)
    steps = _on_one_core(large)
    works = list(_works(context.folder, PLANS // 5 if context.quick else PLANS))
    turns = [[_plans_a_second(works, processes) for processes in (1, 2)] for _ in range(1 if context.quick else 3)]
    one, two = (max(found) for found in zip(*turns, strict=True))
    memory = _peak_mb([*works[:30], _work(large)])
    total = sum(steps.values())
    shown = ", ".join(f"{name} {ms:.0f} ms" for name, ms in steps.items())
    return [
        Result(
            name=f"A plan of {ROOMS:,} rooms read, checked and audited on one core",
            ours=total,
            unit="ms",
            less_is_better=True,
            at_most=2000,
            note=f"medians of {_TIMES}: {shown}",
        ),
        Result(
            name=f"{len(works)} plans over two cores",
            ours=two,
            unit="plans/s",
            peer=one,
            peer_name="one core",
            at_least=1.8,
            note=f"DXF of 120, IFC of 60, GeoJSON of 400 rooms; best of {len(turns)} turn(s) each",
        ),
        Result(
            name="Memory of two workers with their readers",
            ours=memory,
            unit="MB",
            less_is_better=True,
            at_most=1024,
            note="PSS of all processes, at the most",
        ),
    ]


def _on_one_core(file: Path) -> dict[str, float]:
    """Return how long each step takes, in ms, in a process of its own on one core."""
    ((_, found),) = spread(_steps, [file], processes=1)
    assert found is not None, "the process failed; it said why"  # noqa: S101
    return found


def _steps(file: Path) -> dict[str, float]:
    from fangdi_gis_data.plans.reader import read_plan  # noqa: PLC0415 - loaded in this process alone

    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    times: dict[str, list[float]] = {"read": [], "check": [], "audit": []}
    for _ in range(_TIMES + 1):  # the first loads what the others need
        began = time.perf_counter()
        plan = read_plan(file, Reading())
        read = time.perf_counter()
        _check(plan)
        checked = time.perf_counter()
        _audit(plan)
        marks = (began, read, checked, time.perf_counter())
        for name, (start, end) in zip(times, pairwise(marks), strict=True):
            times[name].append(1000 * (end - start))
    assert len(plan.rooms) == ROOMS, len(plan.rooms)  # noqa: S101 - else something else was measured
    return {name: statistics.median(taken[1:]) for name, taken in times.items()}


def _check(plan: Plan) -> None:
    topology.check(plan)
    for floor in plan.floors:
        gross.gross_area(floor, basis=AreaBasis.REGISTERED)


def _audit(plan: Plan) -> None:
    """Judge rooms, floors and the building against the areas in the labels."""
    judged = [
        auditing.AuditRoom(
            key=room.key,
            name=room.key,
            floor=floor.key,
            building=1,
            measured_m2=room.outline.area_m2,
            claimed={auditing.Source.STATED: auditing.Figure(room.stated[0].area_m2, room.stated[0].basis)},
        )
        for floor in plan.floors
        for room in floor.rooms
    ]
    names = {floor.key: floor.name for floor in plan.floors}
    subjects = [room.subject() for room in judged]
    subjects += [*auditing.by_floor(judged, names=names), *auditing.by_building(judged, names={1: "楼"})]
    lines = auditing.audit(subjects, GBT_17986[AccuracyClass.THIRD])
    assert any(line.verdict is auditing.Verdict.WITHIN for line in lines)  # noqa: S101 - the labels were read


def _works(folder: Path, number: int) -> Iterator[Work]:
    """Yield so many plans of three kinds in turn, no two of the same size."""
    for at in range(number):
        suffix, write, size = _KINDS[at % len(_KINDS)]
        file = folder / f"{at}.{suffix}"
        write(file, size + at % 20)
        yield _work(file)


def _work(file: Path) -> Work:
    content = file.read_bytes()
    return Work(file.name, content, hashlib.sha256(content).hexdigest())


def _plans_a_second(works: list[Work], processes: int) -> float:
    first = {f"first {at}" for at in range(processes)}  # each process loads its libraries over one of these
    loading, began, done = [replace(works[0], name=name) for name in first], 0.0, 0
    for work, outcome in spread(do, [*loading, *works], processes=processes):
        assert outcome is not None and outcome.state == "done", outcome  # noqa: S101, PT018
        done += began > 0
        first.discard(work.name)
        if not first and not began:
            began = time.perf_counter()
    return done / (time.perf_counter() - began)


def _peak_mb(works: list[Work]) -> float:
    peaks, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(_EVERY_S):
            peaks.append(sum(map(_pss_mb, _descendants(os.getpid()))))

    watching = threading.Thread(target=watch)
    watching.start()
    try:
        for _ in spread(do, works, processes=2):
            pass
    finally:
        over.set()
        watching.join()
    return max(peaks)


def _descendants(process: int) -> Iterator[int]:
    """Yield the processes that a process has started, and those that they have started."""
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield int(child)
                yield from _descendants(int(child))


def _pss_mb(process: int) -> float:
    """Return the memory of a process, with its part of what it shares with others."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0

"""`make bench`: build 660,000 rooms in a throw-away cluster, measure, print one table and write docs/benchmarks.md."""

import argparse
import importlib.util
import os
import platform
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import access
import audit
import dataset
import load_rooms
import plans
import psycopg
import summaries
import tiles
from harness import Context, Result
from rich.console import Console
from rich.table import Table

import fangdi_migrations
from fangdi.store.cluster import DATABASE, SUPERUSER
from fangdi.store.engine import libpq_url
from fangdi.store.throwaway import create_database, throwaway

PAGE = Path(__file__).parent.parent / "docs" / "benchmarks.md"

_console = Console(width=None if sys.stdout.isatty() else 160, highlight=False)


def main() -> int:
    """Run what was asked for; 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rooms", type=int, default=dataset.ROOMS, help="size of the data set")
    parser.add_argument("--quick", action="store_true", help="see whether everything still runs; the page is left")
    parser.add_argument("--only", choices=list(BENCHMARKS), help="one benchmark alone; the rest of the page is left")
    given = parser.parse_args()
    chosen = [given.only] if given.only else list(BENCHMARKS)
    needs_data = not WITHOUT_DATA.issuperset(chosen)
    with _data(rooms=given.rooms, quick=given.quick) if needs_data else _no_data(quick=given.quick) as context:
        results = {name: _measure(name, context) for name in chosen}
        machine = _machine(context)
    together = [result for name in chosen for result in results[name]]
    _print(together, machine)
    if not (given.quick or given.rooms != dataset.ROOMS):
        PAGE.write_text(_page(PAGE.read_text(encoding="utf-8"), results, machine), encoding="utf-8")
    return int(any(result.met is False for result in together))


@contextmanager
def _data(*, rooms: int, quick: bool) -> Iterator[Context]:
    """Lend the data set in a cluster of its own; both are gone afterwards."""
    with throwaway() as cluster, tempfile.TemporaryDirectory(prefix="fangdi-bench-") as folder:
        url = cluster.start()
        create_database(cluster, "blank", template=DATABASE)
        fangdi_migrations.upgrade(url)
        _console.print(f"Building {rooms:,} rooms …")
        made = dataset.build(url, rooms=rooms)
        yield Context(cluster=cluster, url=url, rooms=made, folder=Path(folder), quick=quick)


@contextmanager
def _no_data(*, quick: bool) -> Iterator[Context]:
    """Lend a folder alone, for what needs no database."""
    with throwaway() as cluster, tempfile.TemporaryDirectory(prefix="fangdi-bench-") as folder:
        yield Context(cluster=cluster, url="", rooms=0, folder=Path(folder), quick=quick)


def _measure(name: str, context: Context) -> list[Result]:
    _console.print(f"Measuring {name} …")
    began = time.perf_counter()
    results = BENCHMARKS[name](context)
    _console.print(f"  {time.perf_counter() - began:.0f} s")
    return results


def _answers(context: Context) -> list[Result]:
    if importlib.util.find_spec("answers") is None:
        return []
    found: list[Result] = importlib.import_module("answers").run(context)
    return found


def _loading(context: Context) -> list[Result]:
    """Load rooms in databases on a cluster of its own, so that no upkeep of the data set runs beside it."""
    with throwaway() as cluster:
        cluster.start()
        os.environ["FANGDI_DATABASE_URL"] = cluster.url(role=SUPERUSER)
        try:
            rows = load_rooms.run(rooms=context.rooms, repeat=1 if context.quick else 3)
        finally:
            del os.environ["FANGDI_DATABASE_URL"]
    return [
        Result(
            name=row["name"].capitalize(),
            ours=row["ours_s"],
            unit="s",
            peer=row.get("ogr2ogr_s"),
            peer_name="ogr2ogr",
            less_is_better=True,
            at_least=1,
            note=f"missing: {row['missing']}" if "missing" in row else f"medians of turns, in s: {row['turns']}",
        )
        for row in rows
    ]


BENCHMARKS: dict[str, Callable[[Context], list[Result]]] = {
    "tiles": tiles.run,
    "answers": _answers,
    "loading": _loading,
    "audit": audit.run,
    "access": access.run,
    "plans": plans.run,
    "summaries": summaries.run,
}
WITHOUT_DATA = {"plans", "summaries"}
"""Those that do without the data set: they need no database, or make data of their own."""


_VERSIONS = """
SELECT current_setting('server_version'), default_version FROM pg_available_extensions WHERE name = 'postgis'
"""


def _machine(context: Context) -> str:
    """Describe what the figures were measured on; no date, so that a run that changes nothing changes no line."""
    with psycopg.connect(libpq_url(context.url or context.cluster.start())) as connection:
        found = connection.execute(_VERSIONS).fetchone()
    assert found is not None  # noqa: S101 - one row
    postgresql, postgis = found
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    generator = "wrk" if shutil.which("wrk") else "the built-in load generator"
    return (
        f"{os.cpu_count()} cores ({_processor()}), {memory:.0f} GiB, {_system()}; "
        f"Python {platform.python_version()}, PostgreSQL {postgresql.split()[0]}, PostGIS {postgis}, "
        f"tipg {version('tipg')}, uvicorn {version('uvicorn')}, {generator}"
        + (f"; {context.rooms:,} rooms" if context.rooms else "")
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines() if Path("/proc/cpuinfo").exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())


def _system() -> str:
    try:
        return platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        return platform.system()


def _cells(result: Result) -> tuple[str, ...]:
    peer = "" if result.peer is None else f"{_number(result.peer)} ({result.peer_name})"
    ratio = "" if result.ratio is None else f"{result.ratio:.2f} ×"
    met = {None: "", True: "met", False: "MISSED"}[result.met]
    return (result.name, f"{_number(result.ours)} {result.unit}", peer, ratio, result.target, met, result.note)


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.1f}"


_HEADINGS = ("What", "Ours", "Peer", "Better by", "Target", "", "Note")


def _print(results: list[Result], machine: str) -> None:
    table = Table(*_HEADINGS)
    for result in results:
        style = {None: "", True: "green", False: "red"}[result.met]
        table.add_row(*_cells(result), style=style)
    _console.print(table)
    _console.print(machine)


def _page(before: str, results: Mapping[str, list[Result]], machine: str) -> str:
    """Return the page with the sections of what was measured written anew, in the order of BENCHMARKS."""
    kept = {part.partition("\n")[0].strip(): part for part in before.split("\n## ")[1:]}
    made = {name: _section(name, found, machine) for name, found in results.items()}
    sections = [made.get(name) or kept.get(name, "") for name in BENCHMARKS]
    return _HEAD + "".join(f"\n## {section.strip()}\n" for section in sections if section)


_HEAD = """# Benchmarks

`make bench` writes this page. All figures of a section are of one run on one machine, which was doing nothing else.
What is compared, and how, stands at the head of the modules in `benchmarks/`; `benchmarks/run.py --only NAME` renews
one section.
"""


def _section(name: str, results: list[Result], machine: str) -> str:
    rows = "\n".join(f"| {' | '.join(_cells(result))} |" for result in results)
    return f"""{name}

Machine: {machine}.

| {" | ".join(_HEADINGS)} |
|{"---|" * len(_HEADINGS)}
{rows}"""


if __name__ == "__main__":
    sys.exit(main())

"""`fangdi audit search|check|export`: who did what, and whether the trail is whole (操作留痕)."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from sqlalchemy import Connection

from fangdi.commands.database import started_database
from fangdi.domain.audit import Action, TrailFilter
from fangdi.domain.common import PageRequest
from fangdi.errors import InvalidInputError
from fangdi.service import audit as service
from fangdi.settings import read_settings
from fangdi.store.access import OPERATOR
from fangdi.store.engine import create_engine
from fangdi.store.query import reading, writing

app = typer.Typer(no_args_is_help=True, help="Search, check and keep the audit trail (操作留痕).")
_console = Console(soft_wrap=True, highlight=False)
_hints = Console(stderr=True, soft_wrap=True, highlight=False)

_TIMES = ["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
Since = Annotated[datetime | None, typer.Option(formats=_TIMES, help="From this time on.")]
Until = Annotated[datetime | None, typer.Option(formats=_TIMES, help="Before this time.")]


@app.command()
def search(  # noqa: PLR0913, PLR0917 - one parameter an option
    kind: Annotated[str | None, typer.Option(help="Kind of object, as room, building, account, report.")] = None,
    number: Annotated[int | None, typer.Option("--id", help="Id of the object.")] = None,
    actor: Annotated[str | None, typer.Option(help="Login it was done under.")] = None,
    action: Annotated[Action | None, typer.Option(help="What was done.")] = None,
    since: Since = None,
    until: Until = None,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="Most entries to show.")] = 50,
) -> None:
    """List entries, the latest first; those about classified assets stay out (检索)."""
    wanted = TrailFilter(kind, number, None, actor, action, *_period(since, until))
    with _connection() as connection, reading(connection.engine, OPERATOR) as asking:
        found = service.search(asking, wanted, PageRequest(limit))
    if not found.items:
        _hints.print("没有符合条件的记录 No entry is like this.")
    for entry in found.items:
        when = entry["happened_at"].astimezone().isoformat(sep=" ", timespec="seconds")
        named = " ".join(str(entry[name]) for name in ("object_kind", "object_id", "object_name") if entry[name])
        changed = json.dumps({"before": entry["before"], "after": entry["after"]}, ensure_ascii=False)
        line = f"{entry['id']} {when} {entry['actor']} {entry['address'] or entry['via']} {entry['action']} {named}"
        _console.print(f"{line}\n    {changed}", markup=False)
    if found.after:
        _console.print("… more; narrow the search or raise --limit", style="dim")


@app.command()
def check(
    against: Annotated[Path | None, typer.Option(help="An earlier export, to see that nothing of it is gone.")] = None,
) -> None:
    """Compute the chain anew; exit code 2 when an entry was altered or removed (核验)."""
    with _connection() as connection:
        if against is None:
            found = service.check(connection)
        else:
            with _opened(against) as lines:
                found = service.check_against(connection, lines)
    if not found.intact:
        _console.print(
            f"留痕链在第 {found.first_broken} 条断开:该条或其前一条被改动或删除。\n"
            f"The trail is broken at entry {found.first_broken}: it, or the one before, was altered or removed.",
            style="red",
            markup=False,
        )
        raise typer.Exit(2)
    last = f"; 末条 head {found.head.id} {found.head.hash}" if found.head else ""
    _console.print(f"留痕链完整 The trail is whole: {found.entries} 条 entries{last}", markup=False)


@app.command()
def export(
    out: Annotated[Path, typer.Argument(help="FILE to write; keep it where nobody here can change it.")],
) -> None:
    """Write all entries with their hashes, classified ones included, to a file for keeping elsewhere (导出)."""
    count, head = 0, ""
    with _connection() as connection:
        try:
            with open(out, "x", encoding="utf-8", opener=_private) as file:
                for line in service.export_lines(connection):
                    file.write(line)
                    count, head = count + 1, line[:64]
        except OSError as error:
            raise InvalidInputError(f"Cannot write {out} ({error.strerror}); choose another file.") from error
        with writing(connection.engine, OPERATOR) as noting:
            service.note_export(noting, name="audit", details={"entries": count, "head": head})
    _console.print(f"已写出 Wrote {count} 条 entries; 末条 head {head or '—'}", markup=False)


def _period(since: datetime | None, until: datetime | None) -> tuple[datetime | None, datetime | None]:
    return service.in_zone(since, name="--since"), service.in_zone(until, name="--until")


def _private(path: str, flags: int) -> int:
    """Open a file that only its owner can read."""
    return os.open(path, flags, 0o600)


@contextmanager
def _opened(file: Path) -> Iterator[Iterator[str]]:
    try:
        with file.open(encoding="utf-8") as lines:
            yield lines
    except OSError as error:
        raise InvalidInputError(f"Cannot read {file} ({error.strerror}); choose another file.") from error


@contextmanager
def _connection() -> Iterator[Connection]:
    """Lend a connection with the owner's rights: the chain is checked over all entries."""
    engine = create_engine(started_database(read_settings()))
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()

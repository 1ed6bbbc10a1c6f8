"""`fangdi plan batch`: a folder or zip of floor plans over all cores, without a server."""

import hashlib
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine

from fangdi.commands.database import started_database
from fangdi.commands.plan_batch_file import Work, do
from fangdi.commands.plan_batch_results import Row, read_results, row, write_results
from fangdi.commands.pool import spread
from fangdi.domain.plan_batches import Assigned, ManifestLine, level_in
from fangdi.errors import InvalidInputError
from fangdi.service import plan_batches as service
from fangdi.service.scope import find_id
from fangdi.settings import Settings, read_settings
from fangdi.store import plan_batches as store
from fangdi.store.access import OPERATOR, Credential, scope_of
from fangdi.store.engine import create_engine
from fangdi.store.query import reading

Source = Annotated[Path, typer.Argument(exists=True, help="Folder or zip of plans; may hold a manifest.csv.")]
Building = Annotated[
    str | None, typer.Option(help="Building that all files draw: id, code or full name. Else their names say it.")
]
Processes = Annotated[int | None, typer.Option("--workers", min=1, max=256, help="Processes; else one for each core.")]
Out = Annotated[
    Path | None, typer.Option("--out", help="Write results to this .csv or .json; what is done there is skipped.")
]
Only = Annotated[bool, typer.Option("--inspect-only", help="Read and check, and keep nothing; needs no database.")]
Account = Annotated[str | None, typer.Option("--as", help="Login of the account that does it. Else the operator.")]

_GONE = "处理程序中止。 The process was ended over this file."
_STATES = {"done": ("完成 done", "green"), "known": ("已有 known", "cyan"), "failed": ("失败 failed", "red")}
_WRITE_EVERY_S = 2.0
_WIDTH = 160
"""Characters a line where there is no screen to ask."""
_MOST_SAID = 200
"""Letters of a message on the screen; the results have all."""


def batch(  # noqa: PLR0913 - one parameter an option
    source: Source,
    building: Building = None,
    processes: Processes = None,
    out: Out = None,
    account: Account = None,
    *,
    inspect_only: Only = False,
) -> None:
    """Read many plans at once, each into a draft of its building; one bad file never stops the rest (批量)."""
    from fangdi_gis_data.plans.batches import opened_batch  # noqa: PLC0415 - loads slowly

    settings = read_settings()
    before = read_results(out)
    with opened_batch(source, _limits(settings)) as files:
        if inspect_only:
            asked = _Batch(files, [_by_name(item.name, files.manifest) for item in files.items], before)
        else:
            asked = _assigned(files, settings, building=building, login=account, before=before)
        try:
            done = _run(asked, processes=processes or len(os.sched_getaffinity(0)), out=out)
        finally:
            if asked.database is not None:
                asked.database.dispose()
    _show(done)
    if files.ignored:
        _console().print(f"未读取 Not read: {', '.join(files.ignored)}", markup=False)
    if any(one["state"] == "failed" for one in done):
        raise typer.Exit(1)


@dataclass(slots=True)
class _Batch:
    """The files of a batch with what is to be done with each; what needs no work goes to `settled` at once."""

    files: Any
    decided: Sequence[Assigned]
    before: Mapping[tuple[str, str], Row]
    url: str | None = None
    login: str | None = None
    database: Engine | None = None
    settled: list[Row] = field(default_factory=list)

    def works(self) -> Iterator[Work]:
        """Yield what has to be read."""
        for item, one in zip(self.files.items, self.decided, strict=True):
            content = item.content()
            sha256 = hashlib.sha256(content).hexdigest()
            building = one.building.id if one.building else None
            work = Work(item.name, content, sha256, {"gap_m": 1.2, **one.reading}, building, self.url, self.login)
            earlier = self.before.get((item.name, sha256))
            if earlier is not None:
                self.settled.append(earlier)
            elif one.message is not None:
                self.settled.append(row(work, state="failed", message=one.message))
            elif (plan := self._known(building, sha256)) is not None:
                self.settled.append(row(work, state="known", plan_id=plan))
            else:
                yield work

    def _known(self, building: int | None, sha256: str) -> int | None:
        """Return the plan that was made of the same file earlier."""
        if self.database is None or building is None:
            return None
        with reading(self.database, _credential(self.login)) as connection:
            return store.known_plan(connection, building_id=building, sha256=sha256)


def _by_name(name: str, manifest: Mapping[str, ManifestLine]) -> Assigned:
    """Return how to read a file whose building does not matter."""
    line = manifest.get(name, ManifestLine())
    level = line.level if line.level is not None else level_in(name)
    chosen = {"level": level, "unit": line.unit}
    return Assigned(name, None, {key: value for key, value in chosen.items() if value is not None})


def _assigned(
    files: Any, settings: Settings, *, building: str | None, login: str | None, before: Mapping[tuple[str, str], Row]
) -> _Batch:
    url = started_database(settings)
    database = create_engine(url, pool_size=1)
    try:
        with reading(database, _credential(login)) as connection:
            if not scope_of(connection):
                said = f"There is no account {login}, or it is disabled; see `fangdi account list`."
                raise InvalidInputError(said)  # noqa: TRY301 - what is below is to be left in any case
            only = None if building is None else find_id(connection, "building_id", building)
            decided = service.assign(connection, files, building_id=only)
    except BaseException:
        database.dispose()
        raise
    return _Batch(files, decided, before, url, login, database)


def _run(asked: _Batch, *, processes: int, out: Path | None) -> list[Row]:
    """Do what has to be done, show how far it is, and keep what came of it; return it in the order of the files."""
    done: list[Row] = []
    order = {item.name: at for at, item in enumerate(asked.files.items)}
    written = time.monotonic()
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=_console(stderr=True)) as progress:
        bar = progress.add_task("读取 Reading", total=len(order))
        try:
            for work, outcome in spread(do, asked.works(), processes=min(processes, len(order))):
                done.append(row(work, state="failed", message=_GONE) if outcome is None else row(work, outcome))
                progress.update(bar, completed=len(done) + len(asked.settled))
                if time.monotonic() - written > _WRITE_EVERY_S:
                    write_results(out, [*asked.settled, *done])
                    written = time.monotonic()
        finally:
            rows = sorted([*asked.settled, *done], key=lambda one: order[one["file"]])
            write_results(out, rows)
        progress.update(bar, completed=len(rows))
    return rows


def _show(rows: Sequence[Row]) -> None:
    table = Table(
        "文件 File", "结果 Result", "楼层 Floors", "房间 Rooms", "m²", "错误/警告 Errors/warnings", "说明 Remark"
    )
    for one in rows:
        said, colour = _STATES[one["state"]]
        remark = f"平面图 plan {one['plan_id']}" if one["plan_id"] else str(one["message"])[:_MOST_SAID]
        figures = (str(one["floors"]), str(one["rooms"]), f"{one['rooms_m2']:.2f}")
        table.add_row(
            Text(one["file"]), Text(said, colour), *figures, f"{one['errors']}/{one['warnings']}", Text(remark)
        )
    console = _console()
    console.print(table)
    counts = ", ".join(f"{sum(one['state'] == state for one in rows)} {said}" for state, (said, _) in _STATES.items())
    console.print(f"{len(rows)} 个文件 files: {counts}", markup=False)


def _console(*, stderr: bool = False) -> Console:
    console = Console(stderr=stderr, highlight=False)
    return console if console.is_terminal else Console(stderr=stderr, highlight=False, width=_WIDTH)


def _credential(login: str | None) -> Credential:
    return Credential.account(login) if login else OPERATOR


def _limits(settings: Settings) -> Any:
    from fangdi_gis_data.plans.batches import BatchLimits  # noqa: PLC0415 - loads slowly

    return BatchLimits(files=100_000, file_bytes=settings.plan_mb * 1_000_000, bytes=1_000_000_000_000)

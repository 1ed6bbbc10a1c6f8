"""What `fangdi load` does: read, map, check, store, report."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich import progress
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn

from fangdi.commands.load_report import show_findings, show_mapping, show_outcome
from fangdi.service import loading
from fangdi.service.loading_choices import BadRows
from fangdi.service.loading_types import LayerRows, LoadOptions, Outcome, Progress, silent
from fangdi.store import engine
from fangdi_gis_data import fields, mapping, prepare, rejects, source
from fangdi_gis_data.plan_frame import Plans

_console = Console(soft_wrap=True, highlight=False)


@dataclass(frozen=True)
class Request:
    """What the user asked to load and how."""

    layer: str
    file: Path
    mapping_file: Path | None
    flags: Mapping[str, Any]
    bad: frozenset[BadRows]
    rejects: Path | None
    show_mapping: bool
    dry_run: bool
    shown: int


def load(request: Request, *, url: str) -> Outcome | None:
    """Load a file into the database at this address and report; None when only the mapping was to be shown."""
    layer = fields.LAYERS[request.layer]
    wish = mapping.read_wish(request.mapping_file, request.flags)
    with _progress() as report:
        report("read", 0, 0)
        read = source.read(request.file, layer=wish.layer, encoding=wish.encoding, header_row=wish.header_row)
        fitted = mapping.fit(wish, layer, read.columns, has_shapes=read.shapes is not None)
        if request.show_mapping:
            show_mapping(_console, fitted, read)
            return None
        report("check", 0, len(read.rows))
        prepared = prepare.prepare(read, fitted, given_crs=wish.crs, repair=BadRows.REPAIR in request.bad)
        prepare.refuse_empty(prepared.rows)
        plan_crs = None if wish.plan_crs is None else prepare.plan_crs(wish.plan_crs)
        options = LoadOptions(
            skip_bad=BadRows.SKIP in request.bad, plan_crs=plan_crs, dry_run=request.dry_run, progress=report
        )
        outcome = _store(prepared.rows, options, url)
    for note in prepared.notes:
        _console.print(f"Note: {note}", markup=False, style="dim")
    show_findings(_console, outcome, first=request.shown, row_word=read.row_word)
    if request.rejects is not None and outcome.rejected:
        rejects.write(request.rejects, read, outcome.findings, crs=prepared.rows.crs)
    show_outcome(_console, outcome, rejects=request.rejects, dry_run=request.dry_run)
    return outcome


def _store(rows: LayerRows, options: LoadOptions, url: str) -> Outcome:
    """Load in one transaction, which a trial run takes back."""
    database = engine.create_engine(url, pool_size=1)
    try:
        with database.connect() as connection, connection.begin() as transaction:
            outcome = loading.load(connection, rows, options=options, plans=Plans())
            if options.dry_run or not outcome.stored:
                transaction.rollback()
    finally:
        database.dispose()
    return outcome


@contextmanager
def _progress() -> Iterator[Progress]:
    """Show a bar while on a terminal; say nothing where nobody watches."""
    if not _console.is_terminal:
        yield silent
        return
    parts = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    words = {"read": "Reading 读取", "check": "Checking 检查", "store": "Storing 入库"}
    with progress.Progress(*parts, console=_console, transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            bar.update(task, description=words.get(step, step), completed=done, total=total or None)

        yield show

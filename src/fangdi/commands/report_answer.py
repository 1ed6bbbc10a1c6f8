"""What the reports of `fangdi report` share: their options, for whom they are, and how they are shown or written."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text
from sqlalchemy import Connection

from fangdi.commands.database import started_database
from fangdi.commands.report_form import Form, form_of
from fangdi.domain.common import Question
from fangdi.domain.labels import BASES
from fangdi.domain.vocabulary import AreaBasis, RoomCategory
from fangdi.errors import InvalidInputError
from fangdi.service import audit, export
from fangdi.service.documents import dated
from fangdi.service.report_tables import COVERS, UNIT_SIGNS, Cell, Column, Document, Table
from fangdi.service.scope import find_id, find_jurisdiction
from fangdi.settings import read_settings
from fangdi.store.access import OPERATOR, Credential, scope_of
from fangdi.store.engine import create_engine
from fangdi.store.query import reading, writing

asked_by: ContextVar[str | None] = ContextVar("account", default=None)
"""Login of the account that the report is for."""
_ON_SCREEN = 60
"""Rows of a table on the screen; a file has them all."""
_PAGE_WIDTH = 160
"""Characters a line where there is no screen to ask."""


AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date (基准日); today if not given.")]
Basis = Annotated[AreaBasis, typer.Option(help="Basis of areas (面积口径).")]
Jurisdiction = Annotated[str | None, typer.Option(help="A jurisdiction with all below it: code or name, as 海曙区.")]
Agency = Annotated[str | None, typer.Option(help="Only this agency: id, code or full name.")]
Building = Annotated[str | None, typer.Option(help="Only this building: id, code or full name.")]
Zone = Annotated[str | None, typer.Option(help="Only this zone: id, code or full name.")]
Category = Annotated[RoomCategory | None, typer.Option(help="Only this category of rooms (用房类别).")]
Radius = Annotated[
    float | None, typer.Option(min=0.001, max=100_000, help="Radius in m, instead of the zones' own and the default.")
]
Format = Annotated[Form | None, typer.Option("--format", help="Form; by the ending of FILE if not given, else table.")]
Out = Annotated[Path | None, typer.Option(help="FILE to write to.", dir_okay=False, writable=True)]


@contextmanager
def connected() -> Iterator[Connection]:
    """Lend a connection that sees what the account may see that the report is for."""
    account = asked_by.get()
    engine = create_engine(started_database(read_settings()))
    try:
        with reading(engine, _credential()) as connection:
            if not scope_of(connection):
                raise InvalidInputError(
                    f"没有账号 {account},或已停用。 "
                    f"There is no account {account}, or it is disabled; see `fangdi account list`."
                )
            yield connection
    finally:
        engine.dispose()


def _credential() -> Credential:
    account = asked_by.get()
    return Credential.account(account) if account else OPERATOR


def question_of(connection: Connection, as_of: datetime | None, basis: AreaBasis, jurisdiction: str | None) -> Question:
    """Return what every report depends on."""
    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the day where the program runs is meant
    return Question(day, basis, None if jurisdiction is None else find_jurisdiction(connection, jurisdiction))


def id_of(connection: Connection, parameter: str, named: str | None) -> int | None:
    """Return the id of what an option names."""
    return None if named is None else find_id(connection, parameter, named)


def answer(connection: Connection, document: Document, *, form: Form | None, out: Path | None) -> None:
    """Show a report, or write it to a file and note that in the audit trail."""
    chosen, document = form_of(form, out), dated(connection, document)
    if out is not None or chosen is not Form.TABLE:
        _note(connection, document, chosen, out)
    try:
        _write(document, chosen, out)
    except OSError as error:
        if out is None:
            raise
        raise InvalidInputError(f"Cannot write {out} ({error.strerror}); choose another file with --out.") from error


def _note(connection: Connection, document: Document, chosen: Form, out: Path | None) -> None:
    """Note in the audit trail what leaves as a file, before it does."""
    name = f"fangdi-{document.name}-{document.question.as_of}-{document.question.basis}" if out is None else out.name
    details = {"rows": sum(len(table.rows) for table in document.tables), "form": chosen}
    with _noting(connection) as own:
        audit.note_export(own, name=name, details=details, jurisdiction=document.question.jurisdiction)


@contextmanager
def _noting(connection: Connection) -> Iterator[Connection]:
    """Lend a transaction of its own: a report is read in one that cannot write."""
    with writing(connection.engine, _credential()) as own:
        yield own


def _write(document: Document, chosen: Form, out: Path | None) -> None:
    if chosen is Form.TABLE:
        _show(document, out)
        return
    content = export.write(document, chosen)
    if out is not None:
        out.write_bytes(content)
        Console(stderr=True, soft_wrap=True, highlight=False).print(f"Wrote {out}", markup=False)
    elif chosen is Form.XLSX and sys.stdout.isatty():
        raise InvalidInputError("A workbook is not for the screen; name a file with --out.")
    else:
        sys.stdout.buffer.write(content)


def _show(document: Document, out: Path | None) -> None:
    def draw(console: Console) -> None:
        for table in sorted(document.tables, key=lambda table: len(table.rows)):  # totals before long lists
            console.print(_grid(table, most=_ON_SCREEN if out is None else len(table.rows)))
            if out is None and len(table.rows) > _ON_SCREEN:
                console.print(f"… {len(table.rows) - _ON_SCREEN} more rows; --out FILE writes all", style="dim")
        for line in _remarks(document):
            console.print(line, markup=False)

    _draw(draw, out)


def _draw(draw: Callable[[Console], None], out: Path | None) -> None:
    if out is None:
        draw(Console(highlight=False) if sys.stdout.isatty() else Console(highlight=False, width=_PAGE_WIDTH))
        return
    with out.open("w", encoding="utf-8") as file:
        draw(Console(file=file, highlight=False, width=_PAGE_WIDTH))


def _grid(table: Table, *, most: int) -> Grid:
    grid = Grid(title=f"{table.title.zh} {table.title.en}", title_justify="left")
    shown = [number for number, column in enumerate(table.columns) if not column.internal]
    for column in (table.columns[number] for number in shown):
        unit = f" {sign}" if (sign := UNIT_SIGNS.get(column.kind)) else ""
        grid.add_column(
            f"{column.zh}{unit}\n{column.en}", justify="left" if column.kind == "text" else "right", overflow="fold"
        )
    for row in table.rows[:most]:
        grid.add_row(*(_shown(row[number], table.columns[number]) for number in shown))
    return grid


def _shown(value: Cell, column: Column) -> Text:
    """Return a cell as text, in which square brackets are no markup."""
    if value is None:
        return Text("—")
    if isinstance(value, float):
        return Text(f"{value:,.3f}" if column.kind == "metres" else f"{value:,.2f}")
    return Text(str(value))


def _remarks(document: Document) -> Iterator[str]:
    basis = BASES[document.question.basis]
    for name, value in document.facts:
        yield f"{name.zh} {name.en}: {value}"
    yield f"基准日 As of {document.question.as_of}; 面积口径 Basis: {basis.zh} {basis.en}, ㎡ m²"
    yield f"范围 Covers: {COVERS.zh} {COVERS.en}"
    yield document.definition.zh
    yield document.definition.en
    if document.sample_notice:
        yield f"注意 Notice: {document.sample_notice.zh} {document.sample_notice.en}"

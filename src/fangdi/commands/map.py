"""`fangdi map export`: write a map of a selection that opens without a network."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from fangdi.commands.database import started_database
from fangdi.domain.coverage import Reach
from fangdi.errors import InvalidInputError
from fangdi.service import audit
from fangdi.service.scope import find_jurisdiction
from fangdi.service.snapshot import Selection, SubjectKind, take_snapshot
from fangdi.settings import Settings, read_settings
from fangdi.store.access import OPERATOR
from fangdi.store.engine import create_engine
from fangdi.store.query import reading, writing

app = typer.Typer(no_args_is_help=True, help="Hand maps on.")
_console = Console(soft_wrap=True, highlight=False)

Building = Annotated[str | None, typer.Option(help="Code of a building, with all its floors.")]
Agency = Annotated[str | None, typer.Option(help="Code of an agency: the rooms it uses, and their buildings.")]
Jurisdiction = Annotated[str | None, typer.Option(help="A jurisdiction with all below it: code or name, as 海曙区.")]
Zone = Annotated[str | None, typer.Option(help="Code of a concentrated-office zone, with what its reach covers.")]
AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Date to show; today if not given.")]
Level = Annotated[float | None, typer.Option(help="Only the rooms of this floor, as 3, -1 or 1.5.")]
Out = Annotated[Path, typer.Option(help="HTML file to write.", dir_okay=False, writable=True)]


@app.callback()
def _group() -> None:
    """Keep `export` a command of its own while it is the only one."""


@app.command()
def export(  # noqa: PLR0913, PLR0917 - one parameter an option
    out: Out,
    building: Building = None,
    agency: Agency = None,
    jurisdiction: Jurisdiction = None,
    zone: Zone = None,
    as_of: AsOf = None,
    level: Level = None,
) -> None:
    """Write one building, agency, jurisdiction or zone as a map in one HTML file; classified objects stay out."""
    named = {"building": building, "agency": agency, "jurisdiction": jurisdiction, "zone": zone}
    chosen = [(kind, code) for kind, code in named.items() if code]
    if len(chosen) != 1:
        raise InvalidInputError("Name one thing to show: --building, --agency, --jurisdiction or --zone with its code.")
    kind, code = chosen[0]
    day = (as_of or datetime.now(UTC).astimezone()).date()
    settings = read_settings()
    selection = Selection(SubjectKind(kind), code, day, level)
    shapes = write_map(started_database(settings), selection, out, settings=settings)
    _console.print(f"Wrote {shapes} shapes to {out}.", markup=False)


def write_map(url: str, selection: Selection, out: Path, *, settings: Settings) -> int:
    """Write the map of a selection into a file; return how many shapes it holds."""
    from fangdi_map_ui.snapshot import snapshot_html  # noqa: PLC0415 - folium loads slowly

    engine = create_engine(url)
    try:
        with reading(engine, OPERATOR) as connection:
            if selection.kind is SubjectKind.JURISDICTION:
                selection = replace(selection, code=find_jurisdiction(connection, selection.code))
            drawn = take_snapshot(connection, selection, Reach(settings.coverage_radius_m))
        place = selection.code if selection.kind is SubjectKind.JURISDICTION else None
        details = {"kind": selection.kind, "code": selection.code, "shapes": drawn.features()}
        with writing(engine, OPERATOR) as own:
            audit.note_export(own, name=out.name, details=details, jurisdiction=place)
    finally:
        engine.dispose()
    page = snapshot_html(drawn)
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"Cannot write {out} ({error.strerror}); choose another file with --out.") from error
    return drawn.features()

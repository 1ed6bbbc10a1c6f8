"""`fangdi load`: layers from GeoPackage, GeoJSON, Shapefile, CSV and Excel files."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from fangdi.commands.load_report import show_findings, show_mapping, show_outcome
from fangdi.errors import InvalidInputError
from fangdi.service import loading
from fangdi.service.loading_types import BadRows, LayerRows, LoadOptions, Outcome, silent
from fangdi.settings import read_settings
from fangdi.store import cluster, engine
from fangdi_gis_data import fields, mapping, prepare, rejects, source
from fangdi_gis_data.plan_frame import Plans

app = typer.Typer(no_args_is_help=True, help="Load a layer from a file; all of it or, on bad rows, nothing. 加载图层")
_console = Console(soft_wrap=True, highlight=False)

File = Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON, Shapefile (also zipped), CSV or XLSX file.")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="Field mapping, a YAML file.")]
FieldFlags = Annotated[list[str] | None, typer.Option("--field", help="field=COLUMN, as code=GISID. Repeatable.")]
UnitFlags = Annotated[list[str] | None, typer.Option("--unit", help="field=unit, as declared_gross_m2=ft2. Repeatable.")]
ConstFlags = Annotated[list[str] | None, typer.Option("--const", help="field=value for every row. Repeatable.")]
WhereFlags = Annotated[list[str] | None, typer.Option("--where", help="COLUMN=value: load these rows only. Repeatable.")]
LayerFlag = Annotated[str | None, typer.Option("--layer", help="Layer or sheet of the file.")]
CrsFlag = Annotated[str | None, typer.Option("--crs", help="CRS of the coordinates if the file names none.")]
EncodingFlag = Annotated[str | None, typer.Option(help="Encoding of the text in a CSV or Shapefile.")]
HeaderFlag = Annotated[int | None, typer.Option(min=1, help="Row of a table that holds the column names.")]
BadFlag = Annotated[
    list[BadRows] | None,
    typer.Option("--bad", help="When rows are bad: skip them, repair invalid outlines; give both for both. Default: refuse."),
]
RejectsFlag = Annotated[Path | None, typer.Option("--rejects", help="Write bad rows to this .csv or .gpkg file.")]
MappingShown = Annotated[bool, typer.Option("--show-mapping", help="Show which column goes where, and stop.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Check and count, and change nothing.")]
Shown = Annotated[int, typer.Option(min=0, help="How many findings to show.")]
Building = Annotated[str | None, typer.Option("--building", help="Code of the building that all rows belong to.")]
PlanCrs = Annotated[str | None, typer.Option("--plan-crs", help="Metric frame of the building's plans, as EPSG:4550.")]
LevelFlags = Annotated[list[str] | None, typer.Option("--level-map", help="NAME=level, as GF=0. Repeatable.")]
Ranges = Annotated[
    Literal["lowest", "each"] | None, typer.Option("--level-ranges", help="Which floor a room on 0-3 is put on.")
]


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
    with _progress() as progress:
        progress("read", 0, 0)
        read = source.read(request.file, layer=wish.layer, encoding=wish.encoding, header_row=wish.header_row)
        fitted = mapping.fit(wish, layer, read.columns, has_shapes=read.shapes is not None)
        if request.show_mapping:
            show_mapping(_console, fitted, read)
            return None
        progress("check", 0, len(read.rows))
        prepared = prepare.prepare(read, fitted, given_crs=wish.crs, repair=BadRows.REPAIR in request.bad)
        prepare.refuse_empty(prepared.rows)
        plan_crs = None if wish.plan_crs is None else prepare.plan_crs(wish.plan_crs)
        options = LoadOptions(
            skip_bad=BadRows.SKIP in request.bad, plan_crs=plan_crs, dry_run=request.dry_run, progress=progress
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
def _progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar while on a terminal; say nothing where nobody watches."""
    if not _console.is_terminal:
        yield silent
        return
    parts = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    words = {"read": "Reading 读取", "check": "Checking 检查", "store": "Storing 入库"}
    with Progress(*parts, console=_console, transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda step, done, total: bar.update(
            task, description=words.get(step, step), completed=done, total=total or None
        )


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for item in given or []:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise InvalidInputError(f"{option} {item}: write it as name=value.")
        pairs[name] = value
    return pairs


def _command(layer: str, title: str) -> None:
    """Add the command of a layer; all take the same options."""

    def command(  # noqa: PLR0913 - one parameter an option
        file: File,
        mapping_file: MappingFile = None,
        field: FieldFlags = None,
        unit: UnitFlags = None,
        const: ConstFlags = None,
        where: WhereFlags = None,
        file_layer: LayerFlag = None,
        crs: CrsFlag = None,
        encoding: EncodingFlag = None,
        header_row: HeaderFlag = None,
        bad: BadFlag = None,
        rejects_file: RejectsFlag = None,
        *,
        show: MappingShown = False,
        dry_run: DryRun = False,
        show_findings: Shown = 20,
        building: Building = None,
        plan_crs: PlanCrs = None,
        level_map: LevelFlags = None,
        level_ranges: Ranges = None,
    ) -> None:
        constants = _pairs(const, "--const") | ({"building": building} if building else {})
        flags = {
            "fields": _pairs(field, "--field"),
            "units": _pairs(unit, "--unit"),
            "const": constants,
            "where": _pairs(where, "--where"),
            "level_map": _pairs(level_map, "--level-map"),
            "layer": file_layer,
            "crs": crs,
            "encoding": encoding,
            "header_row": header_row,
            "level_ranges": level_ranges,
            "plan_crs": plan_crs,
        }
        request = Request(layer, file, mapping_file, flags, frozenset(bad or ()), rejects_file, show, dry_run, show_findings)
        outcome = load(request, url=cluster.ensure_running(read_settings()))
        if outcome is not None and not outcome.stored:
            raise typer.Exit(1)

    app.command(layer, help=title)(command)


for _layer, _title in {
    "jurisdictions": "Administrative divisions and their boundaries. 行政区划",
    "zones": "Concentrated-office zones. 集中办公区",
    "sites": "Compounds. 院落",
    "parcels": "Land parcels. 宗地",
    "buildings": "Buildings, as outlines or points. 楼座",
    "floors": "Floors of buildings. 楼层",
    "rooms": "Rooms; floors are made as needed. 房间",
    "agencies": "Agencies. 单位",
    "posts": "Authorised posts and staff present. 编制与实有人数",
    "occupancies": "Who uses which room since when. 使用情况",
}.items():
    _command(_layer, _title)

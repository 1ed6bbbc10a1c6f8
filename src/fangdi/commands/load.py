"""`fangdi load`: layers from GeoPackage, GeoJSON, Shapefile, CSV and Excel files."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from fangdi.errors import InvalidInputError
from fangdi.service.loading_choices import BadRows
from fangdi.settings import read_settings
from fangdi.store import cluster
from fangdi_gis_data.fields import LAYERS, Layer

app = typer.Typer(no_args_is_help=True, help="Load a layer from a file; all of it or, on bad rows, nothing. 加载图层")

File = Annotated[Path, typer.Argument(help="GeoPackage, GeoJSON, Shapefile (also zipped), CSV or XLSX file.")]
MappingFile = Annotated[Path | None, typer.Option("--mapping", help="Field mapping, a YAML file.")]
FieldFlags = Annotated[list[str] | None, typer.Option("--field", help="field=COLUMN, as code=GISID. Repeatable.")]
UnitFlags = Annotated[
    list[str] | None, typer.Option("--unit", help="field=unit, as declared_gross_m2=ft2. Repeatable.")
]
ConstFlags = Annotated[list[str] | None, typer.Option("--const", help="field=value for every row. Repeatable.")]
WhereFlags = Annotated[
    list[str] | None, typer.Option("--where", help="COLUMN=value: load these rows only. Repeatable.")
]
LayerFlag = Annotated[str | None, typer.Option("--layer", help="Layer or sheet of the file.")]
CrsFlag = Annotated[str | None, typer.Option("--crs", help="CRS of the coordinates if the file names none.")]
EncodingFlag = Annotated[str | None, typer.Option(help="Encoding of the text in a CSV or Shapefile.")]
HeaderFlag = Annotated[int | None, typer.Option(min=1, help="Row of a table that holds the column names.")]
BadFlag = Annotated[
    list[BadRows] | None,
    typer.Option(
        "--bad", help="When rows are bad: skip them, repair invalid outlines; give both for both. Default: refuse."
    ),
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


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for item in given or []:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise InvalidInputError(f"{option} {item}: write it as name=value.")
        pairs[name] = value
    return pairs


def _command(layer: str, title: str) -> None:
    """Add the command of a layer, with the options that apply to it."""

    def command(  # noqa: PLR0913, PLR0917 - one parameter an option
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
        from fangdi.commands.load_run import Request, load  # noqa: PLC0415 - what reads files is slow to import

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
        request = Request(
            layer, file, mapping_file, flags, frozenset(bad or ()), rejects_file, show, dry_run, show_findings
        )
        outcome = load(request, url="" if show else cluster.ensure_running(read_settings()))  # a mapping needs none
        if outcome is not None and not outcome.stored:
            raise typer.Exit(1)

    app.command(layer, help=title)(_with_options_of(LAYERS[layer], command))


def _with_options_of(layer: Layer, command: Callable[..., None]) -> Callable[..., None]:
    """Return the command without the options that cannot apply to the layer; they keep their defaults."""
    has_units = any(field.kind in {"area", "length"} for field in layer.fields)
    has_floors = any(field.kind == "level" for field in layer.fields)
    applies = {
        "crs": layer.shape != "none",
        "unit": has_units,
        "building": layer.field("building") is not None,
        **dict.fromkeys(("plan_crs", "level_map", "level_ranges"), has_floors),
    }

    def fitting(**given: Any) -> None:
        command(**given)

    whole = inspect.signature(command)
    kept = [option for name, option in whole.parameters.items() if applies.get(name, True)]
    fitting.__signature__ = whole.replace(parameters=kept)  # type: ignore[attr-defined]
    return fitting


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

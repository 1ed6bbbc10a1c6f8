"""`fangdi plan inspect|import|audit`: floor plans and audits of their areas without the browser."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from sqlalchemy import Connection

from fangdi.commands import plan_tables as tables
from fangdi.commands.database import started_database
from fangdi.commands.plan_batch import batch
from fangdi.domain.plans.label_share import label_share
from fangdi.domain.plans.model import LayerRole
from fangdi.errors import InvalidInputError
from fangdi.service import area_audits, plan_checks, plan_import, plan_placing, plans
from fangdi.service.scope import find_id
from fangdi.settings import read_settings
from fangdi.store import area_audits as audit_store
from fangdi.store.access import OPERATOR, Credential
from fangdi.store.engine import create_engine
from fangdi.store.query import writing

app = typer.Typer(
    no_args_is_help=True, help="Look into floor plans, import their rooms, audit their areas (平面图与面积核查)."
)

app.command()(batch)

File = Annotated[Path, typer.Argument(help="DXF, IFC, GeoJSON, GeoPackage, zipped Shapefile, IMDF, PDF or picture.")]
Unit = Annotated[
    Literal["mm", "cm", "m", "in", "ft"] | None,
    typer.Option(help="Unit of the drawing, if the file is wrong."),
]
Roles = Annotated[
    list[str] | None,
    typer.Option("--map", help="LAYER=role[,role], as 房间=room,label. Repeatable; layers not named are not read."),
]
Gap = Annotated[float, typer.Option(min=0, max=10, help="Widest opening in a wall that still closes a room, m.")]
Fields = Annotated[list[str] | None, typer.Option("--field", help="number=FIELD of GIS layers. Repeatable.")]
Crs = Annotated[str | None, typer.Option(help="CRS of a GIS layer that names none, as EPSG:4549.")]
LevelOption = Annotated[float | None, typer.Option("--level", help="Level of a file that holds one floor.")]
Levels = Annotated[list[str] | None, typer.Option("--levels", help="FLOOR=level by key of the floor. Repeatable.")]
Building = Annotated[str, typer.Option(help="Building (楼座) that it draws: id, code or full name.")]
Account = Annotated[str | None, typer.Option("--as", help="Login of the account that does it. Else the operator.")]

_MOST = 40
"""Rooms and findings on the screen."""
_SAID_BY = {"header": "文件 header", "content": "内容推断 content", "person": "指定 given", "format": "格式 format"}


@app.command()
def inspect(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: File,
    unit: Unit = None,
    roles: Roles = None,
    gap: Gap = 1.2,
    fields: Fields = None,
    crs: Crs = None,
    level: LevelOption = None,
    levels: Levels = None,
    show: Annotated[int, typer.Option(min=0, help="How many rooms and findings to show.")] = _MOST,
) -> None:
    """Say what is in a file and what is wrong with it; no database is needed (查看)."""
    plan = plans.read(file, _chosen(unit, roles, gap, fields, crs, level, levels), _reader())
    console = tables.console()
    findings = [*plan.findings, *plan_checks.check(plan)]
    said = _SAID_BY.get(plan.units.said_by, plan.units.said_by)
    console.print(
        f"{file.name}: {plan.format}, 单位 unit {tables.unit(plan)} ({said}), "
        f"{len(plan.floors)} 层 floors, {len(plan.rooms)} 间 rooms",
        markup=False,
    )
    share = label_share(plan)
    if share.labels:
        console.print(
            f"标注 Labels: {share.labels}, 恰在一个房间内 in exactly one room {share.in_one_room}, "
            f"其中独占一间 alone in it {share.alone_in_it} ({share.alone_in_it / share.labels:.0%})",
            markup=False,
        )
    if plan.layers:
        console.print(tables.layers(plan, most=show))
    console.print(tables.floors(plan))
    console.print(tables.rooms(plan, most=show))
    console.print(tables.findings(findings, most=show))


@app.command("import")
def import_(  # noqa: PLR0913, PLR0917 - one parameter an option
    file: File,
    building: Building,
    unit: Unit = None,
    roles: Roles = None,
    gap: Gap = 1.2,
    fields: Fields = None,
    crs: Crs = None,
    level: LevelOption = None,
    levels: Levels = None,
    place: Annotated[
        str | None, typer.Option(help="`footprint`, or the CRS of the coordinates; else as the file says.")
    ] = None,
    account: Account = None,
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Import at once; else the changes are shown and it stays a draft.")
    ] = False,
) -> None:
    """Keep a plan as a draft, say what its import would change, and import it with --yes (入库)."""
    settings, console = read_settings(), tables.console()
    chosen = _chosen(unit, roles, gap, fields, crs, level, levels)
    plan = plans.read(file, chosen, _reader())
    on_map = _on_map()
    with _database(account) as connection:
        number = plans.keep(
            connection, find_id(connection, "building_id", building), plans.PlanFile(file, file.name), plan, chosen
        )
        plan_placing.place_by_file(connection, number, on_map)
        if place is not None:
            wanted = {"method": "footprint"} if place == "footprint" else {"method": "crs", "crs": place}
            limits = plan_placing.limits_of(settings.placement_residual_m)
            plan_placing.place(connection, number, {"points": (), **wanted}, on_map, limits=limits)
        found = plan_import.changes(connection, number, on_map, as_of=_today())
        console.print(tables.changes(found))
        if found["missing"]:
            console.print(f"草稿 Draft {number}: 尚缺 still lacks {', '.join(found['missing'])}.", markup=False)
        elif yes:
            plan_import.take_over(connection, number, state=found["state"], on_map=on_map, as_of=_today())
            console.print(f"平面图 Plan {number} 已入库 imported.", markup=False)
        else:
            console.print(f"草稿 Draft {number}: 复核后在网页中入库 review and import it in the browser.", markup=False)


@app.command()
def audit(
    number: Annotated[int, typer.Argument(help="Plan, as `import` and the browser number it.")],
    accuracy: Annotated[int | None, typer.Option("--class", min=1, max=3, help="Accuracy class (精度等级).")] = None,
    account: Account = None,
    *,
    accept: Annotated[bool, typer.Option("--accept", help="Accept it when nothing is beyond tolerance.")] = False,
    show: Annotated[int, typer.Option(min=0, help="How many lines to show.")] = _MOST,
) -> None:
    """Audit the areas of a plan: registered, planned, declared and stated against measured (面积核查)."""
    console = tables.console()
    with _database(account) as connection:
        chosen = accuracy or read_settings().accuracy_class
        made = area_audits.make(connection, number, _on_map(), accuracy=chosen, as_of=_today())
        if accept:
            audit_store.accept(connection, made)
        found = area_audits.detail(connection, made)
    rule = found["rule"]
    console.print(tables.audit_lines(found["lines"], most=show))
    verified = "" if rule["verified"] else " (未核实 unverified)"
    console.print(f"限差 Tolerance: {rule['source']}{verified}", markup=False)
    console.print(f"核查 Audit {found['number'] or made}: {found['status']}", markup=False)


@contextmanager
def _database(account: str | None) -> Iterator[Connection]:
    engine = create_engine(started_database(read_settings()))
    try:
        with writing(engine, Credential.account(account) if account else OPERATOR) as connection:
            yield connection
    finally:
        engine.dispose()


def _chosen(  # noqa: PLR0913, PLR0917 - one parameter an option
    unit: str | None,
    roles: list[str] | None,
    gap: float,
    fields: list[str] | None,
    crs: str | None,
    level: float | None,
    levels: list[str] | None,
) -> dict[str, Any]:
    return {
        "unit": unit,
        "layers": {layer: _roles(words) for layer, words in _pairs(roles, "--map").items()} if roles else None,
        "gap_m": gap,
        "fields": _pairs(fields, "--field"),
        "crs": crs,
        "level": level,
        "levels": {key: _number(value) for key, value in _pairs(levels, "--levels").items()},
    }


def _pairs(given: list[str] | None, option: str) -> dict[str, str]:
    pairs = {}
    for item in given or []:
        name, equals, value = item.rpartition("=")
        if not equals or not name:
            raise InvalidInputError(f"{option} {item}: write it as name=value.")
        pairs[name] = value
    return pairs


def _roles(words: str) -> list[str]:
    wanted = [word.strip() for word in words.split(",")]
    unknown = [word for word in wanted if word not in set(LayerRole)]
    if unknown:
        raise InvalidInputError(f"{unknown[0]} is no role of a layer; choose from {', '.join(LayerRole)}.")
    return wanted


def _number(value: str) -> float:
    try:
        return float(value)
    except ValueError as error:
        raise InvalidInputError(f"{value} is no level; give a number, as 3 or -1.") from error


def _reader() -> Any:
    from fangdi_gis_data.plans.guarded import read_guarded  # noqa: PLC0415 - the readers load slowly

    return read_guarded


def _on_map() -> Any:
    from fangdi_gis_data.plan_map import MapOfPlans  # noqa: PLC0415 - loads slowly

    return MapOfPlans()


def _today() -> date:
    return date.today()  # noqa: DTZ011 - the day of this machine is meant

"""`fangdi sample`: load the invented sample city."""

from dataclasses import fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from sqlalchemy import Connection

from fangdi.commands.database import started_database
from fangdi.errors import DatabaseNotEmptyError, DatabaseNotReadyError
from fangdi.service import findings
from fangdi.settings import Settings, read_settings
from fangdi.store import filling
from fangdi.store import findings as finding_store
from fangdi.store.engine import create_engine

if TYPE_CHECKING:
    from fangdi_gis_data.samples import SampleCity
    from fangdi_gis_data.samples.model import Row

NOTICE = {
    "zh": "示例数据:本城市的机关、房屋、人员均为虚构",
    "en": "Sample data: the agencies, buildings and people of this city are invented",
}
_COUNTED = {"site": "sites", "building": "buildings", "room": "rooms", "agency": "agencies", "parcel": "parcels"}
_REFUSALS = {
    "sample": "The database already holds the sample city; `fangdi sample --force` replaces it.",
    "other": (
        "The database holds data that are not the sample city, or were added to it, and they stay as they are; "
        "load the sample into an empty database."
    ),
}
_JUDGED = (date(2025, 7, 1), date(2026, 1, 1))
"""Days of the past on which the findings of the sample city were computed."""
_ACTED = date(2025, 9, 15)
_console = Console(soft_wrap=True, highlight=False)

Seed = Annotated[int | None, typer.Option(min=0, help="Seed of the city; the same seed gives the same city.")]
Force = Annotated[bool, typer.Option("--force", help="Replace a sample city that was loaded before.")]


def sample(seed: Seed = None, force: Force = False) -> None:  # noqa: FBT002 - typer's way to declare a flag
    """Load the invented sample city into an empty database."""
    settings = read_settings()
    load_sample_city(started_database(settings), settings, seed=seed, force=force)


def load_sample_city(url: str, settings: Settings, *, seed: int | None = None, force: bool = False) -> None:
    """Load the sample city of a seed in one transaction, and print what it holds.

    Raises DatabaseNotEmptyError where anything else is stored; with `force` an untouched sample city is replaced.
    """
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            _make_room(connection, force=force)
            loaded = _load(connection, seed=seed)
            _judge(connection, settings.coverage_radius_m)
    finally:
        engine.dispose()
    counts = ", ".join(f"{len(loaded.rows[table])} {what}" for table, what in _COUNTED.items())
    _console.print(f"Loaded the invented sample city (seed {loaded.seed}): {counts}.", markup=False)


def _judge(connection: Connection, radius_m: float) -> None:
    """Compute the findings of some days of the city's history and of today, with what people did about them between."""
    today = date.today()  # noqa: DTZ011 - the day where the program runs is meant
    for number, day in enumerate([*(day for day in _JUDGED if day < today), today]):
        findings.compute(connection, findings.Choices(day, radius_m))
        if number == 0:
            finding_store.act_in_sample(
                connection, day=_ACTED, overdue=date(2025, 12, 31), ahead=today + timedelta(days=180)
            )


def _make_room(connection: Connection, *, force: bool) -> None:
    """Refuse anything but an empty database, or with `force` an untouched sample, which is removed."""
    if connection.exec_driver_sql("SELECT to_regclass('fangdi.deployment')").scalar_one() is None:
        raise DatabaseNotReadyError("The database has no tables yet; run `fangdi db migrate` first.")
    filling.lock_for_filling(connection)
    held = filling.holding(connection)
    if held == "other" or (held == "sample" and not force):
        raise DatabaseNotEmptyError(_REFUSALS[held])
    if held == "sample":
        filling.empty(connection)


def _load(connection: Connection, *, seed: int | None) -> "SampleCity":
    from fangdi_gis_data.samples import DEFAULT_SEED, make_city  # noqa: PLC0415 - shapely and pyproj load slowly

    city = make_city(DEFAULT_SEED if seed is None else seed)
    filling.fill(connection, {table: [_columns(row) for row in rows] for table, rows in city.rows.items()})
    filling.mark_sample(connection, {**NOTICE, "seed": city.seed})
    return city


def _columns(row: "Row") -> dict[str, Any]:
    """Return a row's columns; the geometries are passed on as they are."""
    return {field.name: getattr(row, field.name) for field in fields(row)}

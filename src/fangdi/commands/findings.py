"""`fangdi findings compute|list`: findings of compliance, computed anew and listed."""

from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console

from fangdi.commands.database import started_database
from fangdi.domain.findings.life import ACTIONS, Action
from fangdi.domain.vocabulary import AreaBasis
from fangdi.service import findings as service
from fangdi.settings import read_settings
from fangdi.store.engine import create_engine

app = typer.Typer(no_args_is_help=True, help="Findings of compliance: compute them anew (合规问题).")

AsOf = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Day to judge (基准日); today if not given.")]
Basis = Annotated[AreaBasis, typer.Option(help="Basis of areas (面积口径).")]


@app.callback()
def _group() -> None:
    """Group the commands about findings of compliance (合规问题)."""


@app.command()
def compute(as_of: AsOf = None, basis: Basis = AreaBasis.MEASURED) -> None:
    """Judge everything anew and let every finding follow (重新计算)."""
    settings = read_settings()
    day = as_of.date() if as_of else date.today()  # noqa: DTZ011 - the day where the program runs is meant
    engine = create_engine(started_database(settings))
    try:
        with engine.begin() as connection:
            chosen = service.Choices(day, settings.coverage_radius_m, basis)
            outcome = service.compute(connection, chosen)
    finally:
        engine.dispose()
    console = Console(soft_wrap=True, highlight=False)
    console.print(f"截至 {day} 存在问题 {outcome.holding} 个。 {outcome.holding} finding(s) hold as of {day}.")
    for action in Action:
        if number := outcome.happened.get(action):
            console.print(f"  {ACTIONS[action].zh} {ACTIONS[action].en}: {number}", markup=False)

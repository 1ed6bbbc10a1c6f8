"""`fangdi report areas|idle|spaces|coverage|use|completeness|annual`: the answers on the screen or in a file."""

from typing import Annotated

import typer

from fangdi.commands import report_answer as shared
from fangdi.commands.report_answer import (
    Agency,
    AsOf,
    Basis,
    Building,
    Category,
    Format,
    Jurisdiction,
    Out,
    Radius,
    Zone,
)
from fangdi.commands.report_spaces import spaces
from fangdi.commands.report_use import annual, completeness, use
from fangdi.domain.coverage import Reach
from fangdi.domain.idle import IdleFilter
from fangdi.domain.usage import UsageFilter
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import InvalidInputError
from fangdi.service import documents
from fangdi.settings import read_settings

app = typer.Typer(no_args_is_help=True, help="Answer: usable area, idle rooms, coverage of the zones (统计报表).")
app.command()(spaces)
app.command()(use)
app.command()(completeness)
app.command()(annual)


@app.callback()
def _group(
    account: Annotated[
        str | None, typer.Option("--as", help="Login of an account: only what it may see. Else all that is not secret.")
    ] = None,
) -> None:
    """Take the account that the report is for."""
    shared.asked_by.set(account)


@app.command()
def areas(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    agency: Agency = None,
    building: Building = None,
    category: Category = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Say how much usable area each agency has, by building and category (使用面积)."""
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        wanted = UsageFilter(
            shared.id_of(connection, "agency_id", agency), shared.id_of(connection, "building_id", building), category
        )
        shared.answer(connection, documents.areas(connection, question, wanted), form=form, out=out)


@app.command()
def idle(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    building: Building = None,
    category: Category = None,
    min_area: Annotated[float | None, typer.Option(min=0, help="At least so many m².")] = None,
    max_area: Annotated[float | None, typer.Option(min=0, help="At most so many m².")] = None,
    min_days: Annotated[int | None, typer.Option(min=0, help="Idle for at least so many days.")] = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """List the rooms that are idle, since when, and of what area (闲置)."""
    if min_area is not None and max_area is not None and min_area > max_area:
        raise InvalidInputError(f"--min-area {min_area:g} is above --max-area {max_area:g}; correct one of them.")
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        wanted = IdleFilter(shared.id_of(connection, "building_id", building), category, min_area, max_area, min_days)
        shared.answer(connection, documents.idle(connection, question, wanted), form=form, out=out)


@app.command()
def coverage(  # noqa: PLR0913, PLR0917 - one parameter an option
    as_of: AsOf = None,
    basis: Basis = AreaBasis.MEASURED,
    jurisdiction: Jurisdiction = None,
    zone: Zone = None,
    radius: Radius = None,
    form: Format = None,
    out: Out = None,
) -> None:
    """Say what of agencies, posts and area the concentrated-office zones reach (集中办公区辐射)."""
    default_m = read_settings().coverage_radius_m
    with shared.connected() as connection:
        question = shared.question_of(connection, as_of, basis, jurisdiction)
        reach = Reach(default_m, radius, shared.id_of(connection, "zone_id", zone))
        shared.answer(connection, documents.coverage(connection, question, reach), form=form, out=out)

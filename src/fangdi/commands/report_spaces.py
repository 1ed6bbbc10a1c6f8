"""`fangdi report spaces`: where adjoining idle rooms are enough together (找房), on the screen or in a file."""

from typing import Annotated

import typer
from sqlalchemy import Connection

from fangdi.commands import report_answer as report
from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.common import Question
from fangdi.domain.spaces import BuildingWanted, Near, SpaceQuestion
from fangdi.domain.vocabulary import AreaBasis, SafetyGrade, TenureKind, TitleState
from fangdi.errors import InvalidInputError
from fangdi.service import space_documents
from fangdi.service.spaces import near_agency

Metres = Annotated[float | None, typer.Option(min=0.001, max=100_000, help="Within so many m of the place.")]
Room = Annotated[float | None, typer.Option(min=0, help="Size of each room, m².")]
Year = Annotated[int | None, typer.Option(min=1000, max=2200, help="Year of completion.")]
Level = Annotated[float | None, typer.Option(min=-20, max=200, help="Level; 1 is the ground floor.")]


def spaces(  # noqa: PLR0913, PLR0917 - one parameter an option
    rooms: Annotated[int, typer.Option(min=1, max=500, help="At least so many rooms.")] = 1,
    min_area: Annotated[float, typer.Option(min=0, help="At least so many m² together.")] = 0.0,
    max_area: Annotated[float | None, typer.Option(min=0, help="At most so many m² together.")] = None,
    min_room: Room = None,
    max_room: Room = None,
    whole_floor: Annotated[bool, typer.Option(help="Only floors of which no room is in use.")] = False,  # noqa: FBT002
    across: Annotated[bool, typer.Option(help="Rooms across a corridor count as adjoining.")] = False,  # noqa: FBT002
    near: Annotated[str | None, typer.Option(help="Near this agency: id, code or full name.")] = None,
    longitude: Annotated[float | None, typer.Option(min=-180, max=180, help="Near this point, EPSG:4490.")] = None,
    latitude: Annotated[float | None, typer.Option(min=-90, max=90, help="Near this point, EPSG:4490.")] = None,
    radius: Metres = None,
    lift: Annotated[bool | None, typer.Option("--lift/--no-lift", help="Only buildings with, or without, a lift.")] = (
        None
    ),
    built_from: Year = None,
    built_to: Year = None,
    safety: Annotated[list[SafetyGrade] | None, typer.Option(help="Safety grade; may be given several times.")] = None,
    tenure: Annotated[TenureKind | None, typer.Option(help="By what right it is held (取得方式).")] = None,
    title: Annotated[TitleState | None, typer.Option(help="State of its title (权属登记情况).")] = None,
    level_from: Level = None,
    level_to: Level = None,
    min_days: Annotated[int | None, typer.Option(min=0, help="Idle for at least so many days.")] = None,
    building: report.Building = None,
    category: report.Category = None,
    as_of: report.AsOf = None,
    basis: report.Basis = AreaBasis.MEASURED,
    jurisdiction: report.Jurisdiction = None,
    form: report.Format = None,
    out: report.Out = None,
) -> None:
    """Find adjoining idle rooms that are enough together: one offer a floor, the nearest first (找房)."""
    _in_order(("--min-area", min_area, max_area), ("--min-room", min_room, max_room))
    with report.connected() as connection:
        question = report.question_of(connection, as_of, basis, jurisdiction)
        agency = report.id_of(connection, "agency_id", near)
        asked = SpaceQuestion(
            question,
            SpaceWanted(rooms, min_area, max_area, across),
            BuildingWanted(
                has_lift=lift,
                built_from=built_from,
                built_to=built_to,
                safety=safety or None,
                tenure=tenure,
                title=title,
                level_from=level_from,
                level_to=level_to,
                building_id=report.id_of(connection, "building_id", building),
            ),
            _place(connection, question, agency, (longitude, latitude), radius),
            category,
            whole_floor,
            min_room,
            max_room,
            min_days,
        )
        report.answer(connection, space_documents.offers(connection, asked), form=form, out=out)


def _in_order(*ranges: tuple[str, float | None, float | None]) -> None:
    for option, least, most in ranges:
        if least is not None and most is not None and least > most:
            raise InvalidInputError(f"{option} {least:g} is above {option.replace('min', 'max')} {most:g}.")


def _place(
    connection: Connection,
    question: Question,
    agency: int | None,
    point: tuple[float | None, float | None],
    radius: float | None,
) -> Near | None:
    longitude, latitude = point
    if agency is not None:
        if longitude is not None or latitude is not None:
            raise InvalidInputError("Give --near or --longitude and --latitude, not both.")
        return near_agency(connection, agency, radius, as_of=question.as_of)
    if longitude is not None and latitude is not None:
        return Near(longitude, latitude, radius)
    if longitude is not None or latitude is not None or radius is not None:
        raise InvalidInputError("Give --longitude and --latitude together, or --near; --radius needs one of them.")
    return None

"""Norm figures for tests, as the standard gives them; the source plays no part here unless a test says so."""

from datetime import date
from itertools import count

from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm, Source
from fangdi.domain.vocabulary import AdministrativeLevel as Level

_ids = count(1)
SINCE_2014 = date(2014, 11, 24)


def norm(
    kind: NormKind,
    figure: float,
    *,
    place: str | None = None,
    level: Level | None = None,
    rank: str | None = None,
    steps: tuple[int, int | None, float] | None = None,
    sure: Verification = Verification.OFFICIAL,
    since: date | None = SINCE_2014,
    until: date | None = None,
) -> Norm:
    """Return a figure; `steps` are the number up to which it holds, the one from which the last holds, and the last."""
    upto, beyond_from, beyond = steps or (None, None, None)
    source = Source("标准", "Standard", "1号", "第一条", sure, "")
    return Norm(next(_ids), kind, place, level, rank, figure, source, upto, beyond_from, beyond, since, until)


def ceilings(level: Level, figures: dict[str, float]) -> list[Norm]:
    """Return ceilings of offices by rank, m² a person."""
    return [norm(NormKind.OFFICE_CEILING, figure, level=level, rank=rank) for rank, figure in figures.items()]


def national() -> list[Norm]:
    """Return the figures of 发改投资〔2014〕2674号 that the tests reckon with."""
    return [
        *ceilings(
            Level.CITY,
            {
                "city_chief": 42,
                "city_deputy": 30,
                "city_bureau_chief": 24,
                "city_bureau_deputy": 18,
                "city_staff": 9,
            },
        ),
        norm(NormKind.SERVICE_RATE, 9, level=Level.PROVINCE, steps=(200, 400, 7), sure=Verification.MEMORY),
        norm(NormKind.SERVICE_RATE, 8, level=Level.CITY, steps=(200, 400, 6)),
        norm(NormKind.SERVICE_RATE, 8, level=Level.COUNTY, steps=(100, 200, 6), sure=Verification.MEMORY),
        norm(NormKind.EQUIPMENT_RATIO, 0.09),
        norm(NormKind.EFFICIENCY_MULTI_STOREY, 0.65, sure=Verification.QUOTED),
        norm(NormKind.EFFICIENCY_HIGH_RISE, 0.60, sure=Verification.QUOTED),
        norm(NormKind.CANTEEN, 3.7, steps=(100, None, 2.6)),
        norm(NormKind.CAR_PARKING, 40, steps=(200, None, 38)),
        norm(NormKind.OFFICE_CEILING_BOUND, 24, level=Level.TOWNSHIP, sure=Verification.QUOTED),
    ]

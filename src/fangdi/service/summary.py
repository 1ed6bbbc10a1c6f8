"""One small row a building, for colouring the map."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.coverage import Band, Reach, main_agency, place
from fangdi.service.scope import require
from fangdi.store import coverage as store
from fangdi.store import idle


@dataclass(frozen=True, slots=True)
class BuildingSummary:
    """What the map knows of a building: its place, floors and colours.

    location: longitude and latitude, EPSG:4490. Areas in m² of one basis. title, tenure: None when unknown.
    """

    id: int
    name: str
    location: tuple[float, float]
    levels: Sequence[float]
    usable_m2: float
    idle_m2: float
    main_agency_id: int | None
    title: str | None
    tenure: str | None
    band: Band

    @property
    def idle_share(self) -> float:
        """Part of the usable area that is idle, 0 to 1."""
        return self.idle_m2 / self.usable_m2 if self.usable_m2 > 0 else 0.0


def summarise_buildings(connection: Connection, question: Question, reach: Reach) -> Iterator[BuildingSummary]:
    """Sum up every building that stands on the date."""
    require(connection, jurisdiction=question.jurisdiction)
    radii = {row["id"]: reach.of(row["radius_m"]) for row in store.zones(connection, as_of=question.as_of)}
    distances = store.distances_m(connection, question, within_m=max(radii.values(), default=1))
    used: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for agency, by_building in store.areas_m2(connection, question).items():
        for building, area in by_building.items():
            used[building][agency] = area
    idle_m2 = idle.area_by_building(connection, question)
    for row in store.summaries(connection, question):
        yield BuildingSummary(
            id=row["id"],
            name=row["name"],
            location=(row["longitude"], row["latitude"]),
            levels=row["levels"],
            usable_m2=row["usable_m2"],
            idle_m2=idle_m2.get(row["id"], 0.0),
            main_agency_id=main_agency(used[row["id"]]),
            title=row["title"],
            tenure=row["tenure"],
            band=place(distances.get(row["id"], {}), radii_m=radii).band,
        )

"""Zones, buildings and the distances between them."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.coverage import Building
from fangdi.domain.uses import counting
from fangdi.store.memo import remember
from fangdi.store.query import Record, first, rows
from fangdi.store.scope import limits, middle_room, room_uses, subtree

AreasByAgency = Mapping[int, Mapping[int, float]]
"""Usable area by agency and building, m²."""

# Zone edges are cut into steps of at most 50 m (a degree of latitude has up to 111.7 km): a chord of 50 m leaves a line
# straight in longitude and latitude by 50² / 8 × tan(latitude) / earth radius, 0.03 mm at 30° and 0.3 mm at 80°.
_MAX_STEP_DEGREES = 50 / 111_700
_WITHIN_M = 4096.0


def zones(
    connection: Connection, *, as_of: date, zone_id: int | None = None, jurisdiction: str | None = None
) -> Sequence[Record]:
    """Return the concentrated-office zones with their outlines as GeoJSON (EPSG:4490)."""
    return rows(
        connection, "coverage_zones", as_of=as_of, zone_id=zone_id, jurisdictions=subtree(connection, jurisdiction)
    )


def reach(connection: Connection, *, zone_id: int, radius_m: float) -> Record | None:
    """Return a zone's reach as GeoJSON (EPSG:4490), for drawing."""
    return first(connection, "coverage_reach", zone_id=zone_id, radius_m=radius_m)


def buildings(connection: Connection, question: Question) -> tuple[Building, ...]:
    """Return the buildings that stand on the date."""
    found = rows(
        connection, "coverage_buildings", as_of=question.as_of, jurisdictions=subtree(connection, question.jurisdiction)
    )
    return tuple(Building(row["id"], row["name"], (row["longitude"], row["latitude"])) for row in found)


def distances_m(
    connection: Connection, question: Question, *, within_m: float, zone_id: int | None = None
) -> Mapping[int, Mapping[int, float]]:
    """Return geodesic metres by building and zone, 0 inside: of all zones up to `within_m`, and of the nearest."""
    least_m = max(_WITHIN_M, 2.0 ** math.ceil(math.log2(within_m)))  # in steps: a radius that moves finds them measured
    return remember(
        connection,
        lambda: _measure(connection, question, zone_id, within_m=least_m),
        name="distances",
        layers=("buildings", "jurisdictions", "zones"),
        asked=(question.as_of, question.jurisdiction, zone_id, least_m),
    )


def areas_m2(connection: Connection, question: Question) -> AreasByAgency:
    """Return usable area by agency and building, m² of one basis."""
    return remember(
        connection,
        lambda: _add_up(connection, question),
        name="areas",
        layers=("buildings", "jurisdictions", "rooms"),
        asked=question,
    )


def _measure(
    connection: Connection, question: Question, zone_id: int | None, *, within_m: float
) -> Mapping[int, Mapping[int, float]]:
    asked = {
        "as_of": question.as_of,
        "jurisdictions": subtree(connection, question.jurisdiction),
        "zone_id": zone_id,
        "max_step_degrees": _MAX_STEP_DEGREES,
        "within_m": within_m,
    }
    distances: defaultdict[int, dict[int, float]] = defaultdict(dict)
    for row in rows(connection, "coverage_distances", **asked):
        zone = row["zone_id"]
        for building, distance in zip(row["building_ids"], row["distances_m"], strict=True):
            distances[building][zone] = distance
    return dict(distances)


def _add_up(connection: Connection, question: Question) -> AreasByAgency:
    uses, middle = counting(room_uses(connection)), middle_room(connection)
    asked = limits(connection, question)
    found = rows(connection, "coverage_areas", **asked, uses=uses, middle_room=middle)
    areas: dict[int, dict[int, float]] = {}
    for row in found:
        of_agency = areas.setdefault(row["agency_id"], {})
        for building, area in zip(row["building_ids"], row["areas_m2"], strict=True):
            of_agency[building] = of_agency.get(building, 0.0) + area
    return areas


def summaries(connection: Connection, question: Question) -> Sequence[Record]:
    """Return usable area (m² of one basis), title and tenure by building."""
    asked = {**limits(connection, question), "uses": counting(room_uses(connection))}
    return rows(connection, "summary_buildings", **asked)

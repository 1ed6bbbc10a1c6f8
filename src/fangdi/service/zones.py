"""The concentrated-office zones as shapes to draw."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.coverage import Reach
from fangdi.errors import NotFoundError
from fangdi.service.scope import require
from fangdi.store import coverage as store
from fangdi.store.query import Record


def zones(connection: Connection, *, as_of: date, jurisdiction: str | None = None) -> Sequence[Record]:
    """Return the zones of a date with their outlines as GeoJSON (EPSG:4490)."""
    require(connection, jurisdiction=jurisdiction)
    return store.zones(connection, as_of=as_of, jurisdiction=jurisdiction)


def reach_of(connection: Connection, reach: Reach, *, as_of: date) -> dict[str, Any]:
    """Return the reach of one zone as a GeoJSON Feature (EPSG:4490); raise NotFoundError without such a zone."""
    found = store.zones(connection, as_of=as_of, zone_id=reach.zone_id) if reach.zone_id is not None else ()
    if not found:
        raise NotFoundError(
            f"{as_of} 没有集中办公区 {reach.zone_id},请从列表中选择。 "
            f"There is no concentrated-office zone {reach.zone_id} on {as_of}; list the zones first."
        )
    zone = found[0]
    radius = reach.of(zone["radius_m"])
    drawn = store.reach(connection, zone_id=zone["id"], radius_m=radius)
    return {
        "type": "Feature",
        "id": zone["id"],
        "geometry": drawn["reach"] if drawn else None,
        "properties": {"zone_id": zone["id"], "name": zone["name"], "radius_m": radius},
    }

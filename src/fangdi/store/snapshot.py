"""What a map that leaves the system shows: parts of the stock with their shapes, never the classified ones."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from fangdi.store.query import Record, first, rows
from fangdi.store.scope import subtree

_MOST_ROOMS = 20_000
"""More than any map holds, so that a selection that is too large is found out without reading all of it."""


def subjects(connection: Connection, *, kind: str, code: str, owner: str | None, as_of: date) -> Sequence[Record]:
    """Return the buildings, agencies, jurisdictions or zones that have a code."""
    return rows(connection, "snapshot_subject", kind=kind, code=code, owner=owner, as_of=as_of)


def buildings(
    connection: Connection,
    *,
    as_of: date,
    ids: Sequence[int] | None = None,
    agency_id: int | None = None,
    jurisdiction: str | None = None,
) -> Sequence[Record]:
    """Return buildings with outline, title and tenure."""
    wanted = list(ids) if ids is not None else None
    below = subtree(connection, jurisdiction)
    return rows(connection, "snapshot_buildings", as_of=as_of, ids=wanted, agency_id=agency_id, jurisdictions=below)


def sites(connection: Connection, building_ids: Sequence[int], *, as_of: date) -> Sequence[Record]:
    """Return the sites that buildings stand in."""
    return rows(connection, "snapshot_sites", building_ids=list(building_ids), as_of=as_of)


def parcels(connection: Connection, building_ids: Sequence[int], *, as_of: date) -> Sequence[Record]:
    """Return the parcels under buildings and their sites."""
    return rows(connection, "snapshot_parcels", building_ids=list(building_ids), as_of=as_of)


def rooms(
    connection: Connection,
    building_ids: Sequence[int],
    *,
    as_of: date,
    agency_id: int | None = None,
    level: float | None = None,
) -> Sequence[Record]:
    """Return the rooms of buildings, the lowest floors first, and no more than a map could ever show."""
    return rows(
        connection,
        "snapshot_rooms",
        building_ids=list(building_ids),
        as_of=as_of,
        most=_MOST_ROOMS,
        agency_id=agency_id,
        level=level,
    )


def levels(
    connection: Connection, building_ids: Sequence[int], *, as_of: date, agency_id: int | None = None
) -> list[float]:
    """Return the levels on which buildings have rooms that a map can show, the lowest first."""
    wanted = list(building_ids)
    found = rows(connection, "snapshot_levels", building_ids=wanted, as_of=as_of, agency_id=agency_id)
    return [row["level"] for row in found]


def sample_notice(connection: Connection) -> Record | None:
    """Return what the database says of itself when it holds the invented sample city: `zh`, `en`."""
    found = first(connection, "snapshot_notice")
    return found["value"] if found else None

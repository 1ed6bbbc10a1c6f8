"""Search over agencies, buildings, sites, parcels and rooms."""

from datetime import date

from sqlalchemy import Connection

from fangdi.domain.search import Hit, SearchTerm
from fangdi.store.query import Record, rows


def places(connection: Connection, term: SearchTerm, *, as_of: date, limit: int) -> list[Hit]:
    """Return agencies, buildings, sites and parcels that answer the term, at most `limit` of each."""
    found = rows(connection, "search_places", term=term.text, prefix=term.prefix, as_of=as_of, page_size=limit)
    return [_hit(row) for row in found]


def rooms(connection: Connection, term: SearchTerm, *, as_of: date, limit: int) -> list[Hit]:
    """Return rooms by number, or by building and number."""
    by_number = rows(connection, "search_rooms", number=term.text, prefix=term.prefix, as_of=as_of, page_size=limit)
    by_building = rows(
        connection,
        "search_rooms_in_buildings",
        term=term.text,
        building_term=term.building,
        number=term.number,
        as_of=as_of,
        page_size=limit,
    )
    return [_hit(row) for row in (*by_building, *by_number)]


def _hit(row: Record) -> Hit:
    level = row.get("level")
    return Hit(
        kind=row["kind"],
        id=row["id"],
        label=row["label"],
        detail=row["detail"],
        location=row["location"],
        bbox=row["bbox"],
        building_id=row.get("building_id"),
        level=None if level is None else float(level),
        rank=row["rank"],
        ended=row["ended"],
    )

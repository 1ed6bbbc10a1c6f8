"""Search as the box on the map asks it."""

from datetime import date

from sqlalchemy import Connection

from fangdi.domain.search import Hit, best_first, read_term
from fangdi.store import search as store


def search(connection: Connection, query: str, *, as_of: date, limit: int) -> list[Hit]:
    """Find agencies, buildings, sites, parcels and rooms, the best answers first and what has ended last."""
    term = read_term(query)
    if not term.text:
        return []
    hits = [
        *store.places(connection, term, as_of=as_of, limit=limit),
        *store.rooms(connection, term, as_of=as_of, limit=limit),
    ]
    return best_first(hits, limit=limit)

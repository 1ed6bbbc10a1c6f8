"""What a client needs to know before it asks anything."""

from typing import Any

from sqlalchemy import Connection

from fangdi.store import meta as store
from fangdi.store.query import Record
from fangdi.store.tiles import LAYERS


def overview(connection: Connection) -> dict[str, Any]:
    """Return extent, floor levels, layers with their versions, the sample notice and the jurisdictions."""
    found = store.overview(connection)
    layers = {
        layer.name: {
            "version": found["versions"].get(layer.name, 0),
            "minzoom": layer.minzoom,
            "maxzoom": layer.maxzoom,
        }
        for layer in LAYERS.values()
    }
    return {**found, "layers": layers}


def vocabulary(connection: Connection) -> Record:
    """Return room uses and staff ranks with their labels."""
    return store.vocabulary(connection)


def ping(connection: Connection) -> None:
    """Raise an error unless the database is there and migrated."""
    store.ping(connection)

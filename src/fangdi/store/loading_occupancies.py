"""Occupancies and their persons, as a load reads and writes them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.sql import text

from fangdi.store.engine import sql
from fangdi.store.loading import driver, execute


def of_rooms(connection: Connection, rooms: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return (id, room, agency, unit, since, ends, share, document number) of all uses of the rooms."""
    return [tuple(row) for row in connection.execute(text(sql("load_occupancies_of")), {"rooms": list(rooms)})]


def persons_of_rooms(connection: Connection, rooms: Sequence[int]) -> list[tuple[Any, ...]]:
    """Return (occupancy, key, name, rank) of all persons in the rooms."""
    return [tuple(row) for row in connection.execute(text(sql("load_occupants_of")), {"rooms": list(rooms)})]


def update(connection: Connection, use: dict[str, Any]) -> None:
    """Change the end, share or document of a use."""
    execute(connection, "load_occupancy_update", [use])


def insert(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Add uses: (jurisdiction, room, agency, unit, share, since, ends, document number, batch), in one statement."""
    if not rows:
        return
    statement = (
        "COPY fangdi.occupancy (jurisdiction_code, room_id, agency_id, unit, share, valid, document_no, batch_id) "
        "FROM STDIN"
    )
    with driver(connection).cursor() as cursor, cursor.copy(statement) as copy:
        for place, room, agency, unit, share, since, ends, document, batch in rows:
            valid = f"[{since or ''},{ends or ''})"
            copy.write_row((place, room, agency, unit, share, valid, document, batch))


def insert_persons(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Add persons to uses."""
    execute(connection, "load_occupant_insert", rows)


def update_persons(connection: Connection, rows: list[dict[str, Any]]) -> None:
    """Change name or rank of persons."""
    execute(connection, "load_occupant_update", rows)

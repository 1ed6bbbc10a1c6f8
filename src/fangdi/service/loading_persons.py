"""The persons who sit in a room (使用人), as rows of occupancies name them."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from fangdi.service import loading_references as references
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_uses import Persons, Use, Uses
from fangdi.store import loading as store
from fangdi.store import loading_occupancies as occupancies


def change_in(connection: Connection, uses: Uses) -> int:
    """Return in how many uses, themselves unchanged, persons have to be written."""
    if not uses.persons:
        return 0
    missing, different = changes(connection, uses)
    return len({person["occupancy"] for person in [*missing, *different]} & {use.id for use in uses.unchanged})


def read(connection: Connection, rows: LayerRows, uses: list[Use]) -> Persons:
    """Return the persons that the rows of these uses name."""
    frame = rows.frame
    if "person_key" not in frame and "person_name" not in frame:
        return {}
    ranks = pd.Series([None] * len(rows), dtype="object")
    if "person_rank" in frame:
        ranks = references.words_of_list(
            rows, "person_rank", store.frame(connection, "load_ranks"), zh="职级无法识别", what="rank"
        )
    nothing = pd.Series([None] * len(rows), dtype="object")
    names = frame.get("person_name", nothing)
    keys = frame.get("person_key", names)
    found: Persons = {}
    for use in uses:
        for record in use.records:
            key = keys.iloc[record]
            if not pd.isna(key):
                name = None if pd.isna(names.iloc[record]) else str(names.iloc[record])
                found.setdefault(use.key, {})[str(key)] = (name, ranks.iloc[record])
    return found


def changes(connection: Connection, uses: Uses) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the persons that are not stored yet, and those of whom something else is stored."""
    rooms = sorted({use.room for use in [*uses.new, *uses.changed, *uses.unchanged]})
    ids = {
        (room, agency, unit, since): number
        for number, room, agency, unit, since, *_ in occupancies.of_rooms(connection, rooms)
    }
    stored = {(o, key): (name, rank) for o, key, name, rank in occupancies.persons_of_rooms(connection, rooms)}
    missing, different = [], []
    for use_key, persons in uses.persons.items():
        number = ids.get(use_key)
        for key, (name, rank) in persons.items():
            row = {"occupancy": number, "key": key, "name": name, "rank": rank}
            old = stored.get((number, key))
            if old is None:
                missing.append(row)
            elif old != (name, rank):
                different.append(row)
    return missing, different

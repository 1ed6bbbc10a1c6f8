"""Who uses how much of which building, as cells; and the rooms behind a cell."""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.use.cells import Cell
from fangdi.domain.use.split import SharedUse
from fangdi.domain.uses import counting
from fangdi.store.memo import remember
from fangdi.store.query import Record, rows
from fangdi.store.scope import limits, middle_room, room_uses, subtree

Uses = tuple[tuple[Cell, ...], tuple[SharedUse, ...]]
"""What is used whole, and the parts of shared rooms with their recorded shares."""


def uses(connection: Connection, question: Question) -> Uses:
    """Return all use on the date; kept while the data stay the same, since every look into the rooms asks for it."""

    def find() -> Uses:
        known = room_uses(connection)
        category = {use.code: use.category for use in known}
        asked = {**limits(connection, question), "uses": counting(known)}
        whole = rows(connection, "use_whole", **asked, middle_room=middle_room(connection))
        shared = rows(connection, "use_shared", **asked)
        return (
            tuple(
                Cell(
                    row["agency_id"],
                    row["building_id"],
                    category[row["use_code"]],
                    row["rooms"],
                    row["area_m2"],
                    row["rooms_without_area"],
                )
                for row in whole
            ),
            tuple(
                SharedUse(
                    room_id=row["room_id"],
                    agency_id=row["agency_id"],
                    building_id=row["building_id"],
                    category=category[row["use_code"]],
                    area_m2=row["area_m2"],
                    share=row["share"],
                    all_seen=row["all_seen"],
                )
                for row in shared
            ),
        )

    return remember(connection, find, name="use", layers=("buildings", "jurisdictions", "rooms"), asked=question)


def tenures(connection: Connection, *, as_of: date) -> Mapping[int, str]:
    """Return by what right each building is used; those without a record are not there."""
    return {row["building_id"]: row["kind"] for row in rows(connection, "use_tenures", as_of=as_of)}


def places(connection: Connection, question: Question) -> list[Record]:
    """Return agencies and jurisdictions, each with the one it belongs to."""
    within = subtree(connection, question.jurisdiction)
    return list(rows(connection, "use_places", as_of=question.as_of, jurisdictions=within))


def building_names(connection: Connection, buildings: Iterable[int]) -> Mapping[int, str]:
    """Return what buildings are called."""
    return {row["id"]: row["name"] for row in rows(connection, "building_names", buildings=sorted(set(buildings)))}


def rooms(
    connection: Connection, question: Question, *, agency_id: int | None = None, building_id: int | None = None
) -> list[Record]:
    """Return the rooms in use of an agency or in a building, a row for each user, by building, floor and number."""
    asked = limits(connection, question)
    return list(rows(connection, "use_rooms", **asked, agency_id=agency_id, building_id=building_id))


def floors(connection: Connection, question: Question, building_id: int) -> list[Record]:
    """Return the floors of a building with the area of all their rooms, the lowest first."""
    asked = {"as_of": question.as_of, "basis": question.basis, "building_id": building_id}
    return list(rows(connection, "building_floors", **asked))

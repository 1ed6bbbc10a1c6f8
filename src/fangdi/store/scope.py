"""What a question is limited to, as values that are known before the statement is planned.

As sub-selects, lists of codes would cost a comparison with every code for each of 660,000 rooms; a list is hashed once.
"""

from typing import Any

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.uses import RoomUse
from fangdi.store.query import rows


def limits(connection: Connection, question: Question) -> dict[str, Any]:
    """Return the date, basis and jurisdictions of a question as parameters."""
    return {
        "as_of": question.as_of,
        "basis": question.basis,
        "jurisdictions": subtree(connection, question.jurisdiction),
    }


def subtree(connection: Connection, code: str | None) -> list[str] | None:
    """Return a jurisdiction and everything below it; None, which is everywhere, when none is named."""
    if code is None:
        return None
    return [row["code"] for row in rows(connection, "jurisdiction_subtree", top=code)]


def room_uses(connection: Connection) -> list[RoomUse]:
    """Return the uses of rooms."""
    return [RoomUse(row["code"], row["category"], row["assignable"]) for row in rows(connection, "room_uses")]


def middle_room(connection: Connection) -> int:
    """Return the room id that parts the rooms into two halves, for statements that work on both at once."""
    middle: int = rows(connection, "room_middle")[0]["middle_room"]
    return middle

"""What under-use follows from: office area and staff present of agencies, seats and persons of rooms, on some days."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Question
from fangdi.domain.vocabulary import RoomCategory, SpellKind
from fangdi.store import usage
from fangdi.store.query import Record, rows
from fangdi.store.scope import room_uses


def office_m2(connection: Connection, question: Question, day: date) -> Mapping[int, float]:
    """Return the usable area of offices by agency on a day, shared rooms by their share, m² of one basis."""
    offices = {use.code for use in room_uses(connection) if use.category == RoomCategory.OFFICE}
    areas: defaultdict[int, float] = defaultdict(float)
    for one in usage.as_of(connection, as_of=day, basis=question.basis):
        if one.kind in {SpellKind.USED, SpellKind.PART} and one.use_code in offices and one.agency_id is not None:
            areas[one.agency_id] += one.area_m2
    return areas


def present(
    connection: Connection, question: Question, days: Sequence[date], places: Sequence[str] | None
) -> Sequence[Record]:
    """Return the staff present in each agency of some jurisdictions on each day."""
    listed = None if places is None else list(places)
    return rows(connection, "underused_present", as_of=question.as_of, days=list(days), jurisdictions=listed)


def rooms(  # noqa: PLR0913 - one parameter a condition
    connection: Connection,
    question: Question,
    days: Sequence[date],
    *,
    places: Sequence[str] | None,
    uses: Sequence[str],
    share: float,
) -> Sequence[Record]:
    """Return the rooms of which too few seats were taken at one of the last two days, with the persons of all days."""
    return rows(
        connection,
        "underused_rooms",
        as_of=question.as_of,
        basis=question.basis,
        jurisdictions=None if places is None else list(places),
        uses=list(uses),
        days=list(days),
        last_days=list(days[-2:]),
        share=share,
    )

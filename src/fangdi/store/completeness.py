"""What is recorded of buildings and what is missing, and the rooms behind."""

from collections.abc import Mapping

from sqlalchemy import Connection

from fangdi.domain.common import BuildingRef, Question
from fangdi.domain.completeness import BuildingData, Check
from fangdi.domain.vocabulary import TenureKind, TitleState
from fangdi.store.query import Record, rows
from fangdi.store.scope import limits

_REGISTERED = {TitleState.ADMINISTRATION, TitleState.USER}


def buildings(connection: Connection, question: Question, *, building_id: int | None = None) -> list[BuildingData]:
    """Return what is recorded of every building that exists on the date, or of one."""
    found = rows(connection, "completeness", **limits(connection, question), building_id=building_id)
    return [
        BuildingData(
            BuildingRef(row["id"], row["name"]),
            (row["location"][0], row["location"][1]),
            row["jurisdiction_code"],
            _counts(row),
        )
        for row in found
    ]


def rooms(connection: Connection, question: Question, building_id: int) -> list[tuple[Record, list[Check]]]:
    """Return the rooms of a building that lack something, by floor and number, with what they lack."""
    asked = {"as_of": question.as_of, "basis": question.basis, "building_id": building_id}
    found = rows(connection, "completeness_rooms", **asked)
    of_rooms = (Check.CATEGORY, Check.USER, Check.PLAN, Check.AREA)
    return [(row, [check for check in of_rooms if row[f"without_{check}"]]) for row in found]


def _counts(row: Record) -> Mapping[Check, tuple[int, int]]:
    """Return of how many things each check is about, how many lack it: (missing, of)."""
    registered = row["title"] in _REGISTERED
    own = row["tenure"] not in {TenureKind.LEASED, TenureKind.BORROWED}
    return {
        Check.ROOMS: (int(row["rooms"] == 0), 1),
        Check.CATEGORY: (row["without_category"], row["rooms"]),
        Check.USER: (row["without_user"], row["assignable"]),
        Check.PLAN: (row["without_plan"], row["rooms"]),
        Check.AREA: (row["without_area"], row["counting"]),
        Check.TITLE: (int(own and row["title"] in {None, TitleState.UNREGISTERED}), int(own)),
        Check.CERTIFICATE: (int(registered and not row["certificate_no"]), int(registered)),
        Check.TENURE: (int(row["tenure"] is None), 1),
        Check.GROSS: (int(not row["has_gross"]), 1),
        Check.YEAR: (int(not row["has_year"]), 1),
        Check.SAFETY: (int(not row["has_safety"]), 1),
    }

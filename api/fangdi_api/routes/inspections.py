"""What inspections find out (用房督查): approved functions, annexes and outside use of rooms; posts of leaders."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.service import inspections as service
from fangdi.store import inspections as store
from fangdi_api.deps import Database, RowId, WriteDatabase, may
from fangdi_api.noting import Reads
from fangdi_api.schemas import inspections as shapes
from fangdi_api.schemas.common import ERRORS

router = APIRouter(tags=["findings"], responses=ERRORS)


class RoomRecord(StrEnum):
    """Kind of a record about a room."""

    FUNCTION = "function"
    ANNEX = "annex"
    OUTSIDE = "outside"


def _supervising(connection: WriteDatabase) -> Connection:
    may(connection, Capability.SUPERVISE)
    return connection


Supervising = Annotated[Connection, Depends(_supervising, scope="function")]
Kind = Annotated[RoomRecord, Path(description="function, annex or outside.")]
Number = Annotated[int, Path(ge=1, lt=1 << 63, description="Id of the record.", examples=[1])]


@router.get("/rooms/{room_id}/inspections")
def inspections(connection: Database, room_id: RowId, reads: Reads) -> shapes.InspectionsAnswer:
    """Return what is on record about a room: approved functions, annexes and use by outsiders, over time."""
    found = store.of_room(connection, room_id)
    reads(connection, [("room", room_id)])
    return shapes.InspectionsAnswer.model_validate(found)


@router.post("/rooms/{room_id}/functions", status_code=201)
def enter_room_function(
    connection: Supervising, room_id: RowId, wanted: shapes.FunctionToEnter
) -> shapes.InspectionsAnswer:
    """Enter the use that was approved for a room (批准用途)."""
    return _entered(connection, room_id, "function", wanted.model_dump())


@router.post("/rooms/{room_id}/annexes", status_code=201)
def enter_room_annex(connection: Supervising, room_id: RowId, wanted: shapes.AnnexToEnter) -> shapes.InspectionsAnswer:
    """Say to which office a room belongs, as rest room or washroom (附属房间)."""
    return _entered(connection, room_id, "annex", wanted.model_dump())


@router.post("/rooms/{room_id}/outside-uses", status_code=201)
def enter_outside_use(
    connection: Supervising, room_id: RowId, wanted: shapes.OutsideUseToEnter
) -> shapes.InspectionsAnswer:
    """Enter that somebody outside has a room (出租出借)."""
    return _entered(connection, room_id, "outside", wanted.model_dump())


@router.post("/rooms/{room_id}/inspections/{kind}/{record_id}/end")
def end_inspection(
    connection: Supervising, room_id: RowId, kind: Kind, record_id: Number, wanted: shapes.RecordEnd
) -> shapes.InspectionsAnswer:
    """End a record about a room; what was entered stays."""
    found = service.end_on_room(connection, room_id, kind, record_id, ends=wanted.ends)
    return shapes.InspectionsAnswer.model_validate(found)


@router.delete("/rooms/{room_id}/inspections/{kind}/{record_id}")
def withdraw_inspection(
    connection: Supervising, room_id: RowId, kind: Kind, record_id: Number
) -> shapes.InspectionsAnswer:
    """Take back a record about a room that was entered today by mistake; the trail keeps it."""
    return shapes.InspectionsAnswer.model_validate(service.withdraw_on_room(connection, room_id, kind, record_id))


@router.get("/agencies/{agency_id}/leader-posts")
def leader_posts(connection: Database, agency_id: RowId) -> list[shapes.LeaderPostAnswer]:
    """List the posts of an agency's leaders (任职), those held first."""
    return [shapes.LeaderPostAnswer.model_validate(row) for row in service.posts(connection, agency_id)]


@router.post("/agencies/{agency_id}/leader-posts", status_code=201)
def enter_leader_post(
    connection: Supervising, agency_id: RowId, wanted: shapes.LeaderPostToEnter
) -> list[shapes.LeaderPostAnswer]:
    """Enter a post of a leader; the office is to be vacated some months after it ended."""
    found = service.enter_post(connection, agency_id, **wanted.model_dump())
    return [shapes.LeaderPostAnswer.model_validate(row) for row in found]


@router.post("/agencies/{agency_id}/leader-posts/{record_id}/end")
def end_leader_post(
    connection: Supervising, agency_id: RowId, record_id: Number, wanted: shapes.RecordEnd
) -> list[shapes.LeaderPostAnswer]:
    """End a post, and say how it ended."""
    found = service.end_post(connection, agency_id, record_id, **wanted.model_dump())
    return [shapes.LeaderPostAnswer.model_validate(row) for row in found]


@router.delete("/agencies/{agency_id}/leader-posts/{record_id}")
def withdraw_leader_post(connection: Supervising, agency_id: RowId, record_id: Number) -> list[shapes.LeaderPostAnswer]:
    """Take back a post that was entered today by mistake; the trail keeps it."""
    found = service.withdraw_post(connection, agency_id, record_id)
    return [shapes.LeaderPostAnswer.model_validate(row) for row in found]


def _entered(connection: Connection, room_id: int, kind: str, values: dict[str, Any]) -> shapes.InspectionsAnswer:
    return shapes.InspectionsAnswer.model_validate(service.enter_on_room(connection, room_id, kind, **values))

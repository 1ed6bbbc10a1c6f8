"""In which state a room is: occupied, idle, closed, or a common part (keys of `room_state` in the legend)."""

from enum import StrEnum

from fangdi.domain.vocabulary import RoomStatus


class RoomState(StrEnum):
    """State of a room on a date, as map and lists show it."""

    OCCUPIED = "occupied"  # 在用
    IDLE = "idle"  # 闲置
    REPAIR = "repair"  # 维修中
    RESERVED = "reserved"  # 预留
    HANDED_OVER = "handed_over"  # 已移交
    COMMON = "common"  # 公用部位


def room_state(*, occupied: bool, status: RoomStatus | None, assignable: bool) -> RoomState:
    """Say the state: use before status before the kind of room."""
    if occupied:
        return RoomState.OCCUPIED
    if status is not None:
        return RoomState(status.value)
    return RoomState.IDLE if assignable else RoomState.COMMON

"""Uses of rooms (房间用途): which count as usable area, and which can be idle."""

from collections.abc import Iterable
from dataclasses import dataclass

from fangdi.domain.vocabulary import RoomCategory


@dataclass(frozen=True, slots=True)
class RoomUse:
    """A use of rooms, its category (用房类别), and whether such rooms are assigned to agencies."""

    code: str
    category: str
    assignable: bool


def counting(uses: Iterable[RoomUse], *, category: str | None = None) -> list[str]:
    """Return the uses whose rooms count as usable area: all but circulation, or those of one category."""
    return [
        use.code
        for use in uses
        if use.category != RoomCategory.CIRCULATION and (category is None or use.category == category)
    ]


def possibly_idle(uses: Iterable[RoomUse], *, category: str | None = None) -> list[str]:
    """Return the uses whose rooms are idle when nobody has them; common parts never are."""
    return [use.code for use in uses if use.assignable and (category is None or use.category == category)]

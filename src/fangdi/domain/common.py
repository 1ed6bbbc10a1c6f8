"""What all answers share: who and what they name, and totals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Generic, TypeVar

from fangdi.domain.vocabulary import AreaBasis

Item = TypeVar("Item")
Key = tuple[int | str, ...]
"""Sort key of an item: a page begins after it."""

LARGEST_M2: Mapping[str, int] = MappingProxyType({"usable": 1_000_000, "gross": 100_000_000, "land": 10_000_000_000})
"""Areas that no room, building or parcel reaches, m²: what is above is of a mistaken unit and would spoil every sum."""


@dataclass(frozen=True, slots=True)
class Question:
    """What every answer depends on: the date, the basis of areas, and the jurisdiction with all below it."""

    as_of: date
    basis: AreaBasis = AreaBasis.MEASURED
    jurisdiction: str | None = None


@dataclass(frozen=True, slots=True)
class PageRequest:
    """How many items to return, and after which one."""

    limit: int
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class BuildingRef:
    """A building, as answers name it."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class AgencyRef:
    """An agency, as answers name it."""

    id: int
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Total:
    """Rooms and usable area in m² of one basis; rooms of unknown area are counted, their area is never guessed."""

    rooms: int
    area_m2: float
    rooms_without_area: int

    def __add__(self, other: "Total") -> "Total":
        """Add up totals of different rooms."""
        return Total(
            self.rooms + other.rooms,
            self.area_m2 + other.area_m2,
            self.rooms_without_area + other.rooms_without_area,
        )


NOTHING = Total(0, 0.0, 0)


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some of many items; `after` is the key of the last one when there are more."""

    items: Sequence[Item]
    after: Key | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """What a figure means, in Chinese and English."""

    zh: str
    en: str

"""Uses of rooms (使用情况) as a file or the database has them."""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

BEGINNING, END = dt.date.min, dt.date.max
"""Stand for a first day or an end that is open."""

Persons = dict[tuple[Any, ...], dict[str, tuple[str | None, str | None]]]
"""Name and rank by the person's key, by the key of the use."""


@dataclass(frozen=True)
class Use:
    """One use of a room; `records` are the file's rows that say so, none for what is stored only."""

    room: int
    agency: int
    unit: str | None
    since: dt.date | None
    ends: dt.date | None
    share: Decimal | None
    document_no: str | None
    records: tuple[int, ...] = ()
    id: int | None = None

    @property
    def key(self) -> tuple[Any, ...]:
        """What makes it the same use when the file comes again."""
        return self.room, self.agency, self.unit, self.since

    def overlaps(self, other: "Use") -> bool:
        """Whether there is a day that both cover."""
        first, second = self.since or BEGINNING, other.since or BEGINNING
        return first < (other.ends or END) and second < (self.ends or END)


@dataclass
class Uses:
    """What a file of occupancies comes to: uses to add, to change, and the persons in them."""

    new: list[Use] = field(default_factory=list)
    changed: list[Use] = field(default_factory=list)
    unchanged: list[Use] = field(default_factory=list)
    persons: Persons = field(default_factory=dict)

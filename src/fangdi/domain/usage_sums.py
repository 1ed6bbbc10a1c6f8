"""How much usable area is in what state of use on a date, added up by jurisdiction, agency and use of rooms."""

from dataclasses import dataclass

from fangdi.domain.vocabulary import SpellKind


@dataclass(frozen=True, slots=True)
class UsageSum:
    """Rooms of one use in one state, of one jurisdiction, and of one agency where somebody uses them.

    A shared room is counted once as a room, under `rest`; each `part` of it counts in the rooms of its user. So rooms
    as such are those of all states but `part`. Areas of all states, `part` and `rest` included, add up to the whole.
    """

    jurisdiction_code: str
    agency_id: int | None
    use_code: str
    kind: SpellKind
    rooms: int
    with_area: int
    """Rooms whose area is known on the basis asked for."""
    area_m2: float
    """Usable area in m², of one basis; exact to the mm²."""

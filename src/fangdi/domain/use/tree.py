"""Sums of use up a tree: of agencies that belong to agencies (隶属), or of jurisdictions and their agencies (区划)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fangdi.domain.use.cells import Cell

Key = tuple[str, int | str]
"""What a node stands for: ("agency", 5) or ("jurisdiction", "330200")."""
UNKNOWN_TENURE = "unknown"
"""Tenure (取得方式) of buildings of which none is recorded."""


class Tree(StrEnum):
    """Along what sums are made."""

    AGENCIES = "agencies"
    JURISDICTIONS = "jurisdictions"


@dataclass(frozen=True, slots=True)
class Place:
    """A node before anything is added up; `above` names the one it belongs to, if that is there."""

    key: Key
    above: Key | None
    name: str
    level: str


@dataclass(slots=True)
class Figures:
    """Usable area in hundredths of m² by category and by tenure, and rooms; a shared room counts once in a sum."""

    by_category: dict[str, int] = field(default_factory=dict)
    by_tenure: dict[str, int] = field(default_factory=dict)
    whole: int = 0
    whole_without_area: int = 0
    shared: set[int] = field(default_factory=set)
    shared_without_area: set[int] = field(default_factory=set)

    @property
    def hundredths(self) -> int:
        """All of it."""
        return sum(self.by_category.values())

    @property
    def rooms(self) -> int:
        """Rooms, shared ones once."""
        return self.whole + len(self.shared)

    @property
    def rooms_without_area(self) -> int:
        """Rooms whose area the basis does not have."""
        return self.whole_without_area + len(self.shared_without_area)

    def count(self, cell: Cell, tenure: str) -> None:
        """Add a cell."""
        self.by_category[cell.category] = self.by_category.get(cell.category, 0) + cell.hundredths
        self.by_tenure[tenure] = self.by_tenure.get(tenure, 0) + cell.hundredths
        self.whole += cell.rooms
        self.whole_without_area += cell.rooms_without_area
        self.shared |= cell.shared
        self.shared_without_area |= cell.shared_without_area

    def add(self, other: "Figures") -> None:
        """Add other figures."""
        for own, more in ((self.by_category, other.by_category), (self.by_tenure, other.by_tenure)):
            for name, hundredths in more.items():
                own[name] = own.get(name, 0) + hundredths
        self.whole += other.whole
        self.whole_without_area += other.whole_without_area
        self.shared |= other.shared
        self.shared_without_area |= other.shared_without_area


@dataclass(frozen=True, slots=True)
class Node:
    """A place with what is its own and what it is together with all below."""

    place: Place
    depth: int
    own: Figures
    total: Figures


def add_up(places: Sequence[Place], cells: Iterable[Cell], *, tenures: Mapping[int, str]) -> list[Node]:
    """Return the tree from the top, each node before those below it; every total is its own and those below.

    Whoever belongs to nobody here, or in a circle, stands at the top. Cells of agencies that are no place are left out.
    """
    own: defaultdict[Key, Figures] = defaultdict(Figures)
    for cell in cells:
        own["agency", cell.agency_id].count(cell, tenures.get(cell.building_id, UNKNOWN_TENURE))
    nodes = [Node(place, depth, own.get(place.key, Figures()), Figures()) for place, depth in _from_the_top(places)]
    path: list[Node] = []
    for node in reversed(nodes):  # from below: all that came after and lies deeper, up to the next as deep, is below
        node.total.add(node.own)
        while path and path[-1].depth > node.depth:
            child = path.pop()
            if child.depth == node.depth + 1:
                node.total.add(child.total)
        path.append(node)
    return nodes


def _from_the_top(places: Sequence[Place]) -> Iterator[tuple[Place, int]]:
    """Give every place once, with its depth, each before those below it."""
    known = {place.key for place in places}
    below: defaultdict[Key | None, list[Place]] = defaultdict(list)
    for place in places:
        below[place.above if place.above in known else None].append(place)
    seen: set[Key] = set()
    for top in [*below[None], *places]:  # whoever is left then belongs to a circle
        waiting = [(top, 0)]
        while waiting:
            place, depth = waiting.pop()
            if place.key not in seen:
                seen.add(place.key)
                yield place, depth
                waiting += [(child, depth + 1) for child in reversed(below[place.key])]


def grand_total(nodes: Iterable[Node]) -> Figures:
    """Return what all nodes at the top add up to."""
    total = Figures()
    for node in nodes:
        if node.depth == 0:
            total.add(node.total)
    return total

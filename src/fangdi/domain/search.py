"""What a search term means, and which answers come first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

HitKind = Literal["agency", "building", "site", "parcel", "room"]
_ORDER: tuple[HitKind, ...] = ("agency", "building", "site", "room", "parcel")


@dataclass(frozen=True, slots=True)
class SearchTerm:
    """A search term in lower case, and as a building with a room number when it can be read so.

    `building` and `number` are empty when there is no blank in the term. `prefix` is a LIKE pattern for what begins
    with the term, its wildcards escaped.
    """

    text: str
    prefix: str
    building: str
    number: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `rank`: 0 is called so, 1 begins so, 2 contains the term; places in EPSG:4490, degrees.

    ended: the first day on which it no longer existed; None when it exists on the date asked about.
    """

    kind: HitKind
    id: int
    label: str
    detail: str
    location: tuple[float, float] | None
    bbox: tuple[float, float, float, float] | None
    building_id: int | None
    level: float | None
    rank: int
    ended: date | None


def read_term(query: str) -> SearchTerm:
    """Read what a person typed: case and blanks around or doubled do not matter, nor does the ideographic blank."""
    words = query.lower().split()
    text = " ".join(words)
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    building, number = (" ".join(words[:-1]), words[-1]) if len(words) > 1 else ("", "")
    return SearchTerm(text=text, prefix=f"{escaped}%", building=building, number=number)


def best_first(hits: Iterable[Hit], *, limit: int) -> list[Hit]:
    """Order by how well each answers, then by kind, then by length; each thing once, at its best rank.

    What has ended comes after everything that exists.
    """

    def place(hit: Hit) -> tuple[bool, int, int, int, str, int]:
        return hit.ended is not None, hit.rank, _ORDER.index(hit.kind), len(hit.label), hit.label, hit.id

    ordered = sorted(hits, key=place)
    unique = {(hit.kind, hit.id): hit for hit in reversed(ordered)}
    return [hit for hit in ordered if unique[(hit.kind, hit.id)] is hit][:limit]

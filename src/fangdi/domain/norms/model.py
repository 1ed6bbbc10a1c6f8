"""A norm figure: what it says, whom it binds, since when, and what it rests on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fangdi.domain.norms.kinds import FACTS, NormKind, Shape, Verification
from fangdi.domain.vocabulary import AdministrativeLevel


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure is laid down (依据): document and clause, and how sure its wording is.

    `evidence` says where the wording was found, or why it counts as unverified.
    """

    title: str
    title_en: str
    number: str | None
    article: str
    verification: Verification
    evidence: str


@dataclass(frozen=True, slots=True)
class Norm:
    """One row: `figure` in the unit of its kind; its shape says what `upto`, `beyond_from`, `figure_beyond` mean.

    `jurisdiction` None binds everywhere. The period's end is exclusive; None is open.
    """

    id: int
    kind: NormKind
    jurisdiction: str | None
    level: AdministrativeLevel | None
    rank: str | None
    figure: float
    source: Source
    upto: int | None = None
    beyond_from: int | None = None
    figure_beyond: float | None = None
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the figure is in force on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    @property
    def shape(self) -> Shape:
        """How it depends on the number of posts, persons or places."""
        return FACTS[self.kind].shape

    def rate(self, number: int) -> float:
        """Return the figure for a number of authorised posts; one that depends on no number is itself.

        2674号: 市级 x ≤ 200 → 8, x ≥ 400 → 6, (1000 − x) / 100 between, which is the straight line between the two.
        """
        if self.shape is not Shape.LINEAR or self.figure_beyond is None or number <= (self.upto or 0):
            return self.figure
        if self.beyond_from is None or number >= self.beyond_from:
            return self.figure_beyond
        low, high = self.upto or 0, self.beyond_from
        return (self.figure * (high - number) + self.figure_beyond * (number - low)) / (high - low)

    def total(self, number: int) -> float:
        """Return the figure times a number; of an EXCESS figure those beyond `upto` count with `figure_beyond`."""
        if self.shape is not Shape.EXCESS or self.upto is None or self.figure_beyond is None:
            return self.rate(number) * number
        return self.figure * min(number, self.upto) + self.figure_beyond * max(0, number - self.upto)


def least_sure(norms: Sequence[Norm]) -> Verification:
    """Return the weakest verification: what follows from several figures is as sure as the least sure of them."""
    order = list(Verification)
    return max((norm.source.verification for norm in norms), key=order.index, default=Verification.OFFICIAL)

"""What a drawing holds once its blocks are taken apart: lines and texts, with layer and handle."""

from collections import Counter
from dataclasses import dataclass, field

from fangdi.domain.plans.findings import Finding
from fangdi_gis_data.plans.arcs import Affine, Curve, Pair


@dataclass(frozen=True, slots=True)
class Drawn:
    """A curve of the drawing. `handle` is the way to it: handles of INSERTs and at last its own."""

    curve: Curve
    layer: str
    handle: str
    kind: str
    block: str | None = None
    """Name of the outermost block that it came in."""


@dataclass(frozen=True, slots=True)
class Written:
    """A text, its lines from top to bottom; `at` is about its middle, `height` that of a letter."""

    lines: tuple[str, ...]
    at: Pair
    height: float
    width: float
    layer: str
    handle: str
    anchor: Pair
    """Where the draughtsman put it: its first letter, mostly."""
    insert: str | None = None
    """The INSERT whose attribute or part it is: such texts belong together."""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(self.lines)


@dataclass
class Contents:
    """Everything that can be seen of a drawing."""

    drawn: list[Drawn] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    unsupported: Counter[str] = field(default_factory=Counter)
    hidden: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Entities by layer and why they are not seen."""
    broken: int = 0
    """Entities whose numbers make no sense."""
    dimensions: list[tuple[float, str]] = field(default_factory=list)
    """Lengths that the drawing measures itself, in its units, with what it writes there."""

    def scaled(self, factor: float) -> "Contents":
        """Return the same contents with every length times `factor`."""
        by = Affine.scale(factor)
        drawn = [Drawn(d.curve.moved(by), d.layer, d.handle, d.kind, d.block) for d in self.drawn]
        written = [
            Written(
                w.lines,
                by.point(w.at),
                w.height * factor,
                w.width * factor,
                w.layer,
                w.handle,
                by.point(w.anchor),
                w.insert,
            )
            for w in self.written
        ]
        return Contents(drawn, written, self.findings, self.unsupported, self.hidden, self.broken, self.dimensions)

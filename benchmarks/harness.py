"""What the benchmarks share: the database they run on, and the form of a result.

Every benchmark is a module beside this one with `run(context: Context) -> list[Result]`; run.py calls them all and
prints one table. The data set comes from `dataset.build(url)`, which fills a migrated, empty database.
"""

from dataclasses import dataclass
from pathlib import Path

import fangdi_migrations
from fangdi.store.cluster import Cluster
from fangdi.store.throwaway import create_database, drop_database


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where a benchmark runs; only `url` holds the data set, and nobody may change that database."""

    cluster: Cluster
    url: str
    rooms: int
    folder: Path
    quick: bool = False
    """Shorter and less exact: to see whether the benchmarks still work, not how fast we are."""

    def new_database(self, name: str, *, migrated: bool = True) -> str:
        """Return the address (owner role) of a new database with PostGIS; an older one of that name is dropped."""
        drop_database(self.cluster, name)
        url = create_database(self.cluster, name, template="blank")
        if migrated:
            fangdi_migrations.upgrade(url)
        return url


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table. `ratio` says how many times better we are than the peer: above 1 is good."""

    name: str
    ours: float
    unit: str
    peer: float | None = None
    peer_name: str = ""
    ratio: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""


def faster(
    name: str, ours: float, *, peer: float, peer_name: str, unit: str, at_least: float | None = None, note: str = ""
) -> Result:
    """Compare throughputs (more is better); the target is a multiple of the peer's."""
    ratio = ours / peer
    return Result(
        name=name,
        ours=ours,
        unit=unit,
        peer=peer,
        peer_name=peer_name,
        ratio=ratio,
        target="" if at_least is None else f"≥ {at_least:g} × {peer_name}",
        met=None if at_least is None else ratio >= at_least,
        note=note,
    )


def sooner(
    name: str, ours: float, *, peer: float, peer_name: str, unit: str, at_least: float | None = None, note: str = ""
) -> Result:
    """Compare durations (less is better); the target is how many times sooner than the peer we must be done."""
    ratio = peer / ours
    return Result(
        name=name,
        ours=ours,
        unit=unit,
        peer=peer,
        peer_name=peer_name,
        ratio=ratio,
        target="" if at_least is None else f"≤ {peer_name}" if at_least == 1 else f"{at_least:g} × sooner",
        met=None if at_least is None else ratio >= at_least,
        note=note,
    )


def within(name: str, ours: float, *, unit: str, at_most: float, note: str = "") -> Result:
    """Hold a duration or size against a fixed limit."""
    return Result(name=name, ours=ours, unit=unit, target=f"≤ {at_most:g} {unit}", met=ours <= at_most, note=note)


def figure(name: str, ours: float, *, unit: str, note: str = "") -> Result:
    """Report a figure that nobody set a target for."""
    return Result(name=name, ours=ours, unit=unit, note=note)

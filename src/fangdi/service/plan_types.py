"""What the service is given by the packages that know files and maps."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from fangdi.domain.plans.model import Plan, Reading
from fangdi.domain.plans.report import AuditReport

Points = Sequence[tuple[float, float]]


class PlanReader(Protocol):
    """Reads a plan from a file; raises InvalidInputError for what cannot be read at all."""

    def __call__(self, file: Path, reading: Reading) -> Plan:
        """Return what is in the file."""


class BackdropMaker(Protocol):
    """Makes a picture of a scanned plan."""

    def __call__(self, file: Path) -> bytes:
        """Return the first page as PNG."""


class AuditWriter(Protocol):
    """Writes an area audit as a file."""

    def __call__(self, report: AuditReport, form: str, *, font: Path | None) -> bytes:
        """Return the audit as xlsx, pdf or gpkg; `font` is what a PDF embeds."""


class PlanMap(Protocol):
    """Brings coordinates between the map (EPSG:4490, longitude first) and metric frames."""

    def frame(self, plan_crs: str | None, *, longitude: float, latitude: float) -> str:
        """Return the metric frame of a building's plans: the one it has, or one of its own."""

    def own_frame(self, crs: str) -> str | None:
        """Return the metric frame that a CRS itself is; None for degrees and for Web Mercator."""

    def to_frame(self, lonlat: Points, *, crs: str) -> list[tuple[float, float]]:
        """Return points on the map in metres of a frame."""

    def to_map(self, points: Points, *, crs: str) -> list[tuple[float, float]]:
        """Return points of a CRS on the map."""

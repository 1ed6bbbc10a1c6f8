"""An area audit (面积核查) as it leaves the system: what stands on its sheets, drawings and layers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from shapely.geometry import LineString, MultiPolygon, Polygon

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.auditing import Compared

FIGURES: Mapping[str, Labels] = MappingProxyType(
    {
        "registered": Labels("登记面积", "Registered"),
        "planning": Labels("规划面积", "Planning"),
        "declared": Labels("申报面积", "Declared"),
        "stated": Labels("图注面积", "Stated on the plan"),
        "measured": Labels("实测面积", "Measured"),
    }
)
"""Figures of a line, by what they rest on; the last is what the others are compared with."""

SUBJECTS: Mapping[str, Labels] = MappingProxyType(
    {
        "room": Labels("房间", "Room"),
        "floor": Labels("楼层", "Floor"),
        "building": Labels("楼座", "Building"),
        "agency": Labels("单位", "Agency"),
    }
)
MEASURES: Mapping[str, Labels] = MappingProxyType(
    {"usable": Labels("使用面积", "Usable area"), "gross": Labels("建筑面积", "Gross floor area")}
)
DECISIONS: Mapping[str, Labels] = MappingProxyType(
    {
        "open": Labels("未处理", "Open"),
        "accepted": Labels("采纳", "Accepted"),
        "rejected": Labels("不采纳", "Rejected"),
    }
)
PARTLY = Labels(
    "合计为所有有该项面积的房间之和;只比较两项面积俱全的房间。合计下方为俱全间数/总间数、这些房间的该项面积和实测面积;"
    "差和限差按这些房间计算。",
    "Sums are over all rooms that have the area; compared are only rooms that have both areas. Below a sum: rooms with "
    "both of all, their area and what they measure; difference and tolerance are theirs.",
)
"""How to read sums of which only a part was compared."""


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """A figure held against the measured one: difference and tolerance in m²; of sums, what was compared of them."""

    against: str
    difference_m2: float | None
    tolerance_m2: float | None
    verdict: str
    compared: Compared | None = None

    @property
    def partly(self) -> bool:
        """Whether rooms were left out of the comparison, so that the difference is not that of the sums."""
        return self.compared is not None and 0 < self.compared.rooms < self.compared.of_rooms


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A line of the audit: areas in m² by what they rest on, None where there is none."""

    subject: str
    measure: str
    label: str
    level: float | None
    floor: str | None
    """Key of the floor on the plan; of agencies and the building there is none."""
    room: str | None
    figures: Mapping[str, float | None]
    comparisons: tuple[ReportComparison, ...]
    verdict: str
    decision: str
    remark: str | None = None

    @property
    def rooms(self) -> int | None:
        """Over how many rooms the sums of this line are; None of lines that are no sums of rooms."""
        return next((made.compared.of_rooms for made in self.comparisons if made.compared is not None), None)


@dataclass(frozen=True, slots=True)
class ReportRoom:
    """A room as it is drawn: in metres of the plan's frame, and, once placed, on the map (EPSG:4490)."""

    key: str
    label: str
    verdict: str
    measured_m2: float
    shape: Polygon | MultiPolygon
    on_map: Polygon | MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class ReportFloor:
    """A floor as it is drawn, in metres of the plan's frame."""

    key: str
    name: str
    level: float | None
    rooms: tuple[ReportRoom, ...]
    walls: tuple[Polygon | MultiPolygon, ...] = ()
    backdrop: tuple[LineString, ...] = ()
    outline: Polygon | MultiPolygon | None = None
    on_map: Polygon | MultiPolygon | None = None


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The whole of an audit. `rule` says the tolerance in words, `verified` whether its wording was seen."""

    number: str | None
    """None: a draft, which says so wherever it is printed."""
    building: str
    jurisdiction: str
    file_name: str
    file_sha256: str
    rule: str
    verified: bool
    made_at: datetime
    made_by: str
    accepted_at: datetime | None
    accepted_by: str | None
    lines: tuple[ReportLine, ...]
    floors: tuple[ReportFloor, ...]
    sample_notice: Labels | None = None

    def of(self, *subjects: str) -> tuple[ReportLine, ...]:
        """Return the lines about some kinds of subjects."""
        return tuple(line for line in self.lines if line.subject in subjects)

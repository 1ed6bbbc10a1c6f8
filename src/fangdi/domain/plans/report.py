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
        "agency": Labels("机关", "Agency"),
    }
)
MEASURES: Mapping[str, Labels] = MappingProxyType(
    {"usable": Labels("使用面积", "Usable area"), "gross": Labels("建筑面积", "Gross floor area")}
)
DECISIONS: Mapping[str, Labels] = MappingProxyType(
    {
        "open": Labels("待定", "Open"),
        "accepted": Labels("认可", "Accepted"),
        "rejected": Labels("不认可", "Rejected"),
    }
)
PARTLY = Labels(
    "合计为所有有该项面积的房间之和,走廊等不计;差和限差只按该项面积与实测面积俱全的房间计算;"
    "有房间不全而其余在限差内的,结论为“部分可比”。",
    "Sums are over all rooms that have the area, without corridors and the like; difference and tolerance are those of "
    "the rooms that have both it and a measured area. Where some lack one and the others are within, the verdict is "
    "“compared in part”.",
)
"""How to read sums of which only a part was compared."""
DRAWN_ONLY = Labels("本图所绘楼层", "floors on this plan")
"""What stands beside the name of an agency where its sum is not that over the building."""
MEASURED_HOW = Labels(
    "单位㎡。使用面积按内墙面在图面坐标系中量算;建筑面积按外轮廓,登记、申报按 GB/T 17986.1 比较,"
    "规划按 GB/T 50353 比较。差为实测减该项。",
    "In ㎡. Usable area is measured to inner wall faces in the frame of the plan; gross floor area by the outer "
    "outline, compared by GB/T 17986.1 with registered and declared, by GB/T 50353 with planning. Differences are "
    "measured less the other.",
)


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
    decided_by: str | None = None
    decided_at: datetime | None = None

    @property
    def decisive(self) -> ReportComparison | None:
        """The comparison that gave the line its verdict; of several the one that takes most of its tolerance."""
        known = [made for made in self.comparisons if made.difference_m2 is not None and made.verdict == self.verdict]
        return max(known, key=lambda made: abs(made.difference_m2 or 0) / (made.tolerance_m2 or 1), default=None)

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
    """The whole of an audit. `rule` says where the tolerance is from, `verified` whether its wording was seen."""

    number: str | None
    """None: a draft, which says so wherever it is printed."""
    building: str
    jurisdiction: str
    """Its code."""
    file_name: str
    file_sha256: str
    rule: str
    verified: bool
    limit: str
    """The tolerance as a formula over an area S in m²."""
    accuracy: int
    made_at: datetime
    made_by: str
    accepted_at: datetime | None
    accepted_by: str | None
    lines: tuple[ReportLine, ...]
    floors: tuple[ReportFloor, ...]
    sample_notice: Labels | None = None
    jurisdiction_name: str | None = None
    seal: str | None = None
    """SHA-256 of all lines at acceptance, as the audit trail has it."""

    def of(self, *subjects: str) -> tuple[ReportLine, ...]:
        """Return the lines about some kinds of subjects."""
        return tuple(line for line in self.lines if line.subject in subjects)

"""What an agency may have against what it has (核定与实际), m² usable; an approval by hand goes first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from fangdi.domain.common import Definition
from fangdi.domain.norms.approved import ApprovedArea, Line, Step
from fangdi.domain.rounding import Area, round_to_total, two_decimals
from fangdi.domain.vocabulary import AdministrativeLevel, RoomCategory

DEFINITION = Definition(
    zh=(
        "核定面积:按基准日编制人数逐级计算的基本办公用房使用面积(办公室+服务用房+设备用房),有核定批复的以批复为准;"
        "实有人数不参与计算。实际使用面积只计办公室、服务用房、设备用房,附属用房和技术业务用房不在其内。"
        "超标面积=max(0,实际−核定),超标率=超标面积÷核定面积。"
    ),
    en=(
        "Approved area: usable area of basic office premises (offices, service rooms, equipment rooms) computed from "
        "the posts authorised on the date, or the approval by hand where one holds; staff present play no part. What "
        "is used counts offices, service and equipment rooms; ancillary and technical rooms stand outside. Over the "
        "norm is max(0, used − approved), and its rate that over the approved area."
    ),
)


class Part(StrEnum):
    """A part of basic office premises (基本办公用房), and all of them."""

    OFFICE = "office"
    SERVICE = "service"
    EQUIPMENT = "equipment"
    BASIC = "basic"


_STEPS: Mapping[Part, Step] = {
    Part.OFFICE: Step.OFFICES,
    Part.SERVICE: Step.SERVICE,
    Part.EQUIPMENT: Step.EQUIPMENT,
    Part.BASIC: Step.BASIC,
}
PART_CATEGORIES: Mapping[Part, tuple[RoomCategory, ...]] = {
    Part.OFFICE: (RoomCategory.OFFICE,),
    Part.SERVICE: (RoomCategory.SERVICE,),
    Part.EQUIPMENT: (RoomCategory.EQUIPMENT,),
    Part.BASIC: (RoomCategory.OFFICE, RoomCategory.SERVICE, RoomCategory.EQUIPMENT),
}


@dataclass(frozen=True, slots=True)
class ApprovalWanted:
    """An approval to enter: areas in m² usable; parts that the document does not name are None."""

    total: float
    office: float | None
    service: float | None
    equipment: float | None
    document_no: str
    issued_on: date
    issued_by: str | None
    remark: str | None
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Approval:
    """An area approved by hand (核定批复), m² usable, with its document and period."""

    id: int
    office_m2: float | None
    service_m2: float | None
    equipment_m2: float | None
    total_m2: float
    document_no: str
    issued_on: date
    issued_by: str | None
    remark: str | None
    valid_from: date | None
    valid_until: date | None
    entered_by: str
    entered_at: datetime
    withdrawable: bool
    """Entered today, and no later approval took its place: may be taken back as a slip."""

    def area_m2(self, part: Part) -> float | None:
        """Return what it approves of a part; None where it does not name the part."""
        return {
            Part.OFFICE: self.office_m2,
            Part.SERVICE: self.service_m2,
            Part.EQUIPMENT: self.equipment_m2,
            Part.BASIC: self.total_m2,
        }[part]


@dataclass(frozen=True, slots=True)
class RankPosts:
    """Authorised posts of a rank, with its names."""

    rank: str
    name: Definition
    posts: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Approved and used area of a part, m² usable; None where nothing is approved or can be computed."""

    part: Part
    approved_m2: float | None
    used_m2: float
    by_hand: bool

    @property
    def over_m2(self) -> float | None:
        """By how much more is used than approved, m²; 0 within the norm."""
        return None if self.approved_m2 is None else max(0.0, self.used_m2 - self.approved_m2)

    @property
    def over_rate(self) -> float | None:
        """The excess as a share of what is approved, not of what is used; None where nothing is approved."""
        return self.over_m2 / self.approved_m2 if self.over_m2 is not None and self.approved_m2 else None


@dataclass(frozen=True, slots=True)
class Entitlement:
    """An agency with its posts, what follows from them, an approval by hand if one holds, and what it uses.

    `used_m2` is exact; `used_hundredths` is the same in hundredths of m², rounded as the report of use does it.
    """

    id: int
    name: str
    level: AdministrativeLevel
    jurisdiction_code: str
    ranks: Sequence[RankPosts]
    present: int | None
    computed: ApprovedArea
    approval: Approval | None
    used_m2: Mapping[str, float]
    rooms_without_area: int
    used_hundredths: Mapping[str, int] = field(default_factory=dict)
    sees_posts: bool = True
    """Whether the reader sees the posts: those of agencies of elsewhere stay hidden, which is not to have none."""
    use_hidden: bool = False
    """Whether the agency uses rooms elsewhere that the reader does not see: then it uses more than is added up here."""

    @property
    def posts(self) -> int:
        """Authorised posts (编制), persons."""
        return self.computed.posts

    def approved_m2(self, part: Part) -> float | None:
        """Return what is approved of a part: by hand where an approval holds, which may name the whole only."""
        return self.approval.area_m2(part) if self.approval else self.computed.area_m2(_STEPS[part])

    @property
    def shown_whole_m2(self) -> float | None:
        """Approved area of the whole as it is shown: sums over agencies add up these."""
        whole = self.approved_m2(Part.BASIC)
        return None if whole is None else two_decimals(whole)

    def compared(self, part: Part) -> Compared:
        """Hold what is used against what is approved."""
        used = sum(self.used_m2.get(category, 0.0) for category in PART_CATEGORIES[part])
        return Compared(part, self.approved_m2(part), used, self.approval is not None)

    @property
    def shown(self) -> tuple[Compared, ...]:
        """Every part as it is shown: hundredths of m² that add up, used areas as in every report of use."""
        parts: list[Part] = [part for part in Part if part is not Part.BASIC]
        whole = self.approved_m2(Part.BASIC)
        approved: dict[Part, Area] = {part: self.approved_m2(part) for part in parts}
        if not self.approval:
            rounded = round_to_total(list(approved.values()), total_m2=whole)
            approved = dict(zip(parts, rounded, strict=True))
        approved[Part.BASIC] = self.shown_whole_m2
        return tuple(Compared(part, approved[part], self.shown_m2(part), self.approval is not None) for part in Part)

    def shown_m2(self, part: Part) -> float:
        """Return what is used of a part as it is shown, m²."""
        return sum(self.used_hundredths.get(category, 0) for category in PART_CATEGORIES[part]) / 100


def line_areas(lines: Sequence[Line]) -> list[Area]:
    """Round lines so that A + B + equipment is the approved area to the hundredth, as people add it up again."""
    parts = (Step.OFFICES, Step.SERVICE, Step.EQUIPMENT)
    found = [line for line in lines if line.step in parts]
    shares = dict(zip((line.step for line in found), round_to_total([line.area_m2 for line in found]), strict=True))
    return [shares.get(line.step, line.area_m2) for line in lines]

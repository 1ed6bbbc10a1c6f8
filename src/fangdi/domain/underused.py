"""Under-used space (低效使用): too many m² a head, or too few seats taken, over periods, so that it does not flicker.

A measure is looked at on the last day of each period (上海条例 第二十条 asks for efficient use and gives no figure:
thresholds are a deployment's rule). Two consecutive periods beyond the threshold make a place under-used, two inside
end it; a single one changes nothing. A period without a measure ends what was known.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fangdi.domain.common import AgencyRef, BuildingRef, Definition, Question

PERIODS = 8
"""Periods that are looked at: two years of quarters."""
IN_A_ROW = 2
"""Consecutive periods that it takes to become under-used, or no longer to be."""
_MONTHS = 12

DEFINITION = Definition(
    zh=(
        "低效使用:在连续两期期末都超出认定标准的,自第一个期末起认定;连续两期期末都回到标准以内的,不再认定;"
        "单独一期不改变认定,期末没有数据的重新起算。单位按办公室使用面积除以实有人数;办公室房间按登记在室人数除以座位数。"
        "本楼座内未登记在室人员的单位,其房间不参与。标准以基准日有效的规则为准。"
    ),
    en=(
        "Under-used: beyond the threshold at the ends of two consecutive periods, from the first of them; no longer "
        "once two consecutive ends are inside it. A single one changes nothing; an end without figures starts anew. "
        "Agencies are measured by usable office area over staff present, offices by persons filed in them over seats. "
        "Rooms of agencies that file nobody in the building play no part. Thresholds are those of the rule in force "
        "on the date."
    ),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The measure at the end of a period; None where there was none. `persons` are present, or filed in the room."""

    day: date
    value: float | None
    persons: int | None = None


def period_ends(as_of: date, *, months: int, count: int = PERIODS) -> tuple[date, ...]:
    """Return the last days of the periods of so many months that are over on a day, the earliest first.

    Periods are those of the calendar year: of three months, they end with March, June, September and December. A period
    is over on its last day. Before the year 1 there are none.
    """
    year, month = as_of.year, (as_of.month - 1) // months * months + months
    ends: list[date] = []
    while len(ends) < count and year >= 1:
        end = date(year, month, monthrange(year, month)[1])
        if end <= as_of:
            ends.append(end)
        year, month = (year, month - months) if month > months else (year - 1, _MONTHS)
    return tuple(reversed(ends))


def under_used_since(measures: Sequence[Measured], *, threshold: float, above: bool) -> date | None:
    """Return since when a place is under-used at the end of the last period; None when it is not.

    `above`: what is above the threshold is too much, as m² a head; else what is below it is too little.
    """
    since: date | None = None
    beyond: list[date] = []
    inside = 0
    for measured in measures:
        if measured.value is None:
            since, beyond, inside = None, [], 0
        elif measured.value > threshold if above else measured.value < threshold:
            beyond, inside = [*beyond, measured.day], 0
            if since is None and len(beyond) >= IN_A_ROW:
                since = beyond[-IN_A_ROW]
        else:
            beyond, inside = [], inside + 1
            since = None if inside >= IN_A_ROW else since
    return since


@dataclass(frozen=True, slots=True)
class UnderUsedAgency:
    """An agency with too many m² of offices a person present."""

    agency: AgencyRef
    since: date
    threshold_m2: float
    area_m2: float
    present: int
    measures: tuple[Measured, ...]

    @property
    def m2_per_head(self) -> float:
        """Usable office area a person present, at the end of the last period."""
        return self.area_m2 / self.present

    @property
    def spare_m2(self) -> float:
        """Usable office area above the threshold."""
        return self.area_m2 - self.threshold_m2 * self.present


@dataclass(frozen=True, slots=True)
class UnderUsedRoom:
    """A room of which too few seats are taken."""

    id: int
    number: str | None
    level: float
    location: tuple[float, float]
    building: BuildingRef
    agency: AgencyRef
    area_m2: float | None
    seats: int
    persons: int
    since: date
    threshold: float
    measures: tuple[Measured, ...]


@dataclass(frozen=True, slots=True)
class UnderUsedReport:
    """What is under-used on a date; `periods` are the days looked at, none where no rule says what it means."""

    question: Question
    periods: tuple[date, ...]
    agencies: tuple[UnderUsedAgency, ...]
    rooms: tuple[UnderUsedRoom, ...]
    agencies_looked_at: bool
    rooms_looked_at: bool
    definition: Definition = DEFINITION

"""What an indicator is: amounts that rows contribute, and sums of them by jurisdiction and part.

Amounts are whole numbers of a smallest unit (mm², persons, fen), so that sums at every level of the tree of
jurisdictions are exactly the sums of their parts, in whatever order they are added.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from fangdi.domain.common import Definition


class IndicatorKey(StrEnum):
    """Which indicator."""

    REGISTERED_AREA = "registered_area"  # 集中登记建筑面积
    REGISTERED_AREA_RATE = "registered_area_rate"  # 集中登记率(按建筑面积)
    REGISTERED_COUNT_RATE = "registered_count_rate"  # 集中登记率(按幢数)
    ZONE_AGENCIES = "zone_agencies"  # 集中办公单位数
    ZONE_AGENCIES_RATE = "zone_agencies_rate"  # 集中办公率
    RADIUS_AGENCIES_RATE = "radius_agencies_rate"  # 覆盖率(按单位)
    RADIUS_POSTS_RATE = "radius_posts_rate"  # 覆盖率(按编制)
    RADIUS_AREA_RATE = "radius_area_rate"  # 覆盖率(按使用面积)
    IDLE_AREA = "idle_area"  # 闲置使用面积
    IDLE_RATE = "idle_rate"  # 闲置率
    OVER_AREA = "over_area"  # 超标使用面积
    OVER_RATE = "over_rate"  # 超标率
    OVER_AGENCIES = "over_agencies"  # 超标单位数
    LEASED_AREA = "leased_area"  # 租用建筑面积
    LEASED_COST = "leased_cost"  # 年租金
    AREA_PER_HEAD = "area_per_head"  # 人均使用面积(实有人数)
    AREA_PER_POST = "area_per_post"  # 编均使用面积(编制)
    FINDINGS_OPEN = "findings_open"  # 未销号问题数
    FINDINGS_CLOSED = "findings_closed"  # 已销号问题数
    PLANS_AUDITED_RATE = "plans_audited_rate"  # 平面图核查率


class Group(StrEnum):
    """Indicators that follow from the same facts."""

    HOLDINGS = "holdings"  # 权属与取得方式
    PLACES = "places"  # 集中办公
    SPACE = "space"  # 闲置
    NORMS = "norms"  # 核定与人均
    FINDINGS = "findings"  # 合规问题
    PLANS = "plans"  # 平面图


class Unit(StrEnum):
    """In what an indicator is given."""

    M2 = "m2"
    SHARE = "share"  # of 1
    COUNT = "count"
    PERSONS = "persons"
    YUAN = "yuan"
    M2_PER_PERSON = "m2_per_person"


SMALLEST: Mapping[Unit, int] = {Unit.M2: 1_000_000, Unit.COUNT: 1, Unit.PERSONS: 1, Unit.YUAN: 100}
"""Smallest units in one: mm² in m², fen in yuan."""


class RowKind(StrEnum):
    """What stands behind an indicator, row by row."""

    BUILDING = "building"
    AGENCY = "agency"
    FINDING = "finding"


class PartKind(StrEnum):
    """By what an indicator is composed."""

    TITLE = "title"
    TENURE = "tenure"
    ZONE = "zone"
    BAND = "band"
    CATEGORY = "category"
    LEVEL = "level"
    AUDIT = "audit"
    RULE = "rule"


class Better(StrEnum):
    """Which way is good; `neither` where it depends."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as data: what it is called, means, rests on, and is made of.

    `divided_by` None: the value is the sum itself; else it is sum of numerators / sum of denominators. `covers` says
    what the coverage of the data counts.
    """

    key: IndicatorKey
    group: Group
    name: Definition
    counts: Unit
    divided_by: Unit | None
    meaning: Definition
    formula: Definition
    includes: Definition
    covers: Definition
    rows: RowKind
    parts: PartKind
    better: Better

    @property
    def unit(self) -> Unit:
        """The unit of the value."""
        if self.divided_by is None:
            return self.counts
        return Unit.SHARE if self.divided_by is self.counts else Unit.M2_PER_PERSON


@dataclass(frozen=True, slots=True)
class Row:
    """What one thing contributes, in smallest units, and how many `of` the facts it rests on are known.

    `shows`: kind and id of what the map shows of it, where that is another thing, as the room of a finding.
    """

    id: int
    name: str
    jurisdiction: str
    part: str
    numerator: int
    denominator: int
    known: int = 1
    of: int = 1
    shows: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Sum:
    """Contributions of several rows, in smallest units."""

    numerator: int = 0
    denominator: int = 0
    known: int = 0
    of: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        """Add up contributions of different rows."""
        return Sum(
            self.numerator + other.numerator,
            self.denominator + other.denominator,
            self.known + other.known,
            self.of + other.of,
        )


NOTHING = Sum()
Sums = Mapping[tuple[str, str], Sum]
"""Sums by jurisdiction, without those below it, and part."""

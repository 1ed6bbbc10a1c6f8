"""How complete the data of a building are (数据完整度): a traffic light, the rule behind it, and what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import BuildingRef, Definition


class Light(StrEnum):
    """What the light shows, the worst last."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


LIGHTS: Mapping[Light, Definition] = MappingProxyType(
    {
        Light.GREEN: Definition("完整", "Complete"),
        Light.AMBER: Definition("有缺项", "Something is missing"),
        Light.RED: Definition("缺项较多", "Much is missing"),
    }
)


class Check(StrEnum):
    """One thing that the data of a building should hold."""

    ROOMS = "rooms"
    CATEGORY = "category"
    USER = "user"
    PLAN = "plan"
    AREA = "area"
    TITLE = "title"
    CERTIFICATE = "certificate"
    TENURE = "tenure"
    GROSS = "gross"
    YEAR = "year"
    SAFETY = "safety"


@dataclass(frozen=True, slots=True)
class Rule:
    """When a check turns the light: above which missing share (0 to 1) to amber, and to red (None: never).

    Of a building as a whole the share is 0 or 1.
    """

    check: Check
    name: Definition
    meaning: Definition
    of_rooms: bool
    amber_above: float
    red_above: float | None


RULES: tuple[Rule, ...] = (
    Rule(
        Check.ROOMS,
        Definition("没有房间", "No rooms"),
        Definition("基准日没有登记任何房间", "not one room is recorded on the date"),
        of_rooms=False,
        amber_above=0,
        red_above=0,
    ),
    Rule(
        Check.TITLE,
        Definition("无产权登记", "No registered title"),
        Definition(
            "没有权属记录,或权属记录为未登记(未办产权);租用、借用的楼座不检查",
            "no state of the title is on record, or it is unregistered; leased and borrowed buildings are left out",
        ),
        of_rooms=False,
        amber_above=0,
        red_above=0,
    ),
    Rule(
        Check.CATEGORY,
        Definition("房间无类别", "Rooms without category"),
        Definition("房间用途未分类", "the use of the room is unclassified"),
        of_rooms=True,
        amber_above=0,
        red_above=0.1,
    ),
    Rule(
        Check.USER,
        Definition("房间无使用记录", "Rooms without user"),
        Definition(
            "可分配的房间,基准日及以前从未登记过使用单位或维修、预留、移交状态,不知是闲置还是漏报",
            "an assignable room of which no user and no status was ever recorded up to the date: idle or forgotten",
        ),
        of_rooms=True,
        amber_above=0,
        red_above=0.1,
    ),
    Rule(
        Check.PLAN,
        Definition("房间无图", "Rooms without plan"),
        Definition(
            "房间没有平面轮廓(全部房间,含走廊、楼梯等)",
            "the room has no outline (all rooms, corridors and stairs among them)",
        ),
        of_rooms=True,
        amber_above=0,
        red_above=0.1,
    ),
    Rule(
        Check.AREA,
        Definition("房间无该口径面积", "Rooms without area"),
        Definition(
            "计入使用面积的房间没有所选口径的面积", "a room that counts as usable has no area in the chosen basis"
        ),
        of_rooms=True,
        amber_above=0,
        red_above=0.1,
    ),
    Rule(
        Check.CERTIFICATE,
        Definition("缺权证号", "Certificate missing"),
        Definition("已登记而没有权证号", "the title is registered without the number of its certificate"),
        of_rooms=False,
        amber_above=0,
        red_above=None,
    ),
    Rule(
        Check.TENURE,
        Definition("缺取得方式", "Tenure missing"),
        Definition("没有自有、租用或借用的记录", "neither owned, leased nor borrowed is recorded"),
        of_rooms=False,
        amber_above=0,
        red_above=None,
    ),
    Rule(
        Check.GROSS,
        Definition("缺该口径建筑面积", "Gross area missing"),
        Definition("没有所选口径的建筑面积", "the chosen basis has no gross area of the building"),
        of_rooms=False,
        amber_above=0,
        red_above=None,
    ),
    Rule(
        Check.YEAR,
        Definition("缺建成年份", "Year missing"),
        Definition("没有建成年份", "the year of completion is not recorded"),
        of_rooms=False,
        amber_above=0,
        red_above=None,
    ),
    Rule(
        Check.SAFETY,
        Definition("缺安全等级", "Safety grade missing"),
        Definition("没有房屋安全等级", "the grade of structural safety is not recorded"),
        of_rooms=False,
        amber_above=0,
        red_above=None,
    ),
)
"""The rule of the light; the thresholds are ours, since no regulation lays any down."""
DEFINITION = Definition(
    "红灯:有一项缺失比例超过红灯界限;黄灯:没有红灯,但有一项超过黄灯界限;绿灯:全部在界限之内。界限由系统规定,无法规依据。",
    "Red: of one check more is missing than its limit for red; amber: none is red and one is above its limit for "
    "amber; green: all within. The limits are the system's own and rest on no regulation.",
)


@dataclass(frozen=True, slots=True)
class BuildingData:
    """What is recorded of a building on a date: for each check how many things it is about, and how many lack it."""

    building: BuildingRef
    location: tuple[float, float]
    jurisdiction_code: str
    counts: Mapping[Check, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Gap:
    """A check that something is missing from: how many of how many, and the light that this gives."""

    rule: Rule
    missing: int
    of: int
    light: Light

    @property
    def share(self) -> float:
        """Missing share, 0 to 1."""
        return self.missing / self.of


@dataclass(frozen=True, slots=True)
class Completeness:
    """The light of a building and what is missing, the worst first."""

    data: BuildingData
    light: Light
    gaps: Sequence[Gap]


def judge(data: BuildingData, rules: Sequence[Rule] = RULES) -> Completeness:
    """Return the light of a building: the worst of its checks."""
    gaps = [gap for rule in rules if (gap := _gap(rule, *data.counts.get(rule.check, (0, 0)))) is not None]
    gaps.sort(key=lambda gap: (-_RANK[gap.light], -gap.share))
    return Completeness(data, gaps[0].light if gaps else Light.GREEN, gaps)


def worst_first(found: Sequence[Completeness]) -> list[Completeness]:
    """Order buildings: red before amber before green, then by how many checks are red, and by all that is missing."""
    return sorted(
        found,
        key=lambda one: (
            -_RANK[one.light],
            -sum(gap.light is Light.RED for gap in one.gaps),
            -sum(gap.share for gap in one.gaps),
            one.data.building.id,
        ),
    )


_RANK = {light: rank for rank, light in enumerate(Light)}


def _gap(rule: Rule, missing: int, of: int) -> Gap | None:
    if missing == 0 or of == 0:
        return None
    share = missing / of
    if rule.red_above is not None and share > rule.red_above:
        return Gap(rule, missing, of, Light.RED)
    return Gap(rule, missing, of, Light.AMBER if share > rule.amber_above else Light.GREEN)

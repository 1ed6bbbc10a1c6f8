"""The rules (合规规则) that findings are about: what each asks, and how grave it is to break it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import Definition


class Rule(StrEnum):
    """What is judged; the clause that each rests on is data (`fangdi.finding_clause`)."""

    OVER_AREA = "over_area"  # 单位超核定面积
    OVER_CEILING = "over_ceiling"  # 办公室超标准
    SEVERAL_OFFICES = "several_offices"  # 领导多处办公室
    KEPT_OFFICE = "kept_office"  # 卸任、调离、退休后未腾退
    OTHER_FUNCTION = "other_function"  # 擅自改变用途
    LET_OR_LENT = "let_or_lent"  # 出租出借
    NO_AGREEMENT = "no_agreement"  # 无使用协议或凭证
    WRONG_TENURE = "wrong_tenure"  # 租借用手续不全或到期
    NOT_REGISTERED = "not_registered"  # 权属未统一登记
    LEASED_DESPITE_IDLE = "leased_despite_idle"  # 有闲置仍租用


class Severity(StrEnum):
    """How grave a finding is (程度)."""

    MAJOR = "major"  # 主要
    MINOR = "minor"  # 次要


class ObjectKind(StrEnum):
    """What a finding is about."""

    AGENCY = "agency"
    BUILDING = "building"
    PARCEL = "parcel"
    ROOM = "room"
    PERSON = "person"


class Unit(StrEnum):
    """What the measure of a finding is in; every measure is the greater the worse."""

    M2 = "m2"  # ㎡使用面积
    ROOMS = "rooms"  # 间
    DAYS = "days"  # 天


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule's name, what it says, and the unit of what is measured (None: nothing is)."""

    name: Definition
    definition: Definition
    unit: Unit | None


def _facts(zh: str, en: str, definition: Definition, unit: Unit | None = None) -> RuleFacts:
    return RuleFacts(Definition(zh, en), definition, unit)


FACTS: Mapping[Rule, RuleFacts] = MappingProxyType(
    {
        Rule.OVER_AREA: _facts(
            "超核定面积",
            "Over the approved area",
            Definition(
                "单位办公室、服务用房、设备用房或三项合计的实际使用面积超过核定面积。合计超过的为主要问题;"
                "分项超过的为次要问题,各计一个,故同一单位可有几个问题,合计未超的单位也可有分项问题。",
                "What an agency uses of offices, service rooms or equipment rooms, or of all three, is more than "
                "approved. All three together make a major finding, each part a minor one: an agency may have "
                "several findings, and parts over while the whole is within the norm.",
            ),
            Unit.M2,
        ),
        Rule.OVER_CEILING: _facts(
            "办公室超标准",
            "Office over the ceiling",
            Definition(
                "办公室(含附属的休息室、卫生间)超过使用人职级上限;合用的,上限为各使用人上限之和。"
                "规定的领导可在上限内设卫生间,超过卫生间上限的也列出。使用人中有领导干部的为主要问题,与超出多少无关;其余为次要。",
                "An office with its rest room and washroom is larger than its occupant's rank allows; of a shared one "
                "the ceilings of all occupants are added up. A private washroom is inside the ceiling, and has a "
                "limit of its own. Major where a leader is among the occupants, however large the excess; else minor.",
            ),
            Unit.M2,
        ),
        Rule.SEVERAL_OFFICES: _facts(
            "领导多处办公室",
            "A leader with several offices",
            Definition("同一领导干部有两间及以上办公室。", "A leader has two offices or more."),
            Unit.ROOMS,
        ),
        Rule.KEPT_OFFICE: _facts(
            "逾期未腾退办公室",
            "Office kept after the post",
            Definition(
                "不再任职超过腾退期限,或调离、退休超过收回期限,仍使用原单位办公室。",
                "Somebody still has an office of the agency after the time to vacate it: counted from the end of the "
                "post, or from transfer or retirement.",
            ),
            Unit.DAYS,
        ),
        Rule.OTHER_FUNCTION: _facts(
            "擅自改变用途",
            "Used for another function",
            Definition(
                "房间现用途与批准用途不一致。用途类别不同的为主要问题,同类的为次要。",
                "A room is used for something else than was approved: major where the category differs, else minor.",
            ),
            Unit.M2,
        ),
        Rule.LET_OR_LENT: _facts(
            "出租出借",
            "Let or lent",
            Definition(
                "房间出租或出借给机关以外的单位或个人。没有批准文号的为主要问题,有的为次要。",
                "A room is let or lent to somebody outside: major without the number of a permit, minor with one.",
            ),
            Unit.M2,
        ),
        Rule.NO_AGREEMENT: _facts(
            "无使用协议",
            "Used without agreement",
            Definition(
                "使用房间没有使用协议或使用凭证文号,或该文号没有归档文件。按单位和楼座汇总。有房间没有文号的为主要问题,"
                "只是未归档的为次要。",
                "Rooms are used without the number of an agreement or permit, or no document of that number is filed; "
                "by agency and building. Major where a number is missing, minor where only the documents are.",
            ),
            Unit.ROOMS,
        ),
        Rule.WRONG_TENURE: _facts(
            "租借用手续不全或到期",
            "Leased or borrowed without right",
            Definition(
                "租用、借用的楼座没有归档合同,或租期、借期届满仍在使用。",
                "A leased or borrowed building has no contract on file, or is used after the lease or loan has ended.",
            ),
            Unit.DAYS,
        ),
        Rule.NOT_REGISTERED: _facts(
            "权属未统一登记",
            "Title not with the administration",
            Definition(
                "自有楼座或其宗地未登记在机关事务管理部门名下;经核准登记在使用单位名下的涉密房屋除外;"
                "已作权属备案的列为次要问题。",
                "The title of an own building, or of the land below, is not with the offices administration. Those "
                "held by their user for state secrecy are exempt; those recorded only are minor.",
            ),
        ),
        Rule.LEASED_DESPITE_IDLE: _facts(
            "有闲置仍租用",
            "Leased while space stands idle",
            Definition(
                "单位租用房屋,而辐射半径内同一层或同一楼座有面积足够的自有闲置房间。",
                "An agency uses leased rooms while own idle rooms of enough area stand on one floor, or in one "
                "building, within reach.",
            ),
            Unit.M2,
        ),
    }
)

SEVERITIES: Mapping[Severity, Definition] = MappingProxyType(
    {Severity.MAJOR: Definition("主要", "Major"), Severity.MINOR: Definition("次要", "Minor")}
)
OBJECT_KINDS: Mapping[ObjectKind, Definition] = MappingProxyType(
    {
        ObjectKind.AGENCY: Definition("单位", "Agency"),
        ObjectKind.BUILDING: Definition("楼座", "Building"),
        ObjectKind.PARCEL: Definition("宗地", "Parcel"),
        ObjectKind.ROOM: Definition("房间", "Room"),
        ObjectKind.PERSON: Definition("人员", "Person"),
    }
)

"""Findings in words: the names of the figures, and why one holds no more."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import Definition
from fangdi.domain.findings.model import Judged, RoomRole, Value
from fangdi.domain.findings.offices import PostEnd
from fangdi.domain.findings.rooms import OutsideUse
from fangdi.domain.findings.rules import Rule
from fangdi.domain.labels import TENURES, TITLES
from fangdi.domain.norms.wording import PARTS


class FigureKind(StrEnum):
    """How a figure of the evidence is written."""

    AREA = "area"  # ㎡
    COUNT = "count"
    RATE = "rate"  # of 1
    METRES = "metres"
    YUAN = "yuan"
    DATE = "date"
    WORD = "word"  # of a word list, as a use of rooms
    TEXT = "text"
    YES_NO = "yes_no"


FIGURES: Mapping[str, tuple[Definition, FigureKind]] = MappingProxyType(
    {
        "part": (Definition("用房", "Part"), FigureKind.WORD),
        "used_m2": (Definition("实际使用面积", "Used"), FigureKind.AREA),
        "approved_m2": (Definition("核定面积", "Approved"), FigureKind.AREA),
        "over_m2": (Definition("超出", "Over"), FigureKind.AREA),
        "over_rate": (Definition("超标率", "Over, of what is allowed"), FigureKind.RATE),
        "posts": (Definition("编制", "Authorised posts"), FigureKind.COUNT),
        "approval_no": (Definition("核定批复", "Approved by hand"), FigureKind.TEXT),
        "office_m2": (Definition("办公室", "Office"), FigureKind.AREA),
        "annexes_m2": (Definition("附属休息室、卫生间", "Rest room and washroom"), FigureKind.AREA),
        "size_m2": (Definition("合计", "Together"), FigureKind.AREA),
        "ceiling_m2": (Definition("上限", "Ceiling"), FigureKind.AREA),
        "persons": (Definition("使用人数", "Occupants"), FigureKind.COUNT),
        "ranks": (Definition("职级", "Ranks"), FigureKind.WORD),
        "rank": (Definition("职级", "Rank"), FigureKind.WORD),
        "rooms_without_area": (Definition("无面积房间", "Rooms without area"), FigureKind.COUNT),
        "washroom_m2": (Definition("卫生间", "Washroom"), FigureKind.AREA),
        "washroom_limit_m2": (Definition("卫生间上限", "Limit of washrooms"), FigureKind.AREA),
        "washroom_allowed": (Definition("可设卫生间", "Washroom allowed"), FigureKind.YES_NO),
        "offices": (Definition("办公室间数", "Offices"), FigureKind.COUNT),
        "total_m2": (Definition("面积合计", "Area together"), FigureKind.AREA),
        "post_end": (Definition("离任方式", "How the post ended"), FigureKind.WORD),
        "post_ended": (Definition("离任日期", "Post ended"), FigureKind.DATE),
        "limit_months": (Definition("期限(月)", "Time to vacate (months)"), FigureKind.COUNT),
        "due": (Definition("应腾退日", "To be vacated by"), FigureKind.DATE),
        "days": (Definition("逾期天数", "Days over"), FigureKind.COUNT),
        "approved_use": (Definition("批准用途", "Approved use"), FigureKind.WORD),
        "actual_use": (Definition("现用途", "Use found"), FigureKind.WORD),
        "area_m2": (Definition("使用面积", "Usable area"), FigureKind.AREA),
        "outside_use": (Definition("方式", "Let or lent"), FigureKind.WORD),
        "outsider": (Definition("对外使用人", "Outside user"), FigureKind.TEXT),
        "income_yuan": (Definition("年收入", "Income a year"), FigureKind.YUAN),
        "rooms": (Definition("使用房间", "Rooms in use"), FigureKind.COUNT),
        "rooms_unnumbered": (Definition("无文号", "Without number"), FigureKind.COUNT),
        "rooms_unfiled": (Definition("文号无归档文件", "Document not filed"), FigureKind.COUNT),
        "tenure": (Definition("取得方式", "Tenure"), FigureKind.WORD),
        "contracts": (Definition("归档合同", "Contracts on file"), FigureKind.COUNT),
        "since": (Definition("起始", "Since"), FigureKind.DATE),
        "ended": (Definition("期满", "Ended"), FigureKind.DATE),
        "title": (Definition("权属登记情况", "Title"), FigureKind.WORD),
        "certificate_no": (Definition("权证号", "Certificate"), FigureKind.TEXT),
        "document_no": (Definition("文号", "Document number"), FigureKind.TEXT),
        "leased_m2": (Definition("租用面积", "Leased area in use"), FigureKind.AREA),
        "leased_rooms": (Definition("租用房间", "Leased rooms"), FigureKind.COUNT),
        "idle_m2": (Definition("可用闲置面积", "Idle area that would do"), FigureKind.AREA),
        "idle_rooms": (Definition("可用闲置房间", "Idle rooms"), FigureKind.COUNT),
        "one_floor": (Definition("在同一层", "On one floor"), FigureKind.YES_NO),
        "distance_m": (Definition("距离", "Distance"), FigureKind.METRES),
        "radius_m": (Definition("辐射半径", "Radius"), FigureKind.METRES),
    }
)
"""What each figure is called, in the order in which evidence shows them."""
POST_ENDS: Mapping[str, Definition] = MappingProxyType(
    {
        PostEnd.ENDED: Definition("不再任职", "Post ended"),
        PostEnd.TRANSFERRED: Definition("调离", "Transferred"),
        PostEnd.RETIRED: Definition("退休", "Retired"),
    }
)
OUTSIDE_USES: Mapping[str, Definition] = MappingProxyType(
    {OutsideUse.LET: Definition("出租", "Let"), OutsideUse.LENT: Definition("出借", "Lent")}
)
ROOM_ROLES: Mapping[RoomRole, Definition] = MappingProxyType(
    {
        RoomRole.OFFICE: Definition("办公室", "Office"),
        RoomRole.REST: Definition("休息室", "Rest room"),
        RoomRole.WASHROOM: Definition("卫生间", "Washroom"),
        RoomRole.USED: Definition("所用房间", "In use"),
        RoomRole.OFFERED: Definition("可用闲置房间", "Idle, would do"),
    }
)
_WORDS: Mapping[str, Mapping[str, Definition]] = MappingProxyType(
    {"part": PARTS, "post_end": POST_ENDS, "outside_use": OUTSIDE_USES, "tenure": TENURES, "title": TITLES}
)
GONE = Definition(
    "所涉单位、房间、人员或使用记录已不存在,或无从判定",
    "what it was about is there no more, or cannot be judged any more",
)


def in_words(name: str, value: Value, lists: Mapping[str, Definition]) -> Definition | None:
    """Return what a code of the evidence means; `lists` has the uses of rooms and the ranks. None: it is no code."""
    if FIGURES[name][1] is not FigureKind.WORD or not isinstance(value, str):
        return None
    known = _WORDS.get(name, lists)
    found = [known.get(code, Definition(code, code)) for code in value.split(",")]
    return Definition("、".join(one.zh for one in found), ", ".join(one.en for one in found))


def why_resolved(judged: Judged | None) -> str:
    """Return why a finding holds no more, in Chinese and English, with the figures that say so."""
    said = GONE if judged is None else _SENTENCES[judged.key.rule](judged.figures)
    return f"重新计算:{said.zh}。 Computed anew: {said.en}."


def _area(value: object) -> str:
    return f"{value:,.2f}" if isinstance(value, int | float) else "—"


_SENTENCES: Mapping[Rule, Callable[[Mapping[str, Value]], Definition]] = MappingProxyType(
    {
        Rule.OVER_AREA: lambda f: Definition(
            f"使用 {_area(f['used_m2'])} ㎡,不超过核定 {_area(f['approved_m2'])} ㎡",
            f"{_area(f['used_m2'])} m² used of {_area(f['approved_m2'])} m² approved",
        ),
        Rule.OVER_CEILING: lambda f: (
            Definition(
                f"面积 {_area(f['size_m2'])} ㎡,不超过上限 {_area(f['ceiling_m2'])} ㎡",
                f"{_area(f['size_m2'])} m² within the ceiling of {_area(f['ceiling_m2'])} m²",
            )
            if "size_m2" in f
            else Definition(
                f"卫生间 {_area(f['washroom_m2'])} ㎡,符合规定",
                f"a washroom of {_area(f['washroom_m2'])} m² is allowed",
            )
        ),
        Rule.SEVERAL_OFFICES: lambda f: Definition(f"现有办公室 {f['offices']} 间", f"{f['offices']} office(s) now"),
        Rule.KEPT_OFFICE: lambda f: Definition(f"应腾退日为 {f['due']},未逾期", f"to be vacated by {f['due']}"),
        Rule.OTHER_FUNCTION: lambda _: Definition("现用途与批准用途一致", "used as approved"),
        Rule.LET_OR_LENT: lambda _: GONE,
        Rule.NO_AGREEMENT: lambda f: Definition(
            f"{f['rooms']} 间均有协议或凭证", f"all {f['rooms']} rooms have an agreement or permit"
        ),
        Rule.WRONG_TENURE: lambda f: Definition(
            f"归档合同 {f.get('contracts', '—')} 份,在用房间 {f['rooms']} 间",
            f"contracts on file {f.get('contracts', '—')}, rooms in use {f['rooms']}",
        ),
        Rule.NOT_REGISTERED: lambda _: Definition(
            "权属已登记在机关事务管理部门或经核准的使用单位名下",
            "the title is with the administration, or with its user as approved",
        ),
        Rule.LEASED_DESPITE_IDLE: lambda f: Definition(
            f"半径内没有 {_area(f['leased_m2'])} ㎡ 的闲置房间",
            f"no {_area(f['leased_m2'])} m² stand idle within reach",
        ),
    }
)

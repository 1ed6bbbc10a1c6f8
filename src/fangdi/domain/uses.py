"""Uses of rooms (房间用途): which count as usable area, and which can be idle."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fangdi.domain.vocabulary import RoomCategory


@dataclass(frozen=True, slots=True)
class RoomUse:
    """A use of rooms, its category (用房类别), and whether such rooms are assigned to agencies."""

    code: str
    category: str
    assignable: bool


def counting(uses: Iterable[RoomUse], *, category: str | None = None) -> list[str]:
    """Return the uses whose rooms count as usable area: all but circulation, or those of one category."""
    return [
        use.code
        for use in uses
        if use.category != RoomCategory.CIRCULATION and (category is None or use.category == category)
    ]


def possibly_idle(uses: Iterable[RoomUse], *, category: str | None = None) -> list[str]:
    """Return the uses whose rooms are idle when nobody has them; common parts never are."""
    return [use.code for use in uses if use.assignable and (category is None or use.category == category)]


SPELLINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "leader_office": ("领导办公室",),
        "office": ("办公室", "办公", "办公用房", "一般办公室"),
        "meeting_room": ("会议", "小会议室", "中会议室", "大会议室"),
        "reception": ("接待", "会客室"),
        "archive": ("档案", "档案库"),
        "library": ("图书室", "资料室", "阅览室"),
        "it_room": ("信息机房", "网络机房", "服务器机房"),
        "confidential": ("机要室", "保密室"),
        "print_room": ("文印", "打印室"),
        "clinic": ("卫生室",),
        "duty_room": ("值班",),
        "storage": ("储藏", "储物间", "仓库", "库房"),
        "tea_room": ("茶水间",),
        "toilet": ("厕所", "洗手间"),
        "power_room": ("配电室", "配电间"),
        "canteen": ("餐厅", "厨房"),
        "garage": ("车库", "地下车库"),
        "guard_room": ("警卫室", "门卫室", "门卫"),
        "corridor": ("过道", "走道"),
        "stairs": ("楼梯",),
        "lift": ("电梯间", "电梯井"),
        "lobby": ("大厅", "大堂"),
        "shaft": ("管道井",),
    }
)
"""How ledgers write the uses of rooms, beside the names in the reference list."""


def spellings(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return codes by spelling, from the names that the reference list gives each code and those of ledgers."""
    known = {word.casefold(): code for code, words in SPELLINGS.items() for word in words}
    return known | {name.casefold(): code for code, words in names.items() for name in words}


def use_of(*texts: str | None, spellings: Mapping[str, str]) -> str | None:
    """Return the use that the first telling text names: `会议室`, `大会议室2`, `Office 12`; None when none does."""
    for text in texts:
        word = re.sub(r"[\s0-9#.-]+$", "", (text or "").strip()).casefold()
        if word in spellings:
            return spellings[word]
        endings = [known for known in spellings if len(known) > 1 and word.endswith(known)]
        if endings:
            return spellings[max(endings, key=len)]
    return None

"""Uses of rooms (房间用途): which count as usable area, and which can be idle."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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
        "office": ("办公室", "办公", "办公用房", "一般办公室", "office", "workspace", "cubicle"),
        "meeting_room": (
            *("会议", "小会议室", "中会议室", "大会议室", "conference room", "conference", "meeting", "huddle room"),
            *("boardroom", "conferenceroom", "huddleroom"),
        ),
        "reception": ("接待", "会客室", "reception"),
        "archive": ("档案", "档案库", "archives", "records room", "file room"),
        "library": ("图书室", "资料室", "阅览室"),
        "it_room": (
            *("信息机房", "网络机房", "服务器机房", "server room", "serverroom", "server", "data centre"),
            *("data center", "computer room", "network room"),
        ),
        "confidential": ("机要室", "保密室"),
        "print_room": ("文印", "打印室", "printing room", "copy room", "printer"),
        "mail_room": ("mailroom",),
        "clinic": ("卫生室", "first aid", "first aid room", "firstaid", "nurse room"),
        "duty_room": ("值班",),
        "storage": (
            *("储藏", "储物间", "仓库", "库房", "storage room", "storeroom", "store room", "store", "stock room"),
            *("closet", "cupboard", "pantry"),
        ),
        "staff_room": ("janitor", "janitor room", "janitor closet", "cleaner", "cleaners room"),
        "tea_room": ("茶水间", "茶水室", "kitchenette", "tea point"),
        "toilet": (
            *("厕所", "洗手间", "盥洗室", "男卫", "女卫", "公卫", "男厕", "女厕", "toilets", "wc", "w.c.", "restroom"),
            *("rest room", "washroom", "lavatory", "lavatories", "bathroom", "bath", "bathrooms", "restrooms"),
            *("washrooms", "water closet", "shower", "showers", "shower room", "urinal", "powder room"),
        ),
        "power_room": (
            *("配电室", "配电间", "强电间", "electrical room", "electric room", "electrical", "switch room"),
            *("switchgear room", "transformer room", "substation", "generator room"),
        ),
        "pump_room": ("泵房",),
        "tank_room": ("tank room",),
        "boiler_room": ("锅炉房", "换热站", "boiler room", "heating room", "boiler"),
        "air_conditioning": (
            *("空调间", "新风机房", "air handling unit room", "ahu room", "ahu", "hvac room", "hvac", "fan room"),
            *("air conditioning room",),
        ),
        "telecom_room": ("telecom room", "comms room", "communications room", "idf", "mdf", "idf room", "mdf room"),
        "lift_machinery": ("elevator machine room", "lift motor room", "elevator machinery"),
        "building_systems": ("弱电间", "弱电机房", "消防控制室", "消控室", "安防监控室", "control room", "bms room"),
        "equipment_other": (
            *(
                "设备间",
                "设备机房",
                "plant room",
                "plantroom",
                "plant",
                "mechanical room",
                "mechanical",
                "machine room",
            ),
            *("utility", "utility room", "util", "services room", "equipment room"),
        ),
        "canteen": ("餐厅", "厨房", "cafeteria", "kitchen", "dining room", "food service", "foodservice"),
        "garage": ("车库", "地下车库", "parking", "car park", "parking garage", "carport", "berth"),
        "guard_room": ("警卫室", "门卫室", "门卫", "guard house", "security room"),
        "corridor": (
            *("过道", "走道", "内走廊", "外走廊", "连廊", "通道", "疏散通道", "坡道", "corridors", "corr", "hallway"),
            *("hallways", "passage", "passages", "passageway", "passageways", "aisle", "walkway", "walkways", "ramp"),
            *(
                "ramps",
                "circulation",
                "circulation area",
                "moving walkway",
                "movingwalkway",
                "gallery corridor",
                "flur",
            ),
        ),
        "stairs": (
            *("楼梯", "扶梯", "自动扶梯", "梯间", "stair", "staircase", "staircases", "stairwell", "stairwells"),
            *("stairway", "stairways", "steps", "fire escape", "escape stair", "escalator", "escalators", "treppe"),
            *("treppenhaus",),
        ),
        "lift": (
            *("电梯间", "电梯井", "客梯", "货梯", "消防电梯", "lifts", "elevator", "elevators", "lift shaft", "elev"),
            *("elevator shaft", "lift car", "hoistway", "dumbwaiter", "aufzug"),
        ),
        "lobby": (
            *("大厅", "大堂", "电梯厅", "过厅", "门斗", "前室", "合用前室", "消防前室", "中庭", "lobbies", "foyer"),
            *("foyers", "vestibule", "vestibules", "entrance hall", "entry hall", "entrance", "entry", "atrium"),
            *("elevator lobby", "lift lobby", "hall", "lift hall", "elevator hall", "landing", "concourse"),
        ),
        "shaft": (
            *("管道井", "管道间", "管井间", "风井", "水井", "电井", "强电井", "弱电井", "水暖井", "电缆井", "烟道"),
            *("井道", "竖井", "shafts", "duct", "ducts", "riser", "risers", "service shaft", "pipe shaft", "chase"),
            *("pipe chase", "cable shaft", "air shaft", "ventilation shaft", "service riser", "inaccessible space"),
        ),
    }
)
"""How ledgers and plans write the uses of rooms, beside the names in the reference list.

The English ones are those of drawings and models, of the categories of units in IMDF and of indoor tags in OSM.
"""
_ALONE = frozenset(
    {
        "hall",
        "store",
        "plant",
        "entry",
        "entrance",
        "landing",
        "server",
        "cleaner",
        "bath",
        "gallery",
        "meeting",
        "util",
    }
    | {"conference", "steps", "duct", "mechanical", "electrical", "printer", "reception", "parking", "corr", "elev"}
    | {"chase", "passage", "boiler", "utility", "pantry", "closet", "shower", "berth", "store room", "util"}
)
"""Words that mean a use by themselves and not at the end of others: a sports hall is no lobby, a bookstore no store."""
_BESIDE = """
no nr num number the of and for a an new old main central common shared public private internal external inner outer
north south east west n s e w ne nw se sw left right front rear back upper lower up down top ground basement level
floor fl men mens women womens male female man woman gents ladies unisex disabled accessible handicapped family staff
visitor visitors guest fire protected emergency escape enclosed open
"""
_BESIDES = frozenset(_BESIDE.split())
"""Words that say which of several, and not what."""
_APART = re.compile(r"[^\w\u4e00-\u9fff]+|_+")
_IN_BRACKETS = re.compile(r"[(\[{（【][^)\]}）】]*[)\]}）】]")


def spellings(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Return codes by spelling, from the names that the reference list gives each code and those of ledgers."""
    known = {word.casefold(): code for code, words in SPELLINGS.items() for word in words}
    return known | {name.casefold(): code for code, words in names.items() for name in words}


def use_of(*texts: str | None, spellings: Mapping[str, str]) -> str | None:
    """Return the use that the first telling text names; None when none does.

    `大会议室2`, `男卫生间(东)`, `Office 12`, `Stair A`, `restroom.female` and `North corridor` all name one.
    """
    for text in texts:
        for word in _readings(text or ""):
            found = _named(word, spellings)
            if found:
                return found
    return None


def _readings(text: str) -> Iterator[str]:
    """Give a text as it may be meant: as it stands, without its numbers, and its words without those beside them."""
    plain = unicodedata.normalize("NFKC", text).casefold().strip()
    yield plain
    yield re.sub(r"[\s0-9#.-]+$", "", plain)
    bare = _IN_BRACKETS.sub(" ", plain)
    words = [word for word in _APART.split(bare) if word]
    telling = [word for word in words if not _only_says_which(word)]
    yield " ".join(telling)
    yield re.sub(r"[a-z0-9]{1,3}$", "", telling[-1]) if telling and not telling[-1].isascii() else ""


def _only_says_which(word: str) -> bool:
    """Return whether a word is a letter, has figures, or is one such as north, main, female."""
    return word in _BESIDES or (word.isascii() and (len(word) == 1 or any(sign.isdigit() for sign in word)))


def _named(word: str, spellings: Mapping[str, str]) -> str | None:
    """Return the use that a word is or ends with; Latin words end with whole words, as a forklift is no lift."""
    if word in spellings:
        return spellings[word]
    endings = (word[start:] for start in range(1, len(word) - 1))  # the longest first, of two letters at least
    return next((spellings[end] for end in endings if end in spellings and _may_end(end, word)), None)


def _may_end(known: str, word: str) -> bool:
    return not known.isascii() or (known not in _ALONE and not word[-len(known) - 1].isalnum())

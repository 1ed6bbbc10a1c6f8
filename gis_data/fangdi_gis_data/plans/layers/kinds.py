"""What a feature of an indoor layer is, by the word that its kind, its layer or its file is called."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from fangdi.domain.plans.model import LayerRole

KIND_FIELDS = (
    *("indoor", "feature_type", "featuretype", "kind", "type", "category", "class", "element", "layer"),
    *("类型", "类别", "要素类型"),
)
"""Fields that may say what a feature is, the surest first."""

_WORDS: dict[LayerRole, str] = {
    LayerRole.FLOOR: "building_outline outline floor_outline floorplate floor level levels storey story gross_area "
    "外轮廓 楼层轮廓 楼层 层",
    LayerRole.WALL: "wall walls partition partitions exterior_wall interior_wall facade structure parapet "
    "墙 墙体 外墙 内墙 隔墙",
    LayerRole.OPENING: "door doors window windows opening openings entrance gate doorway 门 窗 门窗 洞口",
    LayerRole.COLUMN: "column columns pillar pillars 柱 柱子",
    LayerRole.VOID: "void voids floor_opening opentobelow open_to_below atrium 挑空 中庭 洞",
    LayerRole.OPEN: "balcony terrace porch veranda loggia canopy 阳台 露台 外廊 门廊 雨篷",
    LayerRole.SHARED: "corridor corridors hallway circulation walkway area lobby stair stairs staircase stairwell "
    "steps elevator elevators lift escalator movingwalkway ramp shaft shafts inaccessible_space inaccessible platform "
    "走廊 走道 过道 楼梯 楼梯间 电梯 电梯间 电梯井 竖井 管井 管道井 公共区域 公共部位",
    LayerRole.ROOM: "room rooms space spaces unit units office offices classroom bathroom bathrooms restroom toilet "
    "toilets kitchen storage storeroom laboratory lab auditorium lounge library conferenceroom meeting_room nonpublic "
    "unspecified 房间 办公室 会议室 卫生间 库房 机房 档案室 单元",
    LayerRole.LABEL: "label labels anchor anchors annotation text 标注 注记",
    LayerRole.IGNORE: "fixture fixtures furniture kiosk amenity occupant venue building buildings footprint section "
    "address relationship geofence detail pathway path paths route routes node edge graph 家具 设备 路径",
}
_ROLES = {word: role for role, words in _WORDS.items() for word in words.split()}
_STRUCTURE = {LayerRole.FLOOR, LayerRole.WALL, LayerRole.OPENING, LayerRole.COLUMN, LayerRole.VOID}
"""Roles that no use of a room is called; a field with one of them says what features are, and not only their use."""
_APART = re.compile(r"[^0-9a-z\u4e00-\u9fff]+")


def role_of(word: str) -> LayerRole | None:
    """Return the role that a word stands for, or None."""
    plain = _APART.sub("_", word.casefold()).strip("_")
    return _ROLES.get(plain) or _ROLES.get(plain.replace("_", ""))


def role_of_name(name: str) -> LayerRole | None:
    """Return the role that the name of a layer or file says in its last words, as "2_floor_walls"."""
    words = [word for word in _APART.split(name.casefold()) if word and not word.isdigit()]
    for start in range(max(0, len(words) - 2), len(words)):
        role = role_of("_".join(words[start:]))
        if role is not None:
            return role
    return None


def kind_field(columns: Collection[str], values: Mapping[str, Iterable[str | None]]) -> str | None:
    """Return the field that says what the features are: one of the usual names in which structure is spoken of.

    OSM's `indoor` and, in IMDF, whose units refer to their level, `category` are that by definition.
    """
    by_name = {column.casefold(): column for column in columns}
    for name in KIND_FIELDS:
        column = by_name.get(name)
        if column is None:
            continue
        roles = Counter(role_of(word) for word in values[column] if word)
        known = sum(count for role, count in roles.items() if role is not None)
        defined = name == "indoor" or (name == "category" and "level_id" in by_name)
        if known and (defined or (_STRUCTURE & set(roles) and known * 2 >= sum(roles.values()))):
            return column
    return None

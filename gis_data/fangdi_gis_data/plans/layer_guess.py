"""What the layers of a drawing mean, guessed from the words in their names and from what lies on them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from fangdi.domain.plans.model import LayerMeaning, LayerRole, LayerSummary

_SAMPLES = 5


@dataclass
class LayerContent:
    """What was found on a layer."""

    name: str
    entities: int = 0
    closed: int = 0
    lines: int = 0
    texts: list[str] = field(default_factory=list)
    room_texts: int = 0
    """Texts that read like labels of rooms."""
    area_texts: int = 0
    """Texts that state an area."""
    labelled: int = 0
    """Closed outlines with such a text in them, and room around it."""
    area: float = 0.0
    """Of its closed outlines, square drawing units."""


def _words(chinese: str, english: str) -> re.Pattern[str]:
    return re.compile(rf"{chinese}|(?<![a-z])(?:{english})(?![a-z])", re.IGNORECASE)


# The first that fits counts: a layer of furniture in rooms is furniture, and an axis of walls an axis.
_BY_NAME: tuple[tuple[LayerRole, re.Pattern[str]], ...] = (
    (
        LayerRole.ROOM,
        _words("(?:房间|面积|功能|分户|用房).*填充", "(?:rooms?|areas?|spaces?)[-_ ](?:hatch|fill|pattern)"),
    ),
    (
        LayerRole.IGNORE,
        _words(
            "家具|洁具|设备|尺寸|轴|填充|绿化|植物|地形|天花|吊顶|灯|电气|给水|排水|暖通|消防|基础|梁|楼梯线|台阶|铺地|车辆|"
            "说明|索引|标高",
            "furn|furniture|fixt?|fixtures?|equip|equipment|plumb|plumbing|sanr|sanit|sanitary|case|casework|dims?|"
            "dimensions?|"
            "axis|axes|grids?|grid?lines?|hatch|patt|pattern|pat|hid|hidden|clg|ceiling|roof|elec|electrical|"
            "light|lighting|lite|"
            "hvac|mech|fire|site|tree|trees|plant|plants|land|topo|veh|car|cars|foundation|found|fndn|"
            "footers?|footing|ftg|stem|"
            "slab|beams?|header|headers|joists?|truss|lintel|overhang|defpoints|vport|viewport|view port|appl|"
            "appliances?|demo|"
            "stairs?|strs|handrail|rail|people|symb|symbols?|leader|revcloud|rev|section|sect|elev",
        ),
    ),
    (
        LayerRole.LABEL,
        _words(
            "文字|文本|房间名|房名|房号|户号|室号|门牌|名称|注释|标注|编号",
            r"(?:room|rm|space|area)[-_ ]?(?:name|names|no|num|numb|number|numbers|text|txt|tag|tags|iden|id|"
            r"label|labels)|"
            r"texts?|txt|iden|labels?|tags?|anno|annot|annotation|names?|notes?|\w*text",
        ),
    ),
    (
        LayerRole.ROOM,
        _words(
            "房间(?:轮廓|边界|线|范围)|使用面积",
            r"(?:rooms?|rm|spaces?)[-_ ]?(?:outlines?|boundary|boundaries|bdy|bnd|poly\w*|areas?)",
        ),
    ),
    (LayerRole.FRAME, _words("图框|图廓|边框|框线|图签", "frames?|borders?|ttlb|titleblock|title|tblk|sheets?|layout")),
    (
        LayerRole.FLOOR,
        _words(
            "外轮廓|外墙线|外边线|外墙.*(?:轮廓|边)|(?:建筑|房屋|楼房|楼层|层|幢|栋|主体)(?:外)?(?:轮廓|边线|范围)|建筑面积|外框",
            "outline|outlines|outer|footprint|perimeter|gross|gros|gfa|gea|floor[-_ ]?(?:outline|area|boundary)|bldg",
        ),
    ),
    (LayerRole.SHARED, _words("公摊|分摊|公用部|公共部|共有部", "shared|common[-_ ]?(?:areas?|parts?)")),
    (LayerRole.COLUMN, _words("柱", "columns?|cols?|pillars?|stutzen|columnas?")),
    (
        LayerRole.OPENING,
        _words(
            "门|窗|洞口",
            r"(?:\w*doors?)|(?:\w*windows?)|wind?|openings?|opng|glaz|glazing|dr|drs|wdw|puertas?|ventanas?|"
            r"fenster|tuer|turen|tueren",
        ),
    ),
    (
        LayerRole.WALL,
        _words("墙", r"(?:\w*walls?)|mur|murs|muros?|pared|paredes|wand|waende|wande|partition|partitions|prtn"),
    ),
    (LayerRole.VOID, _words("挑空|中空|上空", "voids?|open[-_ ]?to[-_ ]?below")),
    (LayerRole.OPEN, _words("阳台|雨篷|檐廊|外廊", "balcony|balconies|terraces?|porch|canopy")),
    (
        LayerRole.ROOM,
        _words(
            "房间|房屋|室内|户型|分户|空间|套内|面积|轮廓|房界|分区",
            "rooms?|rms?|spaces?|areas?|units?|zones?|nia|polylines?|boundary|boundaries|bnd|bdy|raum|raeume|"
            "local|locales",
        ),
    ),
)
_FILLED = _words("填充", "hatch|patt|pattern|pat")
_REFERENCE = re.compile(r".*(?:\$\d+\$|\|)")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MAY_BE_OPEN = frozenset({LayerRole.ROOM, LayerRole.FLOOR})
"""Outlines of rooms and floors may be put together of lines, or left open, which is told."""
_FILLS = frozenset({LayerRole.ROOM, LayerRole.FLOOR, LayerRole.FRAME, LayerRole.OPEN, LayerRole.VOID, LayerRole.SHARED})


def role_by_name(layer: str) -> LayerRole | None:
    """Return what the name of a layer says, without the name of the file that it was bound from."""
    own = _CAMEL.sub("_", _REFERENCE.sub("", layer)).replace("_", " ")
    return next((role for role, pattern in _BY_NAME if pattern.search(own)), None)


def guess(contents: Iterable[LayerContent]) -> LayerMeaning:
    """Return the roles of layers by name and content; layers that say nothing have none."""
    layers = sorted(contents, key=lambda content: content.name)
    named = {content.name: role_by_name(content.name) for content in layers}
    roles: dict[str, set[LayerRole]] = {content.name: _possible(content, named[content.name]) for content in layers}
    _forget_title_blocks(layers, roles)
    if not _having(roles, LayerRole.ROOM):
        for content in _rooms_by_content(layers, roles):
            roles[content.name].add(LayerRole.ROOM)
            roles[content.name] -= {LayerRole.IGNORE, LayerRole.FLOOR}
    if not _having(roles, LayerRole.ROOM) and not _having(roles, LayerRole.WALL):
        for content in _last_resort(layers, named):
            roles[content.name].add(LayerRole.ROOM if content.closed else LayerRole.WALL)
    return LayerMeaning({name: frozenset(found) for name, found in roles.items() if found})


def _possible(content: LayerContent, role: LayerRole | None) -> set[LayerRole]:
    """Return the role by name where there is anything to fill it, and labels where texts read like them."""
    found: set[LayerRole] = set()
    if role is LayerRole.IGNORE:
        return {role}
    if role in _FILLS:
        if content.closed or (role in _MAY_BE_OPEN and content.lines):
            found.add(role)
        elif role is LayerRole.ROOM and content.texts:
            found.add(LayerRole.LABEL)  # named after rooms or areas, and all that it has is written
    elif role not in (None, LayerRole.LABEL) and (content.closed or content.lines):
        found.add(role)
    if content.room_texts or content.area_texts or (role is LayerRole.LABEL and content.texts):
        found.add(LayerRole.LABEL)
    return found


def _forget_title_blocks(layers: list[LayerContent], roles: Mapping[str, set[LayerRole]]) -> None:
    """Take labels off layers of frames where others have some: who drew a plan is no room, though it may end in 院."""
    labels = [content for content in layers if LayerRole.LABEL in roles[content.name]]
    framed = [content for content in labels if LayerRole.FRAME in roles[content.name]]
    for content in framed if len(framed) < len(labels) else ():
        roles[content.name].discard(LayerRole.LABEL)


def _rooms_by_content(layers: list[LayerContent], roles: Mapping[str, set[LayerRole]]) -> list[LayerContent]:
    """Return layers where closed outlines hold labels of rooms, one by one or nearly so.

    Where there are none, layers of fills and of outlines of floors may be meant, by what is on them.
    """
    free = [content for content in layers if roles[content.name] <= {LayerRole.LABEL}]
    wall = _having(roles, LayerRole.WALL)
    least = 3 if wall else 1
    found = [c for c in free if c.labelled >= least and c.labelled >= (0.6 if wall else 0.25) * c.closed]
    if found:
        return found
    by_room = [c for c in layers if c.labelled and c.labelled >= 0.6 * c.closed]
    return [c for c in by_room if _FILLED.search(c.name) or (LayerRole.FLOOR in roles[c.name] and c.labelled > 1)]


def _last_resort(layers: list[LayerContent], named: Mapping[str, LayerRole | None]) -> list[LayerContent]:
    """Return the one layer without a name that tells which has most closed area, or else most lines around labels."""
    free = [content for content in layers if named[content.name] is None]
    closed = [content for content in free if content.closed]
    if closed and not any(content.room_texts for content in layers):
        return [max(closed, key=lambda content: (content.area, content.name))]
    lines = [content for content in free if content.lines >= 4]
    if lines and any(content.room_texts for content in layers):
        return [max(lines, key=lambda content: (content.lines, content.name))]
    return [max(closed, key=lambda content: (content.area, content.name))] if closed else []


def _having(roles: Mapping[str, set[LayerRole]], role: LayerRole) -> bool:
    return any(role in found for found in roles.values())


def summaries(contents: Iterable[LayerContent]) -> tuple[LayerSummary, ...]:
    """Return what there is to choose from, by name."""
    return tuple(
        LayerSummary(c.name, c.entities, c.closed, len(c.texts), tuple(dict.fromkeys(c.texts))[:_SAMPLES])
        for c in sorted(contents, key=lambda content: content.name)
    )

"""What each finding says, in Chinese and English, and what to do about it; placeholders are the finding's `values`."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from fangdi.domain.common import Definition as Labels
from fangdi.domain.plans.findings import Finding, FindingCode


@dataclass(frozen=True, slots=True)
class FindingText:
    """The name of a kind of finding, its sentence, and the advice."""

    name: Labels
    says: Labels
    advice: Labels


def _text(zh: tuple[str, str, str], en: tuple[str, str, str]) -> FindingText:
    name, says, advice = (Labels(chinese, english) for chinese, english in zip(zh, en, strict=True))
    return FindingText(name, says, advice)


_FILE = {
    FindingCode.UNREADABLE: _text(
        ("文件无法读取", "文件无法读取:{reason}。", "请用原软件重新导出后再上传。"),
        ("Cannot be read", "The file cannot be read: {reason}.", "Export it again from its program, and upload that."),
    ),
    FindingCode.NOT_A_PLAN: _text(
        ("不支持的文件类型", "{reason}。", "请转换为 DXF(R2000 及以上)、IFC、GeoJSON、GeoPackage 或 Shapefile。"),
        ("Not a plan", "{reason}.", "Convert it to DXF (R2000 or later), IFC, GeoJSON, GeoPackage or Shapefile."),
    ),
    FindingCode.REPAIRED_FILE: _text(
        (
            "文件有缺陷,已修复读取",
            "文件结构有 {count} 处错误,已按可恢复的内容读取:{reason}。",
            "请核对房间是否齐全;必要时重新导出。",
        ),
        (
            "Faulty file, read with repairs",
            ("The file has {count} structural faults and was read as far as possible: {reason}."),
            "Check that no room is missing; export the file again if need be.",
        ),
    ),
    FindingCode.UNSUPPORTED: _text(
        ("未读取的图元", "{count} 个 {kind} 图元不能读取。", "如其中有房间轮廓,请炸开或转换为多段线。"),
        (
            "Entities not read",
            "{count} entities of kind {kind} cannot be read.",
            "If rooms are among them, explode them or turn them into polylines.",
        ),
    ),
    FindingCode.EMPTY: _text(
        ("没有可用内容", "图中没有可作为房间的内容。", "请检查是否选对了图层,或图形是否在未插入的块中。"),
        (
            "Nothing to use",
            "Nothing in the plan can be a room.",
            "Check the choice of layers, and whether the drawing sits in a block that is never inserted.",
        ),
    ),
    FindingCode.TOO_LARGE: _text(
        ("文件过大", "{what}为 {found},超过上限 {most}。", "请按楼层或楼座拆分后再上传。"),
        ("Too large", "{what} is {found}, more than {most}.", "Split the file by floors or buildings."),
    ),
    FindingCode.MISSING_XREF: _text(
        ("缺少外部参照", "外部参照“{name}”不在文件中,其内容未读取。", "请在 CAD 中绑定外部参照后重新导出。"),
        (
            "External reference missing",
            "The external reference “{name}” is not in the file; nothing of it was read.",
            "Bind it in the CAD program and export again.",
        ),
    ),
    FindingCode.SKIPPED_LAYER: _text(
        ("图层未读取", "图层“{name}”已{state},其中 {count} 个图元未读取。", "如需要,请在 CAD 中打开该图层后重新导出。"),
        (
            "Layer not read",
            "Layer “{name}” is {state}; {count} entities on it were not read.",
            "Switch it on in the CAD program and export again if it is needed.",
        ),
    ),
    FindingCode.UNUSED_BLOCK: _text(
        ("块未插入", "块“{name}”有定义但未插入,未计入。", "如应计入,请在图中插入该块。"),
        (
            "Block never inserted",
            "Block “{name}” is defined but never inserted, and does not count.",
            "Insert it in the drawing if it should.",
        ),
    ),
    FindingCode.ENCODING_GUESSED: _text(
        ("文字编码为推断", "文字按 {encoding} 读取,文件未说明或说明有误。", "请核对房间名称是否正确。"),
        (
            "Text encoding guessed",
            "Texts were read as {encoding}; the file does not say, or says wrongly.",
            "Check that the names of rooms read right.",
        ),
    ),
}

_PLACE = {
    FindingCode.UNITS_MISSING: _text(
        ("未注明单位", "文件未注明图形单位;按 {unit} 时图宽 {width_m} 米。", "请确认单位。"),
        (
            "No unit given",
            "The file does not say its unit; in {unit} the drawing is {width_m} m wide.",
            "Confirm the unit.",
        ),
    ),
    FindingCode.UNITS_DOUBTFUL: _text(
        (
            "单位可疑",
            (
                "文件注明单位为 {unit},则图宽 {width_m} 米,房间面积中位数 {median_m2} 平方米,不合常理;"
                "按 {likely} 较为合理。"
            ),
            "请确认单位;确认之前面积不可采信。",
        ),
        (
            "Unit in doubt",
            (
                "The file says {unit}: the drawing would be {width_m} m wide and the median room "
                "{median_m2} m², which is implausible; {likely} would be plausible."
            ),
            "Confirm the unit; until then do not rely on the areas.",
        ),
    ),
    FindingCode.FEET_AND_INCHES: _text(
        (
            "英尺英寸制图形",
            "图中尺寸以英尺英寸标注,量得一个图形单位为一英寸;已按英寸读取。",
            "如一个图形单位确为一英尺,请在原图中改正尺寸标注。",
        ),
        (
            "Drawn in feet and inches",
            "The drawing is dimensioned in feet and inches, and by its dimensions one unit is an inch; it was read so.",
            "Correct the dimensions in the drawing if one unit is a foot.",
        ),
    ),
    FindingCode.CRS_MISSING: _text(
        ("未注明坐标系", "文件未注明坐标系。", "请选择坐标系,或用控制点在地图上定位。"),
        (
            "No CRS given",
            "The file names no coordinate reference system.",
            "Choose it, or place the plan on the map by control points.",
        ),
    ),
    FindingCode.RESIDUAL_TOO_LARGE: _text(
        (
            "定位残差超限",
            "控制点“{name}”残差 {residual_m} 米,超过限值 {limit_m} 米。",
            "请检查该点在图上和地图上的位置。",
        ),
        (
            "Residual too large",
            "Control point {name} is off by {residual_m} m, more than the limit of {limit_m} m.",
            "Check where the point lies on the plan and on the map.",
        ),
    ),
    FindingCode.SCALE_OFF: _text(
        (
            "比例不符",
            "定位所需比例为 {scale},偏离 1 超过 {limit}。",
            "请检查图形单位和控制点;面积仍按图形自身尺寸计算。",
        ),
        (
            "Scale off",
            "Placing needs a scale of {scale}, off 1 by more than {limit}.",
            "Check the unit of the drawing and the control points; areas stay those of the drawing itself.",
        ),
    ),
    FindingCode.FOOTPRINT_MISMATCH: _text(
        ("与建筑轮廓吻合度低", "楼层轮廓与建筑轮廓的吻合度仅 {score}。", "请改用控制点定位,或检查建筑是否选对。"),
        (
            "Poor match with the footprint",
            "The floor outline matches the footprint of the building by {score} only.",
            "Place it by control points instead, or check that it is the right building.",
        ),
    ),
    FindingCode.NO_ROOM_LAYER: _text(
        ("未识别出房间图层", "没有图层像是房间轮廓。", "请在图层对应中指定房间轮廓或墙线所在图层。"),
        (
            "No layer of rooms",
            "No layer looks like outlines of rooms.",
            "Say in the layer mapping where outlines of rooms or walls are.",
        ),
    ),
    FindingCode.LEVEL_UNKNOWN: _text(
        ("楼层未知", "无法确定“{name}”是第几层。", "请指定楼层。"),
        ("Level unknown", "It is not clear which level “{name}” is.", "Say which level it is."),
    ),
    FindingCode.SEVERAL_FLOORS: _text(
        ("疑似多个楼层", "图中有 {count} 组相互分离的图形,可能是多个楼层。", "请用框分别标出各楼层。"),
        (
            "Perhaps several floors",
            "The drawing has {count} separate groups, perhaps several floors.",
            "Draw a box around each floor.",
        ),
    ),
    FindingCode.SAME_FLOOR_TWICE: _text(
        ("楼层重复", "“{name}”与“{other}”的房间轮廓几乎相同(重合 {share})。", "请确认不是同一楼层画了两次。"),
        (
            "Same floor twice",
            "“{name}” and “{other}” have nearly the same rooms ({share} in common).",
            "Make sure that it is not one floor drawn twice.",
        ),
    ),
    FindingCode.SPANS_LEVELS: _text(
        (
            "跨越多个楼层",
            "“{room}”标注为 {levels} 层,只在最低的一层计一次,其余楼层作为公共部位。",
            "请确认是楼梯间、电梯井等。",
        ),
        (
            "Spans several floors",
            "“{room}” is on floors {levels}; it counts once, on the lowest, and is a shared part of the others.",
            "Make sure that it is a stair, a lift or the like.",
        ),
    ),
    FindingCode.FLOOR_WITHOUT_ROOMS: _text(
        (
            "楼层没有房间",
            "“{name}”有 {count} 个墙体等构件,但没有房间,未作为楼层。",
            "如确为楼层,请补充房间后重新导出。",
        ),
        (
            "Floor without rooms",
            "“{name}” has {count} walls or other parts and no room; it is taken for no floor.",
            "Add its rooms and export again if it is one.",
        ),
    ),
    FindingCode.OUTSIDE_FRAMES: _text(
        ("图框外图形", "{count} 个图形在所有楼层框之外,未计入。", "如属于某楼层,请调整该楼层的框。"),
        (
            "Outside all frames",
            "{count} shapes lie outside all frames of floors and do not count.",
            "Move the frame of their floor if they belong to one.",
        ),
    ),
}

_SHAPES = {
    FindingCode.UNCLOSED: _text(
        ("轮廓未闭合", "轮廓两端相距 {gap_m} 米,未闭合。", "可接受建议的闭合,或在 CAD 中闭合。"),
        (
            "Outline not closed",
            "The ends of the outline are {gap_m} m apart.",
            "Accept the proposed closing, or close it in the CAD program.",
        ),
    ),
    FindingCode.SELF_CROSSING: _text(
        ("轮廓自相交", "轮廓自相交,面积不确定。", "可接受建议的修复,或在原图中修正。"),
        (
            "Outline crosses itself",
            "The outline crosses itself; its area is uncertain.",
            "Accept the proposed repair, or correct the drawing.",
        ),
    ),
    FindingCode.SPIKE: _text(
        ("轮廓有毛刺", "“{room}”的轮廓有长 {length_m} 米的毛刺。", "可接受建议的清理,或在原图中修正。"),
        (
            "Spike in the outline",
            "The outline of “{room}” has a spike {length_m} m long.",
            "Accept the proposed cleaning, or correct the drawing.",
        ),
    ),
    FindingCode.TOO_SMALL: _text(
        ("图形过小", "闭合图形仅 {area_m2} 平方米,小于 {least_m2} 平方米,未作为房间。", "如确为房间,请手工添加。"),
        (
            "Too small",
            "A closed shape of only {area_m2} m², less than {least_m2} m², is taken for no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.LABEL_BOX: _text(
        ("标注框", "“{text}”外的方框({area_m2} 平方米)是标注框,未作为房间。", "如确为房间,请手工添加。"),
        (
            "Box around a label",
            "The box around “{text}” ({area_m2} m²) frames the label and is no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.IMPOSSIBLE_SIZE: _text(
        ("尺寸不合常理", "房间“{room}”{area_m2} 平方米,宽 {width_m} 米,不合常理。", "请检查单位和轮廓。"),
        (
            "Impossible size",
            "Room “{room}” has {area_m2} m² and is {width_m} m wide, which is implausible.",
            "Check the unit and the outline.",
        ),
    ),
    FindingCode.DUPLICATE_OUTLINE: _text(
        ("轮廓重复", "同一轮廓画了 {count} 次,只计一次。", "请在原图中删除重复图形。"),
        (
            "Outline drawn twice",
            "The same outline is drawn {count} times and counts once.",
            "Delete the copies in the drawing.",
        ),
    ),
    FindingCode.FURNITURE: _text(
        ("未作为房间的图形", "{count} 个闭合图形({kind})未作为房间。", "如其中有房间,请在图层对应中指定。"),
        (
            "Shapes taken for no rooms",
            "{count} closed shapes ({kind}) are taken for no rooms.",
            "If rooms are among them, say so in the layer mapping.",
        ),
    ),
    FindingCode.NESTED_ROOM: _text(
        (
            "房间套房间",
            "“{other}”完全位于“{room}”之内,已从“{room}”中扣除 {area_m2} 平方米。",
            "请确认内外两个房间都应保留。",
        ),
        (
            "Room within a room",
            "“{other}” lies wholly inside “{room}”: its {area_m2} m² were taken off “{room}”.",
            "Check that both are rooms.",
        ),
    ),
    FindingCode.ENCLOSES_ROOMS: _text(
        (
            "轮廓包含多个房间",
            "一个 {area_m2} 平方米的轮廓包含 {count} 个房间,自身没有标注,未作为房间。",
            "如确为房间,请手工添加。",
        ),
        (
            "Outline around rooms",
            "An outline of {area_m2} m² holds {count} rooms and no label of its own; it is taken for no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.NOT_A_SPACE: _text(
        (
            "不是房间的空间",
            "“{name}”标为空间,实为{kind},未计入使用面积。",
            "请在模型中改正其类型;如确为房间,请手工添加。",
        ),
        (
            "A space that is no room",
            "“{name}” is typed as a space but is a {kind}; it does not count as usable area.",
            "Correct its type in the model; add it by hand if it is a room.",
        ),
    ),
    FindingCode.NO_FOOTPRINT: _text(
        ("没有可用形体", "“{name}”没有可以量算的形体:{reason}。", "请在模型中补充形体后重新导出。"),
        (
            "No shape to measure",
            "“{name}” has no shape that can be measured: {reason}.",
            "Add it in the model and export again.",
        ),
    ),
}

_ROOMS = {
    FindingCode.OVERLAP: _text(
        ("房间重叠", "“{room}”与“{other}”重叠 {area_m2} 平方米。", "请改正轮廓;重叠部分只能属于一个房间。"),
        (
            "Rooms overlap",
            "“{room}” and “{other}” overlap by {area_m2} m².",
            "Correct the outlines; what overlaps can belong to one room only.",
        ),
    ),
    FindingCode.SLIVER: _text(
        ("狭长缝隙", "“{room}”与“{other}”之间有宽 {width_m} 米、{area_m2} 平方米的缝隙或重叠。", "可接受建议的吻合。"),
        (
            "Sliver",
            "Between “{room}” and “{other}” is a sliver {width_m} m wide, {area_m2} m².",
            "Accept the proposed snapping.",
        ),
    ),
    FindingCode.GAP: _text(
        ("未归属空间", "楼层内有 {area_m2} 平方米(宽 {width_m} 米)既不是房间也不是墙体。", "请确认是否漏画房间。"),
        (
            "Space of no room",
            "{area_m2} m² of the floor ({width_m} m wide) are neither room nor wall.",
            "Check whether a room is missing.",
        ),
    ),
    FindingCode.OUTSIDE_FLOOR: _text(
        ("房间超出楼层", "“{room}”有 {area_m2} 平方米在楼层轮廓之外。", "请改正房间或楼层轮廓。"),
        (
            "Room outside its floor",
            "{area_m2} m² of “{room}” lie outside the outline of the floor.",
            "Correct the outline of the room or of the floor.",
        ),
    ),
    FindingCode.FLOOR_OUTSIDE_FOOTPRINT: _text(
        ("楼层超出建筑轮廓", "“{name}”有 {area_m2} 平方米在建筑轮廓之外。", "请检查定位,或建筑轮廓是否已更新。"),
        (
            "Floor outside the footprint",
            "{area_m2} m² of “{name}” lie outside the footprint of the building.",
            "Check how the plan is placed, and whether the footprint is up to date.",
        ),
    ),
    FindingCode.DUPLICATE_NUMBER: _text(
        ("房间号重复", "房间号“{number}”出现 {count} 次。", "请改正,使房间号在本楼层唯一。"),
        (
            "Number used twice",
            "Number “{number}” appears {count} times.",
            "Correct it so that it is unique on the floor.",
        ),
    ),
    FindingCode.LABEL_WITHOUT_ROOM: _text(
        ("标注无对应房间", "标注“{text}”不在任何房间内。", "请检查该处轮廓是否漏画或未闭合。"),
        (
            "Label without a room",
            "Label “{text}” lies in no room.",
            "Check whether an outline is missing or open there.",
        ),
    ),
    FindingCode.ROOM_WITHOUT_LABEL: _text(
        ("房间无标注", "一个 {area_m2} 平方米的房间没有房间号和名称。", "请补充房间号或名称。"),
        ("Room without a label", "A room of {area_m2} m² has neither number nor name.", "Give it one."),
    ),
    FindingCode.SEVERAL_LABELS: _text(
        ("一个房间多个标注", "一个房间内有 {count} 个标注:{texts};采用“{text}”。", "请检查是否漏画隔墙。"),
        (
            "Several labels in a room",
            "A room holds {count} labels: {texts}; “{text}” was taken.",
            "Check whether a partition is missing.",
        ),
    ),
}

_AREAS = {
    FindingCode.OTHER_BASIS: _text(
        (
            "图注面积口径不同",
            (
                "图注面积合计 {stated_m2} 平方米,按内墙面量得 {measured_m2} 平方米,相差 {share};差异规律一致,"
                "应为{basis}口径。"
            ),
            "两种口径不能直接比较;使用面积以量得值为准。",
        ),
        (
            "Stated on another basis",
            (
                "The plan states {stated_m2} m² in all, {measured_m2} m² are measured to inner wall "
                "faces, {share} apart; the difference is even, so that it is measured to {basis}."
            ),
            "The two are not to be compared; usable area is what is measured.",
        ),
    ),
    FindingCode.STATED_DIFFERS: _text(
        (
            "图注面积与量得不符",
            "“{room}”图注 {stated_m2} 平方米,量得 {measured_m2} 平方米,相差超过限差 {limit_m2}。",
            "请检查轮廓和图注。",
        ),
        (
            "Stated area differs",
            (
                "“{room}” states {stated_m2} m² and measures {measured_m2} m²: more apart than the "
                "tolerance of {limit_m2} m²."
            ),
            "Check outline and label.",
        ),
    ),
    FindingCode.NOT_CONSERVED: _text(
        (
            "面积不闭合",
            "房间 {rooms_m2} + 墙体 {walls_m2} + 公共部位 {shared_m2} 与建筑面积 {gross_m2} 相差 {rest_m2} 平方米。",
            "请检查是否有重叠、漏画的房间或墙体。",
        ),
        (
            "Areas do not add up",
            (
                "Rooms {rooms_m2} + walls {walls_m2} + shared parts {shared_m2} m² miss the gross floor "
                "area of {gross_m2} m² by {rest_m2} m²."
            ),
            "Look for overlaps, and for rooms or walls not drawn.",
        ),
    ),
    FindingCode.HEIGHT_UNKNOWN: _text(
        ("层高未知", "“{name}”没有层高,按不低于 2.20 米计。", "请补充层高。"),
        ("Height unknown", "“{name}” states no storey height and counts as 2.20 m or more.", "Add the height."),
    ),
    FindingCode.GROSS_UNKNOWN: _text(
        ("无外轮廓", "“{name}”没有外轮廓,无法计算建筑面积。", "请在图层对应中指定楼层外轮廓所在图层。"),
        (
            "No outer outline",
            "“{name}” has no outer outline, so that its gross floor area cannot be computed.",
            "Say in the layer mapping where the outline of floors is.",
        ),
    ),
    FindingCode.OUTLINE_IMPLIED: _text(
        (
            "外轮廓为推算",
            "“{name}”没有画外轮廓;按墙体和房间外边推算为 {area_m2} 平方米,未画出的部位不在其中,不能据此核对闭合。",
            "建筑面积仅供参考;请在图层对应中指定外轮廓所在图层,或在原图中补画。",
        ),
        (
            "Outer outline inferred",
            (
                "“{name}” draws no outer outline; around its walls and rooms it has {area_m2} m², without what is not "
                "drawn, which cannot prove that areas add up."
            ),
            "Take the gross floor area as an estimate; name the layer of the outer outline, or draw it.",
        ),
    ),
}

TEXTS: Mapping[FindingCode, FindingText] = MappingProxyType(_FILE | _PLACE | _SHAPES | _ROOMS | _AREAS)


_SHARES = {"share", "score"}
"""Values shown in per cent."""


def say(finding: Finding) -> Labels:
    """Return the finding as a sentence; areas and lengths with two decimals, shares in per cent."""
    says = TEXTS[finding.code].says
    shown = {name: _shown(name, value) for name, value in finding.values.items()}
    chinese = {name.removesuffix("_zh"): words for name, words in shown.items() if name.endswith("_zh")}
    return Labels(says.zh.format_map(shown | chinese), says.en.format_map(shown))


def _shown(name: str, value: str | float) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.1%}" if name in _SHARES else f"{value:.2f}"

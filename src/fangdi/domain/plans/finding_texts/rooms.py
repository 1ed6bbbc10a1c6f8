"""Texts of rooms, and of rooms beside each other."""

from fangdi.domain.plans.finding_texts.form import text
from fangdi.domain.plans.findings import FindingCode

ROOMS = {
    FindingCode.OVERLAP: text(
        ("房间重叠", "“{room}”与“{other}”重叠 {area_m2} 平方米。", "请改正轮廓;重叠部分只能属于一个房间。"),
        (
            "Rooms overlap",
            "“{room}” and “{other}” overlap by {area_m2} m².",
            "Correct the outlines; what overlaps can belong to one room only.",
        ),
    ),
    FindingCode.SLIVER: text(
        ("狭长缝隙", "“{room}”与“{other}”之间有宽 {width_m} 米、{area_m2} 平方米的缝隙或重叠。", "可接受建议的吻合。"),
        (
            "Sliver",
            "Between “{room}” and “{other}” is a sliver {width_m} m wide, {area_m2} m².",
            "Accept the proposed snapping.",
        ),
    ),
    FindingCode.GAP: text(
        ("未归属空间", "楼层内有 {area_m2} 平方米(宽 {width_m} 米)既不是房间也不是墙体。", "请确认是否漏画房间。"),
        (
            "Space of no room",
            "{area_m2} m² of the floor ({width_m} m wide) are neither room nor wall.",
            "Check whether a room is missing.",
        ),
    ),
    FindingCode.OUTSIDE_FLOOR: text(
        ("房间超出楼层", "“{room}”有 {area_m2} 平方米在楼层轮廓之外。", "请改正房间或楼层轮廓。"),
        (
            "Room outside its floor",
            "{area_m2} m² of “{room}” lie outside the outline of the floor.",
            "Correct the outline of the room or of the floor.",
        ),
    ),
    FindingCode.FLOOR_OUTSIDE_FOOTPRINT: text(
        ("楼层超出建筑轮廓", "“{name}”有 {area_m2} 平方米在建筑轮廓之外。", "请检查定位,或建筑轮廓是否已更新。"),
        (
            "Floor outside the footprint",
            "{area_m2} m² of “{name}” lie outside the footprint of the building.",
            "Check how the plan is placed, and whether the footprint is up to date.",
        ),
    ),
    FindingCode.DUPLICATE_NUMBER: text(
        ("房间号重复", "房间号“{number}”出现 {count} 次。", "请改正,使房间号在本楼层唯一。"),
        (
            "Number used twice",
            "Number “{number}” appears {count:time|times}.",
            "Correct it so that it is unique on the floor.",
        ),
    ),
    FindingCode.LABEL_WITHOUT_ROOM: text(
        ("标注无对应房间", "标注“{text}”不在任何房间内。", "请检查该处轮廓是否漏画或未闭合。"),
        (
            "Label without a room",
            "Label “{text}” lies in no room.",
            "Check whether an outline is missing or open there.",
        ),
    ),
    FindingCode.ROOM_WITHOUT_LABEL: text(
        ("房间无标注", "一个 {area_m2} 平方米的房间没有房间号和名称。", "请补充房间号或名称。"),
        ("Room without a label", "A room of {area_m2} m² has neither number nor name.", "Give it one."),
    ),
    FindingCode.SEVERAL_LABELS: text(
        ("一个房间多个标注", "一个房间内有 {count} 个标注:{texts};采用“{text}”。", "请检查是否漏画隔墙。"),
        (
            "Several labels in a room",
            "A room holds {count:label|labels}: {texts}; “{text}” was taken.",
            "Check whether a partition is missing.",
        ),
    ),
    FindingCode.USE_UNKNOWN: text(
        (
            "用途未识别",
            "{count} 间房间的用途未能识别(如{examples}),均计入使用面积。",
            "如其中有走廊、楼梯、管井等公共部位,请填写用途。",
        ),
        (
            "Use not recognised",
            "{count:room|rooms} of a use that is not known (as {examples}), counted as usable area.",
            "If corridors, stairs or shafts are among them, write down their use.",
        ),
    ),
}

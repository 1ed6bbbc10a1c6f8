"""Texts of outlines by themselves."""

from fangdi.domain.plans.finding_texts.form import text
from fangdi.domain.plans.findings import FindingCode

OUTLINES = {
    FindingCode.UNCLOSED: text(
        ("轮廓未闭合", "轮廓两端相距 {gap_m} 米,未闭合。", "可接受建议的闭合,或在 CAD 中闭合。"),
        (
            "Outline not closed",
            "The ends of the outline are {gap_m} m apart.",
            "Accept the proposed closing, or close it in the CAD program.",
        ),
    ),
    FindingCode.SELF_CROSSING: text(
        ("轮廓自相交", "轮廓自相交,面积不确定。", "可接受建议的修复,或在原图中修正。"),
        (
            "Outline crosses itself",
            "The outline crosses itself; its area is uncertain.",
            "Accept the proposed repair, or correct the drawing.",
        ),
    ),
    FindingCode.SPIKE: text(
        ("轮廓有毛刺", "“{room}”的轮廓有长 {length_m} 米的毛刺。", "可接受建议的清理,或在原图中修正。"),
        (
            "Spike in the outline",
            "The outline of “{room}” has a spike {length_m} m long.",
            "Accept the proposed cleaning, or correct the drawing.",
        ),
    ),
    FindingCode.TOO_SMALL: text(
        ("图形过小", "闭合图形仅 {area_m2} 平方米,小于 {least_m2} 平方米,未作为房间。", "如确为房间,请手工添加。"),
        (
            "Too small",
            "A closed shape of only {area_m2} m², less than {least_m2} m², is taken for no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.LABEL_BOX: text(
        ("标注框", "“{text}”外的方框({area_m2} 平方米)是标注框,未作为房间。", "如确为房间,请手工添加。"),
        (
            "Box around a label",
            "The box around “{text}” ({area_m2} m²) frames the label and is no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.IMPOSSIBLE_SIZE: text(
        ("尺寸不合常理", "房间“{room}”{area_m2} 平方米,宽 {width_m} 米,不合常理。", "请检查单位和轮廓。"),
        (
            "Impossible size",
            "Room “{room}” has {area_m2} m² and is {width_m} m wide, which is implausible.",
            "Check the unit and the outline.",
        ),
    ),
    FindingCode.DUPLICATE_OUTLINE: text(
        ("轮廓重复", "同一轮廓画了 {count} 次,只计一次。", "请在原图中删除重复图形。"),
        (
            "Outline drawn twice",
            "The same outline is drawn {count:time|times} and counts once.",
            "Delete the copies in the drawing.",
        ),
    ),
    FindingCode.FURNITURE: text(
        ("未作为房间的图形", "{count} 个闭合图形({kind})未作为房间。", "如其中有房间,请在图层对应中指定。"),
        (
            "Shapes taken for no rooms",
            "{count:closed shape|closed shapes} ({kind}) taken for no rooms.",
            "If rooms are among them, say so in the layer mapping.",
        ),
    ),
    FindingCode.NESTED_ROOM: text(
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
    FindingCode.ENCLOSES_ROOMS: text(
        (
            "轮廓包含多个房间",
            "一个 {area_m2} 平方米的轮廓包含 {count} 个房间,自身没有标注,未作为房间。",
            "如确为房间,请手工添加。",
        ),
        (
            "Outline around rooms",
            "An outline of {area_m2} m² holds {count:room|rooms} and no label of its own; it is taken for no room.",
            "Add it by hand if it is one.",
        ),
    ),
    FindingCode.NOT_A_SPACE: text(
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
    FindingCode.NO_FOOTPRINT: text(
        ("没有可用形体", "“{name}”没有可以量算的形体:{reason}。", "请在模型中补充形体后重新导出。"),
        (
            "No shape to measure",
            "“{name}” has no shape that can be measured: {reason}.",
            "Add it in the model and export again.",
        ),
    ),
}

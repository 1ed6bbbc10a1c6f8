"""Texts of areas."""

from fangdi.domain.plans.finding_texts.form import text
from fangdi.domain.plans.findings import FindingCode

AREAS = {
    FindingCode.OTHER_BASIS: text(
        (
            "图注面积口径不同",
            (
                "图注面积({source})合计 {stated_m2} 平方米,按内墙面量得 {measured_m2} 平方米,相差 {share}{left_out};"
                "差异规律一致,应为{basis}口径。"
            ),
            "两种口径不能直接比较;使用面积以量得值为准。",
        ),
        (
            "Stated on another basis",
            (
                "The plan states {stated_m2} m² in all ({source}), {measured_m2} m² are measured to inner wall "
                "faces, {share} apart{left_out}; the difference is even, so that it is measured to {basis}."
            ),
            "The two are not to be compared; usable area is what is measured.",
        ),
    ),
    FindingCode.STATED_DIFFERS: text(
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
    FindingCode.NOT_CONSERVED: text(
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
    FindingCode.HEIGHT_UNKNOWN: text(
        ("层高未知", "“{name}”没有层高,按不低于 2.20 米计。", "请补充层高。"),
        ("Height unknown", "“{name}” states no storey height and counts as 2.20 m or more.", "Add the height."),
    ),
    FindingCode.GROSS_UNKNOWN: text(
        ("无外轮廓", "“{name}”没有外轮廓,无法计算建筑面积。", "请在图层对应中指定楼层外轮廓所在图层。"),
        (
            "No outer outline",
            "“{name}” has no outer outline, so that its gross floor area cannot be computed.",
            "Say in the layer mapping where the outline of floors is.",
        ),
    ),
    FindingCode.OUTLINE_IMPLIED: text(
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

"""Texts of units, places, layers and floors."""

from fangdi.domain.plans.finding_texts.form import text
from fangdi.domain.plans.findings import FindingCode

PLACES = {
    FindingCode.UNITS_MISSING: text(
        ("未注明单位", "文件未注明图形单位;按 {unit} 时图宽 {width_m} 米。", "请确认单位。"),
        (
            "No unit given",
            "The file does not say its unit; in {unit} the drawing is {width_m} m wide.",
            "Confirm the unit.",
        ),
    ),
    FindingCode.UNITS_DOUBTFUL: text(
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
    FindingCode.FEET_AND_INCHES: text(
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
    FindingCode.CRS_MISSING: text(
        ("未注明坐标系", "文件未注明坐标系。", "请选择坐标系,或用控制点在地图上定位。"),
        (
            "No CRS given",
            "The file names no coordinate reference system.",
            "Choose it, or place the plan on the map by control points.",
        ),
    ),
    FindingCode.RESIDUAL_TOO_LARGE: text(
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
    FindingCode.SCALE_OFF: text(
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
    FindingCode.FOOTPRINT_MISMATCH: text(
        ("与建筑轮廓吻合度低", "楼层轮廓与建筑轮廓的吻合度仅 {score}。", "请改用控制点定位,或检查建筑是否选对。"),
        (
            "Poor match with the footprint",
            "The floor outline matches the footprint of the building by {score} only.",
            "Place it by control points instead, or check that it is the right building.",
        ),
    ),
    FindingCode.PLACED_FAR: text(
        (
            "距楼座过远",
            "按此定位,平面图距楼座 {away_km} 公里,超过限值 {limit_km} 公里。",
            "请检查坐标系或控制点,重新定位;改正之前不能入库。",
        ),
        (
            "Far from its building",
            "Placed so, the plan lies {away_km} km from its building; the limit is {limit_km} km.",
            "Check the CRS or the control points and place it again; it cannot be imported before.",
        ),
    ),
    FindingCode.PLACE_NOT_TAKEN: text(
        (
            "未采用文件自带的位置",
            "文件自带的位置距楼座 {away_km} 公里,超过限值 {limit_km} 公里,未予采用。",
            "请按建筑轮廓或控制点定位;如选错了楼座,请上传到正确的楼座。",
        ),
        (
            "Place of the file not taken",
            "The place that the file states is {away_km} km from the building, beyond {limit_km} km; it was not taken.",
            "Place it by the footprint or by control points, or upload it to the right building.",
        ),
    ),
    FindingCode.NO_ROOM_LAYER: text(
        ("未识别出房间图层", "没有图层像是房间轮廓。", "请在图层对应中指定房间轮廓或墙线所在图层。"),
        (
            "No layer of rooms",
            "No layer looks like outlines of rooms.",
            "Say in the layer mapping where outlines of rooms or walls are.",
        ),
    ),
    FindingCode.LEVEL_UNKNOWN: text(
        ("楼层未知", "无法确定“{name}”是第几层。", "请指定楼层。"),
        ("Level unknown", "It is not clear which level “{name}” is.", "Say which level it is."),
    ),
    FindingCode.LEVEL_ZERO: text(
        (
            "0 层待确认",
            "文件把“{name}”记为 0 层,而登记中首层是 1 层。0 层是否就是首层?",
            "请在“读图”中回答:是首层,则 0 层及以上各加 1;不是,则保留。",
        ),
        (
            "What is level 0?",
            "The file calls “{name}” level 0; the register counts the ground floor as 1. Is level 0 the ground floor?",
            "Answer where the plan is read: if so, levels from 0 up become one more; if not, they stay.",
        ),
    ),
    FindingCode.SEVERAL_FLOORS: text(
        ("疑似多个楼层", "图中有 {count} 组相互分离的图形,可能是多个楼层。", "请用框分别标出各楼层。"),
        (
            "Perhaps several floors",
            "The drawing has {count:separate group|separate groups}, perhaps several floors.",
            "Draw a box around each floor.",
        ),
    ),
    FindingCode.SAME_FLOOR_TWICE: text(
        ("楼层重复", "“{name}”与“{other}”的房间轮廓几乎相同(重合 {share})。", "请确认不是同一楼层画了两次。"),
        (
            "Same floor twice",
            "“{name}” and “{other}” have nearly the same rooms ({share} in common).",
            "Make sure that it is not one floor drawn twice.",
        ),
    ),
    FindingCode.SPANS_LEVELS: text(
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
    FindingCode.FLOOR_WITHOUT_ROOMS: text(
        (
            "楼层没有房间",
            "“{name}”有 {count} 个墙体等构件,但没有房间,未作为楼层。",
            "如确为楼层,请补充房间后重新导出。",
        ),
        (
            "Floor without rooms",
            "“{name}” has {count:wall or other part|walls or other parts} and no room; it is taken for no floor.",
            "Add its rooms and export again if it is one.",
        ),
    ),
    FindingCode.OUTSIDE_FRAMES: text(
        ("图框外图形", "{count} 个图形在所有楼层框之外,未计入。", "如属于某楼层,请调整该楼层的框。"),
        (
            "Outside all frames",
            "Outside all frames of floors: {count:shape|shapes} that will not count.",
            "Move the frame of their floor if they belong to one.",
        ),
    ),
}

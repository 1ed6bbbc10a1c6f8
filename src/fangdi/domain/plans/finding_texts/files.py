"""Texts of what is wrong with a file."""

from fangdi.domain.plans.finding_texts.form import text
from fangdi.domain.plans.findings import FindingCode

FILES = {
    FindingCode.UNREADABLE: text(
        ("文件无法读取", "文件无法读取:{reason}。", "请用原软件重新导出后再上传。"),
        ("Cannot be read", "The file cannot be read: {reason}.", "Export it again from its program, and upload that."),
    ),
    FindingCode.NOT_A_PLAN: text(
        ("不支持的文件类型", "{reason}。", "请转换为 DXF(R2000 及以上)、IFC、GeoJSON、GeoPackage 或 Shapefile。"),
        ("Not a plan", "{reason}.", "Convert it to DXF (R2000 or later), IFC, GeoJSON, GeoPackage or Shapefile."),
    ),
    FindingCode.REPAIRED_FILE: text(
        (
            "文件有缺陷,已修复读取",
            "文件结构有 {count} 处错误,已按可恢复的内容读取。",
            "请核对房间是否齐全;必要时重新导出。",
        ),
        (
            "Faulty file, read with repairs",
            "The file has {count:structural fault|structural faults} and was read as far as possible.",
            "Check that no room is missing; export the file again if need be.",
        ),
    ),
    FindingCode.INCOMPLETE: text(
        (
            "文件不完整",
            "文件引用了 {count} 个其中没有的图元(如 {example}),内容可能缺失。",
            "请用原软件重新导出;在此之前房间和面积不可采信。",
        ),
        (
            "File incomplete",
            "The file refers to {count:entity|entities} (as {example}) not in it; parts of it may be missing.",
            "Export it again from its program; until then do not rely on rooms and areas.",
        ),
    ),
    FindingCode.UNSUPPORTED: text(
        ("未读取的图元", "{count} 个图元({kind})不能读取。", "如其中有房间轮廓,请炸开或转换为多段线。"),
        (
            "Entities not read",
            "{count:entity|entities} ({kind}) cannot be read.",
            "If rooms are among them, explode them or turn them into polylines.",
        ),
    ),
    FindingCode.EMPTY: text(
        ("没有可用内容", "图中没有可作为房间的内容。", "请检查是否选对了图层,或图形是否在未插入的块中。"),
        (
            "Nothing to use",
            "Nothing in the plan can be a room.",
            "Check the choice of layers, and whether the drawing sits in a block that is never inserted.",
        ),
    ),
    FindingCode.TOO_LARGE: text(
        ("文件过大", "{what}为 {found},超过上限 {most}。", "请按楼层或楼座拆分后再上传。"),
        ("Too large", "{what} is {found}, more than {most}.", "Split the file by floors or buildings."),
    ),
    FindingCode.MISSING_XREF: text(
        ("缺少外部参照", "外部参照“{name}”不在文件中,其内容未读取。", "请在 CAD 中绑定外部参照后重新导出。"),
        (
            "External reference missing",
            "The external reference “{name}” is not in the file; nothing of it was read.",
            "Bind it in the CAD program and export again.",
        ),
    ),
    FindingCode.SKIPPED_LAYER: text(
        ("图层未读取", "图层“{name}”已{state},其中 {count} 个图元未读取。", "如需要,请在 CAD 中打开该图层后重新导出。"),
        (
            "Layer not read",
            "Layer “{name}” is {state}; {count:entity|entities} on it not read.",
            "Switch it on in the CAD program and export again if it is needed.",
        ),
    ),
    FindingCode.UNUSED_BLOCK: text(
        ("块未插入", "块“{name}”有定义但未插入,未计入。", "如应计入,请在图中插入该块。"),
        (
            "Block never inserted",
            "Block “{name}” is defined but never inserted, and does not count.",
            "Insert it in the drawing if it should.",
        ),
    ),
    FindingCode.ENCODING_GUESSED: text(
        ("文字编码为推断", "文字按 {encoding} 读取,文件未说明或说明有误。", "请核对房间名称是否正确。"),
        (
            "Text encoding guessed",
            "Texts were read as {encoding}; the file does not say, or says wrongly.",
            "Check that the names of rooms read right.",
        ),
    ),
    FindingCode.TEXT_TIDIED: text(
        (
            "文字已清理",
            "{count} 处编号或名称含有控制字符,或超过 {most} 个字(如“{example}”),已清理或截短。",
            "请核对这些房间号和名称。",
        ),
        (
            "Texts tidied",
            "{count:text|texts} with control characters or over {most} letters tidied or cut, as “{example}”.",
            "Check these numbers and names of rooms.",
        ),
    ),
}

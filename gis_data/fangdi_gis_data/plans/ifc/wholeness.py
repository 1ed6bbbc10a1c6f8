"""Whether the text of a model is whole: it ends as it has to, and all that it refers to is in it (ISO 10303-21)."""

import os
import re
from array import array
from pathlib import Path

import numpy as np

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.errors import InvalidInputError

_END = b"END-ISO-10303-21"
"""The last words of every exchange structure (ISO 10303-21, clause 5)."""
_TAIL = 65_536
"""Bytes in which the end is looked for: only remarks and empty lines come after it."""
_MOST_BYTES = 128 << 20
"""Larger models are not looked through for references: it would take as long as all the rest."""
_TOKEN = re.compile(rb"'[^']*'|/\*.*?\*/|#(\d{1,18})([ \t\r\n]*=)?", re.DOTALL)
"""Words and remarks, in which a # means nothing; references; and the entities that they mean."""


def refuse_cut_short(file: Path) -> None:
    """Refuse a model whose end is missing: nobody can tell which of its rooms and storeys went with it.

    Raises:
        InvalidInputError: the file is cut short.
    """
    with file.open("rb") as stream:
        stream.seek(max(0, stream.seek(0, os.SEEK_END) - _TAIL))
        if _END in stream.read():
            return
    raise InvalidInputError(
        f"文件不完整:{file.name} 在中途截断,缺少结尾标记 {_END.decode()},其后的房间和楼层已经丢失;"
        "请重新导出或重新传输后再上传。 / "
        f"{file.name} is cut short: its end ({_END.decode()}) is missing, and so are the rooms and storeys after the "
        "cut; export or transfer it again.",
        place={"file": file.name},
    )


def missing_entities(file: Path) -> list[Finding]:
    """Return that a model refers to entities that it does not hold, if it does; each missing one counts once."""
    if file.stat().st_size > _MOST_BYTES:
        return []
    held, wanted = array("q"), array("q")
    for token in _TOKEN.finditer(file.read_bytes()):
        if token[1]:
            (held if token[2] else wanted).append(int(token[1]))
    lost = np.setdiff1d(np.asarray(wanted), np.asarray(held))
    if not len(lost):
        return []
    values: dict[str, str | int | float] = {"count": len(lost), "example": f"#{lost[0]}"}
    return [Finding(FindingCode.INCOMPLETE, Severity.ERROR, values)]

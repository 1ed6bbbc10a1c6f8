"""The texts of a DXF file as a person reads them: control codes, escapes and MTEXT formatting taken out."""

import math
import re
import unicodedata
from typing import Any

from ezdxf.lldxf.encoding import decode_dxf_unicode, decode_mif_to_unicode, has_mif_encoding
from ezdxf.tools.text import plain_text

from fangdi_gis_data.plans.arcs import Pair
from fangdi_gis_data.plans.dxf.curves import mirrored
from fangdi_gis_data.plans.dxf.things import Written

_NUMBERED = re.compile(r"%%(\d{3})")
_STACKED = re.compile(r"\\S([^^;#/\\]*)[\^#/]([^;\\]*);")
_TOO_LONG = 20_000
KINDS = frozenset({"TEXT", "MTEXT", "ATTRIB"})


def written(entity: Any, *, layer: str, handle: str, insert: str | None = None) -> Written | None:
    """Return a TEXT, MTEXT or ATTRIB, None where it says nothing."""
    lines = _mtext_lines(entity) if entity.dxftype() == "MTEXT" else [_clean(plain_text(_numbered(entity.dxf.text)))]
    kept = tuple(line for line in lines if line)
    if not kept:
        return None
    height = float(entity.dxf.get("char_height" if entity.dxftype() == "MTEXT" else "height", 1.0))
    width = max(sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.7 for c in line) for line in kept) * height
    place = _mtext_middle if entity.dxftype() == "MTEXT" else _text_middle
    at = place(entity, width=width, height=height, lines=len(kept))
    flip = -1.0 if entity.dxftype() != "MTEXT" and mirrored(entity) else 1.0
    anchor = (flip * float(entity.dxf.insert[0]), float(entity.dxf.insert[1]))
    return Written(kept, at, height, width, layer, handle, anchor, insert)


def _numbered(text: str) -> str:
    """Replace %%nnn, the letter with a decimal number: %%178 is ²."""
    return _NUMBERED.sub(lambda found: bytes([int(found[1]) & 0xFF]).decode("cp1252", errors="replace"), text)


def _clean(text: str) -> str:
    text = decode_dxf_unicode(text)
    if has_mif_encoding(text):
        text = decode_mif_to_unicode(text)
    text = "".join(c for c in text if c == " " or not unicodedata.category(c).startswith("C"))
    return " ".join(text.split())


def _mtext_lines(entity: Any) -> list[str]:
    raw = entity.text[:_TOO_LONG]
    # raised and fraction stacks: m\S2^; is m2, \S1/2; is 1/2
    raw = _STACKED.sub(
        lambda found: found[1] + ("/" + found[2] if found[2].strip() and found[1].strip() else found[2]), raw
    )
    plain = entity.copy()
    plain.text = _numbered(raw)
    return [_clean(line) for line in plain.plain_text(split=True)]


def _text_middle(entity: Any, *, width: float, height: float, lines: int) -> Pair:
    del lines
    across, up = entity.dxf.get("halign", 0), entity.dxf.get("valign", 0)
    start = entity.dxf.insert
    second = entity.dxf.get("align_point")
    if second is None or (across == 0 and up == 0):
        at, dx, dy = start, width / 2, height / 2
    elif across in (3, 5):  # aligned, fit: between two points
        at, dx, dy = (start + second) / 2, 0.0, height / 2
    else:
        dx = {1: 0.0, 4: 0.0, 2: -width / 2}.get(across, width / 2)
        dy = 0.0 if across == 4 else {2: 0.0, 3: -height / 2}.get(up, height / 2)
        at = second
    x, y = _turned(dx, dy, math.radians(entity.dxf.get("rotation", 0.0)))
    flip = -1.0 if mirrored(entity) else 1.0
    return flip * (float(at.x) + x), float(at.y) + y


def _mtext_middle(entity: Any, *, width: float, height: float, lines: int) -> Pair:
    attachment = entity.dxf.get("attachment_point", 1)
    if not 1 <= attachment <= 9:
        attachment = 1
    deep = height * (1.0 + 1.6 * (lines - 1))
    column, row = (attachment - 1) % 3, (attachment - 1) // 3
    x, y = _turned((1 - column) * width / 2, (row - 1) * deep / 2, math.radians(entity.get_rotation()))
    at = entity.dxf.insert
    return float(at.x) + x, float(at.y) + y


def _turned(x: float, y: float, angle: float) -> Pair:
    cos, sin = math.cos(angle), math.sin(angle)
    return x * cos - y * sin, x * sin + y * cos

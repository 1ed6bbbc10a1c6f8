"""Which encoding the text of a Shapefile's DBF table is in."""

import struct
from pathlib import Path

from fangdi.errors import InvalidInputError

_BY_LANGUAGE_BYTE = {
    0x4D: "GB18030",  # 77: ANSI/OEM 936, Chinese
    0x7A: "GB18030",  # 122: Windows 936
    0x4F: "BIG5",  # 79
    0x78: "BIG5",  # 120
    0x03: "CP1252",
    0x57: "CP1252",
    0x01: "CP437",
    0x02: "CP850",
}
_GB = {"GBK", "GB2312", "CP936", "936", "GB18030", "MS936"}


def dbf_encoding(shp: Path, *, given: str | None = None) -> str:
    """Return the encoding: as given, else by the .cpg file, the language byte, strict UTF-8, strict GB18030.

    The .cpg file and the language byte are believed only as far as the text can be read with them.
    """
    if given:
        return given
    dbf = _beside(shp, ".dbf")
    if dbf is None:
        return "UTF-8"
    text, language = _read(dbf)
    declared = _declared(shp)
    candidates = [name for name in (declared, _BY_LANGUAGE_BYTE.get(language)) if name]
    for name in (*candidates, "UTF-8", "GB18030"):
        if _decodes(text, name):
            return name
    raise InvalidInputError(
        f"The text in {dbf.name} is neither UTF-8 nor GB18030; name its encoding with --encoding, e.g. BIG5 or CP1252.",
        place={"file": dbf.name},
    )


def _declared(shp: Path) -> str | None:
    cpg = _beside(shp, ".cpg")
    name = cpg.read_text(encoding="ascii", errors="ignore").strip().upper() if cpg else ""
    if name.replace("-", "") in _GB or name in _GB:
        return "GB18030"  # holds all of the older ones
    if name in {"65001", "UTF8", "UTF-8"}:
        return "UTF-8"
    if name.isdigit():
        return f"CP{name}"
    return name or None


def _beside(shp: Path, suffix: str) -> Path | None:
    """Return the companion file whatever the case of its suffix."""
    return next((file for file in shp.parent.glob(f"{_escape(shp.stem)}.*") if file.suffix.lower() == suffix), None)


def _escape(stem: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in stem)


def _read(dbf: Path) -> tuple[list[bytes], int]:
    """Return the bytes of field names and character values, one item a value, and the language byte."""
    data = dbf.read_bytes()
    if len(data) < 32:
        raise InvalidInputError(f"{dbf.name} is cut short: it has no header.", place={"file": dbf.name})
    records, header, length = struct.unpack_from("<IHH", data, 4)
    texts, spans, offset = [], [], 1
    for start in range(32, min(header, len(data)) - 31, 32):
        if data[start] == 0x0D:
            break
        name, kind, width = data[start : start + 11].split(b"\0")[0], data[start + 11 : start + 12], data[start + 16]
        texts.append(name)
        if kind == b"C":
            spans.append((offset, width))
        offset += width
    for number in range(records):
        record = header + number * length
        texts.extend(data[record + at : record + at + width].rstrip(b" \0") for at, width in spans)
    return texts, data[29]


def _decodes(texts: list[bytes], encoding: str) -> bool:
    """Whether every value reads; DBF cuts long values anywhere, so a broken last character is forgiven."""
    try:
        for text in texts:
            if not text.isascii():
                _decode(text, encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _decode(text: bytes, encoding: str) -> str:
    try:
        return text.decode(encoding)
    except UnicodeDecodeError as error:
        if len(text) - error.start > 3 or len(text) < 10:
            raise
        return text[: error.start].decode(encoding)

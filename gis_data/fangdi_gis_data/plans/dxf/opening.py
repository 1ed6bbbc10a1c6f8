"""Opening a DXF file: text or binary, sound or damaged, in the encoding that its texts are really in."""

import codecs
import io
import logging
import re
from dataclasses import dataclass, field
from pathlib import Path

from ezdxf import recover
from ezdxf.document import Drawing
from ezdxf.filemanagement import read as read_sound
from ezdxf.lldxf.tagger import binary_tags_loader

from fangdi.domain.plans.findings import Finding, FindingCode, Severity

_log = logging.getLogger(__name__)
_MOST_LOGGED = 5
"""Faults of a file that the log has; they come in thousands."""
_BINARY = b"AutoCAD Binary DXF\r\n\x1a\x00"
_UNICODE_SINCE = "AC1021"  # R2007
_LOOK_AT = 65536
"""How much of the file the header takes at most, bytes."""
_VERSION = re.compile(rb"\$ACADVER\s+1\s+(AC\d{4})")
_CODE_PAGE = re.compile(rb"\$DWGCODEPAGE\s+3\s+(\S+)")
_RUNS = re.compile(rb"[\x80-\xff][\x40-\xff]*")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_CHINESE_PAGES = {"ansi_936", "gb2312", "gbk", "cp936", "936", "gb18030", "dos936"}
_PYTHON_NAMES = {"big5": "big5", "ksc5601": "cp949", "johab": "cp1361", "mac-roman": "mac-roman", "utf-8": "utf-8"}

# ezdxf tells its log of every fault that it mends; what matters stands in findings
logging.getLogger("ezdxf").setLevel(logging.CRITICAL)


class UnreadableError(Exception):
    """The file is no DXF, or too damaged for any of it to be read: why, in both languages."""

    def __init__(self, *, english: str, chinese: str) -> None:
        super().__init__(english)
        self.english, self.chinese = english, chinese


@dataclass
class Opened:
    """A document, and what had to be done to open it."""

    document: Drawing
    findings: list[Finding] = field(default_factory=list)


def open_dxf(file: Path) -> Opened:
    """Return the document in a file. Raises UnreadableError."""
    data = file.read_bytes()
    if data.startswith(_BINARY):
        return _binary(data)
    head = data[:_LOOK_AT]
    if b"SECTION" not in head and b"EOF" not in head and b"ENTITIES" not in data:
        raise UnreadableError(english="it is no DXF file", chinese="不是 DXF 文件")
    encoding, guessed = encoding_of(data)
    text = data.decode(encoding, errors="surrogateescape")
    opened = _text(text)
    if guessed:
        opened.findings.append(
            Finding(
                FindingCode.ENCODING_GUESSED, Severity.NOTE, {"encoding": "GBK" if encoding == "gb18030" else "UTF-8"}
            )
        )
    return opened


def encoding_of(data: bytes) -> tuple[str, bool]:
    """Return the encoding of a text DXF, and whether it is a guess against what the file says."""
    stated = _stated(data[:_LOOK_AT])
    if data.isascii():
        return "ascii", False
    chinese = _looks_chinese(data)
    if stated != "utf-8" and not (stated == "gb18030" and chinese) and _reads(data, "utf-8"):
        return "utf-8", True
    if stated != "gb18030" and chinese and _reads(data, "gb18030") and not (stated == "utf-8" and _reads(data, stated)):
        return "gb18030", True
    return stated, False


def _stated(head: bytes) -> str:
    """Return the encoding by version and code page; cp1252 where the file names none that is known."""
    version = _VERSION.search(head)
    if version and version[1].decode() >= _UNICODE_SINCE:
        return "utf-8"
    page = _CODE_PAGE.search(head)
    name = page[1].decode("ascii", errors="replace").lower() if page else ""
    if name in _CHINESE_PAGES:
        return "gb18030"
    if name in _PYTHON_NAMES:
        return _PYTHON_NAMES[name]
    number = re.sub(r"\D", "", name)
    try:
        return codecs.lookup(f"cp{number}").name if number else "cp1252"
    except LookupError:
        return "cp1252"


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(data: bytes) -> bool:
    """Return whether bytes beyond ASCII come as GB 2312 characters: two and two, in its rows of Chinese."""
    runs = re.findall(rb"[\x80-\xff]+", data[:4_000_000])
    if not runs:
        return False
    even = sum(len(run) for run in runs if len(run) % 2 == 0)
    if even < 0.9 * sum(map(len, runs)):
        return False
    pairs = [run[i : i + 2] for run in runs if len(run) % 2 == 0 for i in range(0, len(run), 2)]
    chinese = sum(0xA1 <= a <= 0xF7 and b >= 0xA1 for a, b in pairs)
    return bool(chinese >= 0.9 * len(pairs))


def _text(text: str) -> Opened:
    """Return the document of decoded text, whatever encoding its header says."""
    try:
        return Opened(read_sound(io.StringIO(text.replace("\r\n", "\n"))))
    except Exception:  # noqa: BLE001 - ezdxf raises what it trips over; the file or entity is reported
        # the tool for damaged files reads bytes and believes the header: escapes are safe from it
        return _recovered(_BEYOND_ASCII.sub(_escape, text).encode("ascii", errors="replace"))


def _escape(found: re.Match[str]) -> str:
    number = ord(found[0])
    if 0xDC80 <= number <= 0xDCFF or number > 0xFFFF:
        return "\\U+FFFD"
    return f"\\U+{number:04X}"


def _recovered(data: bytes) -> Opened:
    """Return what can be recovered of a damaged file. Raises UnreadableError."""
    try:
        document, auditor = recover.read(io.BytesIO(data))
    except Exception as error:
        _log.info("A damaged drawing could not be recovered", exc_info=error)
        raise UnreadableError(english="its structure is damaged", chinese="文件结构已损坏") from error
    faults = [*auditor.errors, *auditor.fixes]
    _log.info("A damaged drawing was recovered: %s", [fault.message for fault in faults[:_MOST_LOGGED]])
    values: dict[str, str | int | float] = {"count": max(len(faults), 1)}
    cut_short = not data.rstrip(b"\0\r\n\t ").endswith(b"EOF")  # rooms after the cut are lost, and nobody can tell
    severity = Severity.ERROR if cut_short else Severity.WARNING
    return Opened(document, [Finding(FindingCode.REPAIRED_FILE, severity, values)])


def _binary(data: bytes) -> Opened:
    try:
        return Opened(Drawing.load(binary_tags_loader(data)))
    except Exception:  # noqa: BLE001 - ezdxf raises what it trips over; the file or entity is reported
        return _recovered(data)

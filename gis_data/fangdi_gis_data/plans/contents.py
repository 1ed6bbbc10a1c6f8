"""Which kind of plan a file is, by its content alone; what is none is answered with how to make one of it."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path, PurePosixPath

from fangdi.errors import InvalidInputError
from fangdi_gis_data.archives import unusable


class Kind(StrEnum):
    """Kinds of files that are read, with the suffix their readers know them by."""

    DXF = ".dxf"
    IFC = ".ifc"
    GEOPACKAGE = ".gpkg"
    GEOJSON = ".geojson"
    SHAPEFILE = ".shp"
    ZIP = ".zip"
    PICTURE = ".png"


_HEAD = 4096
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")
_DXF = re.compile(rb"\s*(?:999\s*\r?\n[^\n]*\n\s*)*0\s*\r?\n\s*(?:SECTION|EOF)\b")
_TEXT_OF_DXF = re.compile(rb"^\s*\d{1,4}\s*\r?\n", re.MULTILINE)

_ADVICE = {
    "dwg": (
        "DWG 文件不能直接读取:请在 CAD 中“另存为”DXF(AutoCAD 2010 DXF),或用 ODA File Converter 转换后上传",
        "DWG is not read: save it in the CAD program as AutoCAD 2010 DXF, or convert it with the ODA File Converter",
    ),
    "rvt": (
        "Revit 文件不能直接读取:请在 Revit 中“导出 → IFC”(勾选房间和基本数量)后上传",
        "Revit files are not read: export IFC from Revit, with rooms and base quantities",
    ),
    "dgn": (
        "DGN 文件不能直接读取:请在 MicroStation 中“另存为”DXF 后上传",
        "DGN is not read: save it as DXF in MicroStation",
    ),
    "skp": (
        "SketchUp 文件不能直接读取:请导出 IFC 或 DXF 后上传",
        "SketchUp files are not read: export IFC or DXF",
    ),
    "office": (
        "这是表格或文档,不是平面图:房间台账请用“导入数据”上传;图纸请导出为 DXF、IFC 或 PDF",
        "This is a table or document and no plan: load lists of rooms as data; export drawings as DXF, IFC or PDF",
    ),
    "xml": (
        "XML 类文件(KML、GML、SVG、ifcXML)不读取:请转换为 GeoJSON、GeoPackage、DXF 或 IFC(STEP 文本)",
        "XML files (KML, GML, SVG, ifcXML) are not read: convert to GeoJSON, GeoPackage, DXF or IFC as STEP text",
    ),
    "unknown": (
        "无法识别的文件:请转换为 DXF(R2000 及以上)、IFC、GeoJSON、GeoPackage 或 Shapefile;PDF 和图片可作底图",
        "The file is of no known kind: convert it to DXF (R2000 or later), IFC, GeoJSON, GeoPackage or Shapefile",
    ),
    "empty": ("文件是空的", "The file is empty"),
}
_OFFICE_PARTS = ("[Content_Types].xml", "mimetype")


def kind_of(file: Path) -> Kind:
    """Return the kind of a file.

    Raises:
        InvalidInputError: it is of none that is read; the message says what to do, in Chinese and English.
    """
    try:
        with file.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        raise unusable(file, error) from error
    if not head:
        raise refusal(file, "empty")
    found = _binary(file, head) or _text(file, head)
    if found is None:
        raise refusal(file, "unknown")
    return found


def refusal(file: Path, why: str) -> InvalidInputError:
    """Return why a file is not read, in both languages."""
    chinese, english = _ADVICE[why]
    return InvalidInputError(f"{file.name}:{chinese}。 / {english}.", place={"file": file.name})


def _binary(file: Path, head: bytes) -> Kind | None:
    if re.match(rb"AC1\d{3}|AC\d\.\d|MC0\.0", head):
        raise refusal(file, "dwg")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):  # OLE: Revit, DGN of version 8, old Office
        suffix = file.suffix.lower()
        raise refusal(file, {".rvt": "rvt", ".rfa": "rvt", ".dgn": "dgn"}.get(suffix, "office"))
    if head.startswith(b"\xff\xfe\xff\x0eS\0k\0e\0t\0c\0h"):
        raise refusal(file, "skp")
    if head.startswith((b"\x08\x09\xfe\x02", b"\xc8\x09\xfe\x02")):
        raise refusal(file, "dgn")
    beginnings = {
        b"AutoCAD Binary DXF\r\n\x1a\0": Kind.DXF,
        b"SQLite format 3\0": Kind.GEOPACKAGE,
        b"\0\0\x27\x0a": Kind.SHAPEFILE,
        **dict.fromkeys(_PICTURES, Kind.PICTURE),
    }
    for beginning, kind in beginnings.items():
        if head.startswith(beginning):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(file)
    return Kind.PICTURE if b"%PDF-" in head[:1024] else None


def _zip(file: Path) -> Kind:
    """Tell an archive of layers from office documents, which are zips as well."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
        raise unusable(file, error) from error
    if any(name in _OFFICE_PARTS for name in names):
        raise refusal(file, "office")
    if any(PurePosixPath(name).suffix.lower() == ".kml" for name in names):
        raise refusal(file, "xml")
    return Kind.ZIP


def _text(file: Path, head: bytes) -> Kind | None:
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"ISO-10303-21"):
        return Kind.IFC
    if text.startswith(b"{"):
        return Kind.GEOJSON
    if text.startswith(b"<"):
        raise refusal(file, "xml")
    says_dxf = file.suffix.lower() == ".dxf" and _TEXT_OF_DXF.match(text)
    return Kind.DXF if _DXF.match(text) or says_dxf else None

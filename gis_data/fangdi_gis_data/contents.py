"""What a file is by its content: its name alone decides nothing, since GDAL reads whatever it recognises.

A file that says `.gpkg` and holds a VRT, KML or GML would be read by other drivers, which follow references to other
files and addresses, or expand entities.
"""

import json
import mmap
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

from fangdi.errors import InvalidInputError

DRIVERS = {".gpkg": "GPKG", ".geojson": "GeoJSON", ".json": "GeoJSON", ".shp": "ESRI Shapefile"}
"""GDAL's driver for each kind of vector file."""

_BEGINNINGS = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a", ".xlsx": b"PK\x03\x04", ".xlsm": b"PK\x03\x04"}
_MOST_UNZIPPED = 4 << 30
"""Bytes a zip may unfold to: against archives made to fill the disk."""
_CRS = re.compile(rb'"(?:c|\\u0063)(?:r|\\u0072)(?:s|\\u0073)"\s*:\s*(?=\{)')
"""Where a member `crs` begins, in every spelling that JSON allows."""
_LONGEST_CRS = 20_000
_MOST_IN_BOOK = 1 << 30
"""Bytes a book's sheets may unfold to: they are read into memory."""


def refuse_other_content(file: Path) -> None:
    """Refuse a file whose first bytes are not those of the kind its name says, or that would make GDAL ask elsewhere.

    Raises:
        InvalidInputError: names the file and the kind it should be.
    """
    kind = file.suffix.lower()
    if kind in {".geojson", ".json"}:
        if _head(file, 1 << 16).lstrip(b"\xef\xbb\xbf \t\r\n")[:1] != b"{":
            raise InvalidInputError(
                f"{file.name} is not GeoJSON: it does not begin with an object.", place={"file": file.name}
            )
        _refuse_address_of_crs(file)
        return
    beginning = _BEGINNINGS.get(kind, b"")
    if not _head(file, len(beginning)).startswith(beginning):
        raise InvalidInputError(
            f"{file.name} is not what its name says: its content is not that of a {kind} file. Save it in that format "
            "again, or give it the suffix of what it is.",
            place={"file": file.name},
        )


def _refuse_address_of_crs(file: Path) -> None:
    """Refuse a GeoJSON file that gives its CRS as an address: GDAL would ask there, and say who asks.

    Links were part of GeoJSON 2008, section 3.2; RFC 7946 knows no CRS but its own.
    """
    with file.open("rb") as stream, mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as text:
        for found in _CRS.finditer(text):
            if _is_address(text[found.end() : found.end() + _LONGEST_CRS].decode("utf-8", errors="replace")):
                raise InvalidInputError(
                    f"{file.name} names its CRS by an address, which is not asked; remove the member crs, and name the "
                    "CRS with --crs.",
                    place={"file": file.name},
                )


def _is_address(text: str) -> bool:
    """Whether a member that begins here is more than a name; what cannot be understood counts as one."""
    try:
        crs, _ = json.JSONDecoder().raw_decode(text)
    except (json.JSONDecodeError, RecursionError):
        return True
    return str(crs.get("type", "")).lower() not in {"name", "epsg", "ogc", ""}


def refuse_bomb(file: Path, items: Iterable[zipfile.ZipInfo], *, book: bool = False) -> None:
    """Refuse a zip, or a book of sheets, that unfolds to more than fits.

    Reading stops at the size that an item states, so that none can unfold to more than was added up here.
    """
    most = _MOST_IN_BOOK if book else _MOST_UNZIPPED
    if sum(item.file_size for item in items) > most:
        part = "sheet as CSV" if book else "layer unzipped"
        raise InvalidInputError(
            f"{file.name} unfolds to more than {most >> 30} GB; load its {part}.", place={"file": file.name}
        )


def _head(file: Path, length: int) -> bytes:
    try:
        with file.open("rb") as stream:
            return stream.read(length)
    except OSError as error:
        raise InvalidInputError(
            f"{file.name} cannot be opened ({error.strerror}).", place={"file": file.name}
        ) from error

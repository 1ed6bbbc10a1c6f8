"""Reading a file as it is: its rows, their numbers as the user counts them, its shapes and the CRS it names."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from fangdi.errors import InvalidInputError
from fangdi.service.loading_outlines import Outlines
from fangdi_gis_data import tables, vector

_VECTOR = {".gpkg", ".geojson", ".json", ".shp", ".zip"}
_TABLES = {".csv", ".txt", ".tsv", ".xlsx", ".xlsm"}


@dataclass(frozen=True)
class Source:
    """A layer of a file: columns as they stand there; `rows` are line, record or feature numbers.

    `shapes` may miss those of some rows, and is None for a table; `unreadable` marks geometry that
    could not be decoded; `uneven` are rows whose cells do not match the header: position → number of cells.
    """

    path: Path
    layer: str | None
    frame: pd.DataFrame
    rows: np.ndarray[Any, Any]
    row_word: str
    shapes: Outlines | None = None
    unreadable: np.ndarray[Any, Any] | None = None
    crs: str | None = None
    uneven: Mapping[int, int] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """Names of the columns as in the file."""
        return [str(name) for name in self.frame.columns]


def read(path: Path, *, layer: str | None = None, encoding: str | None = None, header_row: int | None = None) -> Source:
    """Read one layer of a GeoPackage, GeoJSON, Shapefile (also zipped), CSV or XLSX file."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise InvalidInputError(f"There is no file {path}.", place={"file": path.name})
    if suffix not in _VECTOR | _TABLES:
        raise InvalidInputError(
            f"{path.name}: files of this kind are not read. Give a GeoPackage (.gpkg), GeoJSON (.geojson, .json), "
            "Shapefile (.shp or .zip), CSV (.csv) or Excel table (.xlsx).",
            place={"file": path.name},
        )
    if path.stat().st_size == 0:
        raise InvalidInputError(f"{path.name} is empty.", place={"file": path.name})
    if suffix in _VECTOR:
        found = vector.read(path, layer=layer, encoding=encoding)
        return Source(path=path, **found)
    return Source(path=path, **tables.read(path, layer=layer, encoding=encoding, header_row=header_row))


def sha256(path: Path) -> str:
    """Return the hash of the file; of a Shapefile, over all the files that make it up."""
    digest = hashlib.sha256()
    parts = sorted(path.parent.glob(f"{path.stem}.*")) if path.suffix.lower() == ".shp" else [path]
    for part in parts:
        with part.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()

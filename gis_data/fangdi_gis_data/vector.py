"""Reading GeoPackage, GeoJSON and Shapefile layers through GDAL, in columns."""

import json
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from fangdi.errors import InvalidInputError
from fangdi.service.loading_outlines import Outlines, joined
from fangdi_gis_data import rings
from fangdi_gis_data.archives import opened, unusable
from fangdi_gis_data.contents import DRIVERS
from fangdi_gis_data.encoding import dbf_encoding


def read(path: Path, *, layer: str | None, encoding: str | None) -> dict[str, Any]:
    """Return the parts of a `source.Source` for one layer of a vector file.

    A GeoPackage shows its own keys as feature numbers; elsewhere people count from 1.
    """
    with opened(path) as file:
        driver = DRIVERS[file.suffix.lower()]
        name = _layer(file, layer)
        options = {"encoding": dbf_encoding(file, given=encoding)} if driver == "ESRI Shapefile" else {}
        if driver == "GeoJSON":
            _refuse_other_json(file)
        meta, table = _read_arrow(file, layer=name, **options)
    geometry = meta["geometry_name"] or "wkb_geometry"
    keys, table = table.column(0), table.remove_column(0)  # by position: a property may have the key's name
    numbers = np.asarray(keys.to_numpy(), dtype=np.int64) if driver == "GPKG" else np.arange(1, len(keys) + 1)
    shapes, unreadable = _outlines(table[geometry]) if geometry in table.column_names else (None, None)
    frame = _frame(table.drop_columns([geometry] if geometry in table.column_names else []))
    return {
        "layer": name,
        "frame": frame,
        "rows": numbers,
        "row_word": "feature",
        "shapes": shapes,
        "unreadable": unreadable,
        "crs": meta["crs"],
    }


def _read_arrow(file: Path, **options: Any) -> tuple[dict[str, Any], pa.Table]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # GDAL's remarks; what matters is found by our own checks
            meta, table = pyogrio.read_arrow(file, return_fids=True, **options)
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"{file.name}: its text cannot be read as {options.get('encoding', 'UTF-8')}; name it with --encoding.",
            place={"file": file.name},
        ) from error
    except (DataSourceError, DataLayerError, pa.ArrowException, RuntimeError, ValueError) as error:
        raise unusable(file, error) from error
    return meta, table


def _layer(file: Path, wanted: str | None) -> str | None:
    """Choose the layer; a file with several needs to be told which."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            names = [str(name) for name, _ in pyogrio.list_layers(file)]
    except (DataSourceError, RuntimeError, ValueError) as error:
        raise unusable(file, error) from error
    if wanted is not None and wanted not in names:
        raise InvalidInputError(f"{file.name} has no layer {wanted}; it has {', '.join(names)}.")
    if wanted is None and len(names) > 1:
        raise InvalidInputError(f"{file.name} has several layers; choose one with --layer: {', '.join(names)}.")
    if not names:
        raise InvalidInputError(f"{file.name} has no layer.")
    return wanted or names[0]


def _refuse_other_json(file: Path) -> None:
    """Say politely that JSON which is no GeoJSON is not read; GDAL would offer TopoJSON and others here."""
    if file.stat().st_size > 1 << 16:
        return  # a syntax error further on is found by GDAL
    head = file.read_bytes()
    try:
        kind = json.loads(head.decode("utf-8-sig")).get("type")
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise unusable(file, error) from error
    if kind is None:
        raise InvalidInputError(f"{file.name} is not GeoJSON: it has no type.", place={"file": file.name})


def _outlines(column: pa.ChunkedArray) -> tuple[Outlines, np.ndarray[Any, Any]]:
    """Decode WKB: simple rings straight into arrays, the others by GEOS; what cannot be decoded is marked."""
    first = np.cumsum([0, *(len(chunk) for chunk in column.chunks)])
    chunks = [chunk.cast(pa.large_binary()) for chunk in column.chunks]
    with ThreadPoolExecutor(2) as pool:
        parsed = list(pool.map(lambda chunk, start: rings.from_wkb(chunk, first=int(start)), chunks, first[:-1]))
    taken = np.concatenate([np.zeros(0, dtype=bool), *(taken for _, taken in parsed)])
    shapes = np.full(len(column), None, dtype=object)
    unreadable = np.zeros(len(column), dtype=bool)
    left = np.flatnonzero(~taken)
    if len(left):
        wkb = column.take(pa.array(left)).to_numpy(zero_copy_only=False)
        with np.errstate(invalid="ignore"):  # coordinates that are no numbers are found by our own checks
            decoded = shapely.from_wkb(wkb, on_invalid="ignore")
        if shapely.has_z(decoded).any():
            decoded = shapely.force_2d(decoded)
        shapes[left] = decoded
        unreadable[left] = pd.notna(wkb) & shapely.is_missing(decoded)
    return Outlines(joined([block for found, _ in parsed for block in found]), shapes), unreadable


def _frame(table: pa.Table) -> pd.DataFrame:
    """Return the columns; text stays in Arrow memory."""
    columns = {name: _series(table[name]) for name in table.column_names}
    return pd.DataFrame(columns, index=pd.RangeIndex(table.num_rows), copy=False)


def _series(column: pa.ChunkedArray) -> pd.Series:
    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        return pd.Series(column.cast(pa.large_string()), dtype="str", copy=False)
    return pd.Series(column.to_pandas())

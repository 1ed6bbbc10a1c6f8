"""Reading CSV and XLSX tables, keeping the line or row number that the user sees."""

import csv
import io
import zipfile
from itertools import zip_longest
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from fangdi.errors import InvalidInputError
from fangdi_gis_data.contents import refuse_bomb

_HEADER_SEARCH = 10
"""Rows that may stand above the header: titles and units, as in many ledgers."""

Rows = list[tuple[int, list[Any]]]


def read(path: Path, *, layer: str | None, encoding: str | None, header_row: int | None) -> dict[str, Any]:
    """Return the parts of a `source.Source` for a CSV file or one sheet of a book."""
    if path.suffix.lower() in {".xlsx", ".xlsm"}:
        sheet, rows = _excel(path, layer)
    else:
        sheet, rows = None, _csv(path, encoding)
    rows = [(number, cells) for number, cells in rows if any(_filled(cell) for cell in cells)]
    if not rows:
        raise InvalidInputError(f"{path.name} holds no rows.", place={"file": path.name})
    names, body = _split(rows, header_row, path.name)
    columns: list[list[Any]] = [[] for _ in names]
    for _, cells in body:
        for column, cell in zip_longest(columns, cells[: len(names)], fillvalue=None):
            assert column is not None  # noqa: S101 - there are never more cells than columns
            column.append(cell.strip() or None if isinstance(cell, str) else cell)
    frame = pd.DataFrame({name: _series(column) for name, column in zip(names, columns, strict=True)})
    return {
        "layer": sheet,
        "frame": frame,
        "rows": np.array([number for number, _ in body], dtype=np.int64),
        "row_word": "line" if sheet is None else "row",
        "uneven": {} if sheet is not None else _uneven(body, len(names)),
    }


def _uneven(body: Rows, width: int) -> dict[int, int]:
    """Return how many cells those rows have that have fewer or more than the header, by position; blanks may follow."""
    found = {}
    for position, (_, cells) in enumerate(body):
        if len(cells) < width or any(map(_filled, cells[width:])):
            found[position] = len(cells)
    return found


def _csv(path: Path, encoding: str | None) -> Rows:
    data = path.read_bytes()
    text = _decode(data, encoding, path.name)
    if "\0" in text[:4096]:
        raise InvalidInputError(f"{path.name} is not a text file.", place={"file": path.name})
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: Rows = []
    try:
        before = 0
        for cells in reader:
            rows.append((before + 1, list(cells)))
            before = reader.line_num
    except csv.Error as error:
        raise InvalidInputError(f"{path.name}, line {reader.line_num}: {error}.", place={"file": path.name}) from error
    return rows


def _decode(data: bytes, encoding: str | None, shown: str) -> str:
    """Decode as given, else as strict UTF-8, else as strict GB18030, which Excel writes on Chinese computers."""
    for name in [encoding] if encoding else ["utf-8-sig", "gb18030"]:
        try:
            return data.decode(name)
        except UnicodeDecodeError:
            continue
        except LookupError as error:
            raise InvalidInputError(f"{encoding} is not an encoding that is known.") from error
    tried = encoding or "UTF-8 or GB18030"
    raise InvalidInputError(f"{shown} is not {tried}; name its encoding with --encoding.", place={"file": shown})


def _excel(path: Path, layer: str | None) -> tuple[str, Rows]:
    try:
        with path.open("rb") as stream:
            with zipfile.ZipFile(stream) as archive:
                refuse_bomb(path, archive.infolist(), book=True)
            return _sheet(stream, path.name, layer)
    except (zipfile.BadZipFile, KeyError, OSError, SyntaxError, ValueError) as error:  # of its XML's entities, too
        raise InvalidInputError(
            f"{path.name} is not an Excel table (.xlsx), or it is damaged.", place={"file": path.name}
        ) from error


def _sheet(stream: BinaryIO, shown: str, layer: str | None) -> tuple[str, Rows]:
    import openpyxl  # noqa: PLC0415 - slow to import, and needed for this kind of file only

    book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
    names = book.sheetnames
    if layer is not None and layer not in names:
        raise InvalidInputError(f"{shown} has no sheet {layer}; it has {', '.join(names)}.")
    filled = [name for name in names if getattr(book[name], "max_row", None) not in {None, 0, 1}] or names
    if layer is None and len(filled) > 1:
        raise InvalidInputError(f"{shown} has several sheets; choose one with --layer: {', '.join(names)}.")
    sheet = layer or filled[0]
    return sheet, [(n, list(cells)) for n, cells in enumerate(book[sheet].iter_rows(values_only=True), start=1)]


def _split(rows: Rows, header_row: int | None, shown: str) -> tuple[list[str], Rows]:
    """Find the header: the row named, else the first of the first ten with at least half of the widest row filled."""
    if header_row is not None:
        at = next((i for i, (number, _) in enumerate(rows) if number == header_row), None)
        if at is None:
            raise InvalidInputError(f"{shown} has nothing in row {header_row}, which should hold the header.")
    else:
        widths = [sum(_filled(cell) for cell in cells) for _, cells in rows[:_HEADER_SEARCH]]
        at = next(i for i, width in enumerate(widths) if 2 * width >= max(widths))
    cells = rows[at][1]
    last = max(i for i, cell in enumerate(cells) if _filled(cell))
    names = [str(cell).strip() if _filled(cell) else f"column {i + 1}" for i, cell in enumerate(cells[: last + 1])]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InvalidInputError(f"{shown}: these columns occur twice: {', '.join(twice)}.", place={"file": shown})
    return names, rows[at + 1 :]


def _series(values: list[Any]) -> pd.Series:
    """Return text as str, numbers as they are; a column of both keeps its objects."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return pd.Series(values, dtype="str")
    if kinds <= {int, float}:
        return pd.Series(values, dtype="Int64" if kinds == {int} else "float64")
    return pd.Series(values, dtype="object")


def _filled(cell: object) -> bool:
    return cell is not None and str(cell).strip() != ""

"""From a file to checked rows of a layer: mapping, values, codes, levels and shapes, one step after the other."""

import datetime as dt
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import shapely

from fangdi.errors import InvalidInputError
from fangdi.service.loading_ahead import OutlinesAhead
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_words import half_width
from fangdi_gis_data import checks, crs, levels, values
from fangdi_gis_data.mapping import ROW, FieldMapping, FieldSource
from fangdi_gis_data.placing import Placing
from fangdi_gis_data.source import Source, sha256

MANY_ROWS = 50_000
"""From here on outlines are worked on ahead."""


@dataclass(frozen=True)
class Prepared:
    """Rows ready for the database, and what the user should know besides the findings."""

    rows: LayerRows
    notes: list[str]


def prepare(source: Source, mapping: FieldMapping, *, given_crs: str | None, repair: bool) -> Prepared:
    """Check and convert everything that can be judged without the database."""
    with ThreadPoolExecutor(1) as beside:  # hashing a large file takes its time, and no interpreter's lock
        digest = beside.submit(sha256, source.path)
        prepared = _prepare(source, mapping, given_crs=given_crs, repair=repair)
    prepared.rows.file_sha256 = digest.result()
    return prepared


def _prepare(source: Source, mapping: FieldMapping, *, given_crs: str | None, repair: bool) -> Prepared:
    layer = mapping.layer
    kept = _where(source, mapping)
    numbers = source.rows[kept]
    findings = Findings(numbers)
    _report_uneven(source, kept, findings)
    frame = _values(source.frame, kept, numbers, mapping, findings)
    frame = _with_periods(frame, findings)
    drawn, unreadable = (None, None) if layer.shape == "none" else _shapes(source, kept, frame)
    has_any = drawn is not None and not drawn.missing().all()
    work, notes = None, []
    if drawn is not None and (has_any or layer.shape_required):
        file_crs = crs.choose(source.crs if has_any else "EPSG:4490", given_crs if has_any else None)
        notes += [file_crs.note] if file_crs.note else []
        work = Placing(layer, file_crs, repair)
    frame = frame.drop(columns=["x", "y"], errors="ignore")
    rows = LayerRows(
        layer=layer.name,
        frame=frame,
        findings=findings,
        drawn=None if work is None else drawn,
        crs=None if work is None else work.file_crs.name,
        file_name=source.path.name,
        rows_read=len(numbers),
        mapping=mapping.as_record(),
    )
    if work is not None and drawn is not None:
        if _may_wait(mapping, len(numbers), unreadable, repair=repair):
            rows.ahead = OutlinesAhead(work, drawn, frame, findings)
        else:
            rows.drawn, rows.outline = work(drawn, frame, findings, unreadable=unreadable)
    rows = _with_levels(rows, mapping)
    checks.check(rows, layer)
    return Prepared(rows=rows, notes=notes)


def _report_uneven(source: Source, kept: np.ndarray[Any, Any], findings: Findings) -> None:
    """Report rows with fewer or more cells than the header: whatever stands in them may stand in the wrong column."""
    if not source.uneven:
        return
    width = len(source.columns)
    for record, position in enumerate(kept.tolist()):
        cells = source.uneven.get(position)
        if cells is not None:
            findings.add(
                record,
                field="row 行",
                value=f"{cells} ≠ {width}",
                reason=f"has {cells} cells where the header has {width}; a comma or a quotation mark is missing or "
                "too many",
                zh=f"该行有{cells}个单元格，表头有{width}个，请检查逗号和引号",
            )


def _may_wait(mapping: FieldMapping, count: int, unreadable: Any, *, repair: bool) -> bool:
    """Whether outlines can be worked on ahead, while other values are judged and the database stores rows.

    It pays for very many rows, and when nothing else needs the outlines before: rows that are repeated for several
    floors have them checked once, repaired ones are shown, and jurisdictions have boundaries.
    """
    plain = mapping.wish.level_ranges != "each" and not repair and "jurisdiction_code" not in mapping.sources
    return mapping.layer.name == "rooms" and count >= MANY_ROWS and plain and not np.any(unreadable)


def _where(source: Source, mapping: FieldMapping) -> np.ndarray[Any, Any]:
    """Return the positions of the rows that the filter keeps; `*` keeps those that have any value."""
    keep = np.ones(len(source.frame), dtype=bool)
    for column, wanted in mapping.wish.where.items():
        words = values.text(source.frame[column], FieldSource(column=column), mapping.wish.null_values)
        if wanted == "*":
            keep &= words.notna().to_numpy()
            continue
        allowed = [str(value) for value in (wanted if isinstance(wanted, list) else [wanted])]
        keep &= words.isin(allowed).to_numpy()
    return np.flatnonzero(keep)


def _values(frame: pd.DataFrame, kept: Any, numbers: Any, mapping: FieldMapping, findings: Findings) -> pd.DataFrame:
    columns: dict[str, Any] = {}
    everything = len(kept) == len(frame)
    for name, source in mapping.sources.items():
        target = mapping.layer.field(name)
        assert target is not None  # noqa: S101 - fit() has seen to it
        if source.const is not None:
            raw = pd.Series([str(source.const)], dtype="str").repeat(len(kept)).reset_index(drop=True)
        elif source.column == ROW:
            raw = pd.Series(numbers.astype(str), dtype="str")
        else:
            whole = frame[str(source.column)]
            raw = whole if everything else whole.iloc[kept].reset_index(drop=True)
        if values.is_number_already(raw, target, source, mapping.wish.null_values):
            columns[name] = values.scaled(raw, target, source, findings)
            continue
        words = values.text(raw, source, mapping.wish.null_values)
        if target.required:
            findings.add_where(words.isna(), field=name, values=None, reason="is missing", zh="缺少必填值")
        columns[name] = values.convert(words, target, source, findings)
    return pd.DataFrame(columns, index=pd.RangeIndex(len(kept)), copy=False)


def _with_periods(frame: pd.DataFrame, findings: Findings) -> pd.DataFrame:
    """Turn `until`, the last day, into `ends`, the first day no longer, as it is stored; check the order."""
    if "until" in frame and "ends" in frame:
        both = frame["until"].notna() & frame["ends"].notna()
        findings.add_where(both, field="until", values=frame["until"], reason="give until or ends, not both", zh="重复")
    written = frame.get("ends")
    if "until" in frame:
        ends = pd.Series([_day_after(day) for day in frame["until"]], dtype="object")
        written = frame["until"] if written is None else frame["until"].where(frame["until"].notna(), written)
        frame["ends"] = ends if "ends" not in frame else frame["ends"].where(frame["ends"].notna(), ends)
        frame = frame.drop(columns="until")
    if "since" in frame and "ends" in frame:
        known = (frame["since"].notna() & frame["ends"].notna()).to_numpy()
        wrong = np.zeros(len(frame), dtype=bool)
        wrong[known] = (frame["since"][known] >= frame["ends"][known]).to_numpy(dtype=bool)
        findings.add_where(wrong, field="until", values=written, reason="lies before the first day", zh="止期早于起期")
    return frame


def _day_after(day: Any) -> dt.date | None:
    """Return the day after; none after 9999-12-31, by which ledgers mean that no end is known."""
    return None if pd.isna(day) or day == dt.date.max else day + dt.timedelta(days=1)


def _shapes(source: Source, kept: Any, frame: pd.DataFrame) -> tuple[Outlines | None, Any]:
    """Return the shapes of the rows: those of the file, else points from the columns x and y."""
    if "x" in frame and "y" in frame:
        x, y = frame["x"].to_numpy(dtype="float64"), frame["y"].to_numpy(dtype="float64")
        points = np.full(len(frame), None, dtype=object)
        there = np.isfinite(x) & np.isfinite(y)
        points[there] = shapely.points(x[there], y[there])
        return Outlines.of(points), None
    if source.shapes is None:
        return None, None
    everything = len(kept) == len(source.shapes)
    unreadable = source.unreadable if everything or source.unreadable is None else source.unreadable[kept]
    return (source.shapes if everything else source.shapes.take(kept)), unreadable


def _with_levels(rows: LayerRows, mapping: FieldMapping) -> LayerRows:
    """Read the floors, repeating a room for each floor it spans when that was chosen."""
    target = mapping.layer.field("level")
    if target is None or target.kind != "level":
        return rows
    wish, findings = mapping.wish, rows.findings
    words = rows.frame["level"]
    faults: dict[str, str] = {}

    def read(word: str) -> list[float] | None:
        try:
            return levels.read_levels(word, named=wish.level_map, ranges=wish.level_ranges)
        except ValueError as error:
            faults[word] = str(error)
            return None

    which, different = pd.factorize(words)  # -1 is missing, which the last of each list below stands for
    found = [*(read(str(word)) for word in different), None]
    for record in np.flatnonzero(np.array([bool(some) for some in found[:-1]] + [True])[which] == False):  # noqa: E712
        word = str(words.iloc[record])
        findings.add(int(record), field="level", value=word, reason=faults[word], zh="楼层无法识别")
    own_names = [None if re.fullmatch(r"[+-]?[\d.;\-+]+", half_width(str(word))) else str(word) for word in different]
    own_name = pd.Series(np.array([*own_names, None], dtype=object)[which], index=words.index)
    name = "floor_name" if rows.layer == "rooms" else "name"
    given = rows.frame[name].astype("object") if name in rows.frame else None
    rows.frame[name] = own_name if given is None else given.where(given.notna(), own_name)
    counts = np.array([len(some) if some else 1 for some in found])[which]
    rows.frame["level"] = np.array([some[0] if some else np.nan for some in found])[which]
    if (counts == 1).all():
        return rows
    if rows.layer == "rooms" and "code" not in rows.frame:
        rows.frame["code"] = rows.frame.get("number")
    repeated = rows.take(np.repeat(np.arange(len(rows)), counts))
    several = np.repeat(counts > 1, counts)
    spread = np.concatenate([found[position] or [np.nan] for position in which])
    repeated.frame["level"] = spread
    code = repeated.frame.get("code")
    if code is not None:  # a room on several floors is one record on each, so its key has to tell them apart
        marked = code.astype("str") + pd.Series([f"@{level:g}" for level in spread], dtype="str")
        repeated.frame["code"] = code.where(~several, marked)
    return repeated


def refuse_empty(rows: LayerRows) -> None:
    """Say so when the file, or the filter, leaves nothing to load."""
    if not len(rows):
        raise InvalidInputError(f"{rows.file_name} has no rows to load; look at the filter (where) and the layer.")


def plan_crs(text: str) -> str:
    """Return the name of a plan frame that the user chose, refusing one that does not measure in metres."""
    chosen = crs.parse(text)
    if not crs.is_metric(chosen):
        raise InvalidInputError(f"--plan-crs {text}: plans need a projected CRS in metres, as EPSG:4550.")
    return crs.name_of(chosen)

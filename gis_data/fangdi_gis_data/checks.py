"""Plausibility that can be judged from the rows alone: forms of codes, keys used twice, impossible sizes."""

import re
from typing import Any

import numpy as np
import pandas as pd

from fangdi.service.loading_findings import Findings
from fangdi.service.loading_outlines import Outlines
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_words import half_width
from fangdi_gis_data import codes, shapes, values
from fangdi_gis_data.fields import Layer

_KEYS = {
    "jurisdictions": ("code",),
    "zones": ("jurisdiction_code", "code"),
    "sites": ("jurisdiction_code", "code"),
    "parcels": ("jurisdiction_code", "code"),
    "buildings": ("jurisdiction_code", "code"),
    "floors": ("building", "level"),
    "rooms": ("building", "code"),
    "agencies": ("jurisdiction_code", "code"),
}

_FORMS = {
    "jurisdiction_code": (codes.JURISDICTION, "is no GB/T 2260 code of 6 (or 12) digits", "不是行政区划代码"),
    "parent_code": (codes.JURISDICTION, "is no GB/T 2260 code of 6 (or 12) digits", "不是行政区划代码"),
    "successor_code": (codes.JURISDICTION, "is no GB/T 2260 code of 6 (or 12) digits", "不是行政区划代码"),
    "parcel_code": (codes.PARCEL, "is no parcel code of 19 characters (GB/T 37346)", "不是19位宗地代码"),
    "unit_code": (codes.UNIT, "is no real-estate unit code of 28 characters (GB/T 37346)", "不是28位不动产单元代码"),
    "natural_code": (codes.NATURAL_BUILDING, "is no natural-building code of 24 characters", "不是24位自然幢号"),
}
_COMPACTED = {"parcel_code", "unit_code", "natural_code", "uscc"}

SMALLEST_ROOM_M2, LARGEST_ROOM_M2 = 0.5, 20_000.0
"""Shafts are about this small, exhibition halls about this large; beyond, the unit is more likely wrong."""

_EARTH_A, _EARTH_E2 = 6378137.0, 0.006694380022900788  # GRS 1980


def check(rows: LayerRows, layer: Layer) -> None:
    """Add what is wrong with the rows to their findings, filling keys that have a substitute."""
    frame, findings = rows.frame, rows.findings
    _fill(rows)
    for name in sorted(set(map(str, frame)) & (_FORMS.keys() | {"uscc"})):
        plain = codes.compact if name in _COMPACTED else half_width
        frame[name] = values.by_value(frame[name], plain).astype("str")
        _check_form(frame[name], name, findings)
    if layer.name == "jurisdictions":
        frame["code"] = values.by_value(frame["code"], half_width).astype("str")
        _check_form(frame["code"], "jurisdiction_code", findings)
    if "built_year" in frame:
        year = pd.to_numeric(frame["built_year"])
        odd = ((year < 1000) | (year > 2200)).to_numpy()
        findings.add_where(
            odd, field="built_year", values=frame["built_year"], reason="is no year of completion", zh="年份不合理"
        )
    _check_keys(frame, layer.name, findings)
    if layer.name == "rooms":
        _check_rooms(frame, findings)


def check_areas(frame: pd.DataFrame, outline: Outlines, findings: Findings) -> None:
    """Question stated areas that differ much from the drawn ones."""
    names = [n for n in map(str, frame) if n.endswith(("_land_m2", "_usable_m2"))]
    drawn = drawn_area_m2(outline) if names else None
    for name in names:
        shapes.compare_areas(frame[name], drawn, name, findings)


def drawn_area_m2(outline: Outlines) -> np.ndarray[Any, Any]:
    """Return areas of shapes in degrees, good to a part in 10⁴ for what a city holds; NaN without an area."""
    area, bounds = outline.area(), outline.bounds()
    phi = np.radians((bounds[:, 1] + bounds[:, 3]) / 2)
    w2 = 1 - _EARTH_E2 * np.sin(phi) ** 2
    m2 = area * np.radians(1) ** 2 * _EARTH_A**2 * (1 - _EARTH_E2) / w2**2 * np.cos(phi)
    return np.where(m2 > 0, m2, np.nan)


def _fill(rows: LayerRows) -> None:
    """Fill keys that the file leaves to us: a room's key is its number, a parcel's its parcel code."""
    frame, findings = rows.frame, rows.findings
    if rows.layer == "rooms":
        number = frame["number"] if "number" in frame else pd.Series(None, index=frame.index, dtype="str")
        frame["code"] = frame["code"].where(frame["code"].notna(), number) if "code" in frame else number
        findings.add_where(
            frame["code"].isna(), field="code", values=None, reason="has neither a code nor a number", zh="缺少房间编号"
        )
    for layer, name, substitute in (("parcels", "code", "parcel_code"), ("buildings", "name", "address")):
        if rows.layer == layer and substitute in frame:
            frame[name] = (
                frame[name].where(frame[name].notna(), frame[substitute]) if name in frame else frame[substitute]
            )
            findings.add_where(frame[name].isna(), field=name, values=None, reason="is missing", zh="缺少必填值")


def _check_form(column: pd.Series, name: str, findings: Findings) -> None:
    if name == "uscc":
        faults = values.by_value(column, codes.uscc_fault)
        for record in np.flatnonzero(faults.notna()):
            findings.add(
                int(record),
                field=name,
                value=column.iloc[record],
                reason=str(faults.iloc[record]),
                zh="统一社会信用代码有误",
            )
        return
    pattern, reason, zh = _FORMS[name]
    fits = values.by_value(column, lambda code: bool(re.fullmatch(pattern, code)))
    findings.add_where(column.notna() & (fits == False), field=name, values=column, reason=reason, zh=zh)  # noqa: E712


def _check_keys(frame: pd.DataFrame, layer: str, findings: Findings) -> None:
    """Report keys that occur twice: every one after the first, naming the row of the first."""
    key = _KEYS.get(layer)
    if key is not None and set(key) <= set(frame):
        shown = frame[key[-1]]
        _report_twice(frame, list(key), shown, findings, "bad")
    if layer == "agencies" and "uscc" in frame:
        _report_twice(frame, ["uscc"], frame["uscc"], findings, "bad")


def _check_rooms(frame: pd.DataFrame, findings: Findings) -> None:
    if "number" in frame:
        _report_twice(frame, ["building", "level", "number"], frame["number"], findings, "warning")
    for name in [n for n in map(str, frame) if n.endswith("_usable_m2")]:
        size = frame[name]
        odd = (size < SMALLEST_ROOM_M2) | (size > LARGEST_ROOM_M2)
        findings.add_where(
            odd,
            field=name,
            values=size,
            reason="is an unlikely size for a room, in m²",
            zh="房间面积不合理",
            severity="warning",
        )


def _report_twice(frame: pd.DataFrame, key: list[str], shown: pd.Series, findings: Findings, severity: Any) -> None:
    ids = np.zeros(len(frame), dtype=np.int64)
    known = np.ones(len(frame), dtype=bool)
    for name in key:
        codes_of, different = pd.factorize(frame[name])
        known &= codes_of >= 0
        ids = ids * (len(different) + 1) + codes_of
    first = pd.Series(ids).duplicated().to_numpy()
    twice = np.flatnonzero(first & known)
    if not len(twice):
        return
    first_row = pd.Series(findings.rows).groupby(ids).transform("first").to_numpy()
    on = "on the same floor " if key[-1] == "number" else ""
    for record in twice:
        findings.add(
            int(record),
            field=key[-1],
            value=shown.iloc[record],
            reason=f"occurs {on}already in row {first_row[record]}",
            zh=f"与第{first_row[record]}行重复",
            severity=severity,
        )

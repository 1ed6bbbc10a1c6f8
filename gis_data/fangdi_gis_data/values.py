"""Turning columns of a file into typed values in our units; what cannot be read becomes a finding, never a guess."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from fangdi.domain.common import LARGEST_M2
from fangdi.domain.signs import BARRED
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_words import half_width, same_word
from fangdi_gis_data import units
from fangdi_gis_data.fields import Field
from fangdi_gis_data.mapping import FieldSource
from fangdi_gis_data.words import NO, YES

_MOST = {"integer": 2**31 - 1, "length": 1e6, "number": 1e12, "share": 1.0}
_DATE_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_YEAR = re.compile(r"(\d{4})(?:年|\D.*)?|(\d{4})\d{4}")
_EXCEL_DAY_0 = dt.date(1899, 12, 30)


def text(column: pd.Series, source: FieldSource, null_values: tuple[str, ...]) -> pd.Series:
    """Return a column as text without outer blanks; empty cells and null values are missing, words translated."""
    result = column.astype("str") if column.dtype != "str" else column
    if column.dtype == "object":
        result = column.map(_cell_text, na_action="ignore").astype("str")
    elif pd.api.types.is_float_dtype(column.dtype):
        result = by_value(column, lambda value: _cell_text(float(value))).astype("str")
    result = result.str.strip()
    nulls = {"", *null_values, *source.null_values}
    result = result.mask(result.isin(nulls))
    if source.values:  # noqa: PD011 - ours, not of a frame
        result = by_value(result, lambda value: _translated(value, source.values)).astype("str")
    return result


def convert(words: pd.Series, target: Field, source: FieldSource, findings: Findings) -> pd.Series:
    """Return a text column as the values of a field."""
    kind = target.kind
    if kind in {"area", "length", "number", "integer", "share"}:
        return _number(words, target, source, findings)
    if kind == "word":
        return _one_of(words, target.word_names(), findings, target)
    if kind == "flag":
        names = {**dict.fromkeys(YES, True), **dict.fromkeys(NO, False)}
        return _one_of(words, names, findings, target)
    if kind == "date":
        return _each(words, read_date, findings, target, "is no date such as 2024-01-31", "不是日期")
    if kind == "year":
        return _each(words, _read_year, findings, target, "is no year such as 1998", "不是年份")
    return _without_controls(words, target, findings)


def is_number_already(column: pd.Series, target: Field, source: FieldSource, null_values: tuple[str, ...]) -> bool:
    """Whether a column of numbers can be taken as it is, without a detour through text."""
    plain = not (source.values or source.null_values or null_values or target.required)  # noqa: PD011
    return plain and target.kind in {"area", "length", "number"} and pd.api.types.is_float_dtype(column.dtype)


def scaled(column: pd.Series, target: Field, source: FieldSource, findings: Findings) -> pd.Series:
    """Return a column of numbers in our unit, reporting those that cannot be."""
    infinite = np.isinf(column)
    findings.add_where(infinite, field=target.name, values=column, reason="is no number", zh="不是数字")
    numbers = column.mask(infinite)
    if source.unit:
        numbers = numbers * units.factor(source.unit, quantity=target.kind)
    _check_range(numbers, column, target, findings)
    return numbers


def read_date(value: str) -> dt.date:
    """Read 2024-01-31, 2024/1/31, 2024年1月31日, 20240131, or a date with a time of day behind it."""
    day = half_width(value).strip().split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(day, form).date()  # noqa: DTZ007 - a day has no time zone
        except ValueError:
            continue
    month = _MONTH.fullmatch(day)
    if month:
        return dt.date(int(month[1]), int(month[2]), 1)
    if day.isdigit() and 20_000 <= int(day) <= 80_000:
        return _EXCEL_DAY_0 + dt.timedelta(days=int(day))
    raise ValueError(value)


def _read_year(value: str) -> int:
    match = _YEAR.fullmatch(half_width(value))
    if match is None:
        raise ValueError(value)
    return int(match[1] or match[2])


def _cell_text(value: Any) -> str:
    """Write a number as people do: 330203, not 330203.0."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value)


def _translated(value: str, values: Any) -> Any:
    new = values.get(value, value)
    return str(new) if new is not None else None


def _number(words: pd.Series, target: Field, source: FieldSource, findings: Findings) -> pd.Series:
    numbers = pd.to_numeric(words, errors="coerce").astype("float64")
    again = numbers.isna() & words.notna()
    if again.any():  # thousands separators, full-width digits
        plain = by_value(words[again], half_width).astype("str")
        numbers[again] = pd.to_numeric(plain.str.replace(r"(?<=\d),(?=\d{3})", "", regex=True), errors="coerce")
    unreadable = words.notna() & ~np.isfinite(numbers)
    findings.add_where(unreadable, field=target.name, values=words, reason="is no number", zh="不是数字")
    numbers = numbers.mask(unreadable)
    if source.unit:
        numbers = numbers * units.factor(source.unit, quantity=target.kind)
    _check_range(numbers, words, target, findings)
    if target.kind == "integer":
        broken = numbers.notna() & (numbers % 1 != 0)
        findings.add_where(broken, field=target.name, values=words, reason="is no whole number", zh="不是整数")
        return numbers.mask(broken | (numbers.abs() > _MOST["integer"])).astype("Int64")
    return numbers


def _without_controls(words: pd.Series, target: Field, findings: Findings) -> pd.Series:
    """Return words, reporting those with signs that no report can show: they are of a broken export, or a trap."""
    barred = words.str.contains(BARRED, regex=True, na=False).to_numpy(dtype=bool)
    findings.add_where(
        barred,
        field=target.name,
        values=words,
        reason="holds control characters, which no report can show; remove them",
        zh="含有控制字符,无法用于报表;请删除",
    )
    return words


def _check_range(numbers: pd.Series, words: pd.Series, target: Field, findings: Findings) -> None:
    if target.kind in {"area", "share"} or target.name in {"height_m", "radius_m"}:
        findings.add_where(
            numbers <= 0, field=target.name, values=words, reason="has to be greater than 0", zh="必须大于0"
        )
    elif target.name not in {"x", "y", "elevation_m"}:
        findings.add_where(numbers < 0, field=target.name, values=words, reason="must not be negative", zh="不能为负数")
    reason, zh = "is more than the whole (1)" if target.kind == "share" else "is impossibly large", "数值过大"
    if target.kind == "area":
        most: float = LARGEST_M2[target.name.split("_")[1]]  # names are those of columns, as measured_usable_m2
        reason, zh = f"is more than {most:,} m², which none reaches; check the unit", f"超过{most:,}㎡,请检查单位"
    else:
        most = _MOST[target.kind]
    findings.add_where(numbers > most, field=target.name, values=words, reason=reason, zh=zh)


def by_value(words: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """Apply a function once to each different value; missing ones stay missing."""
    codes, different = pd.factorize(words)
    results = np.empty(len(different) + 1, dtype=object)
    results[:-1] = [read(str(value)) for value in different]
    results[-1] = None  # code -1: missing
    return pd.Series(results[codes], index=words.index, dtype="object")


def _one_of(words: pd.Series, names: dict[str, Any], findings: Findings, target: Field) -> pd.Series:
    known = {same_word(name): value for name, value in names.items()}
    found = by_value(words, lambda word: known.get(same_word(word)))
    allowed = ", ".join(target.words or ("yes", "no"))
    findings.add_where(
        words.notna() & found.isna(),
        field=target.name,
        values=words,
        reason=f"is not one of {allowed}; translate it with values",
        zh="不在词表中",
    )
    return found


def _each(  # noqa: PLR0913, PLR0917
    words: pd.Series, read: Callable[[str], Any], findings: Findings, target: Field, reason: str, zh: str
) -> pd.Series:
    def read_or_none(word: str) -> Any:
        try:
            return read(word)
        except ValueError:
            return None

    found = by_value(words, read_or_none)
    findings.add_where(words.notna() & found.isna(), field=target.name, values=words, reason=reason, zh=zh)
    return found

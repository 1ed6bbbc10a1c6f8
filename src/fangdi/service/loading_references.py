"""Finding what the rows of a file refer to: jurisdictions, sites, parcels, buildings, agencies, ranks, uses."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from fangdi.service import loading_boundaries
from fangdi.service.loading_types import LayerRows
from fangdi.service.loading_words import same_word
from fangdi.store import loading as store


def by_value(words: pd.Series, read: Callable[[str], Any]) -> pd.Series:
    """Apply a function once to each different value; missing ones stay missing."""
    codes, different = pd.factorize(words)
    results = np.empty(len(different) + 1, dtype=object)
    results[:-1] = [read(str(value)) for value in different]
    results[-1] = None
    return pd.Series(results[codes], index=words.index, dtype="object")


def different(words: pd.Series) -> list[str]:
    """Return the different values, without the missing."""
    return [str(word) for word in words.dropna().unique()]


def numbers(found: pd.Series) -> pd.Series:
    """Return identifiers as whole numbers that can be missing."""
    return pd.Series(found, dtype="Int64")


def check_jurisdictions(connection: Connection, rows: LayerRows) -> pd.DataFrame:
    """Report codes that are not stored, and shapes outside their jurisdiction; return the jurisdictions by code."""
    known = store.frame(connection, "load_jurisdictions").set_index("code")
    if "jurisdiction_code" not in rows.frame or rows.layer == "jurisdictions":
        return known
    codes = rows.frame["jurisdiction_code"]
    here = by_value(codes, lambda code: code in known.index)
    rows.findings.add_where(
        codes.notna() & (here == False),  # noqa: E712
        field="jurisdiction_code",
        values=codes,
        reason="is no jurisdiction that is stored; load it first (fangdi load jurisdictions)",
        zh="行政区划代码不存在",
    )
    if rows.outline is not None:
        loading_boundaries.check(rows, codes, known["boundary"])
    return known


def find(
    words: pd.Series, candidates: pd.DataFrame, *, names: list[str], jurisdictions: pd.Series | None
) -> tuple[pd.Series, pd.Series]:
    """Return the id each word means and, where it means none or several, why not.

    A word is looked up in the columns `names` of the candidates, the first column that knows it deciding; a
    jurisdiction narrows the choice.
    """
    tables: list[dict[str, list[tuple[int, str]]]] = []
    for name in names:
        table: dict[str, list[tuple[int, str]]] = {}
        for word, number, place in zip(
            candidates[name], candidates["id"], candidates["jurisdiction_code"], strict=True
        ):
            if word is not None:
                table.setdefault(word, []).append((int(number), place))
        tables.append(table)

    def look_up(word: str, place: str | None) -> int | str:
        for table in tables:
            hits = [number for number, where in table.get(word, []) if place is None or where == place]
            if len(hits) == 1:
                return hits[0]
            if hits:
                return "means several; say which with jurisdiction_code"
        return "is not stored"

    which, pairs = _pairs(words, jurisdictions)
    answers = [None if word is None else look_up(word, place) for word, place in pairs]
    ids = pd.array([answer if isinstance(answer, int) else None for answer in answers], dtype="Int64")
    reasons = np.array([answer if isinstance(answer, str) else None for answer in answers], dtype=object)
    return pd.Series(ids[which], index=words.index), pd.Series(reasons[which], index=words.index, dtype="object")


def _pairs(words: pd.Series, places: pd.Series | None) -> tuple[np.ndarray[Any, Any], list[tuple[Any, Any]]]:
    """Return the different pairs of word and place, None where missing, and which of them each row has."""
    word_of, different_words = pd.factorize(words, use_na_sentinel=False)
    place_of, different_places = (
        (np.zeros(len(words), dtype=np.int64), [None])
        if places is None
        else pd.factorize(places, use_na_sentinel=False)
    )
    which, pairs = pd.factorize(word_of * len(different_places) + place_of)
    found = [divmod(int(pair), len(different_places)) for pair in pairs]
    return which, [(_or_none(different_words[word]), _or_none(different_places[place])) for word, place in found]


def _or_none(value: Any) -> Any:
    return None if pd.isna(value) else value


def resolve(  # noqa: PLR0913
    rows: LayerRows, name: str, candidates: pd.DataFrame, *, names: list[str], what: str, zh: str, load_first: str
) -> pd.Series:
    """Return the id of what a field refers to, reporting every row that refers to nothing that is stored."""
    words = rows.frame[name]
    places = rows.frame.get("jurisdiction_code")
    if name == "holder_agency":
        places = None  # land is often held by an agency of another level
    found, why = find(words, candidates, names=names, jurisdictions=places)
    for record in np.flatnonzero(why.notna()):
        advice = f" (fangdi load {load_first})" if "not stored" in str(why.iloc[record]) else ""
        rows.findings.add(
            int(record), field=name, value=words.iloc[record], reason=f"this {what} {why.iloc[record]}{advice}", zh=zh
        )
    return found


def building_ids(connection: Connection, rows: LayerRows) -> tuple[pd.Series, pd.DataFrame]:
    """Return the building of each row, and the buildings by number."""
    known = store.frame(connection, "load_buildings", codes=different(rows.frame["building"]))
    found = resolve(rows, "building", known, names=["code"], what="building", zh="楼座不存在", load_first="buildings")
    return found, known.set_index("id")


def agency_ids(connection: Connection, rows: LayerRows, name: str) -> pd.Series:
    """Return the agency of each row, by code, full name or short name."""
    known = store.frame(connection, "load_agencies", names=different(rows.frame[name]))
    return resolve(
        rows, name, known, names=["code", "name", "short_name"], what="agency", zh="单位不存在", load_first="agencies"
    )


def words_of_list(rows: LayerRows, name: str, known: pd.DataFrame, *, zh: str, what: str) -> pd.Series:
    """Return the codes of a reference list that a field names by code or by Chinese or English name."""
    table: dict[str, set[str]] = {}
    for code, *names in known[["code", "name", "name_en"]].itertuples(index=False):
        for word in (code, *names):
            table.setdefault(same_word(word), set()).add(code)
    words = rows.frame[name]
    answers = by_value(words, lambda word: sorted(table.get(same_word(word), ())))
    count = answers.map(lambda codes: -1 if codes is None else len(codes))
    for how_many, reason in ((0, f"is no {what} that is known"), (2, f"means several {what}s; give the code")):
        wrong = (count == 0) if how_many == 0 else (count >= 2)
        rows.findings.add_where(wrong, field=name, values=words, reason=f"{reason}; translate it with values", zh=zh)
    return answers.map(lambda codes: codes[0] if codes else None)


def places_of_agencies(connection: Connection, agencies: pd.Series) -> pd.Series:
    """Return the jurisdiction of each agency, by number."""
    known = store.frame(connection, "load_agency_places", agencies=[int(a) for a in agencies.dropna().unique()])
    table = dict(zip(known["id"], known["jurisdiction_code"], strict=True))
    return agencies.map(lambda number: None if pd.isna(number) else table[number])

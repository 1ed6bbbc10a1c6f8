"""Loading jurisdictions, zones, sites, parcels, buildings and agencies."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.service import loading_histories as histories
from fangdi.service import loading_links as links
from fangdi.service import loading_references as references
from fangdi.service.loading_batch import Batch
from fangdi.service.loading_columns import columns_of
from fangdi.service.loading_types import LayerRows
from fangdi.store import loading as store
from fangdi.store.loading import Changes

_TABLE = {
    "jurisdictions": "jurisdiction",
    "zones": "zone",
    "sites": "site",
    "parcels": "parcel",
    "buildings": "building",
    "agencies": "agency",
}
_LEVELS = ("province", "city", "county")

Write = Callable[[np.ndarray[Any, Any], Batch], Changes]


def judge(connection: Connection, rows: LayerRows, known: pd.DataFrame) -> Write:
    """Resolve what the rows refer to and follow their histories; return what stores the good ones."""
    if rows.layer == "jurisdictions":
        _fill_jurisdictions(rows, known)
    if rows.layer == "zones" and "kind" not in rows.frame:
        rows.frame["kind"] = "concentrated"
    if rows.layer == "agencies":
        return _judge_agencies(connection, rows, known)
    ids = _references(connection, rows)
    _check_land_use(rows)
    parcels = links.judge(connection, rows)
    stated = _stated(connection, rows)

    def write(kept: np.ndarray[Any, Any], batch: Batch) -> Changes:
        good = rows.take(kept)
        refs = {name: column.iloc[kept].reset_index(drop=True) for name, column in ids.items()}
        changes = _merge(connection, good, refs, batch)
        revised = stated if len(kept) == len(rows) else _stated(connection, good)
        linked = [parcels[record] for record in kept] if parcels else []
        changed = _write_parts(connection, good, revised, linked, batch)
        return Changes(changes.inserted, changes.updated + changed, changes.unchanged - changed)

    return write


def _stated(connection: Connection, rows: LayerRows) -> list[histories.Histories]:
    """Let what the rows say of titles and tenures follow what is stored."""
    kinds = histories.OF_LAYER.get(rows.layer, ())
    owners = _owners(connection, rows) if kinds else []
    return [histories.judge(connection, rows, kind, owners) for kind in kinds]


def _merge(connection: Connection, rows: LayerRows, refs: dict[str, pd.Series], batch: Batch) -> Changes:
    table = _TABLE[rows.layer]
    key = ("code",) if rows.layer == "jurisdictions" else ("jurisdiction_code", "code")
    given = columns_of(rows, refs)
    columns = [name for name in given if name not in key]
    store.stage(connection, table, given)
    changes = store.compare(connection, table, key=key, columns=columns)
    if changes.inserted or changes.updated:
        if rows.layer == "jurisdictions":  # an import is filed under a jurisdiction, so these come first
            store.write(connection, table, key=key, columns=columns, changes=changes, batch=None)
            batch.open(str(rows.frame["code"].min()))
        else:
            number = batch.open(str(rows.frame["jurisdiction_code"].min()))
            store.write(connection, table, key=key, columns=columns, changes=changes, batch=number)
    return changes


def _write_parts(
    connection: Connection,
    rows: LayerRows,
    stated: list[histories.Histories],
    parcels: list[list[int]],
    batch: Batch,
) -> int:
    """Write what hangs on the rows: histories of title and tenure, links to parcels.

    Return how many rows this changes that the merge of their own columns has left as they were.
    """
    if not parcels and not any(one.changes for one in stated):
        return 0
    owners = _owners(connection, rows)
    ids = references.numbers(pd.Series([owner[0] if owner else None for owner in owners], dtype="object"))
    place = str(rows.frame["jurisdiction_code"].min())
    table = _TABLE[rows.layer]
    merged = set() if batch.number is None else store.of_batch(connection, table, ids, batch=batch.number)
    touched: set[int] = set()
    for one in stated:
        if one.changes:
            codes = rows.frame["jurisdiction_code"]
            histories.store_histories(connection, one, batch=batch.open(place), jurisdictions=codes, ids=ids)
            touched |= {int(ids.iloc[record]) for record in one.added | one.altered}
    lacking = links.missing(connection, table, ids, parcels) if parcels else []
    if lacking:
        batch.open(place)
        store.execute(connection, f"load_{table}_parcels_insert", lacking)
        touched |= {link["owner"] for link in lacking}
    return len(touched - merged)


def _owners(connection: Connection, rows: LayerRows) -> list[histories.Owner | None]:
    """Return the number of each row's parcel or building where it is stored."""
    codes = rows.frame["jurisdiction_code"]
    known = store.frame(connection, "load_ids", of=_TABLE[rows.layer], jurisdictions=references.different(codes))
    table = {(place, code): int(n) for n, place, code in known.itertuples(index=False)}
    numbers = [table.get(pair) for pair in zip(codes, rows.frame["code"], strict=True)]
    return [None if number is None else (number,) for number in numbers]


def _references(connection: Connection, rows: LayerRows) -> dict[str, pd.Series]:
    """Return the columns that refer to other tables."""
    found = {}
    if "site" in rows.frame:
        known = store.frame(connection, "load_sites", codes=references.different(rows.frame["site"]))
        found["site_id"] = references.resolve(
            rows, "site", known, names=["code"], what="site", zh="院落不存在", load_first="sites"
        )
    if "holder_agency" in rows.frame:
        found["holder_agency_id"] = references.agency_ids(connection, rows, "holder_agency")
    return found


def _check_land_use(rows: LayerRows) -> None:
    frame = rows.frame
    if "land_use_code" not in frame and "land_use_scheme" not in frame:
        return
    nothing = pd.Series([None] * len(frame), dtype="object")
    code, scheme = frame.get("land_use_code", nothing), frame.get("land_use_scheme", nothing)
    rows.findings.add_where(
        code.isna() != scheme.isna(),
        field="land_use_scheme",
        values=code,
        reason="a land-use code needs its classification and the other way round: the same digits mean different uses; "
        "give --const land_use_scheme='GB/T 21010-2017' or spatial-2023",
        zh="地类编码须注明分类标准",
    )


def _fill_jurisdictions(rows: LayerRows, known: pd.DataFrame) -> None:
    """Derive level and parent from GB/T 2260 codes where the file does not give them."""
    frame = rows.frame
    stored = set(frame["code"].dropna()) | set(known.index)
    levels = [_level(str(code)) for code in frame["code"]]
    parents = [_parent(str(code), stored) for code in frame["code"]]
    for name, derived in (("level", levels), ("parent_code", parents)):
        given = frame[name] if name in frame else pd.Series([None] * len(frame), dtype="object")
        frame[name] = given.astype("object").where(given.notna(), pd.Series(derived, dtype="object"))
    for name in ("parent_code", "successor_code"):
        if name in frame:
            unknown = frame[name].notna() & ~frame[name].isin(stored)
            rows.findings.add_where(
                unknown,
                field=name,
                values=frame[name],
                reason="is no jurisdiction in the file or stored",
                zh="上级区划不存在",
            )


def _level(code: str) -> str:
    if code in {"000000", "100000"}:
        return AdministrativeLevel.CENTRAL
    if len(code) > 6 and code[6:] != "000000":
        return AdministrativeLevel.TOWNSHIP
    filled = [code[2:4] == "00", code[4:6] == "00"]
    return _LEVELS[0 if all(filled) else 1 if filled[1] else 2]


def _parent(code: str, stored: set[str]) -> str | None:
    above = [code[:6], code[:4] + "00", code[:2] + "0000"]
    return next((parent for parent in above if parent != code and parent in stored), None)


def _judge_agencies(connection: Connection, rows: LayerRows, known: pd.DataFrame) -> Write:
    """Agencies name their parents by code or name, in the file or stored; parents are stored first."""
    frame = rows.frame
    own = [known["level"].get(code) if code in known.index else None for code in frame["jurisdiction_code"]]
    given = frame["level"] if "level" in frame else pd.Series([None] * len(frame), dtype="object")
    frame["level"] = given.astype("object").where(given.notna(), pd.Series(own, dtype="object"))
    depth = (
        _depths(rows, store.frame(connection, "load_agencies", names=references.different(frame["parent"])))
        if "parent" in frame
        else np.zeros(len(frame), dtype=int)
    )

    def write(kept: np.ndarray[Any, Any], batch: Batch) -> Changes:
        changes = Changes()
        for level in np.unique(depth[kept]):
            good = rows.take(kept[depth[kept] == level])
            refs = {"parent_id": references.agency_ids(connection, good, "parent")} if "parent" in frame else {}
            changes += _merge(connection, good, refs, batch)
        return changes

    return write


def _depths(rows: LayerRows, stored: pd.DataFrame) -> np.ndarray[Any, Any]:
    """Return how many agencies of the file stand above each; report parents unknown and circles."""
    frame = rows.frame
    of_file: dict[str, int] = {}
    for name in ("short_name", "name", "code"):
        if name in frame:
            of_file.update({str(word): record for record, word in enumerate(frame[name]) if not pd.isna(word)})
    known = {str(word) for name in ("code", "name", "short_name") for word in stored[name] if word is not None}
    depth = np.zeros(len(frame), dtype=int)
    for record, parent in enumerate(frame["parent"]):
        seen, above = {record}, parent
        while not pd.isna(above) and above in of_file:
            place = of_file[above]
            if place in seen:
                rows.findings.add(record, field="parent", value=parent, reason="stands above itself", zh="上级单位循环")
                break
            seen.add(place)
            depth[record] += 1
            above = frame["parent"].iloc[place]
        if not pd.isna(parent) and parent not in of_file and parent not in known:
            rows.findings.add(
                record, field="parent", value=parent, reason="is no agency in the file or stored", zh="上级单位不存在"
            )
    return depth

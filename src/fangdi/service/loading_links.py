"""Which parcels sites and buildings stand on, as far as a file says so."""

from typing import Any

import pandas as pd
from sqlalchemy import Connection

from fangdi.service.loading_references import by_value
from fangdi.service.loading_types import LayerRows
from fangdi.store import loading as store

_SEPARATORS = ";；,，、 "


def split(words: str) -> list[str]:
    """Split several codes that stand in one cell."""
    for separator in _SEPARATORS:
        words = words.replace(separator, ";")
    return list(dict.fromkeys(part for part in words.split(";") if part))


def judge(connection: Connection, rows: LayerRows) -> list[list[int]]:
    """Return the parcels of each record, reporting codes that are not stored."""
    if "parcels" not in rows.frame:
        return []
    lists = by_value(rows.frame["parcels"], split)
    codes = sorted({code for some in lists if some for code in some})
    known = store.frame(connection, "load_parcels", codes=codes)
    number = {
        code: int(parcel)
        for name in ("parcel_code", "code")
        for code, parcel in zip(known[name], known["id"], strict=True)
    }
    result: list[list[int]] = []
    for record, some in enumerate(lists):
        unknown = [code for code in some or [] if code not in number]
        if unknown:
            rows.findings.add(
                record,
                field="parcels",
                value=", ".join(unknown),
                reason="this parcel is not stored (fangdi load parcels)",
                zh="宗地不存在",
            )
        result.append([number[code] for code in some or [] if code in number])
    return result


def missing(connection: Connection, owner: str, ids: pd.Series, parcels: list[list[int]]) -> list[dict[str, Any]]:
    """Return the links that are not stored yet; links are only added, never taken away."""
    wanted = {(int(a), p) for a, some in zip(ids, parcels, strict=True) if not pd.isna(a) for p in some}
    owners = sorted({a for a, _ in wanted})
    stored = store.frame(connection, f"load_{owner}_parcels", owners=owners)
    there = set(zip(stored["owner"], stored["parcel_id"], strict=True))
    return [{"owner": a, "parcel": p} for a, p in sorted(wanted - there)]

"""Loading authorised posts (编制) and staff present of agencies (实有人数), each valid from a day on."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from fangdi.service import loading_histories as histories
from fangdi.service import loading_references as references
from fangdi.service.loading_batch import Batch
from fangdi.service.loading_types import LayerRows
from fangdi.store import loading as store
from fangdi.store.loading import Changes


def judge(connection: Connection, rows: LayerRows) -> Callable[[np.ndarray[Any, Any], Batch], Changes]:
    """Let authorised posts and staff present follow what is stored; return what stores them."""
    agencies = references.agency_ids(connection, rows, "agency")
    ranks = pd.Series([None] * len(rows), dtype="object")
    if "rank" in rows.frame:
        known = store.frame(connection, "load_ranks")
        ranks = references.words_of_list(rows, "rank", known, zh="职级无法识别", what="rank")
    frame = rows.frame
    if "posts" in frame:
        unranked = frame["posts"].notna() & ranks.isna()
        rows.findings.add_where(
            unranked & ~rows.findings.bad,
            field="rank",
            values=frame["posts"],
            reason="posts need a rank",
            zh="编制须注明职级",
        )
    stated = _stated(connection, rows, agencies, ranks)
    places = references.places_of_agencies(connection, agencies)

    def write(kept: np.ndarray[Any, Any], batch: Batch) -> Changes:
        who, what, where = (column.iloc[kept].reset_index(drop=True) for column in (agencies, ranks, places))
        revised = stated if len(kept) == len(rows) else _stated(connection, rows.take(kept), who, what)
        added = {record for one in revised for record in one.added}
        altered = {record for one in revised for record in one.altered} - added
        for one in revised:
            if one.changes:
                number = batch.open(str(where.iloc[0]))
                histories.store_histories(connection, one, batch=number, jurisdictions=where, ids=who)
        return Changes(len(added), len(altered), len(kept) - len(added) - len(altered))

    return write


def _stated(
    connection: Connection, rows: LayerRows, agencies: pd.Series, ranks: pd.Series
) -> list[histories.Histories]:
    pairs = zip(agencies, ranks, strict=True)
    by_rank = [None if pd.isna(agency) or rank is None else (int(agency), rank) for agency, rank in pairs]
    by_agency = [None if pd.isna(agency) else (int(agency),) for agency in agencies]
    return [
        histories.judge(connection, rows, histories.POSTS, by_rank),
        histories.judge(connection, rows, histories.STAFF, by_agency),
    ]

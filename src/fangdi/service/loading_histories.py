"""Histories that a layer brings along: titles and tenures of land and buildings, posts and staff of agencies."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from fangdi.service.loading_periods import Revision, Statement, revise
from fangdi.service.loading_steps import Period
from fangdi.service.loading_types import LayerRows
from fangdi.store import loading_periods as store

Owner = tuple[Any, ...]


@dataclass(frozen=True)
class HistoryOf:
    """One kind of history: its table, the columns that name its owner, and the facts with the fields that give them."""

    table: str
    owner: tuple[str, ...]
    facts: Mapping[str, str]
    """Column of the table → field of the file; without the first of them a row says nothing."""
    since: str
    ends: str | None = None


PARCEL_TITLE = HistoryOf(
    "title",
    ("parcel_id",),
    {"state": "title_state", "holder": "title_holder", "certificate_no": "certificate_no"},
    "title_since",
)
BUILDING_TITLE = HistoryOf("title", ("building_id",), PARCEL_TITLE.facts, "title_since")
TENURE = HistoryOf(
    "tenure",
    ("building_id",),
    {"kind": "tenure", "counterparty": "counterparty", "annual_rent_yuan": "annual_rent_yuan"},
    "tenure_since",
)
POSTS = HistoryOf(
    "agency_posts", ("agency_id", "rank_code"), {"posts": "posts", "document_no": "document_no"}, "since", "ends"
)
STAFF = HistoryOf("agency_staff", ("agency_id",), {"present": "present"}, "since", "ends")

OF_LAYER = {"parcels": (PARCEL_TITLE,), "buildings": (BUILDING_TITLE, TENURE), "posts": (POSTS, STAFF)}


@dataclass
class Histories:
    """Revisions of one kind of history, by owner; owners not stored yet are named by their record."""

    kind: HistoryOf
    revisions: dict[Owner, Revision] = field(default_factory=dict)
    records: dict[Owner, int] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether anything has to be written."""
        return any(revision.changes for revision in self.revisions.values())

    @property
    def added(self) -> set[int]:
        """Records that add a period."""
        return {record for one in self.revisions.values() if one.changes for record in one.added}

    @property
    def altered(self) -> set[int]:
        """Records that only change periods."""
        return {record for one in self.revisions.values() if one.changes for record in one.altered} - self.added


def judge(connection: Connection, rows: LayerRows, kind: HistoryOf, owners: list[Owner | None]) -> Histories:
    """Let the rows' statements follow what is stored; contradictions become findings.

    `owners` names the owner of each record; a record whose owner is not stored yet has None.
    """
    stated = Histories(kind)
    first = next(iter(kind.facts.values()))
    if first not in rows.frame:
        return stated
    by_owner: dict[Owner, list[Statement]] = {}
    columns = {column: rows.frame[name] for column, name in kind.facts.items() if name in rows.frame}
    since = _days(rows.frame, kind.since)
    ends = _days(rows.frame, kind.ends)
    for record in rows.frame.index[rows.frame[first].notna() & ~rows.findings.bad]:
        facts = {column: _plain(values.iloc[record]) for column, values in columns.items()}
        owner = owners[record] or ("record", record)
        by_owner.setdefault(owner, []).append(Statement(record, facts, since[record], ends[record]))
        stated.records[owner] = record
    histories = _stored(connection, kind, [owner for owner in by_owner if owner[0] != "record"])
    for owner, statements in by_owner.items():
        revision = revise(histories.get(owner, []), statements, since_field=kind.since)
        for record, refusal in revision.refused:
            rows.findings.add(
                record, field=first, value=rows.frame[first].iloc[record], reason=refusal.reason, zh=refusal.zh
            )
        stated.revisions[owner] = revision
    return stated


def store_histories(
    connection: Connection, histories: Histories, *, batch: int, jurisdictions: pd.Series, ids: pd.Series
) -> None:
    """Write revisions; `ids` and `jurisdictions` give the owner's number and jurisdiction by record."""
    kind, added = histories.kind, []
    for owner, revision in histories.revisions.items():
        record = histories.records[owner]
        named = owner if owner[0] != "record" else (int(ids.iloc[record]),)
        for period, facts in revision.filled:
            store.fill(connection, kind.table, period, dict(facts), batch=batch)
        added += [
            {
                "jurisdiction_code": jurisdictions.iloc[record],
                **dict(zip(kind.owner, named, strict=True)),
                **{column: period.facts.get(column) for column in kind.facts},
                "since": period.since,
                "ends": period.ends,
            }
            for period in revision.new
        ]
    revisions = histories.revisions.values()
    store.end(connection, kind.table, [pair for one in revisions for pair in one.ended], batch=batch)
    store.begin(connection, kind.table, [pair for one in revisions for pair in one.begun], batch=batch)
    store.insert(connection, kind.table, added, batch=batch)


def _stored(connection: Connection, kind: HistoryOf, owners: list[Owner]) -> dict[Owner, list[Period]]:
    if not owners:
        return {}
    found: dict[Owner, list[Period]] = {}
    keys = sorted({owner[0] for owner in owners})
    width = len(kind.owner)
    for number, since, ends, *rest in store.read(
        connection, kind.table, owner=kind.owner, facts=list(kind.facts), owners=keys
    ):
        facts = dict(zip(kind.facts, rest[width:], strict=True))
        found.setdefault(tuple(rest[:width]), []).append(Period(number, since, ends, facts))
    return found


def _days(frame: pd.DataFrame, name: str | None) -> list[Any]:
    if name is None or name not in frame:
        return [None] * len(frame)
    return [None if pd.isna(day) else day for day in frame[name]]


def _plain(value: Any) -> Any:
    """Return a value as Python and psycopg know it; missing is None."""
    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value

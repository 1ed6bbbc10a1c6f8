"""Loading a layer: judge every row, then store all of it in one transaction, or nothing.

The caller owns the transaction: on an error, for a trial run, or when nothing was stored, it rolls back.
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import psycopg
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from fangdi.service import loading_layers as layers
from fangdi.service import loading_occupancies, loading_persons, loading_posts, loading_rooms_layer
from fangdi.service import loading_references as references
from fangdi.service.loading_batch import Batch
from fangdi.service.loading_findings import Findings
from fangdi.service.loading_types import BadOutlinesError, LayerRows, LoadOptions, Outcome, PlanMaker
from fangdi.store import loading as store
from fangdi.store.loading import Changes

MOST_KEPT = 1000
"""Rejections that are kept with the record of an import; the rejects file has all of them."""

Write = Callable[[np.ndarray[Any, Any], Batch], Changes]
"""Stores the records at these positions and says what changed."""


def load(connection: Connection, rows: LayerRows, *, options: LoadOptions, plans: PlanMaker) -> Outcome:
    """Judge the rows, then store them; with bad rows nothing is stored unless they may be skipped.

    Outlines that are worked on ahead may turn out bad while others are being stored; then, too, nothing is.
    """
    try:
        return _load(connection, rows, options, plans)
    except BadOutlinesError:
        rows.finish()
        return _outcome(rows)
    finally:
        if rows.ahead is not None:
            rows.ahead.cancel()


def _load(connection: Connection, rows: LayerRows, options: LoadOptions, plans: PlanMaker) -> Outcome:
    if options.skip_bad:
        rows.finish()
    known = references.check_jurisdictions(connection, rows)
    write = _judge(connection, rows, options, plans, known)
    bad = rows.findings.bad
    if (bad.any() and not options.skip_bad) or bad.all():
        rows.finish()
        return _outcome(rows)
    batch = Batch(connection, rows, rejected=_rejected(rows.findings))
    try:
        changes = write(np.flatnonzero(~bad), batch)
    except (DBAPIError, psycopg.Error) as error:
        raise store.refusal(error) from error
    outcome = _outcome(rows)
    if batch.number is not None:
        rejections = [asdict(finding) for finding in outcome.findings if finding.severity == "bad"][:MOST_KEPT]
        store.close_batch(connection, batch.number, changes, rejections)
    outcome.stored = True
    outcome.batch_id = batch.number
    outcome.inserted, outcome.updated, outcome.unchanged = changes.inserted, changes.updated, changes.unchanged
    return outcome


def _outcome(rows: LayerRows) -> Outcome:
    """Return what is known of the rows, none of them stored yet."""
    return Outcome(rows.layer, rows.rows_read, list(rows.findings), stored=False, rejected=_rejected(rows.findings))


def _judge(connection: Connection, rows: LayerRows, options: LoadOptions, plans: PlanMaker, known: Any) -> Write:
    """Add what only the database can tell to the findings; return what stores the rows."""
    if rows.layer in {"rooms", "floors"}:
        return loading_rooms_layer.judge(connection, rows, options, plans)
    if rows.layer == "occupancies":
        return _occupancies(connection, rows)
    if rows.layer == "posts":
        return loading_posts.judge(connection, rows)
    return layers.judge(connection, rows, known)


def _occupancies(connection: Connection, rows: LayerRows) -> Write:
    _, _ = loading_occupancies.judge(connection, rows) if not rows.findings.bad.all() else (None, None)

    def write(kept: np.ndarray[Any, Any], batch: Batch) -> Changes:
        uses, places = loading_occupancies.judge(connection, rows.take(kept))
        persons = loading_persons.change_in(connection, uses)
        updated = len(uses.changed) + persons
        changes = Changes(len(uses.new), updated, len(uses.unchanged) - persons)
        if uses.new or updated:
            number = batch.open(str(places.iloc[0]))
            loading_occupancies.write(connection, uses, batch=number, jurisdictions=places)
        return changes

    return write


def _rejected(findings: Findings) -> int:
    """Count the rows of the file that are bad: a room on several floors is one row."""
    return len(np.unique(findings.rows[findings.bad]))

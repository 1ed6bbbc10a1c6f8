"""What the database holds as a whole."""

from datetime import date

from sqlalchemy import Connection, text

from fangdi.store.query import Record, rows


def overview(connection: Connection) -> Record:
    """Return extent (EPSG:4490), floor levels, layer versions, the sample notice and the jurisdictions."""
    found = dict(rows(connection, "meta_overview")[0])
    if found["bbox"] is None:
        found["bbox"] = rows(connection, "meta_parcels_extent")[0]["bbox"]
    return found


def vocabulary(connection: Connection) -> Record:
    """Return room uses and staff ranks with their labels."""
    return rows(connection, "meta_vocabulary")[0]


def ping(connection: Connection) -> None:
    """Touch a table of ours."""
    connection.execute(text("SELECT FROM fangdi.deployment LIMIT 1"))


def sample_notice(connection: Connection) -> Record | None:
    """Return the notice that the data are invented, as {zh, en, seed}; None for real data."""
    found: Record | None = connection.execute(
        text("SELECT value FROM fangdi.deployment WHERE key = 'sample'")
    ).scalar_one_or_none()
    return found


def recorded_from(connection: Connection) -> date | None:
    """Return the first day on which it is on record that use changed; None where there is none."""
    since: date | None = rows(connection, "recorded_from")[0]["since"]
    return since

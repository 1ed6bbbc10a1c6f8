"""Fills an empty database with the rows of whole tables, and empties it again: what the sample city needs."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Literal

import psycopg
import shapely
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import Connection, Table, exists, func, or_, select, text

from fangdi.store import usage
from fangdi.store.tables import MAP_SRID, PLAN_SRID, metadata

REFERENCE_TABLES = frozenset(
    {
        *("staff_rank", "room_use", "layer_version", "role_capability", "access_key", "audit_entry", "tolerance_rule"),
        *("norm_document", "norm", "idle_rule", "usage_state", "finding_clause"),
    }
)
"""What the migrations fill, and the audit trail, which stays; everything else is a deployment's own."""
ACCOUNT_TABLES = frozenset({"account", "role_grant", "web_session", "api_token", "sign_in_attempt"})
"""What comes and goes beside the assets: accounts made for demonstration leave a sample city as it was."""
DERIVED_TABLES = frozenset({"room_spell", "usage_bucket", "finding", "finding_event", "finding_run"})
"""What is made of the others; what people did to findings is their own."""
SAMPLE_KEY = "sample"
_BY_PEOPLE = """
    SELECT FROM fangdi.account WHERE NOT demo
     UNION ALL
    SELECT FROM fangdi.finding_event WHERE account_id IS NOT NULL
"""
"""Rows that somebody put into a sample city."""

Holding = Literal["nothing", "sample", "other"]
"""What a database holds: no rows, the sample city as it was loaded, or anything else."""


def lock_for_filling(connection: Connection) -> None:
    """Let nobody else fill the database before this transaction ends; its rows make one entry in the audit trail."""
    connection.execute(text("SELECT set_config('fangdi.batch', 'sample', true)"))
    connection.execute(text("LOCK TABLE fangdi.deployment IN EXCLUSIVE MODE"))


def holding(connection: Connection) -> Holding:
    """Say what the database holds; a sample to which anything was added or loaded counts as other."""
    loaded = connection.execute(
        text("SELECT value -> 'rows' FROM fangdi.deployment WHERE key = :key"), {"key": SAMPLE_KEY}
    ).scalar_one_or_none()
    if loaded is None:  # counting all rows of a large database would take long
        filled = [exists(select(table)) for table in _own_tables()]
        return "other" if connection.execute(select(or_(*filled))).scalar_one() else "nothing"
    if connection.execute(text(f"SELECT EXISTS ({_BY_PEOPLE})")).scalar_one():
        return "other"
    counts = count_rows(connection)
    del counts["deployment"]
    return "sample" if dict.fromkeys(counts, 0) | loaded == counts else "other"


def is_sample(connection: Connection) -> bool:
    """Whether the database was filled with the sample city, whatever was changed since."""
    marked = text("SELECT EXISTS (SELECT FROM fangdi.deployment WHERE key = :key)")
    return bool(connection.execute(marked, {"key": SAMPLE_KEY}).scalar_one())


def count_rows(connection: Connection) -> dict[str, int]:
    """Count the rows of every table that the migrations leave empty, accounts aside."""
    counts = [
        select(func.count()).select_from(table).scalar_subquery().label(table.name)
        for table in _own_tables()
        if table.name not in ACCOUNT_TABLES | DERIVED_TABLES
    ]
    return dict(connection.execute(select(*counts)).mappings().one())


def empty(connection: Connection) -> None:
    """Remove every row but the reference lists; of norms those of the country stay."""
    tables = ", ".join(str(table) for table in _own_tables())
    connection.execute(text(f"TRUNCATE {tables} RESTART IDENTITY"))
    connection.execute(text("DELETE FROM fangdi.norm WHERE jurisdiction_code IS NOT NULL"))
    connection.execute(text("DELETE FROM fangdi.norm_document WHERE jurisdiction_code IS NOT NULL"))
    connection.execute(text("DELETE FROM fangdi.idle_rule WHERE jurisdiction_code IS NOT NULL"))


def fill(connection: Connection, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Copy rows with keys of their own into empty tables, in the order given, and let new keys follow them.

    Values are as psycopg takes them; geometries are shapely's, in EPSG:4490 or (`plan_outline`) in plan metres;
    a pair of dates is a period with an exclusive end. All rows of a table have the same columns.
    """
    driver = connection.connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        raise TypeError("filling works over psycopg only")
    with driver.cursor() as cursor:
        for name, rows in tables.items():
            if rows:
                _copy(cursor, name, rows)
        cursor.execute("ANALYZE")
    usage.recompute_outdated(connection)


def mark_sample(connection: Connection, value: Mapping[str, Any]) -> None:
    """Say that the database holds the invented sample city; the rows counted now tell later whether it still does."""
    counts = count_rows(connection)
    del counts["deployment"]
    connection.execute(text("SELECT set_config('fangdi.batch', '', true)"))  # the mark is the entry
    connection.execute(
        metadata.tables["fangdi.deployment"].insert(), {"key": SAMPLE_KEY, "value": {**value, "rows": counts}}
    )


def _own_tables() -> list[Table]:
    return [table for table in metadata.sorted_tables if table.name not in REFERENCE_TABLES]


def _copy(cursor: psycopg.Cursor[Any], name: str, rows: Sequence[Mapping[str, Any]]) -> None:
    columns = list(rows[0])
    table = sql.Identifier("fangdi", name)
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    with cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(table, names)) as copy:
        for row in rows:
            copy.write_row([_value(column, row[column]) for column in columns])
    if "id" in columns:
        last = max(row["id"] for row in rows)
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", (f"fangdi.{name}", last))


def _value(column: str, value: Any) -> Any:
    """Return a value in a form that COPY takes."""
    if isinstance(value, shapely.Geometry):
        srid = PLAN_SRID if column == "plan_outline" else MAP_SRID
        return shapely.to_wkb(shapely.set_srid(value, srid), hex=True, include_srid=True)
    if isinstance(value, tuple):
        since, ends = value
        return f"[{_day(since)},{_day(ends)})"
    return Jsonb(value) if isinstance(value, dict) else value


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""

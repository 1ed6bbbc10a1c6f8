"""What a database must have before the first migration: recent versions and two extensions."""

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.errors import DatabaseNotReadyError

EXTENSIONS = ("postgis", "btree_gist")
OLDEST_POSTGRESQL = 15
OLDEST_POSTGIS = (3, 3)


def require_extensions(connection: Connection) -> None:
    """Create the missing extensions, or say what the database's administrator has to run."""
    server = int(connection.execute(text("SHOW server_version_num")).scalar_one()) // 10_000
    if server < OLDEST_POSTGRESQL:
        raise DatabaseNotReadyError(
            f"The database runs on PostgreSQL {server}; use version {OLDEST_POSTGRESQL} or newer."
        )
    missing = [name for name in EXTENSIONS if _version(connection, name) is None]
    try:
        with connection.begin_nested():
            for name in missing:
                connection.execute(text(f"CREATE EXTENSION {name}"))
    except DBAPIError as error:
        statements = " ".join(f"CREATE EXTENSION {name};" for name in missing)
        raise DatabaseNotReadyError(
            f"The database lacks {' and '.join(missing)}, and this user may not add them ({_first_line(error)}). "
            f"Have its administrator run as a superuser, in the same database: {statements}"
        ) from error
    postgis = _version(connection, "postgis")
    if postgis is None or tuple(int(part) for part in postgis.split(".")[:2]) < OLDEST_POSTGIS:
        raise DatabaseNotReadyError(
            f"The database has PostGIS {postgis}; version {'.'.join(map(str, OLDEST_POSTGIS))} or newer is needed. "
            "Have its administrator install it and run: ALTER EXTENSION postgis UPDATE;"
        )


def _version(connection: Connection, extension: str) -> str | None:
    found = connection.execute(
        text("SELECT extversion FROM pg_extension WHERE extname = :name"), {"name": extension}
    ).scalar_one_or_none()
    return None if found is None else str(found)


def _first_line(error: DBAPIError) -> str:
    return str(error.orig).splitlines()[0]

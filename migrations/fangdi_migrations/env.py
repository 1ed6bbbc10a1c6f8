"""Alembic's environment: one given connection, whose transaction belongs to the caller."""

from typing import Any

from alembic import context
from geoalchemy2 import Geometry, alembic_helpers
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

from fangdi.store.tables import metadata

SCHEMA: str = context.config.attributes["schema"]


def include_name(name: str | None, kind: str, _parents: object) -> bool:
    """Look at our own schema only; the rest of the database belongs to others."""
    return kind != "schema" or name == SCHEMA


def include_object(
    item: SchemaItem,
    name: str | None,
    kind: str,
    reflected: bool,  # noqa: FBT001 - Alembic's signature
    compare_to: SchemaItem | None,
) -> bool:
    """Leave out what the spatial extensions keep for themselves."""
    return bool(alembic_helpers.include_object(item, name, kind, reflected, compare_to))  # type: ignore[no-untyped-call]


def compare_type(
    _context: object, _inspected: object, _described: object, found: TypeEngine[Any], wanted: TypeEngine[Any]
) -> bool | None:
    """Take geometry without a reference system for what it is: read back it has SRID -1, and 0 in the tables.

    Returns None to leave the comparison to Alembic.
    """
    if isinstance(found, Geometry) and isinstance(wanted, Geometry):
        seen, described = ((one.geometry_type, one.dimension, max(one.srid or 0, 0)) for one in (found, wanted))
        return seen != described
    return None


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    version_table_schema=SCHEMA,
    include_schemas=True,
    include_name=include_name,
    include_object=include_object,
    render_item=alembic_helpers.render_item,
    process_revision_directives=alembic_helpers.writer,
    compare_type=compare_type,
    compare_server_default=False,  # PostgreSQL rewrites expressions, so that equal ones look different
)
with context.begin_transaction():
    context.run_migrations()

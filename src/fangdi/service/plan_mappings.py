"""Layer mappings (图层对应) saved for the plans of an agency or surveyor, to read the next file by."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.errors import NotAllowedError, NotFoundError
from fangdi.store import plans as store
from fangdi.store.access import scope_of
from fangdi.store.query import Record

_READING = ("unit", "layers", "gap_m", "fields")
_NONE = "没有这个图层对应。 There is no layer mapping {}; list them."


def mappings(connection: Connection) -> list[dict[str, Any]]:
    """Return the mappings that the reader sees."""
    return [_shown(row) for row in store.mappings(connection)]


def save(connection: Connection, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Save a mapping under its name, in place of the one that has it."""
    number = store.save_mapping(
        connection,
        jurisdiction_code=wanted["jurisdiction_code"],
        name=wanted["name"],
        agency_id=wanted["agency_id"],
        surveyor=wanted["surveyor"],
        reading={name: wanted[name] for name in _READING},
    )
    return _shown(store.mappings(connection, number)[0])


def delete(connection: Connection, number: int) -> None:
    """Delete a mapping; raise NotFoundError unless the reader sees it."""
    found = store.mappings(connection, number)
    if not found:
        raise NotFoundError(_NONE.format(number))
    if not scope_of(connection).allows_in(Capability.AUDIT_AREAS, found[0]["jurisdiction_code"]):
        raise NotAllowedError(
            "您没有该行政区的面积核查权限。 Your roles do not reach this jurisdiction; ask an area auditor of it."
        )
    store.delete_mapping(connection, number)


def _shown(row: Record) -> dict[str, Any]:
    return {**row["reading"], **{name: value for name, value in row.items() if name != "reading"}}

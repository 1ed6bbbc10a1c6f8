"""What a question is limited to, checked against what exists, so that a typing error is not an empty answer."""

from sqlalchemy import Connection, text

from fangdi.errors import InvalidInputError, NotFoundError

KINDS = {
    "jurisdiction": "行政区",
    "agency": "单位",
    "building": "楼座",
    "floor": "楼层",
    "room": "房间",
    "site": "院落",
    "zone": "集中办公区",
    "parcel": "宗地",
}
"""What kinds of things are called in Chinese."""
_TABLES = {
    "jurisdiction": ("code", "fangdi.jurisdiction"),
    "agency_id": ("id", "fangdi.agency"),
    "building_id": ("id", "fangdi.building"),
    "floor_id": ("id", "fangdi.floor"),
    "site_id": ("id", "fangdi.site"),
    "zone_id": ("id", "fangdi.zone"),
}


def require(connection: Connection, **named: int | str | None) -> None:
    """Raise NotFoundError for the first parameter that names something that does not exist."""
    for parameter, value in named.items():
        if value is not None and not _exists(connection, parameter, value):
            kind = parameter.removesuffix("_id")
            raise NotFoundError(
                f"没有{KINDS[kind]} {value},请从列表中选择。 "
                f"There is no {kind} {value}; list them to find the right one.",
                place={"field": parameter},
            )


def _exists(connection: Connection, parameter: str, value: int | str) -> bool:
    key, table = _TABLES[parameter]
    statement = text(f"SELECT EXISTS (SELECT FROM {table} WHERE {key} = :value)")  # noqa: S608 - both are ours
    return bool(connection.execute(statement, {"value": value}).scalar_one())


def find_id(connection: Connection, parameter: str, named: str) -> int:
    """Return the id of what a person names by id, code or full name; raise an error unless it is exactly one."""
    _, table = _TABLES[parameter]
    statement = text(
        f"SELECT id, name FROM {table} WHERE CAST(id AS text) = :named OR code = :named OR name = :named ORDER BY id"  # noqa: S608
    )
    found = connection.execute(statement, {"named": named.strip()}).all()
    kind = parameter.removesuffix("_id")
    if not found:
        raise NotFoundError(
            f"没有{KINDS[kind]}“{named}”,请给出编号、代码或全称。 "
            f"There is no {kind} {named!r}; give its id, its code or its full name."
        )
    if len(found) > 1:
        several = ", ".join(f"{row.id} ({row.name})" for row in found[:5])
        raise InvalidInputError(
            f"“{named}”对应多个{KINDS[kind]}:{several}。请给出编号。 "
            f"{named!r} names several {kind}s: {several}. Give the id.",
            place={"field": parameter},
        )
    return int(found[0].id)


def find_jurisdiction(connection: Connection, named: str) -> str:
    """Return the code of the jurisdiction a person names by code or name; raise an error unless it is exactly one."""
    statement = text(
        "SELECT here.code, concat(above.name, here.name) AS name"
        "  FROM fangdi.jurisdiction AS here LEFT JOIN fangdi.jurisdiction AS above ON above.code = here.parent_code"
        " WHERE here.code = :named OR here.name = :named ORDER BY here.code"
    )
    found = connection.execute(statement, {"named": named.strip()}).all()
    if not found:
        raise NotFoundError(
            f"没有行政区“{named}”,请给出代码或全称,如海曙区。 "
            f"There is no jurisdiction {named!r}; give its code or its full name, as 海曙区."
        )
    if len(found) > 1:
        several = ", ".join(f"{row.code} ({row.name})" for row in found[:5])
        more = f" and {len(found) - 5} more" if len(found) > 5 else ""
        raise InvalidInputError(
            f"“{named}”对应多个行政区:{several}。请给出代码。 "
            f"{named!r} names several jurisdictions: {several}{more}. Give the code.",
            place={"field": "jurisdiction"},
        )
    return str(found[0].code)

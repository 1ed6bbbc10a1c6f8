"""What a question is limited to, checked against what exists, so that a typing error is not an empty answer."""

from sqlalchemy import Connection, text

from fangdi.errors import NotFoundError

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
                f"There is no {kind} {value}; list them to find the right one.", place={"field": parameter}
            )


def _exists(connection: Connection, parameter: str, value: int | str) -> bool:
    key, table = _TABLES[parameter]
    statement = text(f"SELECT EXISTS (SELECT FROM {table} WHERE {key} = :value)")  # noqa: S608 - both are ours
    return bool(connection.execute(statement, {"value": value}).scalar_one())

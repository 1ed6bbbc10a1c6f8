"""Placing a plan on the map (定位)."""

from sqlalchemy import Connection

from fangdi.service.plan_types import PlanMap


def place_by_file(connection: Connection, number: int, on_map: PlanMap) -> None:
    """Place a plan by what its file says of where it lies, unless somebody placed it."""

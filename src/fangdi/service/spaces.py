"""Looking for space (找房): which idle rooms side by side are large enough, near enough and in the right building."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from math import ceil

import shapely
from sqlalchemy import Connection

from fangdi.domain.adjoining import FreeRoom, Group, SpaceWanted, best_groups
from fangdi.domain.closest import largest_groups, share_met
from fangdi.domain.common import BuildingRef
from fangdi.domain.growing import EVEN_M2
from fangdi.domain.spaces import Closest, Near, Offer, OfferedRoom, SpaceQuestion, SpaceReport
from fangdi.errors import InvalidInputError
from fangdi.service import details
from fangdi.service.scope import require
from fangdi.store import spaces as store
from fangdi.store.query import Record

_SHARES = (1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 0.0)
"""How much of what is asked floors must have that are looked at for the closest, one after the other."""


def find_space(connection: Connection, asked: SpaceQuestion) -> SpaceReport:
    """Answer where there is the space asked for: at most one offer a floor, the nearest first."""
    require(connection, jurisdiction=asked.question.jurisdiction, building_id=asked.building.building_id)
    found = store.idle_near(connection, asked)
    floors = _floors(found, asked)
    groups = best_groups([_free(rooms) for rooms in floors], asked.space)
    offers = [_offer(rooms, group) for rooms, group in zip(floors, groups, strict=True) if group is not None]
    offers.sort(key=lambda offer: (offer.distance_m or 0.0, len(offer.rooms), offer.area_m2, offer.floor_id))
    return SpaceReport(asked, tuple(offers), found.looked_at, found.left_out)


def closest(connection: Connection, asked: SpaceQuestion) -> Closest:
    """Answer what comes closest where nothing is all that is asked for; else the first offer."""
    offers = find_space(connection, asked).offers
    if offers:
        return Closest(asked, offers[0])
    if asked.space.max_area_m2 is not None:
        larger = find_space(connection, replace(asked, space=replace(asked.space, max_area_m2=None))).offers
        if larger:
            return Closest(asked, min(larger, key=lambda offer: offer.area_m2))
    return Closest(asked, _largest(connection, asked))


def _largest(connection: Connection, asked: SpaceQuestion) -> Offer | None:
    """Ask for a smaller and smaller share, until a floor has it: what floors have that were not read is less."""
    wanted = asked.space
    for share in _SHARES:
        less = replace(wanted, rooms=max(1, ceil(wanted.rooms * share)), min_area_m2=wanted.min_area_m2 * share)
        smaller = replace(asked, space=less)
        floors = _floors(store.idle_near(connection, smaller), smaller)
        groups = largest_groups([_free(rooms) for rooms in floors], wanted)
        offers = [_offer(rooms, group) for rooms, group in zip(floors, groups, strict=True)]
        best = max(offers, key=lambda offer: _closeness(offer, wanted), default=None)
        if best is not None and share_met(len(best.rooms), best.area_m2, wanted) >= share:
            return best
    return None


def _closeness(offer: Offer, wanted: SpaceWanted) -> tuple[float, float, float, int]:
    share = share_met(len(offer.rooms), offer.area_m2, wanted)
    return share, offer.area_m2, -(offer.distance_m or 0.0), -offer.floor_id


def near_agency(connection: Connection, agency_id: int, radius_m: float | None, *, as_of: date) -> Near:
    """Return the building in which an agency has most rooms as the place to be near to."""
    location = details.detail(connection, "agency", agency_id, as_of=as_of)["location"]
    if location is None:
        raise InvalidInputError(
            "该单位在基准日没有房间,请在地图上选点。 The agency has no rooms on the date; choose a place on the map.",
            place={"field": "near_agency_id"},
        )
    longitude, latitude = location
    return Near(longitude, latitude, radius_m)


def near_building(connection: Connection, building_id: int, radius_m: float | None, *, as_of: date) -> Near:
    """Return a building as the place to be near to."""
    longitude, latitude = details.detail(connection, "building", building_id, as_of=as_of)["location"]
    return Near(longitude, latitude, radius_m)


def _floors(found: store.FoundNear, asked: SpaceQuestion) -> list[list[Record]]:
    """Return the rooms that can be offered, floor by floor."""
    usable = [row for row in found.rooms if row["outline"] is not None and row["area_m2"] is not None]
    floors = [list(rooms) for _, rooms in groupby(usable, key=lambda row: row["floor_id"])]
    return [rooms for rooms in floors if _may_do(rooms, asked)]


def _may_do(rooms: Sequence[Record], asked: SpaceQuestion) -> bool:
    """Whether a floor has enough at all: of most the outlines need not be read."""
    if asked.whole_floor and len(rooms) < rooms[0]["floor_rooms"]:
        return False
    return len(rooms) >= asked.space.rooms and sum(row["area_m2"] for row in rooms) >= asked.space.min_area_m2 - EVEN_M2


def _free(rooms: Sequence[Record]) -> list[FreeRoom]:
    outlines = shapely.from_wkb([row["outline"] for row in rooms])
    return [FreeRoom(row["id"], outline, row["area_m2"]) for row, outline in zip(rooms, outlines, strict=True)]


def _offer(rooms: Sequence[Record], group: Group) -> Offer:
    first = rooms[0]
    chosen = {room: row for row in rooms if (room := row["id"]) in group.rooms}
    return Offer(
        building=BuildingRef(first["building_id"], first["building_name"]),
        location=first["location"],
        floor_id=first["floor_id"],
        floor=first["floor_name"],
        level=float(first["level"]),
        distance_m=first["distance_m"],
        rooms=tuple(OfferedRoom(n, chosen[n]["number"], chosen[n]["name"], chosen[n]["area_m2"]) for n in group.rooms),
        area_m2=group.area_m2,
        spread_m=group.spread_m,
        whole_floor=len(rooms) == first["floor_rooms"],
        has_lift=first["has_lift"],
        built_year=first["built_year"],
        safety_grade=first["safety_grade"],
        tenure=first["tenure"],
        title=first["title"],
    )

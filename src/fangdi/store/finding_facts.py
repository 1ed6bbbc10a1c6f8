"""What findings are judged from, as values of the domain; read with the owner's rights, so that nothing is missing.

Every function is of one date, and of one basis where areas are in it (m² usable).
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.adjoining import SpaceWanted
from fangdi.domain.common import Question
from fangdi.domain.findings.areas import AgencyUse
from fangdi.domain.findings.holdings import Held, IdleRoom, Leasing, Titled
from fangdi.domain.findings.offices import Annex, AnnexKind, Leader, Office, PostEnd, PostOver, Seat, Sitting
from fangdi.domain.findings.rooms import Function, Outside, OutsideUse, Papers, Room
from fangdi.domain.findings.rules import ObjectKind
from fangdi.domain.spaces import BuildingWanted, Near, SpaceQuestion
from fangdi.domain.vocabulary import AreaBasis, TenureKind, TitleState
from fangdi.store import spaces
from fangdi.store.query import Record, rows

Paths = Mapping[str, Sequence[str]]
"""By jurisdiction, the codes from the uppermost down to it."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """The date and the basis that facts are read for."""

    day: date
    basis: AreaBasis

    @property
    def limits(self) -> dict[str, Any]:
        """Both as parameters."""
        return {"as_of": self.day, "basis": self.basis}


def paths(connection: Connection) -> Paths:
    """Return the way from the top to every jurisdiction."""
    return {row["code"]: row["path"] for row in rows(connection, "finding_paths")}


def agency_uses(connection: Connection, at: AsOf) -> Mapping[int, AgencyUse]:
    """Return by agency where it has rooms, and how much of it is classified."""
    hidden: dict[int, dict[str, float]] = {}
    for row in rows(connection, "finding_classified_use", **at.limits):
        hidden.setdefault(row["agency_id"], {})[row["category"]] = row["area_m2"]
    places = rows(connection, "finding_agency_places", as_of=at.day)
    return {row["agency_id"]: AgencyUse(row["places"], hidden.get(row["agency_id"])) for row in places}


def offices(
    connection: Connection, at: AsOf, *, ceilings: Mapping[str, float], known: Collection[int], places: Paths
) -> Iterable[Office]:
    """Return occupied offices that may be too large, have annexes, or are known by a finding.

    `ceilings` are the lowest anywhere by rank, m²: an office within their sum is within every ceiling.
    """
    found = rows(connection, "finding_offices", **at.limits, ceilings=json.dumps(dict(ceilings)), known=list(known))
    return (_office(row, places) for row in found)


def leaders(connection: Connection, at: AsOf, *, known: Collection[str]) -> Iterable[Leader]:
    """Return leaders with several offices, and those known by a finding with any."""
    found = rows(connection, "finding_leaders", **at.limits, known=list(known))
    return (Leader(row["person_key"], row["rank_code"], _seats(row)) for row in found)


def posts_over(connection: Connection, at: AsOf, *, places: Paths) -> Iterable[PostOver]:
    """Return posts that were over, whose holder still has an office of the agency."""
    return (
        PostOver(
            person_key=row["person_key"],
            rank=row["rank_code"],
            agency_id=row["agency_id"],
            path=places.get(row["place"], ()),
            ended=row["ended"],
            how=PostEnd(row["ended_by"]),
            seats=_seats(row),
            document_no=row["document_no"],
        )
        for row in rows(connection, "finding_posts_over", **at.limits)
    )


def functions(connection: Connection, at: AsOf) -> Iterable[tuple[Room, Function]]:
    """Return rooms with an approved function, and what they are used for."""
    names = ("approved", "approved_category", "actual", "actual_category", "document_no")
    found = rows(connection, "finding_functions", **at.limits)
    return ((_room(row), Function(**{name: row[name] for name in names})) for row in found)


def outside_uses(connection: Connection, at: AsOf) -> Iterable[tuple[Room, Outside]]:
    """Return rooms that somebody outside has."""
    names = ("outsider", "since", "until", "document_no", "annual_income_yuan")
    return (
        (_room(row), Outside(OutsideUse(row["kind"]), **{name: row[name] for name in names}))
        for row in rows(connection, "finding_outside", **at.limits)
    )


def papers(connection: Connection, at: AsOf) -> Iterable[Papers]:
    """Return by building and agency on what paper rooms are used."""
    return (
        Papers(
            building_id=row["building_id"],
            agency_id=row["agency_id"],
            jurisdiction=row["jurisdiction_code"],
            secret=row["secret"],
            rooms=row["rooms"],
            unnumbered=row["unnumbered"],
            unfiled=row["unfiled"],
        )
        for row in rows(connection, "finding_papers", as_of=at.day)
    )


def tenures(connection: Connection, at: AsOf) -> Iterable[Held]:
    """Return the buildings that are leased or borrowed, or were last."""
    return (
        Held(
            building_id=row["id"],
            jurisdiction=row["jurisdiction_code"],
            secret=row["secret"],
            tenure=TenureKind(row["tenure"]),
            since=row["since"],
            ended=row["ended"],
            contracts=row["contracts"],
            rooms_in_use=row["rooms"],
            agency_id=row["agency_id"],
        )
        for row in rows(connection, "finding_tenures", as_of=at.day)
    )


def titles(connection: Connection, at: AsOf) -> Iterable[Titled]:
    """Return own buildings and the parcels below them with the state of their titles."""
    return (
        Titled(
            kind=ObjectKind(row["kind"]),
            id=row["id"],
            jurisdiction=row["jurisdiction_code"],
            secret=row["secret"],
            state=TitleState(row["state"]) if row["state"] else None,
            certificate_no=row["certificate_no"],
        )
        for row in rows(connection, "finding_titles", as_of=at.day)
    )


def leasings(connection: Connection, at: AsOf, *, radius_m: float) -> Iterable[Leasing]:
    """Return what agencies use in leased buildings, each with the own idle rooms within reach."""
    found = rows(connection, "finding_leasings", **at.limits)
    idle: dict[int, Sequence[IdleRoom]] = {}
    for row in found:
        if row["building_id"] not in idle:
            idle[row["building_id"]] = _idle_near(connection, at, row, radius_m)
        yield Leasing(
            building_id=row["building_id"],
            agency_id=row["agency_id"],
            jurisdiction=row["jurisdiction_code"],
            secret=row["secret"],
            rooms=row["rooms"],
            needed_m2=row["area_m2"],
            radius_m=radius_m,
            idle=idle[row["building_id"]],
        )


def _idle_near(connection: Connection, at: AsOf, leased: Record, radius_m: float) -> Sequence[IdleRoom]:
    """Return own idle rooms around a leased building, in its jurisdiction and those below, the nearest first."""
    longitude, latitude = leased["location"]
    asked = SpaceQuestion(
        Question(at.day, at.basis, leased["jurisdiction_code"]),
        SpaceWanted(),
        BuildingWanted(tenure=TenureKind.OWNED),
        Near(longitude, latitude, radius_m),
    )
    found = [row for row in spaces.idle_rooms(connection, asked) if row["area_m2"] is not None]
    where = {row["id"]: row for row in rows(connection, "finding_rooms_where", ids=[row["id"] for row in found])}
    return [
        IdleRoom(
            id=row["id"],
            building_id=row["building_id"],
            floor_id=row["floor_id"],
            jurisdiction=where[row["id"]]["jurisdiction_code"],
            secret=where[row["id"]]["secret"],
            area_m2=row["area_m2"],
            distance_m=row["distance_m"],
        )
        for row in found
    ]


def _room(row: Record) -> Room:
    return Room(
        row["id"], row["building_id"], row["jurisdiction_code"], row["secret"], row["area_m2"], row["agency_id"]
    )


def _office(row: Record, places: Paths) -> Office:
    occupants = [
        Sitting(one["person"], one["rank"], one["leader"], one["agency"], places.get(one["place"], ()))
        for one in row["occupants"]
    ]
    annexes = [
        Annex(one["room"], AnnexKind(one["kind"]) is AnnexKind.WASHROOM, one["area_m2"], one["secret"])
        for one in row["annexes"]
    ]
    return Office(
        row["id"],
        row["building_id"],
        row["jurisdiction_code"],
        row["secret"],
        row["area_m2"],
        occupants,
        annexes,
    )


def _seats(row: Record) -> Sequence[Seat]:
    seats = [
        Seat(one["room"], one["building"], one["agency"], one["place"], one["secret"], one["area_m2"])
        for one in row["seats"]
    ]
    return sorted(seats, key=lambda seat: (seat.secret, seat.room_id))

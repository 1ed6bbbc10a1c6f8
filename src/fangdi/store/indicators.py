"""Facts that indicators follow from, of everything that the reader may see; limited to jurisdictions afterwards."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.indicators.facts import FindingThen, Holding, PlannedBuilding, Space
from fangdi.domain.indicators.placing import Agency
from fangdi.domain.indicators.tree import Place, Tree
from fangdi.domain.vocabulary import RoomCategory, SpellKind
from fangdi.store import usage
from fangdi.store.memo import remember
from fangdi.store.query import rows
from fangdi.store.scope import room_uses

PLACES = ("jurisdictions",)
HOLDINGS = ("buildings", "jurisdictions")
"""Layers that facts are read from; titles and tenures are of the buildings'."""
SPACE = ("buildings", "jurisdictions", "rooms")
REACH = ("agencies", "buildings", "jurisdictions", "rooms", "zones")
NORMS = ("agencies", "buildings", "jurisdictions", "norms", "rooms")
PLANS = ("buildings", "jurisdictions", "plans")
FINDINGS = ("buildings", "findings", "jurisdictions", "parcels", "rooms")
"""Findings hide when what they rest on becomes secret."""


def tree(connection: Connection) -> Tree:
    """Return the tree of jurisdictions."""
    return remember(
        connection,
        lambda: Tree.of(
            Place(row["code"], row["name"], row["name_en"], row["parent_code"])
            for row in rows(connection, "indicator_places")
        ),
        name="jurisdictions",
        layers=PLACES,
        asked=None,
        small=True,
    )


def holdings(connection: Connection, question: Question) -> list[Holding]:
    """Return by what right buildings are held, with gross area (m² of one basis) and rent."""
    found = rows(connection, "indicator_buildings", as_of=question.as_of, basis=question.basis)
    return [
        Holding(
            building=row["id"],
            name=row["name"],
            jurisdiction=row["jurisdiction_code"],
            title=row["title"],
            tenure=row["tenure"],
            gross_m2=row["gross_m2"],
            rent_yuan=row["rent_yuan"],
        )
        for row in found
    ]


def spaces(connection: Connection, question: Question) -> list[Space]:
    """Return usable and idle area (m² of one basis) by building and category."""
    return [
        Space(
            building=row["id"],
            name=row["name"],
            jurisdiction=row["jurisdiction_code"],
            category=row["category"],
            rooms=row["rooms"],
            rooms_with_area=row["with_area"],
            area_m2=row["area_m2"],
            idle_m2=row["idle_m2"],
        )
        for row in rows(connection, "indicator_space", as_of=question.as_of, basis=question.basis)
    ]


def space_sums(connection: Connection, question: Question) -> list[Space]:
    """Return the same by jurisdiction, use and state, without buildings: from sums that are kept as rooms change."""
    uses = {use.code: use for use in room_uses(connection)}
    return [
        Space(
            building=0,
            name="",
            jurisdiction=one.jurisdiction_code,
            category=uses[one.use_code].category,
            rooms=one.rooms if one.kind is not SpellKind.PART else 0,
            rooms_with_area=one.with_area if one.kind is not SpellKind.PART else 0,
            area_m2=one.area_m2,
            idle_m2=one.area_m2 if one.kind is SpellKind.FREE and uses[one.use_code].assignable else 0.0,
        )
        for one in usage.as_of(connection, as_of=question.as_of, basis=question.basis)
        if uses[one.use_code].category != RoomCategory.CIRCULATION
    ]


def planned_buildings(connection: Connection, as_of: date) -> list[PlannedBuilding]:
    """Return how many plans of each building are in force, and audited."""
    return [
        PlannedBuilding(row["id"], row["name"], row["jurisdiction_code"], row["plans"], row["audited"])
        for row in rows(connection, "indicator_plans", as_of=as_of)
    ]


def findings(connection: Connection, as_of: date) -> list[FindingThen]:
    """Return how each finding stood on a date."""
    return [
        FindingThen(
            finding=row["id"],
            name=row["name"],
            jurisdiction=row["jurisdiction_code"],
            rule=row["rule"],
            state=row["state"],
            shows=(row["shows_kind"], row["shows_id"]) if row["shows_id"] is not None else None,
        )
        for row in rows(connection, "indicator_findings", as_of=as_of)
    ]


def agencies(connection: Connection, as_of: date) -> list[Agency]:
    """Return the agencies that exist on a date, with their posts."""
    found = rows(connection, "indicator_agencies", as_of=as_of)
    return [Agency(row["id"], row["name"], row["jurisdiction_code"], row["level"], row["posts"]) for row in found]


def zone_names(connection: Connection) -> Mapping[str, Definition]:
    """Return what zones are called, past ones included, by their ids as text."""
    found = rows(connection, "indicator_zones")
    return {str(row["id"]): Definition(row["name"], row["name_en"] or row["name"]) for row in found}

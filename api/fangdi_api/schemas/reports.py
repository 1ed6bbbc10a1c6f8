"""Shapes of the three answers."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from pydantic import Field

from fangdi.domain.coverage import Band, BandTotal, CoverageReport
from fangdi.domain.idle import REASON_NAMES, IdleReason, IdleReport, idle_days
from fangdi.domain.rounding import round_to_total, two_decimals
from fangdi.domain.usage import AgenciesReport, AgencyUsage, AreasReport, RoomsReport
from fangdi.domain.use.settling import settle
from fangdi.domain.vocabulary import AreaBasis
from fangdi_api.paging import encode
from fangdi_api.schemas.common import AgencyName, Answer, AreaM2, BuildingName, Labels, LonLat, PageOf, RoomTotal


class Report(Answer):
    """What every report says of itself."""

    as_of: date = Field(description="date the figures are about (基准日)", examples=["2026-01-01"])
    basis: AreaBasis = Field(description="basis of all areas in this report (面积口径)")
    definition: Labels = Field(description="what the figures mean")


class AreaRow(Answer):
    """Usable area (使用面积) of one agency in one building and category."""

    agency: AgencyName
    building: BuildingName
    category: str = Field(description="用房类别", examples=["office"])
    rooms: int
    area_m2: AreaM2
    rooms_without_area: int


class AreasAnswer(Report, PageOf[AreaRow]):
    """The first answer: usable area by agency, building and category."""

    total: RoomTotal

    @classmethod
    def of(cls, report: AreasReport) -> "AreasAnswer":
        """Shape a report."""
        return cls.model_validate(
            {**_head(report), "total": report.total, "items": report.page.items, "next": encode(report.page.after)}
        )


class AgencyArea(Answer):
    """Usable area of one agency over all its buildings."""

    agency: AgencyName
    posts: int = Field(description="authorised posts (编制), persons")
    present: int | None = Field(description="staff present (实有人数), persons; null when not reported")
    rooms: int
    area_m2: AreaM2
    rooms_without_area: int
    area_by_category: dict[str, AreaM2]
    area_per_post_m2: AreaM2 | None = Field(description="null for an agency without posts")


class AgenciesAnswer(Report):
    """Usable area per agency."""

    total: RoomTotal
    all_rooms: RoomTotal = Field(description="all rooms but circulation, used or not")
    unassigned_m2: AreaM2 = Field(description="usable area that counts for no agency")
    items: list[AgencyArea]

    @classmethod
    def of(cls, report: AgenciesReport) -> "AgenciesAnswer":
        """Shape a report; areas add up to the total, as those of every report of use do."""
        areas = {one.agency.id: one.area_by_category for one in report.agencies}
        settled = settle(areas, total_m2=report.total.area_m2)
        items = [_settled(one, settled[one.agency.id]) for one in report.agencies]
        return cls.model_validate(
            {
                **_head(report),
                "total": report.total,
                "all_rooms": report.all_rooms,
                "unassigned_m2": report.unassigned_m2,
                "items": items,
            }
        )


class UsedRoomRow(Answer):
    """A room behind a figure."""

    id: int
    number: str | None
    name: str | None
    level: float
    location: LonLat
    building: BuildingName
    use: str
    category: str
    share: float = Field(description="part of the room that counts for the agency, 0 to 1", examples=[0.5])
    unit: str | None = Field(description="section (处室)")
    since: date | None
    room_m2: AreaM2 | None = Field(description="usable area of the whole room")
    area_m2: AreaM2 | None = Field(description="share × room_m2; null when the basis has no area for the room")


class RoomsAnswer(Report, PageOf[UsedRoomRow]):
    """The rooms behind an agency's figure."""

    agency: AgencyName

    @classmethod
    def of(cls, report: RoomsReport) -> "RoomsAnswer":
        """Shape a report."""
        return cls.model_validate(
            {**_head(report), "agency": report.agency, "items": report.page.items, "next": encode(report.page.after)}
        )


class RoomName(Answer):
    """A room (房间) and where it is."""

    id: int
    number: str | None
    name: str | None
    level: float
    floor: str
    location: LonLat


class IdleRow(Answer):
    """An idle room (闲置)."""

    room: RoomName
    building: BuildingName
    use: str
    category: str
    area_m2: AreaM2 | None
    idle_since: date | None = Field(description="null: since records begin")
    idle_days: int | None
    last_agency: "LastAgency | None"
    reason: IdleReason = Field(description="why, as its history says (闲置原因)")
    reason_name: Labels
    moved_to: BuildingName | None = Field(description="where its last user took rooms instead, if that is the reason")
    holding_yuan: float | None = Field(description="cost of keeping it, yuan a year; null: no rates, or no area")


class LastAgency(Answer):
    """The agency that used a room last."""

    id: int
    name: str


class IdleAnswer(Report, PageOf[IdleRow]):
    """The second answer: idle rooms."""

    total: RoomTotal
    holding_yuan: float | None = Field(description="cost of keeping all of them, yuan a year; null: no rates")
    holding_complete: bool = Field(description="false: a rate or an area is missing, and it is at least so much")

    @classmethod
    def of(cls, report: IdleReport) -> "IdleAnswer":
        """Shape a report."""
        items = [
            {
                "room": room,
                "building": room.building,
                "use": room.use,
                "category": room.category,
                "area_m2": room.area_m2,
                "idle_since": room.idle_since,
                "idle_days": idle_days(room.idle_since, as_of=report.question.as_of),
                "last_agency": room.last_agency,
                "reason": room.reason,
                "reason_name": REASON_NAMES[room.reason],
                "moved_to": room.past.moved_to if room.reason is IdleReason.AGENCY_MOVED else None,
                "holding_yuan": _yuan(room.holding.yuan),
            }
            for room in report.page.items
        ]
        return cls.model_validate(
            {
                **_head(report),
                "total": report.total,
                "holding_yuan": _yuan(report.holding.yuan),
                "holding_complete": report.holding.complete,
                "items": items,
                "next": encode(report.page.after),
            }
        )


class CoveredZone(Answer):
    """A concentrated-office zone (集中办公区) and its radius."""

    id: int
    name: str
    radius_m: float


class BandFigures(Answer):
    """What is in one band: agencies and posts by the agency's band, buildings and area by the building's."""

    agencies: int
    posts: int
    area_m2: AreaM2
    buildings: int


class BandTotals(Answer):
    """The three bands."""

    inside: BandFigures = Field(description="区内")
    within: BandFigures = Field(description="辐射范围内")
    outside: BandFigures = Field(description="辐射范围外")


class UnplacedFigures(Answer):
    """Agencies in no band, since they have no usable area in this basis, and their posts."""

    agencies: int
    posts: int


class CoveredBuilding(Answer):
    """A building, its band and its distance to the zone that gives it."""

    id: int
    name: str
    location: LonLat
    band: Band
    distance_m: float | None = Field(description="geodesic metres, 0 inside, to 1 mm; null without any zone")
    zone_id: int | None
    area_m2: AreaM2 = Field(description="usable area in use")


class CoveredAgency(Answer):
    """An agency and its band."""

    id: int
    name: str
    band: Band
    posts: int
    area_m2: AreaM2
    area_by_band: dict[Band, AreaM2]


def _adding_up(totals: Mapping[Band, BandTotal]) -> dict[Band, BandTotal]:
    """Return the bands with areas whose hundredths add up to the total that other answers give."""
    rounded = round_to_total([band.area_m2 for band in totals.values()])
    return {
        name: replace(band, area_m2=area or 0.0) for (name, band), area in zip(totals.items(), rounded, strict=True)
    }


class CoverageAnswer(Report):
    """The third answer: how far the zones reach."""

    radius_m: float = Field(description="radius of zones that have none of their own, or the one asked for")
    zones: list[CoveredZone]
    totals: BandTotals
    unplaced: UnplacedFigures
    buildings: list[CoveredBuilding]
    agencies: list[CoveredAgency]

    @classmethod
    def of(cls, report: CoverageReport) -> "CoverageAnswer":
        """Shape a report."""
        return cls.model_validate(
            {
                **_head(report),
                "radius_m": report.radius_m,
                "zones": report.zones,
                "totals": _adding_up(report.totals),
                "unplaced": report.unplaced,
                "buildings": [
                    {
                        "id": item.building.id,
                        "name": item.building.name,
                        "location": item.building.location,
                        "band": item.placing.band,
                        "distance_m": item.placing.distance_m,
                        "zone_id": item.placing.zone_id,
                        "area_m2": item.area_m2,
                    }
                    for item in report.buildings
                ],
                "agencies": [
                    {
                        "id": item.agency.id,
                        "name": item.agency.name,
                        "band": item.band,
                        "posts": item.posts,
                        "area_m2": item.area_m2,
                        "area_by_band": item.area_by_band,
                    }
                    for item in report.agencies
                ],
            }
        )


class BuildingRow(Answer):
    """What the map needs to know of a building before it is asked about: place, floors and colours."""

    id: int
    name: str
    location: LonLat
    levels: list[float] = Field(description="levels of its floors, lowest first", examples=[[-1, 1, 2, 3]])
    usable_m2: AreaM2
    idle_m2: AreaM2
    idle_share: float = Field(description="idle part of the usable area, 0 to 1")
    main_agency_id: int | None = Field(description="agency with the largest area in the building")
    title: str | None
    tenure: str | None
    band: Band


class SummaryAnswer(Answer):
    """All buildings of the map."""

    as_of: date
    basis: AreaBasis
    items: list[BuildingRow]


def _settled(one: AgencyUsage, hundredths: Mapping[str, int]) -> AgencyUsage:
    """Return an agency's figures as they are shown; its area per post follows from them."""
    areas = {category: part / 100 for category, part in hundredths.items()}
    return replace(one, area_m2=sum(hundredths.values()) / 100, area_by_category=areas)


def _yuan(amount: float | None) -> float | None:
    return None if amount is None else two_decimals(amount)


def _head(report: AreasReport | AgenciesReport | RoomsReport | IdleReport | CoverageReport) -> dict[str, object]:
    question = report.question
    return {"as_of": question.as_of, "basis": question.basis, "definition": report.definition}

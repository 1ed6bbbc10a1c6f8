"""Makes the sample city: towns, land, buildings, agencies, and who used what over five years."""

from dataclasses import replace
from datetime import date

from shapely import MultiPolygon, union_all

from fangdi_gis_data.samples.agencies import MARK, MARK_EN, OPENING_8, OPENING_9, Organ, organs, tenancies
from fangdi_gis_data.samples.chance import stream
from fangdi_gis_data.samples.codes import credit_code, natural_building_code
from fangdi_gis_data.samples.compounds import Placed, settle
from fangdi_gis_data.samples.design import design
from fangdi_gis_data.samples.districts import jurisdictions
from fangdi_gis_data.samples.estate import Built, Deed, build
from fangdi_gis_data.samples.events import EVENTS
from fangdi_gis_data.samples.fabric import Fabric
from fangdi_gis_data.samples.frame import Frame, on_grid
from fangdi_gis_data.samples.land import Registry, compound_parcels, neighbour_parcels
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import (
    ALWAYS,
    Agency,
    AgencyPosts,
    AgencyStaff,
    BuildingParcel,
    Occupancy,
    Occupant,
    Period,
    RoomState,
    SampleCity,
    Site,
    SiteParcel,
    Zone,
)
from fangdi_gis_data.samples.papers import file_papers
from fangdi_gis_data.samples.programme import COMPOUNDS, TOWNS, Compound, Town
from fangdi_gis_data.samples.staffing import Staffing, staff
from fangdi_gis_data.samples.tenants import Closure, House, Use, let

CITY = "330200"
DEFAULT_SEED = 20240202
_UNITS = ("办公室", "综合处", "政策法规处", "规划处", "业务一处", "业务二处", "财务处", "人事处", "信息处", "监督处")
_UNIT_EVERY = 9
_ZONES: tuple[tuple[str, str, str, Period], ...] = (
    ("Z1", "行政中心1-7号楼集中办公区(示例)", "Administrative Centre 1-7 (sample)", ALWAYS),
    ("Z2", "行政中心8号楼集中办公区(示例)", "Administrative Centre 8 (sample)", (OPENING_8, None)),
    ("Z3", "行政中心9号楼集中办公区(示例)", "Administrative Centre 9 (sample)", (OPENING_9, None)),
)
_ZONE_MARGIN_M = 9


def make_city(seed: int = DEFAULT_SEED) -> SampleCity:
    """Return the city of a seed: the same rows on every machine."""
    ledger = Ledger()
    ledger.add(*jurisdictions())
    agencies = _agencies(ledger)
    houses: dict[tuple[str, int], Built] = {}
    shapes: dict[str, list[MultiPolygon]] = {}
    for area, town in enumerate(TOWNS, start=1):
        compounds = [compound for compound in COMPOUNDS if compound.town == town.key]
        drawn = [(each, tuple(design(each, n, seed=seed) for n in range(len(each.plots)))) for each in compounds]
        fabric, settled = settle(town, drawn, seed=seed)
        frame = Frame(town.lon, town.lat)
        registry = Registry(town, area)
        for each in settled:
            _raise(ledger, houses, agencies, registry, each, fabric, frame=frame, seed=seed)
            if each.compound.zone:
                shapes.setdefault(each.compound.zone, []).append(MultiPolygon([each.outline]))
        ledger.add(*neighbour_parcels(ledger, registry, fabric, settled, frame=frame, seed=seed))
        if town.key == "xz":
            _draw_zones(ledger, shapes, frame)
    _people(ledger, houses, agencies, seed=seed)
    return SampleCity(seed, ledger.rows)


def _agencies(ledger: Ledger) -> dict[str, int]:
    """Enter all agencies; return their keys."""
    keys: dict[str, int] = {}
    for number, organ in enumerate(organs(), start=1):
        keys[organ.key] = ledger.number(Agency)
        ledger.add(_agency(keys[organ.key], number, organ))
    return keys


def _agency(key: int, number: int, organ: Organ) -> Agency:
    owner = organ.district or CITY
    return Agency(
        id=key,
        jurisdiction_code=owner,
        code=organ.key,
        name=organ.name + MARK,
        short_name=organ.name,
        name_en=organ.name_en + MARK_EN,
        level="county" if organ.district else "city",
        kind=organ.kind,
        uscc=credit_code(organ.kind, owner, number),
        valid=(None, organ.until),
    )


def _raise(
    ledger: Ledger, houses: dict[tuple[str, int], Built], agencies: dict[str, int], registry: Registry,
    settled: Placed, fabric: Fabric, *, frame: Frame, seed: int,
) -> None:  # fmt: skip
    """Enter a compound: parcels, site, buildings, floors, and its papers. Rooms wait for their users."""
    compound, town = settled.compound, registry.town
    owner = CITY if compound.city else town.district
    keeper = agencies[_keeper(compound, town)]
    user = next((agencies[each.agency] for each in tenancies() if each.building[0] == compound.key), keeper)
    parcels = compound_parcels(ledger, registry, settled, fabric, frame=frame, seed=seed)
    holder = {"administration": keeper, "user": user}.get(compound.title) if compound.tenure == "owned" else None
    parcels = [replace(parcel, holder_agency_id=holder) for parcel in parcels]
    site_id = ledger.number(Site)
    outline = MultiPolygon([settled.outline])
    address = parcels[0].address
    ledger.add(*parcels)
    ledger.add(
        Site(id=site_id, jurisdiction_code=owner, code=compound.key, name=compound.name + MARK,
             name_en=compound.name_en + MARK_EN, address=address, outline=frame.to_map(outline),
             classified=compound.classified)
    )  # fmt: skip
    ledger.add(*(SiteParcel(jurisdiction_code=owner, site_id=site_id, parcel_id=parcel.id) for parcel in parcels))
    built = []
    for number, plot in enumerate(compound.plots):
        code = natural_building_code(parcels[0].parcel_code, number + 1)
        deed = Deed(owner, site_id, code, address)
        house = build(ledger, settled, number, deed, frame=frame, seed=seed)
        houses[compound.key, number] = house
        built.append((plot, house.building))
        ledger.add(house.building, *house.floors)
        ledger.add(
            *(
                BuildingParcel(jurisdiction_code=owner, building_id=house.building.id, parcel_id=parcel.id)
                for parcel in parcels
                if parcel.outline.intersects(house.building.outline)
            )
        )
    file_papers(ledger, compound, built, parcels, keeper=keeper, user=user, seed=seed)


def _keeper(compound: Compound, town: Town) -> str:
    """Return the agency that looks after a compound (机关事务管理)."""
    return "A32" if compound.city else f"{town.district}S"


def _draw_zones(ledger: Ledger, shapes: dict[str, list[MultiPolygon]], frame: Frame) -> None:
    """Draw each concentrated-office zone around its compounds."""
    for code, name, english, valid in _ZONES:
        hull = union_all(shapes[code]).convex_hull.buffer(_ZONE_MARGIN_M, join_style="mitre").simplify(1)
        outline = frame.to_map(on_grid(MultiPolygon([hull])))
        ledger.add(
            Zone(id=ledger.number(Zone), jurisdiction_code=CITY, code=code, name=name, name_en=english,
                 kind="concentrated", outline=outline, valid=valid)
        )  # fmt: skip


def _people(ledger: Ledger, houses: dict[tuple[str, int], Built], agencies: dict[str, int], *, seed: int) -> None:
    """Let the rooms, staff the agencies, and enter rooms, occupancies and people."""
    uses: list[Use] = []
    closures: list[Closure] = []
    plots = {(compound.key, n): (compound, plot) for compound in COMPOUNDS for n, plot in enumerate(compound.plots)}
    towns = {town.key: town for town in TOWNS}
    for place, built in houses.items():
        compound, plot = plots[place]
        house = House(plot, built.rooms, _keeper(compound, towns[compound.town]))
        mine = [tenancy for tenancy in tenancies() if tenancy.building == place]
        events = [event for event in EVENTS if event.building == place]
        let_here, closed_here = let(house, mine, events, rng=stream(seed, "let", *place))
        uses += let_here
        closures += closed_here
    staffings = {
        organ.key: staff(organ.key, city=organ.district is None, until=organ.until,
                         uses=[use for use in uses if use.agency == organ.key], rng=stream(seed, "staff", organ.key))
        for organ in organs()
    }  # fmt: skip
    leader_rooms = {room for staffing in staffings.values() for room in staffing.leader_rooms}
    for built in houses.values():
        for rooms in built.rooms.values():
            ledger.add(*(_furnished(room, leader_rooms) for room in rooms))
    _enter_closures(ledger, closures)
    entered = _enter_uses(ledger, uses, agencies)
    for key, staffing in staffings.items():
        _enter_staff(ledger, key, agencies[key], staffing, entered)


def _furnished(room, leader_rooms):  # type: ignore[no-untyped-def]
    if room.id in leader_rooms:
        return replace(room, use_code="leader_office", seats=1)
    return room


def _enter_closures(ledger: Ledger, closures: list[Closure]) -> None:
    for each in closures:
        ledger.add(
            RoomState(id=ledger.number(RoomState), jurisdiction_code=each.room.jurisdiction_code,
                      room_id=each.room.id, status=each.status, reason=each.reason, valid=each.valid)
        )  # fmt: skip


def _enter_uses(ledger: Ledger, uses: list[Use], agencies: dict[str, int]) -> dict[tuple[int, date, str], int]:
    """Enter the occupancies; return their keys by room, first day and agency."""
    entered: dict[tuple[int, date, str], int] = {}
    counts: dict[str, int] = {}
    for use in uses:
        key = ledger.number(Occupancy)
        entered[use.room.id, use.since, use.agency] = key
        counts[use.agency] = counts.get(use.agency, -1) + 1
        unit = _UNITS[counts[use.agency] // _UNIT_EVERY % len(_UNITS)] if use.room.use_code == "office" else None
        ledger.add(
            Occupancy(id=key, jurisdiction_code=use.room.jurisdiction_code, room_id=use.room.id,
                      agency_id=agencies[use.agency], unit=unit, share=use.share, valid=(use.since, use.until),
                      document_no=f"示例使用凭证〔{use.since.year}〕{use.agency}号")
        )  # fmt: skip
    return entered


def _enter_staff(
    ledger: Ledger, key: str, agency_id: int, staffing: Staffing, entered: dict[tuple[int, date, str], int]
) -> None:
    owner = CITY if key.startswith("A") else key[:6]
    for rank, posts, valid in staffing.posts:
        ledger.add(
            AgencyPosts(id=ledger.number(AgencyPosts), jurisdiction_code=owner, agency_id=agency_id, rank_code=rank,
                        posts=posts, valid=valid, document_no=f"示例编委〔{(valid[0] or date(2021, 7, 1)).year}〕{key}号")
        )  # fmt: skip
    for present, valid in staffing.present:
        ledger.add(
            AgencyStaff(id=ledger.number(AgencyStaff), jurisdiction_code=owner, agency_id=agency_id, present=present,
                        valid=valid)
        )  # fmt: skip
    for seat in staffing.seats:
        number = ledger.number(Occupant)
        ledger.add(
            Occupant(id=number, jurisdiction_code=owner, rank_code=seat.rank, person_key=f"SAMPLE-{number:05d}",
                     occupancy_id=entered[seat.use.room.id, seat.use.since, seat.use.agency])
        )  # fmt: skip

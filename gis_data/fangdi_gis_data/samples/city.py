"""Makes the sample city: divisions, agencies, towns with land and buildings, and the people in them."""

from collections.abc import Mapping
from dataclasses import replace

from shapely import MultiPolygon, union_all

from fangdi_gis_data.samples.agencies import (
    CITY_CODE,
    MARK,
    MARK_EN,
    OPENING_8,
    OPENING_9,
    Organ,
    organs,
    tenancies,
)
from fangdi_gis_data.samples.codes import credit_code, natural_building_code
from fangdi_gis_data.samples.compounds import Placed, settle
from fangdi_gis_data.samples.costs import cost_rates, idle_rules
from fangdi_gis_data.samples.design import design
from fangdi_gis_data.samples.districts import jurisdictions
from fangdi_gis_data.samples.estate import Built, Deed, build
from fangdi_gis_data.samples.fabric import Fabric
from fangdi_gis_data.samples.frame import Frame, on_grid
from fangdi_gis_data.samples.inspections import inspect
from fangdi_gis_data.samples.land import compound_parcels, divide, neighbour_parcels
from fangdi_gis_data.samples.ledger import Ledger
from fangdi_gis_data.samples.model import (
    ALWAYS,
    Agency,
    BuildingParcel,
    Parcel,
    Period,
    SampleCity,
    Site,
    SiteParcel,
    Zone,
)
from fangdi_gis_data.samples.papers import Clerk
from fangdi_gis_data.samples.people import Place, settle_people
from fangdi_gis_data.samples.programme import SETTLEMENTS, TOWNS, Compound, Town
from fangdi_gis_data.samples.projects import projects
from fangdi_gis_data.samples.sheet import Registry, Sheet
from fangdi_gis_data.samples.sites import COMPOUNDS
from fangdi_gis_data.samples.surroundings import surrounding_parcels
from fangdi_gis_data.samples.tenants import House

DEFAULT_SEED = 20240202
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
    agencies = _found_agencies(ledger)
    houses: dict[Place, tuple[House, Built]] = {}
    laid_out: dict[str, tuple[Sheet, Fabric]] = {}
    for area, town in enumerate(TOWNS, start=1):
        sheet = Sheet(ledger, town, Frame(town.lon, town.lat), Registry(town, area), seed)
        fabric, settled = _lay_out(town, seed=seed)
        division = divide(sheet, fabric, settled)
        for each in settled:
            parcels = compound_parcels(sheet, each, fabric, division[each.compound.cell])
            houses |= _raise(sheet, each, parcels, agencies)
        ledger.add(*neighbour_parcels(sheet, fabric, division))
        _draw_zones(sheet, settled)
        laid_out[town.key] = sheet, fabric
    for settlement in SETTLEMENTS:
        ledger.add(*surrounding_parcels(settlement, laid_out))
    settle_people(ledger, houses, agencies, seed=seed)
    inspect(ledger, seed=seed)
    ledger.add(*cost_rates([built.building for _, built in houses.values()]), *idle_rules())
    ledger.add(*projects())
    return SampleCity(seed, ledger.rows)


def _lay_out(town: Town, *, seed: int) -> tuple[Fabric, list[Placed]]:
    compounds = [compound for compound in COMPOUNDS if compound.town == town.key]
    drawn = [(each, tuple(design(each, n, seed=seed) for n in range(len(each.plots)))) for each in compounds]
    return settle(town, drawn, seed=seed)


def _found_agencies(ledger: Ledger) -> dict[str, int]:
    """Enter all agencies; return their keys in the database by their keys in the programme."""
    keys: dict[str, int] = {}
    for number, organ in enumerate(organs(), start=1):
        keys[organ.key] = ledger.number(Agency)
        ledger.add(_agency(keys[organ.key], number, organ, keys.get(organ.above or "")))
    return keys


def _agency(key: int, number: int, organ: Organ, above: int | None) -> Agency:
    owner = organ.district or CITY_CODE
    return Agency(
        id=key,
        jurisdiction_code=owner,
        code=organ.key,
        parent_id=above,
        name=organ.name + MARK,
        short_name=organ.name,
        name_en=organ.name_en + MARK_EN,
        level="county" if organ.district else "city",
        kind=organ.kind,
        uscc=credit_code(organ.kind, owner, number),
        valid=(None, organ.until),
    )


def _raise(
    sheet: Sheet, settled: Placed, parcels: list[Parcel], agencies: Mapping[str, int]
) -> dict[Place, tuple[House, Built]]:
    """Enter a compound: parcels, site, buildings, floors, and its papers. Rooms wait for their users."""
    compound = settled.compound
    keeper_key = _keeper(compound, sheet.town)
    keeper = agencies[keeper_key]
    user = next((agencies[each.agency] for each in tenancies() if each.building[0] == compound.key), keeper)
    holder = {"administration": keeper, "user": user}.get(compound.title) if compound.tenure == "owned" else None
    parcels = [replace(parcel, holder_agency_id=holder) for parcel in parcels]
    site = _site(sheet, settled, parcels)
    clerk = Clerk(sheet.ledger, compound, keeper, user, sheet.chance("papers", compound.key))
    for parcel in parcels:
        clerk.file_parcel(parcel)
    houses = {}
    for number, plot in enumerate(compound.plots):
        code = natural_building_code(parcels[0].parcel_code, number + 1)
        built = build(sheet, settled, number, Deed(site.jurisdiction_code, site.id, code, site.address))
        houses[compound.key, number] = (House(plot, built.rooms, keeper_key), built)
        sheet.ledger.add(built.building, *built.floors, *_stands_on(built, parcels))
        clerk.file_building(plot, built.building)
    return houses


def _site(sheet: Sheet, settled: Placed, parcels: list[Parcel]) -> Site:
    """Enter a compound and its parcels."""
    compound = settled.compound
    owner = parcels[0].jurisdiction_code
    site = Site(
        id=sheet.ledger.number(Site),
        jurisdiction_code=owner,
        code=compound.key,
        name=compound.name + MARK,
        name_en=compound.name_en + MARK_EN,
        address=parcels[0].address,
        outline=sheet.frame.to_map(MultiPolygon([settled.outline])),
        classified=compound.classified,
    )
    sheet.ledger.add(site, *parcels)
    for parcel in parcels:
        sheet.ledger.add(SiteParcel(jurisdiction_code=owner, site_id=site.id, parcel_id=parcel.id))
    return site


def _stands_on(built: Built, parcels: list[Parcel]) -> list[BuildingParcel]:
    building = built.building
    return [
        BuildingParcel(jurisdiction_code=building.jurisdiction_code, building_id=building.id, parcel_id=parcel.id)
        for parcel in parcels
        if parcel.outline.intersects(building.outline)
    ]


def _keeper(compound: Compound, town: Town) -> str:
    """Return the agency that looks after a compound (机关事务管理)."""
    return "A32" if compound.city else f"{town.district}S"


def _draw_zones(sheet: Sheet, settled: list[Placed]) -> None:
    """Draw each concentrated-office zone around its compounds."""
    for code, name, english, valid in _ZONES:
        members = [each.outline for each in settled if each.compound.zone == code]
        if not members:
            continue
        hull = union_all(members).convex_hull.buffer(_ZONE_MARGIN_M, join_style="mitre").simplify(1)
        sheet.ledger.add(
            Zone(
                id=sheet.ledger.number(Zone),
                jurisdiction_code=CITY_CODE,
                code=code,
                name=name,
                name_en=english,
                kind="concentrated",
                outline=sheet.frame.to_map(on_grid(MultiPolygon([hull]))),
                valid=valid,
            )
        )

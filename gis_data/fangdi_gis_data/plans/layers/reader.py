"""Reading indoor layers into a plan: floors by level, rooms, walls and shared parts by what each feature is."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.floor_names import name_of_level
from fangdi.domain.plans.model import (
    Georeference,
    LayerMeaning,
    LayerRole,
    LayerSummary,
    Plan,
    PlanFloor,
    PlanFormat,
    Reading,
    Units,
)
from fangdi.errors import InvalidInputError
from fangdi_gis_data.plans.layers import features as gathering
from fangdi_gis_data.plans.layers.features import Feature, Frame
from fangdi_gis_data.plans.layers.files import layers
from fangdi_gis_data.plans.layers.floors import FloorMaker
from fangdi_gis_data.plans.layers.storeys import Levels, OnFloors

_SAMPLES = 5


def read_layers(file: Path, reading: Reading) -> Plan:
    """Read GeoJSON, GeoPackage, a Shapefile, or a zip or folder of them, as an IMDF archive or one file a floor.

    `reading.fields` are fields by number, name, use, level, area; `reading.meaning` says what layers are, by the names
    in `Plan.layers`; `reading.crs` is the CRS of a file that names none, or the metric one to measure degrees in.

    Raises:
        InvalidInputError: the file is damaged, of another kind, or no plan of a building.
    """
    sources = list(layers(file))
    found, findings = gathering.gather(sources, reading.fields)
    frame, own, said = gathering.frame_of(sources, reading.crs)
    findings += said
    features = [feature for place, part in enumerate(found) for feature in gathering.placed(part, own[place], frame)]
    gathering.refuse_far_apart(features)
    features = _as_meant(features, reading.meaning)
    floors, others = _floors(features, reading.level)
    findings += others
    if not any(floor.rooms for floor in floors):
        findings.append(Finding(FindingCode.EMPTY, Severity.ERROR))
    return Plan(
        format=PlanFormat.GIS,
        floors=floors,
        units=Units(frame.crs or "m", 1.0, frame.said_by),
        findings=tuple(findings),
        georeference=_georeference(frame),
        layers=tuple(_summaries(features)),
        meant=_meaning(features),
    )


def _as_meant(features: list[Feature], meaning: LayerMeaning | None) -> list[Feature]:
    """Return the features with the roles that a person chose for their layers; layers not named keep their own."""
    if meaning is None:
        return features
    chosen = {layer: next(iter(sorted(roles))) for layer, roles in meaning.roles.items() if roles}
    unknown = sorted(set(chosen) - {feature.layer for feature in features})
    if unknown:
        raise InvalidInputError(f"文件中没有图层“{unknown[0]}”。 / The file has no layer {unknown[0]}.")
    return [
        replace(feature, role=chosen[feature.layer]) if feature.layer in chosen else feature for feature in features
    ]


def _floors(features: list[Feature], chosen: float | None) -> tuple[tuple[PlanFloor, ...], list[Finding]]:
    """Put the features on their floors; a room on several counts on the lowest and is a shared part of the others."""
    levels = Levels(features, chosen)
    on = [levels.of(feature) for feature in features]
    drawn = _drawn(features, on)
    makers: dict[float | None, FloorMaker] = {}
    findings: list[Finding] = []
    for feature, where in zip(features, on, strict=True):
        wanted: list[float | None] = [level for level in where.levels if level in drawn] if where else [None]
        for place, level in enumerate(wanted):
            maker = makers.setdefault(level, FloorMaker(level, levels.names.get(level) if level is not None else None))
            maker.add(feature if place == 0 else _shared(feature))
        if feature.role is LayerRole.ROOM and where is not None and len(where.levels) > 1 and wanted:
            findings.append(_spans(feature, where, makers[wanted[0]].key))
    findings += _left_out(on, drawn)
    ordered = sorted(makers.values(), key=lambda maker: (maker.level is None, maker.level or 0.0))
    floors = []
    for maker in ordered:
        floor, said = maker.made()
        findings += said
        if floor is not None:
            floors.append(floor)
    findings += [_unknown(floor) for floor in floors if floor.level is None]
    return tuple(floors), findings


def _drawn(features: list[Feature], on: list[OnFloors | None]) -> set[float]:
    """Return the levels that are drawn: that have an area of their own, and not only a share in a stair."""
    areas = {LayerRole.ROOM, LayerRole.FLOOR, LayerRole.WALL, LayerRole.SHARED}
    of_areas = [
        where.levels
        for feature, where in zip(features, on, strict=True)
        if where is not None and feature.role in areas and feature.shape.geom_type != "Point"
    ]
    alone = {levels[0] for levels in of_areas if len(levels) == 1}
    return alone or {level for levels in of_areas for level in levels}


def _shared(feature: Feature) -> Feature:
    return replace(feature, role=LayerRole.SHARED) if feature.role is LayerRole.ROOM else feature


def _spans(feature: Feature, where: OnFloors, floor: str) -> Finding:
    values = {"room": feature.number or feature.name or feature.handle, "levels": where.written}
    at = feature.shape.representative_point()
    return Finding(FindingCode.SPANS_LEVELS, Severity.NOTE, values, floor=floor, handle=feature.handle, at=at)


def _left_out(on: list[OnFloors | None], drawn: set[float]) -> Iterator[Finding]:
    """Name the levels that hold doors or marks and no area, as half landings."""
    counts: Counter[float] = Counter()
    for where in on:
        counts.update(level for level in (where.levels if where else ()) if level not in drawn)
    if drawn:
        for level, count in sorted(counts.items()):
            yield Finding(
                FindingCode.FLOOR_WITHOUT_ROOMS, Severity.NOTE, {"name": name_of_level(level), "count": count}
            )


def _unknown(floor: PlanFloor) -> Finding:
    return Finding(FindingCode.LEVEL_UNKNOWN, Severity.WARNING, {"name": floor.name}, floor=floor.key)


def _georeference(frame: Frame) -> Georeference | None:
    return Georeference(frame.crs, a=1.0, b=0.0, east=0.0, north=0.0, source="layer CRS") if frame.crs else None


def _summaries(features: list[Feature]) -> Iterator[LayerSummary]:
    by_layer: Mapping[str, list[Feature]] = defaultdict(list)
    for feature in features:
        by_layer[feature.layer].append(feature)
    for name, those in sorted(by_layer.items()):
        texts = [text for one in those for text in (one.number, one.name) if text]
        areas = sum(one.shape.geom_type in {"Polygon", "MultiPolygon"} for one in those)
        yield LayerSummary(name, len(those), areas, len(texts), tuple(dict.fromkeys(texts))[:_SAMPLES])


def _meaning(features: list[Feature]) -> LayerMeaning:
    roles: dict[str, set[LayerRole]] = defaultdict(set)
    for feature in features:
        roles[feature.layer].add(feature.role or LayerRole.IGNORE)
    return LayerMeaning({layer: frozenset(found) for layer, found in roles.items()})

"""What a space says of itself: number, name, use, the areas it states, and where it belongs."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, cast

import ifcopenshell.util.element as elements
import ifcopenshell.util.unit as units
from ifcopenshell import entity_instance

from fangdi.domain.plans.model import Stated, StatedBasis

_QUANTITY_SETS = ("qto_spacebasequantities", "basequantities")
_BASES = {"netfloorarea": StatedBasis.NET, "grossfloorarea": StatedBasis.GROSS}
_AREA_SETS = re.compile(r"\bareas?\b|面积", re.IGNORECASE)
_AREA_NAMES = re.compile(r"(?:.*\s)?area|(?:.*)面积", re.IGNORECASE)
_DIMENSIONS = re.compile(r"dimensions|abmessungen|尺寸|限制", re.IGNORECASE)
"""Property sets in which an area is written where no set of its own states it."""
_USES = (
    ("Pset_SpaceOccupancyRequirements", "OccupancyType"),
    ("Pset_SpaceCommon", "OccupancyType"),
    ("Pset_SpaceCommon", "Category"),
)
_NO_USE = {"", "notdefined", "userdefined", "space", "internal", "external", "none"}
_NUMBER_AND_NAME = re.compile(r"(?P<number>\S*\d\S*)\s*[-–—:·]\s*(?P<name>\S.*)")
_STEPS_UP = 32
"""Levels of aggregation to climb; a longer chain is a circle."""


@dataclass(frozen=True, slots=True)
class Space:
    """A space (IfcSpace) as it describes itself; areas in m²."""

    entity: entity_instance
    guid: str
    number: str | None
    name: str | None
    use: str | None
    kind: str
    """Predefined type in capitals: SPACE, GFA, EXTERNAL, …"""
    storey: entity_instance | None
    stated: tuple[Stated, ...] = field(default=())

    @property
    def title(self) -> str:
        """Return what people call it."""
        return " ".join(part for part in (self.number, self.name) if part) or self.guid


def describe(entity: entity_instance, *, area_unit: float) -> Space:
    """Read what a space says; `area_unit` is m² per area unit of the model."""
    properties = _properties(entity)
    number, name = number_and_name(_text(entity.Name), _text(entity.LongName))
    return Space(
        entity=entity,
        guid=str(entity.GlobalId),
        number=number,
        name=name,
        use=_use(entity, properties),
        kind=str(getattr(entity, "PredefinedType", None) or getattr(entity, "InteriorOrExteriorSpace", None) or ""),
        storey=storey_of(entity),
        stated=tuple(_stated(properties, area_unit)),
    )


def area_unit(model: Any) -> float:
    """Return m² per area unit of the model; areas are written in it whatever the unit of length is."""
    factor = units.calculate_unit_scale(model, "AREAUNIT")
    return float(factor) if math.isfinite(factor) and factor > 0 else 1.0


def number_and_name(name: str | None, long_name: str | None) -> tuple[str | None, str | None]:
    """Tell number and name apart: programs write both into Name, as "1 - Bedroom", or leave LongName out."""
    if name is None or long_name is None:
        alone = name or long_name
        found = _NUMBER_AND_NAME.fullmatch(alone) if alone else None
        if found:
            return found["number"], found["name"]
        is_number = alone is not None and any(sign.isdigit() for sign in alone)
        return (alone, None) if is_number else (None, alone)
    found = _NUMBER_AND_NAME.fullmatch(name)
    if found and found["name"].casefold() == long_name.casefold():
        return found["number"], long_name
    return name, long_name


def storey_of(entity: entity_instance) -> entity_instance | None:
    """Return the storey that a space or element is in, through groups of spaces and assemblies."""
    here: Any = entity
    for _ in range(_STEPS_UP):
        if here is None:
            return None
        if here.is_a("IfcBuildingStorey"):
            return cast("entity_instance", here)
        here = _above(here)
    return None


def is_group(entity: entity_instance) -> bool:
    """Whether the space is made up of other spaces, which count themselves."""
    return any(
        part.is_a("IfcSpace") for relation in entity.IsDecomposedBy or () for part in relation.RelatedObjects or ()
    )


def _above(entity: entity_instance) -> entity_instance | None:
    for relation in (*(entity.Decomposes or ()), *(getattr(entity, "ContainedInStructure", None) or ())):
        for name in ("RelatingObject", "RelatingStructure"):
            found = getattr(relation, name, None)
            if isinstance(found, entity_instance):
                return found
    return None


def _properties(entity: entity_instance) -> dict[str, dict[str, Any]]:
    try:
        return elements.get_psets(entity)
    except (AttributeError, TypeError, RuntimeError, RecursionError):  # sets that lack what the schema demands
        return {}


def _use(entity: entity_instance, properties: dict[str, dict[str, Any]]) -> str | None:
    kind = _text(getattr(entity, "PredefinedType", None))
    written = [properties.get(group, {}).get(name) for group, name in _USES]
    for text in (_text(entity.ObjectType), *(_text(value) for value in written), _class_of(entity), kind):
        if text is not None and text.casefold() not in _NO_USE:
            return text
    return None


def _class_of(entity: entity_instance) -> str | None:
    """Return the name of the class in a classification, as of uses of rooms."""
    for relation in entity.HasAssociations or ():
        chosen = getattr(relation, "RelatingClassification", None)
        if chosen is not None:
            return _text(getattr(chosen, "Name", None))
    return None


def _stated(properties: dict[str, dict[str, Any]], unit: float) -> Iterator[Stated]:
    """Give the areas that the model states, each name once: of quantities, else of sets about areas or dimensions."""
    given = list(_quantities(properties, unit)) + list(_written(properties, _AREA_SETS, unit))
    yield from given or _written(properties, _DIMENSIONS, unit)


def _quantities(properties: dict[str, dict[str, Any]], unit: float) -> Iterator[Stated]:
    seen = set()
    for group, values in properties.items():
        if group.casefold() not in _QUANTITY_SETS:
            continue
        for name, value in values.items():
            basis = _BASES.get(name.casefold())
            if basis is not None and basis not in seen and _is_area(value):
                seen.add(basis)
                yield Stated(float(value) * unit, basis, f"{group}.{name}")


def _written(properties: dict[str, dict[str, Any]], sets: re.Pattern[str], unit: float) -> Iterator[Stated]:
    for group, values in properties.items():
        if not sets.search(group) or group.casefold() in _QUANTITY_SETS:
            continue
        for name, value in values.items():
            if _AREA_NAMES.fullmatch(name) and _is_area(value):
                yield Stated(float(value) * unit, StatedBasis.UNKNOWN, f"{group}.{name}")


def _is_area(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value) and value > 0


def _text(value: Any) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text or None

"""What each layer can take from a file: its fields, their kinds, and the column names that mean them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from fangdi.domain.vocabulary import (
    STRUCTURE_CODES,
    AdministrativeLevel,
    AgencyKind,
    AreaBasis,
    LandUseScheme,
    SafetyGrade,
    TenureKind,
    TitleState,
    ZoneKind,
)
from fangdi_gis_data.column_names import OTHER_NAMES
from fangdi_gis_data.words import WORDS

Kind = Literal[
    "text", "code", "integer", "number", "area", "length", "share", "year", "date", "flag", "word", "level", "codes"
]
"""`codes` is several codes in one cell; `level` a floor; `word` one of a closed list."""

ShapeKind = Literal["polygon", "polygon or point", "none"]


@dataclass(frozen=True)
class Field:
    """A field of a layer; `other_names` are the column names recognised without a mapping."""

    name: str
    kind: Kind
    required: bool = False
    words: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()

    def word_names(self) -> dict[str, str]:
        """Return every spelling of the words of this field's list, in lower case, and the word it means."""
        names = {word.lower(): word for word in self.words}
        names.update({other.lower(): word for word in self.words for other in WORDS.get((self.name, word), ())})
        return names


@dataclass(frozen=True)
class Layer:
    """A layer that can be loaded."""

    name: str
    fields: tuple[Field, ...]
    shape: ShapeKind = "none"
    shape_required: bool = False

    def field(self, name: str) -> Field | None:
        """Return the field of this name."""
        return next((field for field in self.fields if field.name == name), None)

    @property
    def names(self) -> list[str]:
        """Names of the fields."""
        return [field.name for field in self.fields]


def _layer(name: str, /, *, shape: ShapeKind = "none", shape_required: bool = False, **kinds: str) -> Layer:
    """Build a layer from `name="kind"`, a star behind the kind meaning that the field is required."""
    fields = []
    for field, marked in kinds.items():
        kind: Any = marked.rstrip("*")
        words = _LISTS.get((name, field), _LISTS.get(("", field), ()))
        others = OTHER_NAMES.get((name, field), ()) + OTHER_NAMES.get(("", field), ())
        fields.append(Field(field, kind, required=marked.endswith("*"), words=tuple(words), other_names=others))
    return Layer(name, tuple(fields), shape=shape, shape_required=shape_required)


def _areas(what: str) -> dict[str, Any]:
    return {f"{basis}_{what}_m2": "area" for basis in AreaBasis}


_LISTS: dict[tuple[str, str], type[StrEnum] | tuple[str, ...]] = {
    ("", "level"): AdministrativeLevel,
    ("zones", "kind"): ZoneKind,
    ("agencies", "kind"): AgencyKind,
    ("", "title_state"): TitleState,
    ("", "tenure"): TenureKind,
    ("", "structure"): STRUCTURE_CODES,
    ("", "safety_grade"): SafetyGrade,
    ("", "land_use_scheme"): LandUseScheme,
}

_PERIOD: dict[str, Any] = {"since": "date", "until": "date", "ends": "date"}
_TITLE: dict[str, Any] = {
    "title_state": "word",
    "title_since": "date",
    "title_holder": "text",
    "certificate_no": "text",
}
_PLACE: dict[str, Any] = {"x": "number", "y": "number"}

JURISDICTIONS = _layer(
    "jurisdictions", shape="polygon", code="code*", name="text*", name_en="text", level="word", parent_code="code",
    successor_code="code", source="text", **_PERIOD,
)  # fmt: skip
ZONES = _layer(
    "zones", shape="polygon", shape_required=True, jurisdiction_code="code*", code="code*", name="text*",
    name_en="text", kind="word", radius_m="length", **_PERIOD,
)  # fmt: skip
SITES = _layer(
    "sites", shape="polygon", jurisdiction_code="code*", code="code*", name="text*", name_en="text", address="text",
    classified="flag", parcels="codes", **_PERIOD,
)  # fmt: skip
PARCELS = _layer(
    "parcels", shape="polygon", shape_required=True, jurisdiction_code="code*", code="code*", parcel_code="code",
    unit_code="code", address="text", right_type="text", right_nature="text", holder="text", holder_agency="text",
    land_use_scheme="word", land_use_code="code", **_areas("land"), classified="flag", **_TITLE, **_PERIOD,
)  # fmt: skip
BUILDINGS = _layer(
    "buildings", shape="polygon or point", shape_required=True, jurisdiction_code="code*", code="code*", site="code",
    natural_code="code", name="text*", name_en="text", address="text", storeys_above="integer", storeys_below="integer",
    height_m="length", built_year="year", structure="word", safety_grade="word", has_lift="flag", classified="flag",
    **_areas("gross"), parcels="codes", **_TITLE, tenure="word", tenure_since="date", counterparty="text",
    annual_rent_yuan="number", **_PERIOD, **_PLACE,
)  # fmt: skip
FLOORS = _layer(
    "floors", shape="polygon", jurisdiction_code="code", building="code*", level="level*", name="text",
    elevation_m="length", height_m="length",
    **_areas("gross"),
)  # fmt: skip
ROOMS = _layer(
    "rooms", shape="polygon", jurisdiction_code="code", building="code*", level="level*", floor_name="text",
    code="code", number="text", name="text",
    use="text", **_areas("usable"), seats="integer", classified="flag", **_PERIOD,
)  # fmt: skip
AGENCIES = _layer(
    "agencies", jurisdiction_code="code*", code="code*", parent="text", name="text*", short_name="text", name_en="text",
    level="word", kind="word*", uscc="code", **_PERIOD,
)  # fmt: skip
POSTS = _layer(
    "posts", jurisdiction_code="code", agency="text*", rank="text", posts="integer", present="integer",
    document_no="text", **_PERIOD,
)  # fmt: skip
OCCUPANCIES = _layer(
    "occupancies", jurisdiction_code="code", building="code*", room="text*", agency="text*", unit="text",
    share="share", document_no="text",
    person_key="text", person_name="text", person_rank="text", **_PERIOD,
)  # fmt: skip

LAYERS = {
    layer.name: layer
    for layer in (JURISDICTIONS, ZONES, SITES, PARCELS, BUILDINGS, FLOORS, ROOMS, AGENCIES, POSTS, OCCUPANCIES)
}

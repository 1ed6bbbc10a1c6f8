"""Fields of indoor layers: which of them is number, name, use, level or area."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fangdi.domain.plans.model import StatedBasis
from fangdi.errors import InvalidInputError
from fangdi_gis_data.column_names import OTHER_NAMES, plain

_USUAL: dict[str, tuple[str, ...]] = {
    "number": (
        *OTHER_NAMES["rooms", "number"],
        *("number", "ref", "room_no", "roomno", "room_num", "room_id", "房间编号", "编号", "code", "no"),
    ),
    "name": (
        *OTHER_NAMES["rooms", "name"],
        *("name", "room_name", "名称", "long_name", "longname", "label", "title", "short_name"),
    ),
    "use": (
        *OTHER_NAMES["rooms", "use"],
        *("use", "usage", "room_use", "function", "room_type", "room", "purpose", "category", "type", "amenity"),
    ),
    "level": (
        *OTHER_NAMES["", "level"],
        *("level", "levels", "floor_no", "floor_level", "floor_number", "floorname", "level_name", "ordinal"),
    ),
    "area": (
        *OTHER_NAMES["rooms", "declared_usable_m2"],
        *("area", "area_m2", "面积", "建筑面积", "net_area", "gross_area", "usable_area", "floor_area", "nla"),
    ),
}
_NET, _GROSS = ("使用", "net", "usable", "nla"), ("建筑", "gross")

CHOICES = frozenset(_USUAL)


@dataclass(frozen=True, slots=True)
class Columns:
    """Fields by what they say; None where the layer has none."""

    number: str | None = None
    name: str | None = None
    use: str | None = None
    level: str | None = None
    area: str | None = None

    @property
    def basis(self) -> StatedBasis:
        """Return what the area field was measured to, by its name."""
        said = (self.area or "").casefold()
        if any(word in said for word in _NET):
            return StatedBasis.NET
        return StatedBasis.GROSS if any(word in said for word in _GROSS) else StatedBasis.UNKNOWN


def choose(columns: Collection[str], chosen: Mapping[str, str], *, kind: str | None) -> Columns:
    """Return the fields, as chosen or by their usual names; each field serves once.

    Raises:
        InvalidInputError: a chosen field is not in the layer, or is chosen for something unknown.
    """
    for what, column in chosen.items():
        if what in CHOICES and column not in columns:
            raise InvalidInputError(
                f"图层没有字段“{column}”。 / The layer has no field {column}; it has {', '.join(sorted(columns))}.",
                place={"field": column},
            )
    found: dict[str, str] = {what: column for what, column in chosen.items() if what in CHOICES}
    by_name = {plain(column): column for column in columns if column != kind}
    for what, names in _USUAL.items():
        usual = (by_name.get(plain(name)) for name in names)
        free = (column for column in usual if column is not None and column not in found.values())
        first = found.get(what) or next(free, None)
        if first is not None:
            found[what] = first
    return Columns(**found)


def text_of(value: object) -> str | None:
    """Return a value as text: whole numbers without their zeros, and of several languages Chinese or English."""
    if value is None or value != value:  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value).strip()
    if text.startswith("{") and text.endswith("}"):
        return _in_one_language(text)
    return text or None


def _in_one_language(text: str) -> str | None:
    """Return one of the texts of an IMDF label, {"en": …, "zh": …}."""
    try:
        said = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return text
    if not isinstance(said, dict):
        return text
    order = sorted(said, key=lambda language: (not language.startswith("zh"), not language.startswith("en"), language))
    texts = (str(said[language]).strip() for language in order if isinstance(said[language], str))
    return next((found for found in texts if found), None)

"""Which floors a feature is on: by its level field, the floor it refers to, its layer or file, or as a person says."""

from collections.abc import Iterable
from dataclasses import dataclass

from fangdi.domain.plans.model import LayerRole
from fangdi_gis_data.levels import read_levels
from fangdi_gis_data.plans.layers.features import Feature
from fangdi_gis_data.plans.layers.level_names import level_in_name


@dataclass(frozen=True, slots=True)
class OnFloors:
    """The levels a feature is on, lowest first; `written` is how the file says so."""

    levels: tuple[float, ...]
    written: str


class Levels:
    """Finds the levels of features; `chosen` is the level of a file of one floor that does not say which."""

    def __init__(self, features: Iterable[Feature], chosen: float | None) -> None:
        self._chosen = chosen
        self._by_id: dict[str, OnFloors] = {}
        self.names: dict[float, str] = {}
        for feature in features:
            if feature.role is LayerRole.FLOOR and feature.level is not None and feature.level_id is not None:
                on = _read(feature.level)
                if on is not None:
                    self._by_id[feature.level_id] = on
                    if feature.name and len(on.levels) == 1:
                        self.names.setdefault(on.levels[0], feature.name)

    def of(self, feature: Feature) -> OnFloors | None:
        """Return the levels of a feature, or None where nothing says them."""
        if feature.level is not None:
            return _read(feature.level)
        if feature.level_id is not None and feature.level_id in self._by_id:
            return self._by_id[feature.level_id]
        named = level_in_name(feature.file)
        level = named if named is not None else self._chosen
        return OnFloors((level,), f"{level:g}") if level is not None else None


def _read(text: str) -> OnFloors | None:
    clean = text.replace(",", ";")
    try:
        return OnFloors(tuple(read_levels(clean, named={}, ranges="each")), text)
    except ValueError:
        return None

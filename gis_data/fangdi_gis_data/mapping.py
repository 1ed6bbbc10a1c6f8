"""Field mapping: which column of a file is which of our fields, in which unit, with which words translated."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from fangdi.errors import InvalidInputError
from fangdi_gis_data import units
from fangdi_gis_data.column_names import plain
from fangdi_gis_data.fields import Field, Layer

ROW = "@row"
"""Stands for a column that holds the row's number as the user counts it."""

_KEYS = {
    "fields", "const", "null_values", "where", "layer", "crs", "encoding", "header_row", "level_map", "level_ranges",
    "plan_crs", "geometry", "automatic",
}  # fmt: skip
_FIELD_KEYS = {"column", "unit", "values", "null_values"}


class MappingError(InvalidInputError):
    """A field mapping does not fit the file or the layer; `problems` lists everything that is wrong with it."""

    type_slug = "invalid-mapping"

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Correct the field mapping: " + " ".join(f"({n}) {p}" for n, p in enumerate(problems, 1)))
        self.problems = problems


@dataclass(frozen=True)
class FieldSource:
    """Where the values of one field come from: a column, or the same constant for every row."""

    column: str | None = None
    const: Any = None
    unit: str | None = None
    values: Mapping[str, Any] = field(default_factory=dict)
    null_values: tuple[str, ...] = ()
    automatic: bool = False


@dataclass(frozen=True)
class Wish:
    """What the user asked for in the mapping file and by flags; not yet compared with a file."""

    fields: Mapping[str, FieldSource] = field(default_factory=dict)
    null_values: tuple[str, ...] = ()
    where: Mapping[str, Any] = field(default_factory=dict)
    layer: str | None = None
    crs: str | None = None
    encoding: str | None = None
    header_row: int | None = None
    level_map: Mapping[str, float] = field(default_factory=dict)
    level_ranges: Any = None
    plan_crs: str | None = None
    automatic: bool = True


@dataclass(frozen=True)
class FieldMapping:
    """A mapping that fits: every field exists in the layer and every column in the file."""

    layer: Layer
    sources: Mapping[str, FieldSource]
    wish: Wish
    unused: tuple[str, ...]

    def as_record(self) -> dict[str, Any]:
        """Return what was used, for the record of the import."""
        record: dict[str, Any] = {"fields": {name: _plain_source(source) for name, source in self.sources.items()}}
        for key in ("null_values", "where", "level_map", "level_ranges", "plan_crs"):
            if getattr(self.wish, key):
                value = getattr(self.wish, key)
                record[key] = (
                    dict(value) if isinstance(value, Mapping) else list(value) if isinstance(value, tuple) else value
                )
        return record


def read_wish(path: Path | None, flags: Mapping[str, Any]) -> Wish:
    """Read the mapping file and lay the flags over it; flags win."""
    content = _read_yaml(path) if path else {}
    problems = [
        f"{key} is not a key of a mapping file{_did_you_mean(key, _KEYS)}." for key in content if key not in _KEYS
    ]
    sources: dict[str, FieldSource] = {}
    for name, value in _dict(content, "fields", problems).items():
        sources[str(name)] = _field_source(str(name), value, problems)
    for name, value in _dict(content, "const", problems).items():
        sources[str(name)] = FieldSource(const=value)
    for axis, column in _dict(content, "geometry", problems).items():
        if axis not in {"x", "y"}:
            problems.append("geometry takes x and y.")
        sources[str(axis)] = FieldSource(column=str(column))
    for name, column in flags.get("fields", {}).items():
        kept = sources.get(name, FieldSource())
        sources[name] = FieldSource(column=column, unit=kept.unit, values=kept.values, null_values=kept.null_values)
    for name, unit in dict(flags.get("units", {})).items():
        kept = sources.get(name, FieldSource())
        sources[name] = FieldSource(
            column=kept.column, const=kept.const, unit=unit, values=kept.values, null_values=kept.null_values
        )
    sources.update({name: FieldSource(const=value) for name, value in flags.get("const", {}).items()})
    level_ranges = flags.get("level_ranges") or content.get("level_ranges")
    if level_ranges not in {None, "lowest", "each"}:
        problems.append(f"level_ranges is lowest or each, not {level_ranges}.")
    level_map = _level_map({**_dict(content, "level_map", problems), **flags.get("level_map", {})}, problems)
    if problems:
        raise MappingError(problems)
    return Wish(
        fields=sources,
        null_values=tuple(str(value) for value in content.get("null_values") or ()),
        where={**_dict(content, "where", problems), **flags.get("where", {})},
        layer=flags.get("layer") or content.get("layer"),
        crs=flags.get("crs") or content.get("crs"),
        encoding=flags.get("encoding") or content.get("encoding"),
        header_row=flags.get("header_row") or content.get("header_row"),
        level_map=level_map,
        level_ranges=level_ranges,
        plan_crs=flags.get("plan_crs") or content.get("plan_crs"),
        automatic=bool(content.get("automatic", True)),
    )


def fit(wish: Wish, layer: Layer, columns: list[str], *, has_shapes: bool) -> FieldMapping:
    """Fit the wish to a layer and a file's columns, mapping by name what is left; report all problems at once."""
    problems: list[str] = []
    sources = dict(wish.fields)
    known = {*columns, ROW}
    for name, source in sources.items():
        problems += _problems(name, source, layer, known)
    for column in wish.where:
        if column not in columns:
            problems.append(f"where: the file has no column {column}{_did_you_mean(column, columns)}.")
    if wish.automatic:
        sources |= _by_name(layer, columns, taken=set(sources))
    missing = [field.name for field in layer.fields if field.required and field.name not in sources]
    missing = [name for name in missing if _substitute(layer.name, name) not in sources]
    problems += [f"Nothing gives {name}; add --field {name}=COLUMN or --const {name}=VALUE." for name in missing]
    if layer.shape_required and not has_shapes and not {"x", "y"} <= sources.keys():
        point = " or columns x and y" if layer.field("x") else ""
        problems.append(f"{layer.name} need geometry{point}; the file has none.")
    if missing:
        problems.append(f"The file's columns are: {', '.join(columns) or 'none'}.")
    if problems:
        raise MappingError(problems)
    used = {source.column for source in sources.values()} | set(wish.where)
    return FieldMapping(layer, sources, wish, tuple(column for column in columns if column not in used))


def _substitute(layer: str, name: str) -> str:
    """Return the field that stands in for a required one: a parcel's key is its parcel code where it has no other."""
    return {("parcels", "code"): "parcel_code", ("buildings", "name"): "address"}.get((layer, name), name)


def _by_name(layer: Layer, columns: list[str], *, taken: set[str]) -> dict[str, FieldSource]:
    """Map the columns whose name equals a field's or one of its other names."""
    by_plain: dict[str, str] = {}
    for column in columns:
        by_plain.setdefault(plain(column), column)
    found = {}
    for target in layer.fields:
        names = (target.name, target.name.removesuffix("_m2"), *target.other_names)
        meant = next((by_plain[plain(name)] for name in names if plain(name) in by_plain), None)
        if meant is not None and target.name not in taken:
            found[target.name] = FieldSource(column=meant, automatic=True)
    return found


def _problems(name: str, source: FieldSource, layer: Layer, columns: set[str]) -> list[str]:
    target = layer.field(name)
    if target is None:
        return [f"{layer.name} have no field {name}{_did_you_mean(name, layer.names)}."]
    found = []
    if source.column is not None and source.column not in columns:
        found.append(f"{name}: the file has no column {source.column}{_did_you_mean(source.column, columns)}.")
    if source.column is None and source.const is None:
        found.append(f"{name}: name a column.")
    if source.unit is not None:
        found += _unit_problem(target, source.unit)
    return found


def _unit_problem(target: Field, unit: str) -> list[str]:
    if target.kind not in {"area", "length"}:
        return [f"{target.name} takes no unit."]
    try:
        units.factor(unit, quantity=target.kind)
    except InvalidInputError as error:
        return [f"{target.name}: {error.message}"]
    return []


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    by_plain = {plain(candidate): candidate for candidate in known}
    near = difflib.get_close_matches(plain(name), by_plain, n=2, cutoff=0.6)
    return f"; did you mean {' or '.join(by_plain[match] for match in near)}?" if near else ""


def _field_source(name: str, value: Any, problems: list[str]) -> FieldSource:
    if isinstance(value, (str, int)):
        return FieldSource(column=str(value))
    if not isinstance(value, dict) or "column" not in value:
        problems.append(f"fields.{name} is a column, or a mapping with column, unit, values and null_values.")
        return FieldSource(const="")
    problems += [f"fields.{name} has no key {key}." for key in value if key not in _FIELD_KEYS]
    return FieldSource(
        column=str(value["column"]),
        unit=value.get("unit"),
        values={str(old): new for old, new in _dict(value, "values", problems).items()},
        null_values=tuple(str(null) for null in value.get("null_values") or ()),
    )


def _level_map(raw: Mapping[Any, Any], problems: list[str]) -> dict[str, float]:
    try:
        return {str(name): float(level) for name, level in raw.items()}
    except (TypeError, ValueError):
        problems.append("level_map gives a number for each name, as GF: 0.")
        return {}


def _dict(content: Mapping[str, Any], key: str, problems: list[str]) -> dict[Any, Any]:
    value = content.get(key) or {}
    if isinstance(value, dict):
        return value
    problems.append(f"{key} has to be a mapping.")
    return {}


def _yaml_fault(error: yaml.YAMLError) -> str:
    """Return what is wrong in a file and where, in one line."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return " ".join(str(error).split())
    mark = error.problem_mark
    return f"{error.problem or 'cannot be read'} in line {mark.line + 1}, column {mark.column + 1}"


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInputError(f"The mapping file {path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise InvalidInputError(
            f"The mapping file {path.name} is not in UTF-8; save it as UTF-8 请另存为UTF-8."
        ) from error
    except yaml.YAMLError as error:
        raise InvalidInputError(f"The mapping file {path.name} is not YAML: {_yaml_fault(error)}.") from error
    if content is not None and not isinstance(content, dict):
        raise InvalidInputError(f"The mapping file {path.name} has to hold keys such as fields and const.")
    return content or {}


def _plain_source(source: FieldSource) -> Any:
    if source.const is not None:
        return {"const": source.const}
    parts = {
        "column": source.column,
        "unit": source.unit,
        "values": dict(source.values),
        "null_values": list(source.null_values),
    }
    return {key: value for key, value in parts.items() if value}

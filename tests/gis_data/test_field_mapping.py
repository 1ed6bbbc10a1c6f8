"""A field mapping is checked whole, and names that say what they mean need none."""

from pathlib import Path
from typing import Any

import pytest

from fangdi.errors import InvalidInputError
from fangdi_gis_data import units
from fangdi_gis_data.fields import BUILDINGS, PARCELS, ROOMS
from fangdi_gis_data.mapping import FieldMapping, MappingError, Wish, fit, read_wish


def wish(tmp_path: Path, text: str, **flags: Any) -> Wish:
    file = tmp_path / "mapping.yaml"
    file.write_text(text, encoding="utf-8")
    return read_wish(file, flags)


def columns_of(mapping: FieldMapping) -> dict[str, str | None]:
    return {name: source.column for name, source in mapping.sources.items()}


def test_names_of_the_real_estate_register_are_recognised() -> None:
    fitted = fit(Wish(), PARCELS, ["BSM", "ZDDM", "BDCDYH", "ZL", "ZDMJ", "QXDM"], has_shapes=True)

    assert columns_of(fitted) == {
        "jurisdiction_code": "QXDM", "code": "ZDDM", "parcel_code": "ZDDM", "unit_code": "BDCDYH", "address": "ZL",
        "registered_land_m2": "ZDMJ",
    }  # fmt: skip
    assert fitted.unused == ("BSM",)


def test_names_of_a_chinese_ledger_are_recognised_with_units_in_brackets() -> None:
    fitted = fit(Wish(), ROOMS, ["楼座", "楼层", "房间号", "使用面积（㎡）", "用途"], has_shapes=False)

    assert columns_of(fitted) == {
        "building": "楼座", "level": "楼层", "number": "房间号", "declared_usable_m2": "使用面积（㎡）", "use": "用途",
    }  # fmt: skip


def test_all_problems_are_reported_at_once(tmp_path: Path) -> None:
    given = wish(
        tmp_path,
        "fields: {code: GISID, adress: ADDR, declared_gross_m2: {column: AREA, unit: acre}, name: {column: NAMES}}\n"
        "where: {KIND: x}\n",
    )

    with pytest.raises(MappingError) as caught:
        fit(given, BUILDINGS, ["GIS_ID", "NAME", "AREA"], has_shapes=True)

    problems = " ".join(caught.value.problems)
    assert "GISID; did you mean GIS_ID?" in problems
    assert "no field adress; did you mean address" in problems
    assert "'acre' is not a unit of area" in problems
    assert "NAMES; did you mean NAME?" in problems
    assert "where: the file has no column KIND" in problems
    assert "Nothing gives jurisdiction_code" in problems


def test_flags_win_over_the_file(tmp_path: Path) -> None:
    given = wish(
        tmp_path,
        "fields: {code: A, declared_gross_m2: {column: AREA, unit: ft2}}",
        fields={"declared_gross_m2": "SIZE"},
        const={"code": "1"},
    )

    assert given.fields["code"].const == "1"
    assert given.fields["declared_gross_m2"].column == "SIZE"
    assert given.fields["declared_gross_m2"].unit == "ft2", "the flag says nothing about the unit"


@pytest.mark.parametrize(
    "text", ["fields: [", "- a\n- b", "felds: {}", "level_ranges: both", "level_map: {GF: ground}"]
)
def test_a_mapping_file_that_cannot_be_meant_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(InvalidInputError):
        wish(tmp_path, text)


def test_a_mapping_file_that_is_no_yaml_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"mapping\.yaml is not YAML: expected .* in line 3"):
        wish(tmp_path, "const: {code: A}\nfields: [a\n")


def test_a_mapping_file_in_another_encoding_is_refused_with_the_remedy(tmp_path: Path) -> None:
    file = tmp_path / "mapping.yaml"
    file.write_text("fields: {name: 名称}", encoding="gb18030")

    with pytest.raises(InvalidInputError, match="save it as UTF-8"):
        read_wish(file, {})


@pytest.mark.parametrize(
    ("unit", "m2"),
    [
        ("ft2", 0.09290304),
        ("亩", 2000 / 3),
        ("mu", 2000 / 3),
        ("ha", 10_000),
        ("公顷", 10_000),
        ("km2", 1e6),
        ("㎡", 1),
    ],
)
def test_units_of_area_are_exact(unit: str, m2: float) -> None:
    assert units.factor(unit, quantity="area") == pytest.approx(m2, rel=1e-15)

"""To which building and floor a file of a batch belongs, by its name."""

import pytest

from fangdi.domain.plan_batches import Building, ManifestLine, assigned, codes_in, level_in

B1, B12 = Building(1, "B1", "330200"), Building(2, "B12", "330200")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("B1/三层.dxf", "B1"),
        ("图纸/B12/a/三层.dxf", "B12"),
        ("B1_3F.dxf", "B1"),
        ("B12.dxf", "B12"),
        ("B12三层.dxf", "B12"),
        ("B1-B12.ifc", "B1"),
        ("B1/B12_2F.dxf", "B1"),
        ("B123.dxf", None),
        ("AB1.dxf", None),
        ("b1.dxf", None),
    ],
)
def test_a_file_is_of_the_building_whose_code_its_folder_is_or_its_name_begins_with(
    name: str, code: str | None
) -> None:
    (one,) = assigned([name], buildings=[B1, B12])

    assert (one.building.code if one.building else None) == code
    assert (one.message is None) == (code is not None)


def test_the_number_of_a_floor_is_no_code() -> None:
    assert "3" not in codes_in("3F.dxf")
    assert "3" not in codes_in("3层平面图.dxf")


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("B12_3F.dxf", 3),
        ("B12三层.dxf", 3),
        ("十二层平面图.dxf", 12),
        ("二十一层.dxf", 21),
        ("B1F.dxf", -1),
        ("地下二层.dxf", -2),
        ("B12_-1F.dxf", -1),
        ("B12-3F.dxf", 3),
        ("B12.dxf", None),
        ("1层到3层.dxf", None),
        ("会议室.dxf", None),
    ],
)
def test_the_level_is_in_the_name(name: str, level: float | None) -> None:
    assert level_in(name) == level


def test_the_manifest_wins_over_the_name() -> None:
    manifest = {"B1/3F.dxf": ManifestLine("B12", 5, "mm")}

    (one,) = assigned(["B1/3F.dxf"], buildings=[B1, B12], manifest=manifest)

    assert (one.building, one.reading) == (B12, {"level": 5, "unit": "mm"})


def test_a_code_that_two_buildings_have_decides_nothing() -> None:
    (one,) = assigned(["B1.dxf"], buildings=[B1, Building(3, "B1", "330100")])

    assert one.building is None
    assert "2 buildings" in str(one.message)


def test_all_files_are_of_the_one_building_that_was_named_unless_the_manifest_says_otherwise() -> None:
    manifest = {"b.dxf": ManifestLine("B12")}

    found = assigned(["a.dxf", "b.dxf"], buildings=[B12], manifest=manifest, only=B1)

    assert [one.building for one in found] == [B1, B12]

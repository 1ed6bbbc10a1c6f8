"""The traffic light of a building's data: its limits, and what comes first."""

import pytest

from fangdi.domain.common import BuildingRef
from fangdi.domain.completeness import RULES, BuildingData, Check, Light, judge, worst_first


def building(number: int = 1, **counts: tuple[int, int]) -> BuildingData:
    found = {Check(check): count for check, count in counts.items()}
    return BuildingData(BuildingRef(number, f"{number}号楼"), (121.55, 29.87), "330200", found)


def test_a_building_that_lacks_nothing_is_green() -> None:
    found = judge(building(category=(0, 100), title=(0, 1)))
    assert (found.light, list(found.gaps)) == (Light.GREEN, [])


@pytest.mark.parametrize(("missing", "light"), [(0, Light.GREEN), (1, Light.AMBER), (10, Light.AMBER), (11, Light.RED)])
def test_up_to_a_tenth_of_the_rooms_without_category_is_amber(missing: int, light: Light) -> None:
    assert judge(building(category=(missing, 100))).light is light


def test_a_missing_title_is_red_and_a_missing_year_amber() -> None:
    assert judge(building(title=(1, 1))).light is Light.RED
    assert judge(building(year=(1, 1))).light is Light.AMBER


def test_a_building_without_assignable_rooms_lacks_no_user() -> None:
    assert judge(building(user=(0, 0))).light is Light.GREEN


def test_the_worst_gap_stands_first() -> None:
    found = judge(building(year=(1, 1), plan=(20, 100), category=(50, 100)))
    assert [gap.rule.check for gap in found.gaps] == [Check.CATEGORY, Check.PLAN, Check.YEAR]


def test_the_worst_building_stands_first() -> None:
    buildings = [
        building(1),
        building(2, year=(1, 1)),
        building(3, title=(1, 1)),
        building(4, title=(1, 1), rooms=(1, 1)),
    ]
    assert [one.data.building.id for one in worst_first([judge(one) for one in buildings])] == [4, 3, 2, 1]


def test_every_check_has_one_rule_with_limits_in_order() -> None:
    assert sorted(rule.check for rule in RULES) == sorted(Check)
    assert all(rule.red_above is None or rule.red_above >= rule.amber_above for rule in RULES)

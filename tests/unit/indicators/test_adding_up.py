"""How rows add up to indicators: exactly, at every level of the tree of jurisdictions."""

import math
import random
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.coverage import Band, Placing
from fangdi.domain.indicators.adding import add_up, children_sums, value_of
from fangdi.domain.indicators.catalogue import DERIVED, INDICATORS
from fangdi.domain.indicators.facts import EntitledAgency, Holding, PlacedAgency, Space
from fangdi.domain.indicators.model import Group, IndicatorKey, Row, Unit
from fangdi.domain.indicators.picking import Pick, Sort, after, in_order, key_of
from fangdi.domain.indicators.placing import Agency, main_zone, place_agencies
from fangdi.domain.indicators.rows import rows_of
from fangdi.domain.indicators.tree import Place, Tree

CITY, DISTRICT, STREET, OTHER = "330200", "330203", "330203001000", "330205"
TREE = Tree.of(
    [
        Place(CITY, "宁波市", None, "330000"),
        Place(DISTRICT, "海曙区", None, CITY),
        Place(STREET, "月湖街道", None, DISTRICT),
        Place(OTHER, "江北区", None, CITY),
    ]
)


def value(key: IndicatorKey, facts: Sequence[object]) -> float | None:
    return value_of(INDICATORS[key], add_up(rows_of(key, facts)), places=None).value


def holding(area: float | None, *, title: str | None = "administration", tenure: str | None = None) -> Holding:
    return Holding(1, "楼", CITY, title, tenure, area, None)


def agency(used: float, approved: float | None, **more: object) -> EntitledAgency:
    facts = {"posts": 10, "present": None, "area_m2": used, "complete": True, **more}
    return EntitledAgency(1, "局", CITY, "city", approved_m2=approved, basic_m2=used, **facts)  # type: ignore[arg-type]


def test_what_is_leased_borrowed_or_held_for_secrecy_is_not_due_for_registration() -> None:
    facts = [
        holding(30),
        holding(10, title="unregistered"),
        holding(1000, tenure="leased"),
        holding(1000, tenure="borrowed"),
        holding(1000, title="user"),
    ]

    assert value(IndicatorKey.REGISTERED_AREA_RATE, facts) == 0.75  # 30 of 40
    assert value(IndicatorKey.REGISTERED_COUNT_RATE, facts) == 0.5


def test_exactly_the_approved_area_is_not_over() -> None:
    facts = [agency(100, 100), agency(100.01, 100), agency(99, 100)]

    assert value(IndicatorKey.OVER_AREA, facts) == pytest.approx(0.01)
    assert value(IndicatorKey.OVER_AGENCIES, facts) == 1
    assert value(IndicatorKey.OVER_RATE, facts) == pytest.approx(0.01 / 300)


def test_an_agency_without_staff_adds_neither_area_nor_persons_to_the_area_per_head() -> None:
    facts = [agency(100, None, present=10), agency(500, None, present=0), agency(500, None, present=None)]

    assert value(IndicatorKey.AREA_PER_HEAD, facts) == 10
    covered = value_of(
        INDICATORS[IndicatorKey.AREA_PER_HEAD], add_up(rows_of(IndicatorKey.AREA_PER_HEAD, facts)), places=None
    )
    assert (covered.known, covered.of) == (2, 3)


def test_an_agency_in_two_bands_counts_once_and_its_area_in_both() -> None:
    one = PlacedAgency(1, "局", CITY, 5, {Band.INSIDE: 30.0, Band.OUTSIDE: 10.0}, Band.INSIDE, 7)

    assert value(IndicatorKey.RADIUS_AREA_RATE, [one]) == 0.75
    assert value(IndicatorKey.RADIUS_AGENCIES_RATE, [one]) == 1
    rows = list(rows_of(IndicatorKey.RADIUS_AREA_RATE, [one]))
    assert sum(row.of for row in rows) == 1


def test_an_agency_belongs_to_the_zone_that_holds_most_of_its_area() -> None:
    placings = {
        1: Placing(Band.INSIDE, 0, 70),
        2: Placing(Band.INSIDE, 0, 80),
        3: Placing(Band.INSIDE, 0, 80),
        4: Placing(Band.OUTSIDE, 9000, 80),
    }

    assert main_zone({1: 50.0, 2: 30.0, 3: 25.0, 4: 900.0}, placings=placings) == 80  # 30 + 25 > 50
    assert main_zone({1: 50.0, 2: 50.0}, placings=placings) == 70  # equal: the lower id
    placed = list(
        place_agencies(
            [Agency(1, "甲", CITY, "city", 3), Agency(2, "乙", CITY, "city", 4)],
            {1: {1: 10.0}},
            placings=placings,
        )
    )
    assert [(one.band, one.zone) for one in placed] == [(Band.INSIDE, 70), (None, None)]


@given(st.lists(st.floats(0.01, 99_999.99).map(lambda area: round(area, 2)), min_size=1, max_size=60), st.randoms())
def test_sums_are_exact_in_whatever_order_and_tree(areas: list[float], chance: random.Random) -> None:
    places = [chance.choice((CITY, DISTRICT, STREET, OTHER)) for _ in areas]
    facts = [Space(1, "楼", place, "office", 1, 1, area, area / 2) for place, area in zip(places, areas, strict=True)]
    indicator = INDICATORS[IndicatorKey.IDLE_RATE]
    sums = add_up(rows_of(indicator.key, facts))
    chance.shuffle(facts)

    whole = value_of(indicator, sums, places=TREE.subtree(CITY))

    assert add_up(rows_of(indicator.key, facts)) == sums
    assert whole.denominator == pytest.approx(math.fsum(areas), abs=1e-6)
    subtrees = {code: TREE.subtree(code) for code in TREE.children(CITY)}
    below = [value_of(indicator, part, places=None) for part in children_sums(sums, subtrees).values()]
    own = value_of(indicator, sums, places={CITY})
    mm2 = sum(round(one.denominator * 1e6) for one in (*below, own))
    assert mm2 == round(whole.denominator * 1e6) == sum(round(area * 1e6) for area in areas)
    assert sum(round(part.denominator * 1e6) for part in whole.parts) == mm2


def test_a_jurisdiction_whose_parent_is_unknown_stands_at_the_top() -> None:
    assert TREE.children(None) == [CITY]
    assert TREE.subtree(DISTRICT) == {DISTRICT, STREET}


def test_pages_begin_after_a_key_and_neither_skip_nor_repeat() -> None:
    rows = in_order(Row(number % 4, "x", CITY, f"p{number}", number // 3, 5) for number in range(12))

    pages, key = [], None
    while left := after(rows, key):
        pages += left[:5]
        key = key_of(left[:5][-1])

    assert pages == rows
    assert [row.numerator for row in rows] == sorted((row.numerator for row in rows), reverse=True)


def test_rows_are_picked_by_what_they_count() -> None:
    rows = [Row(1, "a", CITY, "p", 5, 5), Row(2, "b", CITY, "p", 0, 5), Row(3, "c", CITY, "q", 0, 0, known=0)]

    def picked(pick: Pick) -> list[int]:
        return [row.id for row in rows if pick.takes(row)]

    assert picked(Pick(Sort.COUNTED)) == [1]
    assert picked(Pick(Sort.UNCOUNTED)) == [2, 3]
    assert picked(Pick(Sort.LACKING)) == [3]
    assert picked(Pick(part="p")) == [1, 2]


def test_every_indicator_is_defined_in_both_languages_and_says_that_it_is_derived() -> None:
    assert set(INDICATORS) == set(IndicatorKey)
    for one in INDICATORS.values():
        said = (one.name, one.meaning, one.formula, one.includes, one.covers)
        assert all(text.zh and text.en for text in said), one.key
        assert one.unit in set(Unit)
        assert one.group in set(Group)
    assert "推定" in DERIVED.zh

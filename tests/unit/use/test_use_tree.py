"""Sums of use: at every level of any tree they are exactly the sums of their parts."""

import math
from collections import defaultdict
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.rounding import apportion, hundredths_of
from fangdi.domain.use.cells import Cell, merged, rounded
from fangdi.domain.use.settling import settle
from fangdi.domain.use.split import SharedUse
from fangdi.domain.use.tree import Node, Place, add_up, grand_total

CATEGORIES = ("office", "service", "equipment", "ancillary", "technical")
areas = st.floats(0, 5000, allow_nan=False).map(lambda area: round(area, 5))


def place(agency: int, above: int | None) -> Place:
    return Place(("agency", agency), None if above is None else ("agency", above), f"局{agency}", "city")


def cell(agency: int, area: float, *, building: int = 1, category: str = "office") -> Cell:
    return Cell(agency, building, category, 1, area)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Place], list[Cell]]:
    """Draw a forest of agencies, some of them in circles, and what each has in some buildings."""
    number = draw(st.integers(1, 12))
    above = [draw(st.none() | st.integers(0, number - 1)) for _ in range(number)]
    places = [place(agency, None if parent == agency else parent) for agency, parent in enumerate(above)]
    keys = st.tuples(st.integers(0, number - 1), st.integers(1, 4), st.sampled_from(CATEGORIES))
    found = draw(st.dictionaries(keys, areas, max_size=40))
    return places, [
        cell(agency, area, building=building, category=category) for (agency, building, category), area in found.items()
    ]


def below(nodes: list[Node]) -> dict[int, list[Node]]:
    """Return the nodes right below each, by position."""
    found: defaultdict[int, list[Node]] = defaultdict(list)
    path: list[int] = []
    for number, node in enumerate(nodes):
        del path[node.depth :]
        if path:
            found[path[-1]].append(node)
        path.append(number)
    return found


@given(worlds())
def test_every_sum_of_any_tree_is_exactly_that_of_its_parts(world: tuple[list[Place], list[Cell]]) -> None:
    places, cells = world
    tenures = {1: "owned", 2: "leased", 3: "borrowed"}  # of the fourth nothing is known

    nodes = add_up(places, rounded(cells), tenures=tenures)

    children = below(nodes)
    assert sorted(node.place.key for node in nodes) == sorted(one.key for one in places)  # each once
    for number, node in enumerate(nodes):
        parts = [node.own, *(child.total for child in children[number])]
        for category in CATEGORIES:
            assert node.total.by_category.get(category, 0) == sum(p.by_category.get(category, 0) for p in parts)
        for tenure in ("owned", "leased", "borrowed", "unknown"):
            assert node.total.by_tenure.get(tenure, 0) == sum(p.by_tenure.get(tenure, 0) for p in parts)
        assert node.total.hundredths == sum(part.hundredths for part in parts) == sum(node.total.by_tenure.values())
        assert node.total.rooms == sum(part.rooms for part in parts)


@given(worlds())
def test_the_total_is_the_exact_one_rounded(world: tuple[list[Place], list[Cell]]) -> None:
    places, cells = world
    total = grand_total(add_up(places, rounded(cells), tenures={}))
    assert total.hundredths / 100 == round(math.fsum(one.area_m2 for one in cells), 2)


@given(worlds())
def test_no_figure_of_an_agency_is_a_hundredth_from_the_exact_one(world: tuple[list[Place], list[Cell]]) -> None:
    done = rounded(world[1])
    by_agency: defaultdict[int, float] = defaultdict(float)
    shown: defaultdict[int, int] = defaultdict(int)
    for one in done:
        assert abs(one.hundredths - one.area_m2 * 100) < 1 + 1e-6
        by_agency[one.agency_id] += one.area_m2
        shown[one.agency_id] += one.hundredths
    assert all(abs(shown[agency] - area * 100) < 1 + 1e-6 for agency, area in by_agency.items())


@given(st.lists(areas, max_size=30))
def test_shares_of_a_sum_add_up_and_are_within_a_hundredth(found: list[float]) -> None:
    hundredths = round(round(math.fsum(found), 2) * 100)
    shares = apportion(found, hundredths=hundredths)
    assert sum(shares) == (hundredths if found else 0)
    assert all(abs(share - area * 100) < 1 + 1e-6 for share, area in zip(shares, found, strict=True))


def test_the_hundredth_that_is_left_goes_to_whoever_lost_most() -> None:
    # 3 × 10.003 + 20.009 = 50.018, that is 50.02; rounded down 3 × 10.00 + 20.00 = 50.00: two hundredths are left
    assert apportion([10.003, 10.003, 10.003, 20.009], hundredths=5002) == [1001, 1000, 1000, 2001]


def test_agencies_come_before_categories() -> None:
    # 1: 0.005 + 0.005 = 0.01; 2: 0.004; together 0.014, that is 0.01, which agency 1 has
    assert settle({1: {"office": 0.005, "service": 0.005}, 2: {"office": 0.004}}) == {
        1: {"office": 1, "service": 0},
        2: {"office": 0},
    }


def test_categories_too_are_the_exact_ones_rounded() -> None:
    # by itself each agency rounds 1.006 up and 2.004 down: 3 × 1.01 + 3 × 2.00; together it is 3.018 and 6.012 of 9.03
    found = settle({agency: {"office": 1.006, "service": 2.004} for agency in (1, 2, 3)})

    assert [sum(by[name] for by in found.values()) for name in ("office", "service")] == [302, 601]
    assert [sum(by.values()) for by in found.values()] == [301, 301, 301]
    assert sorted(by["office"] for by in found.values()) == [100, 101, 101]


def test_the_sums_of_categories_do_not_depend_on_how_they_are_spread() -> None:
    chance = Random(7)  # noqa: S311 - the same table in every run
    columns = [[chance.randrange(10**8) for _ in range(300)] for _ in CATEGORIES]  # mm²
    total = hundredths_of(sum(map(sum, columns)) / 10**6)
    exact = apportion([sum(column) / 10**6 for column in columns], hundredths=total)
    for _ in range(4):
        rows = [dict(zip(CATEGORIES, (mm2 / 10**6 for mm2 in row), strict=True)) for row in zip(*columns, strict=True)]

        found = settle(dict(enumerate(rows)))

        assert [sum(by[name] for by in found.values()) for name in CATEGORIES] == exact
        for column in columns:
            chance.shuffle(column)


@given(st.lists(st.dictionaries(st.sampled_from(CATEGORIES), areas), max_size=8))
def test_no_cell_moves_by_a_hundredth_however_thin_the_table(rows: list[dict[str, float]]) -> None:
    found = settle(dict(enumerate(rows)))

    assert sum(sum(by.values()) for by in found.values()) == hundredths_of(math.fsum(sum(row.values()) for row in rows))
    for agency, row in enumerate(rows):
        for name, area in row.items():
            assert abs(found[agency][name] - area * 100) < 1 + 1e-5


def test_sums_that_differ_in_the_last_bits_are_rounded_alike() -> None:
    # the same 0.015 m² as two statements add it up: 14,999 and 15,000 mm²; one rounds up, and both have to
    cells = [cell(1, 0.0149994)]
    assert [one.hundredths for one in rounded(cells)] == [1]
    assert [one.hundredths for one in rounded(cells, kept={1: {"office": 0.0149996}}, total_m2=0.0149996)] == [2]


def test_sums_of_other_agencies_say_nothing_about_these() -> None:
    assert [one.hundredths for one in rounded([cell(1, 5.0)], kept={2: {"office": 7.0}})] == [500]


def test_a_shared_room_counts_once_where_its_users_are_added_up() -> None:
    shared = [SharedUse(5, agency, 1, "service", 30.0, 0.5) for agency in (1, 2)]
    cells = rounded(merged([cell(1, 20.0)], shared))

    parent, one, two = add_up([place(9, None), place(1, 9), place(2, 9)], cells, tenures={1: "owned"})

    assert (one.total.rooms, two.total.rooms, parent.total.rooms) == (2, 1, 2)
    assert (one.total.hundredths, two.total.hundredths, parent.total.hundredths) == (3500, 1500, 5000)
    assert parent.own.hundredths == 0


def test_rooms_without_an_area_are_counted_and_add_nothing() -> None:
    cells = rounded(merged([], [SharedUse(5, 1, 1, "service", None, 0.5)]))
    (node,) = add_up([place(1, None)], cells, tenures={})
    assert (node.total.hundredths, node.total.rooms, node.total.rooms_without_area) == (0, 1, 1)

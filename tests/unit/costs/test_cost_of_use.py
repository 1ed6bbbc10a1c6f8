"""The yearly cost of use: each line by hand, what is missing, and how far above the reasonable level."""

from datetime import date
from itertools import count

import pytest

from fangdi.domain.costs.calculation import CostedBuilding, Item, Note, Standing, reckon
from fangdi.domain.costs.kinds import CostKind
from fangdi.domain.costs.rates import CostRate, RateBook, Rated, Scope, check
from fangdi.domain.costs.use import UseCost, UsedPart
from fangdi.domain.costs.wording import formula
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm, Source
from fangdi.domain.vocabulary import TenureKind
from fangdi.errors import InvalidInputError

TODAY = date(2026, 6, 30)
PATH = ("330000", "330200", "330203")
_ids = count(1)
RATES = {
    CostKind.BUILDING_VALUE: 4000,
    CostKind.USEFUL_LIFE: 50,
    CostKind.LAND_VALUE: 3000,
    CostKind.LAND_TERM: 50,
    CostKind.UPKEEP: 20,
    CostKind.SERVICES: 36,
    CostKind.ENERGY: 60,
    CostKind.REASONABLE_LEVEL: 350,
}


def rate(
    kind: CostKind,
    figure: float,
    scope: Scope | None = None,
    *,
    sure: Verification = Verification.OFFICIAL,
    since: date | None = date(2020, 1, 1),
    until: date | None = None,
) -> CostRate:
    return CostRate(next(_ids), kind, scope or Scope(), figure, "某通知", sure, since, until)


def book(**changed: float | None) -> RateBook:
    figures = {kind: changed.get(kind, figure) for kind, figure in RATES.items()}
    return RateBook([rate(kind, figure) for kind, figure in figures.items() if figure is not None], as_of=TODAY)


def norms() -> NormBook:
    source = Source("标准", "Standard", None, "K", Verification.QUOTED, "")
    figures = {
        NormKind.EFFICIENCY_MULTI_STOREY: 0.65,
        NormKind.EFFICIENCY_HIGH_RISE: 0.60,
        NormKind.HIGH_RISE_ABOVE: 24,
    }
    rows = [Norm(next(_ids), kind, None, None, None, figure, source) for kind, figure in figures.items()]
    return NormBook(rows, as_of=TODAY)


def building(**more: object) -> CostedBuilding:
    facts: dict[str, object] = {"rated": Rated(1, PATH), "built_year": 2010, "gross_m2": 1000.0, **more}
    return CostedBuilding(**facts)  # type: ignore[arg-type]


def test_a_square_metre_costs_its_depreciation_land_upkeep_services_and_energy() -> None:
    cost = reckon(building(), book(), norms())

    assert {line.item: line.yuan_m2 for line in cost.lines} == {
        Item.DEPRECIATION: 80,  # 4000 ÷ 50
        Item.LAND: 60,  # 3000 ÷ 50
        Item.UPKEEP: 20,
        Item.SERVICES: 36,
        Item.ENERGY: 60,
    }
    assert cost.per_gross_m2 == 256  # 80 + 60 + 20 + 36 + 60
    assert cost.yuan == 256_000  # × 1000 m²
    assert cost.per_usable_m2 == pytest.approx(393.846, abs=0.001)  # 256 ÷ 0.65
    assert cost.over_yuan_m2 == pytest.approx(43.846, abs=0.001)  # − 350
    assert cost.standing is Standing.OVER


def test_the_residual_value_is_not_depreciated() -> None:
    rates = [*(rate(kind, figure) for kind, figure in RATES.items()), rate(CostKind.RESIDUAL_RATIO, 0.05)]

    line = reckon(building(), RateBook(rates, as_of=TODAY), norms()).lines[0]

    assert line.yuan_m2 == pytest.approx(76)  # 4000 × 0.95 ÷ 50
    assert formula(line).zh == "4,000 元/㎡ × (1 − 5%) ÷ 50 年"


@pytest.mark.parametrize(("built", "yearly"), [(1977, 80), (1976, 0), (1960, 0)])
def test_a_building_is_written_off_when_its_useful_life_is_over(built: int, yearly: float) -> None:
    line = reckon(building(built_year=built), book(), norms()).lines[0]  # 2026 − 1976 = 50 years

    assert line.yuan_m2 == yearly
    assert (line.note is Note.WRITTEN_OFF) == (yearly == 0)


def test_a_building_of_unknown_age_depreciates_and_says_so() -> None:
    line = reckon(building(built_year=None), book(), norms()).lines[0]

    assert (line.yuan_m2, line.note) == (80, Note.AGE_UNKNOWN)


def test_the_rent_of_a_lease_stands_for_depreciation_and_land() -> None:
    cost = reckon(building(tenure=TenureKind.LEASED, annual_rent_yuan=300_000.0), book(), norms())

    assert [line.item for line in cost.lines] == [Item.RENT, Item.UPKEEP, Item.SERVICES, Item.ENERGY]
    assert cost.per_gross_m2 == 416  # 300 + 20 + 36 + 60


@pytest.mark.parametrize(
    ("facts", "note"),
    [({"annual_rent_yuan": None}, Note.NO_RENT), ({"annual_rent_yuan": 1.0, "gross_m2": None}, Note.NO_AREA)],
)
def test_a_lease_without_rent_or_floor_area_lacks_that_line(facts: dict[str, object], note: Note) -> None:
    line = reckon(building(tenure=TenureKind.LEASED, **facts), book(), norms()).lines[0]

    assert (line.yuan_m2, line.note) == (None, note)


def test_a_borrowed_building_costs_what_an_owned_one_does() -> None:
    borrowed = reckon(building(tenure=TenureKind.BORROWED), book(), norms())

    assert borrowed.per_gross_m2 == 256


@pytest.mark.parametrize(("height", "per_usable"), [(24.0, 256 / 0.65), (24.1, 256 / 0.60), (None, 256 / 0.65)])
def test_floor_area_becomes_usable_area_by_the_norm_for_the_height(height: float | None, per_usable: float) -> None:
    assert reckon(building(height_m=height), book(), norms()).per_usable_m2 == pytest.approx(per_usable)


def test_a_coefficient_of_the_building_goes_before_the_norm() -> None:
    rates = [*(rate(kind, figure) for kind, figure in RATES.items()), rate(CostKind.EFFICIENCY, 0.8, Scope(None, 1))]

    assert reckon(building(), RateBook(rates, as_of=TODAY), norms()).per_usable_m2 == pytest.approx(320)  # 256 ÷ 0.8


def test_a_missing_rate_is_named_and_the_cost_is_at_least_the_rest() -> None:
    cost = reckon(building(), book(land_value=None), norms())

    assert [line.missing for line in cost.lines if line.yuan_m2 is None] == [CostKind.LAND_VALUE]
    assert (cost.per_gross_m2, cost.complete) == (196, False)  # 80 + 20 + 36 + 60
    assert cost.standing is Standing.UNKNOWN  # 196 ÷ 0.65 = 301.5, below 350, but land is missing
    assert reckon(building(), book(land_value=None, reasonable_level=300), norms()).standing is Standing.OVER


def test_without_rates_there_is_no_cost() -> None:
    cost = reckon(building(), RateBook([], as_of=TODAY), norms())

    assert (cost.per_gross_m2, cost.yuan, cost.standing) == (None, None, Standing.UNKNOWN)


def test_a_cost_of_just_the_level_is_not_over() -> None:
    cost = reckon(building(), book(reasonable_level=256 / 0.65), norms())

    assert (cost.standing, cost.over_yuan_m2) == (Standing.WITHIN, 0)


def test_the_cost_is_as_sure_as_its_least_sure_figure() -> None:
    official = [rate(kind, figure) for kind, figure in RATES.items() if kind is not CostKind.ENERGY]
    doubtful = rate(CostKind.ENERGY, 60, sure=Verification.MEMORY)

    assert reckon(building(), book(), norms()).verification is Verification.QUOTED  # K
    assert reckon(building(), RateBook([*official, doubtful], as_of=TODAY), norms()).verification is Verification.MEMORY


def test_the_nearest_rate_holds() -> None:
    brick, lifted = "brick_wood", Scope(has_lift=True)
    rates = [
        rate(CostKind.UPKEEP, 1),
        rate(CostKind.UPKEEP, 2, Scope("330200")),
        rate(CostKind.UPKEEP, 3, Scope("330203")),
        rate(CostKind.UPKEEP, 4, Scope("330203", structure=brick)),
        rate(CostKind.UPKEEP, 5, Scope("330203", has_lift=True)),
        rate(CostKind.UPKEEP, 6, Scope("330203", 7)),
        rate(CostKind.UPKEEP, 7, Scope("330225")),
        rate(CostKind.ENERGY, 8, lifted),
    ]
    found = RateBook(rates, as_of=TODAY)

    def figure(of: Rated, kind: CostKind = CostKind.UPKEEP) -> float | None:
        rate = found.find(kind, of)
        return rate.figure if rate else None

    assert figure(Rated(1, ["330000", "330100"])) == 1
    assert figure(Rated(1, PATH[:2])) == 2
    assert figure(Rated(1, PATH)) == 3
    assert figure(Rated(1, PATH, structure=brick, has_lift=True)) == 4
    assert figure(Rated(1, PATH, has_lift=True)) == 5
    assert figure(Rated(7, PATH, structure=brick, has_lift=True)) == 6
    assert figure(Rated(1, PATH, has_lift=False), CostKind.ENERGY) is None


def test_a_rate_holds_from_its_first_day_to_the_day_before_its_end() -> None:
    old = rate(CostKind.UPKEEP, 20, since=date(2020, 1, 1), until=date(2025, 1, 1))

    days = (date(2019, 12, 31), date(2020, 1, 1), date(2024, 12, 31), date(2025, 1, 1))
    assert [RateBook([old], as_of=day).find(CostKind.UPKEEP, Rated(1, PATH)) is not None for day in days] == [
        False,
        True,
        True,
        False,
    ]


def test_an_agency_pays_for_its_parts_and_its_level_weighs_them_by_area() -> None:
    dear = reckon(building(), book(), norms())  # 393.846
    cheap = reckon(building(built_year=1970), book(reasonable_level=300), norms())  # (256 − 80) ÷ 0.65 = 270.769

    use = UseCost([UsedPart(1, 200, dear), UsedPart(2, 100, cheap)])

    assert use.yuan == pytest.approx(200 * 256 / 0.65 + 100 * 176 / 0.65)  # 78,769.23 + 27,076.92 = 105,846.15
    assert use.per_m2 == pytest.approx(352.82, abs=0.01)  # ÷ 300
    assert use.level_yuan_m2 == pytest.approx(333.33, abs=0.01)  # (200 × 350 + 100 × 300) ÷ 300
    assert use.over_yuan == pytest.approx(5846.15, abs=0.01)  # 105,846.15 − 100,000
    assert use.standing is Standing.OVER


def test_an_agency_without_area_costs_nothing_that_could_be_told() -> None:
    use = UseCost([])

    assert (use.yuan, use.per_m2, use.standing) == (None, None, Standing.UNKNOWN)


def test_a_new_version_ends_the_one_before_and_never_changes_the_past() -> None:
    now = rate(CostKind.UPKEEP, 20)
    wanted = rate(CostKind.UPKEEP, 22, since=TODAY)

    assert check(wanted, [now], today=TODAY) is now
    with pytest.raises(InvalidInputError, match="不得改变过去"):
        check(rate(CostKind.UPKEEP, 22, since=date(2026, 6, 29)), [now], today=TODAY)
    with pytest.raises(InvalidInputError, match="已有自 2020-01-01"):
        check(rate(CostKind.UPKEEP, 22, since=date(2019, 1, 1)), [now], today=TODAY)


LIFTED, BRICK = Scope("330200", has_lift=True), Scope("330200", structure="brick_wood")


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (Scope(), Scope("330200")),  # it would go before that of all jurisdictions
        (Scope("330200"), Scope("330203")),
        (Scope("330200"), Scope(building_id=7)),
        (Scope("330200"), LIFTED),
        (LIFTED, BRICK),  # a brick building with a lift
    ],
)
def test_a_nearer_rate_does_not_change_the_past(there: Scope, wanted: Scope) -> None:
    standing = [rate(CostKind.UPKEEP, 18, there, since=date(2022, 1, 1))]
    new = rate(CostKind.UPKEEP, 20, wanted, since=date(2024, 1, 1))

    with pytest.raises(InvalidInputError, match="不得改变过去"):
        check(new, standing, today=TODAY, path=["330200", "330203"])


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (Scope("330203"), Scope("330200")),  # what is nearer goes on holding
        (Scope(building_id=7), Scope("330200")),
        (BRICK, LIFTED),
        (Scope("330200", has_lift=False), LIFTED),  # no building has and has not a lift
        (Scope("330225"), Scope("330203")),
    ],
)
def test_a_rate_that_goes_before_none_may_begin_in_the_past(there: Scope, wanted: Scope) -> None:
    standing = [rate(CostKind.UPKEEP, 18, there, since=date(2022, 1, 1))]
    path = ["330200", "330203"][: 1 if wanted.jurisdiction == "330200" else 2]

    assert check(rate(CostKind.UPKEEP, 20, wanted, since=date(2024, 1, 1)), standing, today=TODAY, path=path) is None


@pytest.mark.parametrize("kind", [CostKind.RESIDUAL_RATIO, CostKind.EFFICIENCY])
def test_what_is_reckoned_without_does_not_begin_in_the_past(kind: CostKind) -> None:
    with pytest.raises(InvalidInputError, match="不得改变过去"):
        check(rate(kind, 0.5, since=date(2024, 1, 1)), [], today=TODAY)


def test_a_rate_nobody_had_laid_down_may_begin_in_the_past() -> None:
    assert check(rate(CostKind.UPKEEP, 22, since=date(2015, 1, 1)), [], today=TODAY) is None


@pytest.mark.parametrize(
    ("kind", "figure"),
    [
        (CostKind.USEFUL_LIFE, 0),
        (CostKind.USEFUL_LIFE, 0.5),
        (CostKind.USEFUL_LIFE, 1001),
        (CostKind.LAND_TERM, 0),
        (CostKind.EFFICIENCY, 0),
        (CostKind.EFFICIENCY, 0.009),
        (CostKind.EFFICIENCY, 1.01),
        (CostKind.RESIDUAL_RATIO, 1),
    ],
)
def test_figures_that_cannot_be_are_refused(kind: CostKind, figure: float) -> None:
    with pytest.raises(InvalidInputError):
        check(rate(kind, figure, since=TODAY), [], today=TODAY)

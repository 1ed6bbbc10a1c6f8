"""Which version binds, and which new version may be entered."""

from datetime import date

import pytest
from tests.unit.norms.norm_rows import SINCE_2014, national, norm

from fangdi.domain.norms.book import NormBook, stricter
from fangdi.domain.norms.changes import Standing, check
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm
from fangdi.domain.vocabulary import AdministrativeLevel as Level
from fangdi.errors import InvalidInputError

TODAY = date(2026, 11, 22)
PATH = ["330000", "330200", "330203"]


def staff(figure: float, place: str | None, **more: date | None) -> Norm:
    return norm(NormKind.OFFICE_CEILING, figure, place=place, level=Level.CITY, rank="city_staff", **more)


def township(figure: float, *, since: date = TODAY) -> Norm:
    return norm(
        NormKind.OFFICE_CEILING, figure, place="330000", level=Level.TOWNSHIP, rank="township_chief", since=since
    )


def found(rows: list[Norm], path: list[str], *, day: date = TODAY) -> float | None:
    binding = NormBook(rows, as_of=day).find(NormKind.OFFICE_CEILING, path=path, level=Level.CITY, rank="city_staff")
    return binding.norm.figure if binding else None


def standing(rows: list[Norm], place: str | None) -> Standing:
    at = PATH.index(place) if place else 0
    return Standing(rows, PATH[: at + 1] if place else [], TODAY, PATH[at:] if place else None)


def refused(wanted: Norm, rows: list[Norm]) -> str:
    with pytest.raises(InvalidInputError) as error:
        check(wanted, standing(rows, wanted.jurisdiction))
    return str(error.value)


def test_a_stricter_figure_below_binds_there_and_below_only() -> None:
    rows = [*national(), staff(8, "330200")]

    assert found(rows, PATH) == 8
    assert found(rows, PATH[:2]) == 8
    assert found(rows, PATH[:1]) == 9


def test_a_laxer_figure_below_is_overruled_and_named() -> None:
    rows = [*national(), staff(8, "330000"), staff(8.5, "330200")]

    binding = NormBook(rows, as_of=TODAY).find(NormKind.OFFICE_CEILING, path=PATH, level=Level.CITY, rank="city_staff")

    assert binding is not None
    assert (binding.norm.figure, [one.figure for one in binding.overruled]) == (8, [8.5])


def test_the_version_in_force_on_the_day_counts() -> None:
    rows = [staff(9, None, until=date(2026, 12, 1)), staff(8, None, since=date(2026, 12, 1))]

    assert found(rows, [], day=date(2026, 11, 30)) == 9
    assert found(rows, [], day=date(2026, 12, 1)) == 8
    assert found(rows, [], day=date(2014, 11, 23)) is None


def test_more_usable_area_out_of_the_gross_is_stricter() -> None:
    k = NormKind.EFFICIENCY_HIGH_RISE

    assert stricter(norm(k, 0.65), norm(k, 0.60))
    assert not stricter(norm(k, 0.55), norm(k, 0.60))


@pytest.mark.parametrize(
    ("steps", "outcome"),
    [
        ((200, 400, 6.0), "stricter"),  # the same
        ((100, 400, 6.0), "stricter"),  # falls from 100 on already
        ((300, 400, 6.0), "laxer"),  # at 300 still 8, where the other has 7
        ((100, 250, 6.5), "laxer"),  # at 400 6.5, where the other has 6
    ],
)
def test_rates_are_compared_over_all_numbers_of_posts(steps: tuple[int, int, float], outcome: str) -> None:
    city = norm(NormKind.SERVICE_RATE, 8, level=Level.CITY, steps=(200, 400, 6))

    assert stricter(norm(NormKind.SERVICE_RATE, 8, level=Level.CITY, steps=steps), city) is (outcome == "stricter")


def test_a_new_version_ends_the_one_before() -> None:
    before = staff(9, None)

    assert check(staff(8, None, since=TODAY), standing([before], None)) == before


def test_a_new_version_does_not_change_the_past() -> None:
    assert "2026-11-22" in refused(staff(8, None, since=date(2026, 11, 21)), [staff(9, None)])


@pytest.mark.parametrize(
    ("there", "wanted"),
    [
        (None, "330200"),  # bound from above
        ("330000", "330200"),
        ("330203", "330200"),  # would be overruled below
        ("330203", None),
        ("330200", "330200"),  # ended since
    ],
)
def test_a_figure_below_or_above_does_not_change_the_past_either(there: str | None, wanted: str | None) -> None:
    rows = [staff(9, there, since=date(2015, 1, 1), until=date(2026, 1, 1) if there == wanted else None)]

    assert "不得改变过去" in refused(staff(5, wanted, since=date(2020, 1, 1)), rows)


def test_days_before_and_places_elsewhere_are_nothing_to_a_new_figure() -> None:
    ended = staff(9, None, since=date(2015, 1, 1), until=date(2020, 1, 1))
    elsewhere = staff(9, "110000", since=date(2015, 1, 1))

    assert check(staff(5, "330200", since=date(2020, 1, 1)), standing([ended, elsewhere], "330200")) is None


@pytest.mark.parametrize(
    ("kind", "figure"),
    [(NormKind.CAR_PARKING, 0.009), (NormKind.EFFICIENCY_HIGH_RISE, 0.0001), (NormKind.EFFICIENCY_HIGH_RISE, 1.01)],
)
def test_a_figure_with_which_nothing_can_be_reckoned_is_refused(kind: NormKind, figure: float) -> None:
    assert "0.01" in refused(norm(kind, figure), [])


def test_what_nobody_had_laid_down_may_hold_since_its_document() -> None:
    assert check(township(24, since=date(2015, 1, 1)), standing(national(), "330000")) is None


def test_a_version_cannot_begin_before_one_that_is_there() -> None:
    rows = [staff(9, None, until=date(2027, 1, 1)), staff(8, None, since=date(2027, 1, 1))]

    assert "2027-01-01" in refused(staff(7, None, since=date(2026, 12, 1)), rows)


def test_below_nobody_may_be_laxer() -> None:
    assert "9" in refused(staff(9.5, "330200", since=TODAY), national())
    assert check(staff(9, "330200", since=TODAY), standing(national(), "330200")) is None


def test_a_township_gets_no_more_than_the_country_leaves_open() -> None:
    assert "24" in refused(township(24.5), national())
    assert check(township(24), standing(national(), "330000")) is None


@pytest.mark.parametrize(
    "wanted",
    [
        norm(NormKind.SERVICE_RATE, 8, level=Level.CITY),
        norm(NormKind.SERVICE_RATE, 8, level=Level.CITY, steps=(400, 200, 6)),
        norm(NormKind.CANTEEN, 3.7),
        norm(NormKind.CANTEEN, 3.7, steps=(100, 200, 2.6)),
        norm(NormKind.GUARD, 25, steps=(100, None, 20)),
        norm(NormKind.GUARD, 25, since=None),
    ],
)
def test_figures_have_the_steps_of_their_kind(wanted: Norm) -> None:
    assert refused(wanted, [])


def test_only_what_was_seen_in_an_official_text_counts_as_verified() -> None:
    assert [sure for sure in Verification if sure.verified] == [Verification.OFFICIAL]


def test_the_country_binds_from_its_first_day() -> None:
    assert found(national(), [], day=SINCE_2014) == 9

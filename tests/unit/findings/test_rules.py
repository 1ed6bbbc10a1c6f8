"""What breaks which rule: greater, smaller, equal; expected figures stand beside the tests."""

from datetime import date
from typing import Any

import pytest
from tests.unit.norms.norm_rows import norm

from fangdi.domain.common import Definition
from fangdi.domain.findings import areas, holdings, offices, rooms
from fangdi.domain.findings.clauses import Clause, ClauseBook, least
from fangdi.domain.findings.holdings import Held, IdleRoom, Leasing, Titled
from fangdi.domain.findings.model import Judged, RoomRole
from fangdi.domain.findings.offices import Annex, Leader, Office, PostEnd, PostOver, Seat, Sitting
from fangdi.domain.findings.rooms import Function, Outside, OutsideUse, Papers, Room
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.approved import Posts, approve
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.entitlement import Entitlement, RankPosts
from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.vocabulary import AdministrativeLevel, TenureKind, TitleState

CITY = ["330000", "330200"]
DAY = date(2026, 6, 1)
FIGURES = [
    norm(NormKind.OFFICE_CEILING, 42, level=AdministrativeLevel.CITY, rank="city_chief"),
    norm(NormKind.OFFICE_CEILING, 24, level=AdministrativeLevel.CITY, rank="city_bureau_chief"),
    norm(NormKind.OFFICE_CEILING, 9, level=AdministrativeLevel.CITY, rank="city_staff"),
    norm(NormKind.PRIVATE_TOILET, 6),
    norm(NormKind.SERVICE_RATE, 8, level=AdministrativeLevel.CITY, steps=(200, 400, 6)),
    norm(NormKind.EQUIPMENT_RATIO, 0.09),
    norm(NormKind.VACATE_AFTER_POST, 2, sure=Verification.QUOTED),
    norm(NormKind.RETURN_AFTER_LEAVING, 1, sure=Verification.QUOTED),
]
BOOK = NormBook(FIGURES, as_of=DAY)
WASHROOMS = frozenset({"city_chief"})


def sitting(rank: str | None = "city_staff", person: str = "P1", *, leader: bool = False) -> Sitting:
    return Sitting(person, rank, leader, 7, CITY)


def office(area: float | None, *who: Sitting, annexes: tuple[Annex, ...] = (), secret: bool = False) -> Office:
    return Office(1, 10, "330200", secret, area, who, annexes)


def size(one: Office) -> Judged:
    return next(
        found for found in offices.judge_office(one, BOOK, washroom_ranks=WASHROOMS) if found.key.subject == "size"
    )


@pytest.mark.parametrize(("area", "holds"), [(24.0, False), (24.004, False), (24.01, True), (23.0, False)])
def test_an_office_may_be_as_large_as_the_ceiling_of_its_occupant(area: float, *, holds: bool) -> None:
    assert size(office(area, sitting("city_bureau_chief", leader=True))).holds is holds


def test_ceilings_of_a_shared_office_are_added_up() -> None:
    # 3 × 9 = 27 m²
    three = [sitting(person=f"P{n}") for n in range(3)]

    assert not size(office(27.0, *three)).holds
    assert size(office(27.5, *three)).measure == pytest.approx(0.5)


def test_a_rest_room_counts_inside_the_ceiling() -> None:
    # 20 + 5 = 25 m², one more than 24
    found = size(office(20.0, sitting("city_bureau_chief"), annexes=(Annex(2, False, 5.0),)))

    assert found.holds
    assert found.measure == pytest.approx(1.0)
    assert [(room.id, room.role) for room in found.rooms] == [(1, RoomRole.OFFICE), (2, RoomRole.REST)]


def test_an_office_of_a_leader_is_graver_than_one_of_staff() -> None:
    assert size(office(30.0, sitting("city_bureau_chief", leader=True))).severity is Severity.MAJOR
    assert size(office(30.0, sitting())).severity is Severity.MINOR


@pytest.mark.parametrize(
    "one", [office(99.0), office(None, sitting()), office(99.0, sitting("township_staff")), office(99.0, sitting(None))]
)
def test_nothing_is_said_where_area_occupant_rank_or_norm_is_unknown(one: Office) -> None:
    assert list(offices.judge_office(one, BOOK, washroom_ranks=WASHROOMS)) == []


@pytest.mark.parametrize(
    ("rank", "area", "holds"), [("city_chief", 6.0, False), ("city_chief", 6.5, True), ("city_bureau_chief", 4.0, True)]
)
def test_a_washroom_is_for_some_leaders_and_up_to_six_square_metres(rank: str, area: float, *, holds: bool) -> None:
    one = office(20.0, sitting(rank, leader=True), annexes=(Annex(2, True, area),))
    found = {judged.key.subject: judged for judged in offices.judge_office(one, BOOK, washroom_ranks=WASHROOMS)}

    assert found["washroom"].holds is holds
    assert not found["size"].holds


def seat(room: int, *, secret: bool = False, place: str = "330200") -> Seat:
    return Seat(room, 10, 7, place, secret, 20.0)


def test_a_leader_has_one_office() -> None:
    assert not offices.judge_leader(Leader("P1", "city_chief", [seat(1)])).holds
    two = offices.judge_leader(Leader("P1", "city_chief", [seat(1), seat(2, place="330203")]))
    assert two.holds
    assert two.about.all_places == ["330200", "330203"]


def test_two_offices_that_anybody_may_know_of_are_told_without_the_classified_third() -> None:
    found = offices.judge_leader(Leader("P1", "city_chief", [seat(1), seat(2), seat(3, secret=True)]))

    assert not found.about.secret
    assert found.figures["offices"] == 2


def test_an_open_and_a_classified_office_are_told_to_the_cleared_alone() -> None:
    found = offices.judge_leader(Leader("P1", "city_chief", [seat(1), seat(2, secret=True)]))

    assert found.holds
    assert found.about.secret


def post(ended: date, how: PostEnd = PostEnd.ENDED) -> PostOver:
    return PostOver("P1", "city_chief", 7, CITY, ended, how, [seat(1)])


@pytest.mark.parametrize(
    ("ended", "how", "late"),
    [
        (date(2026, 4, 1), PostEnd.ENDED, 0),  # to be vacated by 1 June, which is today
        (date(2026, 3, 31), PostEnd.ENDED, 1),  # by 31 May
        (date(2026, 5, 1), PostEnd.RETIRED, 0),  # by 1 June
        (date(2026, 4, 30), PostEnd.TRANSFERRED, 2),  # by 30 May
    ],
)
def test_an_office_is_given_back_within_two_months_or_one(ended: date, how: PostEnd, late: int) -> None:
    found = offices.judge_post(post(ended, how), BOOK)

    assert found is not None
    assert (found.holds, found.measure) == (late > 0, late)
    assert found.certainty is Verification.QUOTED


def test_a_day_that_the_month_does_not_have_is_its_last() -> None:
    assert offices.months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert offices.months_after(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert offices.months_after(date(2026, 11, 15), 2) == date(2027, 1, 15)


def test_days_that_go_by_are_no_change_worth_an_entry() -> None:
    one, later = (
        offices.judge_post(post(date(2026, 1, 1)), NormBook(FIGURES, as_of=day)) for day in (DAY, date(2026, 6, 2))
    )

    assert one is not None
    assert later is not None
    assert (one.measure, later.measure) == (92.0, 93.0)  # since 1 March: 30 + 30 + 31 + 1 days
    assert one.gist == later.gist
    assert later.seen.measure is None


def entitlement(used: dict[str, float]) -> Entitlement:
    """Return an agency of 10 staff: A = 10 × 9 = 90, B = 10 × 8 = 80, equipment 170 × 9 % = 15.3, together 185.3 m²."""
    ranks = [RankPosts("city_staff", Definition("", ""), 10)]
    computed = approve([Posts("city_staff", 10)], BOOK, level=AdministrativeLevel.CITY, path=CITY)
    return Entitlement(7, "局", AdministrativeLevel.CITY, "330200", ranks, None, computed, None, used, 0)


def judged_areas(used: dict[str, float], use: areas.AgencyUse | None = None) -> dict[str, Judged]:
    return {one.key.subject: one for one in areas.judge(entitlement(used), use or areas.AgencyUse(["330200"]))}


def test_an_agency_may_use_what_is_approved() -> None:
    within = judged_areas({"office": 90.0, "service": 80.0, "equipment": 15.3})
    assert not any(one.holds for one in within.values())

    over = judged_areas({"office": 95.0, "service": 80.0, "equipment": 15.3})
    assert {subject for subject, one in over.items() if one.holds} == {"office", "basic"}
    assert over["basic"].measure == pytest.approx(5.0)  # 95 + 80 + 15.3 − 185.3
    assert over["basic"].figures["over_rate"] == pytest.approx(5 / 185.3)


def test_more_of_one_part_and_less_of_another_is_minor() -> None:
    found = judged_areas({"office": 100.0, "service": 60.0})

    assert (found["office"].holds, found["office"].severity) == (True, Severity.MINOR)
    assert not found["basic"].holds


def test_classified_rooms_are_counted_in_for_the_cleared_alone() -> None:
    # 100 m² of offices, 30 of them classified: 70 m² that anybody may know of
    found = judged_areas({"office": 100.0}, areas.AgencyUse(["330200"], {"office": 30.0}))

    assert found["office"].figures["used_m2"] == pytest.approx(70.0)
    assert (found["office"].holds, found["office"].about.secret) == (False, False)
    assert (found["office+classified"].holds, found["office+classified"].about.secret) == (True, True)


ROOM = Room(1, 10, "330200", False, 20.0, 7)


@pytest.mark.parametrize(
    ("actual", "category", "holds", "severity"),
    [
        ("office", "office", False, Severity.MINOR),
        ("leader_office", "office", True, Severity.MINOR),
        ("canteen", "ancillary", True, Severity.MAJOR),
    ],
)
def test_a_room_is_used_for_what_was_approved(actual: str, category: str, severity: Severity, *, holds: bool) -> None:
    found = rooms.judge_function(ROOM, Function("office", "office", actual, category, "1号"))

    assert found.holds is holds
    assert found.severity is severity


@pytest.mark.parametrize(("number", "severity"), [("合同1号", Severity.MINOR), (None, Severity.MAJOR)])
def test_a_room_let_to_somebody_outside_is_found_with_or_without_paper(number: str | None, severity: Severity) -> None:
    found = rooms.judge_outside(ROOM, Outside(OutsideUse.LET, "某店", None, None, number, 1000.0))

    assert found.holds
    assert found.severity is severity


@pytest.mark.parametrize(
    ("unnumbered", "unfiled", "holds", "severity"),
    [([], [], False, Severity.MINOR), ([], [2], True, Severity.MINOR), ([1], [2], True, Severity.MAJOR)],
)
def test_every_room_needs_an_agreement_that_is_filed(
    unnumbered: list[int], unfiled: list[int], severity: Severity, *, holds: bool
) -> None:
    found = rooms.judge_papers(Papers(10, 7, "330200", False, 5, unnumbered, unfiled))

    assert (found.holds, found.measure, found.severity) == (holds, len(unnumbered) + len(unfiled), severity)


def held(kind: TenureKind, *, ended: date | None = None, contracts: int = 1, in_use: int = 3) -> dict[str, Judged]:
    one = Held(10, "330200", False, kind, date(2020, 1, 1), ended, contracts, in_use)
    return {judged.key.subject: judged for judged in holdings.judge_tenure(one, as_of=DAY)}


def test_an_own_building_needs_no_lease() -> None:
    assert held(TenureKind.OWNED) == {}


def test_a_lease_has_a_contract_on_file() -> None:
    assert not held(TenureKind.LEASED)["contract"].holds
    assert held(TenureKind.BORROWED, contracts=0)["contract"].holds


def test_a_building_is_not_used_beyond_its_lease() -> None:
    # the first day after the lease is the first day beyond it
    assert held(TenureKind.LEASED, ended=DAY)["period"].measure == 1
    assert held(TenureKind.LEASED, ended=DAY)["period"].holds
    assert not held(TenureKind.LEASED, ended=date(2026, 6, 2))["period"].holds
    assert not held(TenureKind.LEASED, ended=DAY, in_use=0)["period"].holds


@pytest.mark.parametrize(
    ("state", "holds", "severity"),
    [
        (TitleState.ADMINISTRATION, False, Severity.MAJOR),
        (TitleState.USER, False, Severity.MAJOR),
        (TitleState.RECORDED, True, Severity.MINOR),
        (TitleState.UNREGISTERED, True, Severity.MAJOR),
        (None, True, Severity.MAJOR),
    ],
)
def test_titles_are_with_the_administration(state: TitleState | None, severity: Severity, *, holds: bool) -> None:
    found = holdings.judge_title(Titled(ObjectKind.BUILDING, 10, "330200", False, state))

    assert found.holds is holds
    assert found.severity is severity


def idle(number: int, area: float, *, floor: int = 1, building: int = 20, far: float = 500.0, **more: Any) -> IdleRoom:
    values = {"jurisdiction": "330200", "secret": False, **more}
    return IdleRoom(number, building, floor, area_m2=area, distance_m=far, **values)


def leasing(*rooms_: IdleRoom, needed: float = 50.0) -> Judged:
    return holdings.judge_leasing(Leasing(10, 7, "330200", False, [1, 2], needed, 2000.0, rooms_))


def offered(found: Judged) -> list[int]:
    return [room.id for room in found.rooms if room.role is RoomRole.OFFERED]


def test_leasing_is_wrong_while_one_floor_would_do() -> None:
    found = leasing(idle(1, 30), idle(2, 20), idle(3, 10, floor=2))

    assert found.holds
    assert offered(found) == [1, 2]
    assert found.figures["one_floor"] is True


def test_exactly_enough_idle_space_would_do() -> None:
    assert offered(leasing(idle(1, 50))) == [1]
    assert offered(leasing(idle(1, 60, floor=2, far=900.0), idle(2, 50, far=100.0))) == [2]


def test_rooms_of_one_building_do_where_no_floor_is_enough() -> None:
    assert offered(leasing(idle(1, 30), idle(2, 25, floor=2))) == [1, 2]


def test_too_little_idle_space_justifies_a_lease() -> None:
    assert not leasing(idle(1, 30), idle(2, 19.9)).holds
    assert not leasing(idle(1, 30), idle(2, 30, floor=2, building=21)).holds


def test_the_nearest_floor_is_offered_and_no_room_more_than_needed() -> None:
    near = [idle(1, 60, far=100.0), idle(2, 40, far=100.0)]
    assert offered(leasing(*near, idle(3, 90, floor=2, building=21, far=900.0))) == [1]


def test_open_rooms_are_offered_before_classified_ones() -> None:
    found = leasing(idle(1, 60, far=100.0, secret=True), idle(2, 60, floor=2, building=21, far=900.0))

    assert offered(found) == [2]
    assert not found.about.secret


def test_a_rule_is_as_sure_as_the_least_sure_of_its_clauses() -> None:
    book = ClauseBook(
        [
            Clause(1, Rule.LET_OR_LENT, None, Verification.QUOTED),
            Clause(2, Rule.LET_OR_LENT, "330000", Verification.PRACTICE),
            Clause(3, Rule.LET_OR_LENT, "330200", Verification.OFFICIAL),
        ]
    )

    assert book.certainty(Rule.LET_OR_LENT, path=CITY) is Verification.PRACTICE
    assert book.certainty(Rule.LET_OR_LENT, path=["110000"]) is Verification.QUOTED
    assert book.certainty(Rule.OVER_AREA, path=CITY) is Verification.MEMORY
    assert least(Verification.OFFICIAL, Verification.QUOTED) is Verification.QUOTED

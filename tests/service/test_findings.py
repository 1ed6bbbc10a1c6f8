"""Findings computed from real rows: each rule found, and what follows when the data change."""

import json
import random
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from builders import (
    a_building,
    a_jurisdiction,
    a_parcel,
    a_room,
    an_agency,
    has_tenure,
    has_title,
    insert,
    occupies,
    square,
)
from fangdi.domain.access import Role
from fangdi.domain.findings.life import Action
from fangdi.errors import InvalidInputError
from fangdi.service import findings
from fangdi.service.findings import Choices
from fangdi.store import findings as stored
from fangdi.store.access import Credential, acting
from people import an_account, has_role

TODAY = date.today()  # noqa: DTZ011 - as the database reckons
CITY = "330200"


@pytest.fixture(autouse=True)
def places(connection: Connection) -> None:
    a_jurisdiction(connection, "330000", "浙江省", level="province")
    a_jurisdiction(connection, CITY, "宁波市", parent="330000")


def compute(connection: Connection, day: date = TODAY) -> findings.Outcome:
    return findings.compute(connection, Choices(day, radius_m=2000))


def found(connection: Connection, rule: str, **where: Any) -> list[dict[str, Any]]:
    """Return the findings of a rule, those that hold first."""
    asked = "".join(f" AND {name} = :{name}" for name in where)
    statement = text(f"SELECT * FROM fangdi.finding WHERE rule = :rule{asked} ORDER BY holds DESC, id")  # noqa: S608
    return [dict(row) for row in connection.execute(statement, {"rule": rule, **where}).mappings()]


def actions(connection: Connection, number: int) -> list[str]:
    statement = text("SELECT action FROM fangdi.finding_event WHERE finding_id = :id ORDER BY id")
    return list(connection.execute(statement, {"id": number}).scalars())


def sits_in(connection: Connection, use: int, rank: str, person: str = "P1") -> None:
    insert(connection, "occupant", occupancy_id=use, person_key=person, rank_code=rank, jurisdiction_code=CITY)


def an_office(connection: Connection, area: float = 24.0, **more: Any) -> tuple[int, int]:
    """Add an office used by an agency of its own; returns room and occupancy."""
    agency = an_agency(connection)
    room = a_room(connection, area=area, **more)
    return room, occupies(connection, agency, room)


def test_an_agency_over_its_approved_area_is_found(connection: Connection) -> None:
    # 10 staff: 10 × 9 + 10 × 8 = 170, × 1.09 = 185.3 m² in all, 90 of them offices
    agency = an_agency(connection, posts=10)
    occupies(connection, agency, a_room(connection, area=200.0))

    compute(connection)

    by_part = {row["subject"]: row for row in found(connection, "over_area", holds=True)}
    assert set(by_part) == {"office", "basic"}
    assert by_part["basic"]["measure"] == pytest.approx(14.7)
    assert by_part["office"]["figures"]["over_m2"] == pytest.approx(110.0)
    assert by_part["basic"]["agency_id"] == agency


def test_an_office_with_its_rest_room_is_held_against_the_ceiling(connection: Connection) -> None:
    building = a_building(connection)
    room, use = an_office(connection, 20.0, building=building)
    sits_in(connection, use, "city_bureau_chief")  # 24 m²
    rest = a_room(connection, area=6.0, building=building, use="storage")
    compute(connection)
    assert found(connection, "over_ceiling") == []

    insert(connection, "room_annex", room_id=rest, office_id=room, kind="rest", jurisdiction_code=CITY)
    compute(connection)

    (one,) = found(connection, "over_ceiling")
    assert one["measure"] == pytest.approx(2.0)  # 20 + 6 − 24
    assert one["room_ids"] == sorted([room, rest])
    assert len(one["norm_ids"]) == 1
    assert one["certainty"] == "official"


def test_a_leader_with_two_offices_is_found(connection: Connection) -> None:
    agency = an_agency(connection)
    for _ in range(2):
        sits_in(connection, occupies(connection, agency, a_room(connection)), "city_bureau_chief")

    compute(connection)

    (one,) = found(connection, "several_offices")
    assert (one["object_key"], one["measure"], one["certainty"]) == ("P1", 2.0, "quoted")


@pytest.mark.parametrize(("days_ago", "holds"), [(20, False), (40, True)])
def test_an_office_kept_after_retirement_is_found(connection: Connection, days_ago: int, *, holds: bool) -> None:
    agency = an_agency(connection)
    sits_in(connection, occupies(connection, agency, a_room(connection)), "city_bureau_chief")
    ended = TODAY - timedelta(days_ago)
    connection.execute(
        text(
            "INSERT INTO fangdi.leader_post (person_key, agency_id, rank_code, ended_by, valid, jurisdiction_code) "
            "VALUES ('P1', :agency, 'city_bureau_chief', 'retired', daterange(NULL, :ended), '330200')"
        ),
        {"agency": agency, "ended": ended},
    )

    compute(connection)

    assert bool(found(connection, "kept_office", holds=True)) is holds


def test_rooms_used_otherwise_or_by_others_are_found(connection: Connection) -> None:
    room = a_room(connection, use="canteen")
    insert(connection, "room_function", room_id=room, use_code="office", document_no="1号", jurisdiction_code=CITY)
    insert(connection, "outside_use", room_id=room, kind="let", outsider="某店", jurisdiction_code=CITY)

    compute(connection)

    (function,) = found(connection, "other_function")
    assert function["figures"]["approved_use"] == "office"
    (let,) = found(connection, "let_or_lent")
    # the province's clause was seen in an official text, the country's was not
    assert (let["subject"], let["figures"]["outsider"], let["certainty"]) == ("let", "某店", "quoted")


def test_use_without_a_filed_agreement_is_found(connection: Connection) -> None:
    building, agency = a_building(connection), an_agency(connection)
    for number in (None, "凭证1号", "凭证2号"):
        occupies(connection, agency, a_room(connection, building=building), document_no=number)
    insert(connection, "document", kind="use_permit", title="凭证", number="凭证1号", jurisdiction_code=CITY)

    compute(connection)

    (one,) = found(connection, "no_agreement")
    assert (one["measure"], one["severity"]) == (2.0, "major")
    assert (one["figures"]["rooms_unnumbered"], one["figures"]["rooms_unfiled"]) == (1, 1)


def test_tenure_and_title_are_judged_by_building_and_parcel(connection: Connection) -> None:
    parcel = a_parcel(connection)
    own = a_building(connection, "自有楼", parcels=(parcel,))
    has_tenure(connection, own, "owned")
    has_title(connection, "recorded", building=own)
    has_title(connection, "administration", parcel=parcel)
    lent = a_building(connection, "借用楼")
    has_tenure(connection, lent, "borrowed", until=TODAY)
    occupies(connection, an_agency(connection), a_room(connection, building=lent))

    compute(connection)

    (title,) = found(connection, "not_registered")
    assert (title["object_kind"], title["object_key"], title["severity"]) == ("building", str(own), "minor")
    (tenure,) = found(connection, "wrong_tenure", holds=True)
    assert (tenure["subject"], tenure["measure"], tenure["building_id"]) == ("period", 1.0, lent)


@pytest.mark.parametrize(("then", "now", "due"), [("leased", "owned", True), ("owned", "leased", False)])
def test_the_title_of_a_building_is_judged_by_its_last_tenure(
    connection: Connection, then: str, now: str, *, due: bool
) -> None:
    building = a_building(connection)
    has_title(connection, "recorded", building=building)
    has_tenure(connection, building, then, since=date(2010, 1, 1), until=date(2020, 1, 1))
    has_tenure(connection, building, now, since=date(2020, 1, 1))

    compute(connection)

    assert bool(found(connection, "not_registered", holds=True)) is due


def test_leasing_while_own_rooms_stand_idle_nearby_is_found(connection: Connection) -> None:
    leased, own = a_building(connection, "租用楼"), a_building(connection, "自有楼")
    has_tenure(connection, leased, "leased")
    has_tenure(connection, own, "owned")
    agency = an_agency(connection)
    used = a_room(connection, building=leased, area=50.0)
    occupies(connection, agency, used)
    idle = [a_room(connection, building=own, plan=square(6, at=(6.0 * n, 0))) for n in range(2)]  # 36 m² each

    compute(connection)

    (one,) = found(connection, "leased_despite_idle")
    assert one["room_ids"] == sorted([used, *idle])
    assert one["figures"]["idle_m2"] == pytest.approx(72.0)
    assert one["figures"]["distance_m"] == pytest.approx(0.0)


def test_computing_again_changes_nothing(connection: Connection) -> None:
    an_office(connection, 200.0)
    compute(connection)

    assert not compute(connection).happened


def test_a_finding_follows_the_data_through_its_life(connection: Connection) -> None:
    room, use = an_office(connection, 30.0)
    sits_in(connection, use, "city_bureau_chief")  # 24 m²
    compute(connection)
    (one,) = found(connection, "over_ceiling")

    connection.execute(text("UPDATE fangdi.room SET measured_usable_m2 = 28 WHERE id = :id"), {"id": room})
    compute(connection)
    connection.execute(text("UPDATE fangdi.room SET measured_usable_m2 = 24 WHERE id = :id"), {"id": room})
    compute(connection)
    (closed,) = found(connection, "over_ceiling")
    assert (closed["id"], closed["state"], closed["holds"], closed["episode"]) == (one["id"], "closed", False, 1)

    connection.execute(text("UPDATE fangdi.room SET measured_usable_m2 = 25 WHERE id = :id"), {"id": room})
    compute(connection)
    (again,) = found(connection, "over_ceiling")
    assert (again["id"], again["state"], again["episode"]) == (one["id"], "open", 2)
    assert actions(connection, one["id"]) == ["found", "changed", "resolved", "reopened"]
    reason = connection.execute(text("SELECT reason FROM fangdi.finding_event WHERE action = 'resolved'")).scalar_one()
    assert "24.00" in reason


def test_a_finding_whose_room_is_gone_is_closed(connection: Connection) -> None:
    room, use = an_office(connection, 30.0)
    sits_in(connection, use, "city_bureau_chief")
    compute(connection)

    connection.execute(text("DELETE FROM fangdi.room WHERE id = :id"), {"id": room})
    outcome = compute(connection)

    (one,) = found(connection, "over_ceiling")
    assert (one["state"], one["holds"]) == ("closed", False)
    assert outcome.happened[Action.RESOLVED] >= 1


@pytest.mark.parametrize("seed", range(6))
def test_followed_step_by_step_the_same_holds_as_computed_from_nothing(connection: Connection, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    building, agency = a_building(connection), an_agency(connection, posts=4)
    has_title(connection, "unregistered", building=building)
    rooms = [a_room(connection, building=building, area=10.0) for _ in range(5)]
    for number, room in enumerate(rooms):
        use = occupies(connection, agency, room, document_no=None)
        sits_in(connection, use, rng.choice(["city_staff", "city_bureau_chief"]), f"P{number % 3}")
    changes = (
        "UPDATE fangdi.room SET measured_usable_m2 = :area WHERE id = :room",
        "UPDATE fangdi.room SET use_code = :use WHERE id = :room",
        "UPDATE fangdi.room SET classified = NOT classified WHERE id = :room",
        "UPDATE fangdi.occupancy SET document_no = :number WHERE room_id = :room",
        "UPDATE fangdi.title SET state = :state",
        "UPDATE fangdi.agency_posts SET posts = :posts",
        "UPDATE fangdi.occupant SET rank_code = 'city_staff' WHERE person_key = 'P1'",
        "DELETE FROM fangdi.occupancy WHERE room_id = :room",
    )
    for _ in range(12):
        values = {
            "room": rng.choice(rooms),
            "area": rng.choice([8.0, 9.0, 24.0, 60.0]),
            "use": rng.choice(["office", "meeting_room"]),
            "number": rng.choice([None, "凭证1号"]),
            "state": rng.choice(["recorded", "administration", "unregistered"]),
            "posts": rng.choice([1, 4, 9]),
        }
        statement = rng.choice(changes)
        connection.execute(text(statement), {name: values[name] for name in values if f":{name}" in statement})
        compute(connection)

    followed = holding(connection)
    for table in ("finding_event", "finding", "finding_run"):
        connection.execute(text(f"TRUNCATE fangdi.{table} CASCADE"))
    compute(connection)
    assert followed == holding(connection)


def holding(connection: Connection) -> list[tuple[Any, ...]]:
    """Return all that holds, without what only a history can tell."""
    statement = """
        SELECT rule, object_kind, object_key, subject, severity, measure, CAST(figures AS text), room_ids, secret,
               places, certainty
          FROM fangdi.finding WHERE holds ORDER BY rule, object_kind, object_key, subject
    """
    return [tuple(row) for row in connection.execute(text(statement))]


def test_days_are_computed_in_their_order(connection: Connection) -> None:
    compute(connection)

    with pytest.raises(InvalidInputError, match="choose that day or a later one"):
        compute(connection, TODAY - timedelta(1))


def test_no_event_lies_before_the_last_one(connection: Connection) -> None:
    """A server whose day is further on than the database's must not leave an order that later events come before."""
    has_title(connection, "unregistered", building=a_building(connection))
    supervisor = an_account(connection, "supervisor")
    has_role(connection, supervisor, Role.AREA_AUDITOR)
    tomorrow = TODAY + timedelta(1)
    compute(connection, tomorrow)
    (one,) = found(connection, "not_registered")

    with acting(connection, Credential.account("supervisor")):
        said = {"reason": "提醒", "deadline": None, "document_no": None}
        stored.act(connection, one["id"], after_event_id=one["last_event_id"], action="warn", **said)

    (warned,) = found(connection, "not_registered")
    days = connection.execute(text("SELECT day FROM fangdi.finding_event WHERE finding_id = :id ORDER BY id"), one)
    assert warned["state"] == "warned"
    assert days.scalars().all() == [tomorrow, tomorrow]


def test_findings_are_stale_when_anything_they_follow_from_has_changed(connection: Connection) -> None:
    def stale() -> bool:
        return bool(connection.execute(text("SELECT fangdi.findings_stale()")).scalar_one())

    assert stale()
    compute(connection)
    assert not stale()
    insert(connection, "leader_post", person_key="P9", agency_id=an_agency(connection), jurisdiction_code=CITY)
    assert stale()
    compute(connection)
    assert not stale()


def test_the_database_itself_takes_the_wish_of_supervisors_alone(connection: Connection) -> None:
    viewer = an_account(connection, "viewer")
    has_role(connection, viewer, Role.VIEWER)
    savepoint = connection.begin_nested()

    with acting(connection, Credential.account("viewer")), pytest.raises(DBAPIError, match="out_of_reach"):
        connection.execute(text("SELECT fangdi.ask_for_findings()"))
    savepoint.rollback()


def test_findings_are_stale_when_a_rule_of_what_is_idle_or_a_clause_has_changed(connection: Connection) -> None:
    changes = (
        """
        INSERT INTO fangdi.idle_rule (jurisdiction_code, min_days, source, verification, valid)
        VALUES ('330200', 30, '试行', 'practice', '[2026-01-01,)')
        """,
        "UPDATE fangdi.idle_rule SET valid = '[2026-01-01,2100-01-01)' WHERE jurisdiction_code = '330200'",
        "DELETE FROM fangdi.idle_rule WHERE jurisdiction_code = '330200'",
        "UPDATE fangdi.finding_clause SET verification = 'memory' WHERE rule = 'over_area'",
    )
    for change in changes:
        compute(connection)
        connection.execute(text(change))
        assert connection.execute(text("SELECT fangdi.findings_stale()")).scalar_one(), change


def test_what_happened_is_only_added_to(connection: Connection) -> None:
    an_office(connection, 200.0)
    compute(connection)

    for statement in ("UPDATE fangdi.finding_event SET reason = 'x'", "DELETE FROM fangdi.finding_event"):
        savepoint = connection.begin_nested()
        with pytest.raises(Exception, match="only_added_to"):
            connection.execute(text(statement))
        savepoint.rollback()


def test_classified_rooms_make_findings_of_their_own(connection: Connection) -> None:
    agency = an_agency(connection, posts=10)  # 90 m² of offices
    occupies(connection, agency, a_room(connection, area=80.0))
    occupies(connection, agency, a_room(connection, area=40.0, classified=True))

    compute(connection)

    (one,) = found(connection, "over_area", holds=True)
    assert (one["subject"], one["secret"], one["measure"]) == ("office+classified", True, pytest.approx(30.0))


def test_a_room_that_becomes_classified_takes_its_findings_along_at_once(connection: Connection) -> None:
    room, use = an_office(connection, 30.0)
    sits_in(connection, use, "city_bureau_chief")
    compute(connection)

    connection.execute(text("UPDATE fangdi.room SET classified = true WHERE id = :id"), {"id": room})

    (one,) = found(connection, "over_ceiling")
    assert one["secret"]
    hidden = connection.execute(text("SELECT bool_and(secret) FROM fangdi.finding_event WHERE finding_id = :id"), one)
    assert hidden.scalar_one()


def test_the_evidence_says_what_it_was_when_it_changed(connection: Connection) -> None:
    room, use = an_office(connection, 30.0)
    sits_in(connection, use, "city_bureau_chief")
    compute(connection)
    connection.execute(text("UPDATE fangdi.room SET measured_usable_m2 = 40 WHERE id = :id"), {"id": room})
    compute(connection)

    kept = connection.execute(text("SELECT figures FROM fangdi.finding_event ORDER BY id")).scalars().all()
    sizes = [json.loads(one)["size_m2"] if isinstance(one, str) else one.get("size_m2") for one in kept]
    assert [size for size in sizes if size] == [30.0, 40.0]

"""What the application role can write of plans and audits, whoever it acts for: the database decides."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from builders import a_building, a_jurisdiction, a_plan, a_room, an_area_audit, is_drawn
from fangdi.domain.access import Role
from fangdi.store.access import Credential, acting
from people import an_account, has_role


@contextmanager
def as_role(connection: Connection, role: Role, **where: Any) -> Iterator[None]:
    """Act as an account with a role, and put its rights down again."""
    login = f"the {role}".replace(" ", "-")
    account = an_account(connection, login)
    has_role(connection, account, role, **where)
    with connection.begin_nested() as savepoint, acting(connection, Credential.account(login)):
        yield
        savepoint.rollback()


def refused(connection: Connection, statement: str) -> str:
    """Run a statement that is refused or touches nothing, and return why."""
    try:
        with connection.begin_nested():
            touched = connection.execute(text(statement)).rowcount
    except DBAPIError as error:
        return str(error.orig)
    assert touched == 0, statement
    return "nothing touched"


@pytest.mark.parametrize("role", [Role.VIEWER, Role.PLANNER, Role.JURISDICTION_ADMINISTRATOR])
def test_only_auditors_write_plans(connection: Connection, role: Role) -> None:
    plan = a_plan(connection, a_building(connection))
    is_drawn(connection, plan)

    with as_role(connection, role):
        for statement in (
            "UPDATE fangdi.plan SET revision = revision + 1",
            "DELETE FROM fangdi.plan",
            "DELETE FROM fangdi.plan_floor",
            "DELETE FROM fangdi.plan_room",
            "INSERT INTO fangdi.area_audit (plan_id, rule_id) SELECT id, 1 FROM fangdi.plan",
            f"SELECT fangdi.lock_plan({plan})",
        ):
            assert refused(connection, statement), statement


def test_an_auditor_of_elsewhere_writes_nothing_here(connection: Connection) -> None:
    plan = a_plan(connection, a_building(connection))
    is_drawn(connection, plan)
    audit = an_area_audit(connection, plan)
    a_jurisdiction(connection, "330100", "杭州市")

    with as_role(connection, Role.AREA_AUDITOR, jurisdiction="330100"):
        assert refused(connection, "UPDATE fangdi.plan SET revision = 9") == "nothing touched"
        assert refused(connection, "DELETE FROM fangdi.plan_room") == "nothing touched"
        assert "no_plan" in refused(connection, f"SELECT fangdi.lock_plan({plan})")
        assert "no_audit" in refused(connection, f"SELECT fangdi.accept_area_audit({audit})")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE fangdi.plan SET status = 'imported'",
        "UPDATE fangdi.plan SET secret = false",
        "UPDATE fangdi.plan SET building_id = building_id",
        "UPDATE fangdi.plan_room SET room_id = 1",
        "UPDATE fangdi.area_audit SET number = '330200-2026-0001'",
        "UPDATE fangdi.area_audit_line SET measured_m2 = 1",
        "UPDATE fangdi.tolerance_rule SET root = 1",
        "UPDATE fangdi.room SET measured_usable_m2 = 1",
        "UPDATE fangdi.floor SET measured_gross_m2 = 1",
    ],
)
def test_auditors_themselves_write_only_what_they_may(connection: Connection, statement: str) -> None:
    building = a_building(connection)
    a_room(connection, building=building)
    plan = a_plan(connection, building)
    is_drawn(connection, plan)
    an_area_audit(connection, plan)

    with as_role(connection, Role.AREA_AUDITOR):
        assert "permission denied" in refused(connection, statement)


def test_an_imported_plan_is_not_written(connection: Connection) -> None:
    plan = a_plan(connection, a_building(connection))
    is_drawn(connection, plan)
    connection.execute(text("UPDATE fangdi.plan SET status = 'imported'"))

    with as_role(connection, Role.AREA_AUDITOR):
        assert refused(connection, "UPDATE fangdi.plan SET revision = 9") == "nothing touched"
        assert refused(connection, "DELETE FROM fangdi.plan_room") == "nothing touched"
        assert refused(connection, "DELETE FROM fangdi.plan") == "nothing touched"
        assert "not_draft" in refused(connection, f"SELECT fangdi.lock_plan({plan})")


def test_plans_of_a_building_are_numbered_one_after_the_other(connection: Connection, engine: Engine) -> None:
    building = a_building(connection)
    for _ in range(2):
        a_plan(connection, building)
    waiting = text("SELECT pg_try_advisory_xact_lock(hashtextextended('fangdi.plan.version', :building))")

    found = connection.execute(text("SELECT version FROM fangdi.plan WHERE building_id = :id"), {"id": building})

    assert sorted(found.scalars()) == [1, 2]
    with engine.connect() as another:
        assert not another.execute(waiting, {"building": building}).scalar_one(), "uploads at the same time wait"


def test_a_plan_that_is_hidden_is_not_counted(connection: Connection) -> None:
    building = a_building(connection)
    a_plan(connection, building, classified=True)

    with as_role(connection, Role.AREA_AUDITOR):
        shown = connection.execute(text("SELECT fangdi.next_plan_version(:id)"), {"id": building}).scalar_one()

    assert shown == 1  # a 2 would tell that there is another


def test_a_plan_says_who_uploaded_it_whatever_is_claimed(connection: Connection) -> None:
    plan = a_plan(connection, a_building(connection), uploaded_by="somebody else", status="imported", version=99)

    said = connection.execute(text("SELECT uploaded_by, status, version FROM fangdi.plan WHERE id = :id"), {"id": plan})

    assert said.one()[1:] == ("draft", 1)
    assert connection.execute(text("SELECT uploaded_by FROM fangdi.plan")).scalar_one() != "somebody else"


def test_a_plan_of_a_hidden_building_is_hidden_in_all_its_parts(connection: Connection) -> None:
    plan = a_plan(connection, a_building(connection, classified=True))
    is_drawn(connection, plan)
    an_area_audit(connection, plan)
    tables = ("plan", "plan_floor", "plan_room", "area_audit", "area_audit_line")

    with as_role(connection, Role.AREA_AUDITOR):
        counts = [connection.execute(text(f"SELECT count(*) FROM fangdi.{one}")).scalar_one() for one in tables]  # noqa: S608

    assert counts == [0] * len(tables)

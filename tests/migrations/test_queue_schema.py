"""The queue's schema in the migrations is the one that the installed procrastinate expects."""

from importlib.resources import files

import psycopg

from fangdi.store.engine import libpq_url


def test_the_copy_in_the_migrations_is_the_schema_of_the_installed_version() -> None:
    """Fails after an upgrade: then make a migration of what procrastinate/sql/migrations added, and renew the copy."""
    copied = files("fangdi_migrations").joinpath("versions", "0004_queue.sql").read_text(encoding="utf-8")
    installed = files("procrastinate").joinpath("sql", "schema.sql").read_text(encoding="utf-8")

    assert copied.endswith(installed)


def test_the_application_role_has_no_right_to_the_queue(database_url: str) -> None:
    with psycopg.connect(libpq_url(database_url)) as connection:
        (may,) = (
            connection.execute("SELECT has_schema_privilege('fangdi_app', 'fangdi_jobs', 'USAGE')").fetchone() or ()
        )
        callable_ones = connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'fangdi'::regnamespace "
            "AND proname IN ('enqueue', 'dequeue', 'hold_part', 'return_lost_parts', 'settle_plan_batch', 'lock_job') "
            "AND has_function_privilege('fangdi_app', oid, 'EXECUTE')"
        ).fetchall()

    assert (may, callable_ones) == (False, [])

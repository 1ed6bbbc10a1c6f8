"""Migrations bring any database to the one schema that the code describes."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

import fangdi_migrations
from fangdi.errors import DatabaseNotReadyError, DatabaseUnavailableError
from fangdi.store import engine
from fangdi.store.cluster import SUPERUSER, Cluster

FreshDatabase = Callable[..., str]


def tables(url: str) -> set[str]:
    with psycopg.connect(engine.libpq_url(url)) as connection:
        return {name for (name,) in connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'fangdi'")}


def test_an_empty_database_gets_the_whole_schema(fresh_database: FreshDatabase) -> None:
    url = fresh_database(migrated=False)

    assert tables(url) == set()
    assert fangdi_migrations.upgrade(url)
    assert {"alembic_version", "jurisdiction", "building", "room"} <= tables(url)


def test_the_schema_is_the_one_that_the_code_describes(fresh_database: FreshDatabase) -> None:
    assert fangdi_migrations.check(fresh_database()) == []


def test_the_check_names_what_differs(fresh_database: FreshDatabase) -> None:
    url = fresh_database()
    with psycopg.connect(engine.libpq_url(url)) as connection:
        connection.execute("CREATE TABLE fangdi.stray (id int)")

    assert any("stray" in difference for difference in fangdi_migrations.check(url))


def test_the_check_ignores_what_lies_outside_our_schema(fresh_database: FreshDatabase) -> None:
    url = fresh_database()
    with psycopg.connect(engine.libpq_url(url)) as connection:
        connection.execute("CREATE TABLE public.of_somebody_else (id int)")

    assert fangdi_migrations.check(url) == []


def test_the_check_names_migrations_that_wait(fresh_database: FreshDatabase) -> None:
    waiting = fangdi_migrations.check(fresh_database(migrated=False))

    assert waiting
    assert all("has not been applied" in line for line in waiting)


def test_migrating_again_changes_nothing(fresh_database: FreshDatabase) -> None:
    assert fangdi_migrations.upgrade(fresh_database()) == []


def test_several_processes_may_migrate_at_once(fresh_database: FreshDatabase) -> None:
    url = fresh_database(migrated=False)

    with ThreadPoolExecutor(4) as pool:
        applied = list(pool.map(fangdi_migrations.upgrade, [url] * 4))

    assert sum(1 for scripts in applied if scripts) == 1
    assert fangdi_migrations.check(url) == []


def test_a_failing_function_takes_the_whole_migration_back(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database(migrated=False)
    monkeypatch.setattr(engine, "functions", lambda: ("SELECT 1 / 0",))

    with pytest.raises(Exception, match="division by zero"):
        fangdi_migrations.upgrade(url)

    assert tables(url) == set()


def test_functions_are_applied_again_with_every_migration(
    fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = fresh_database()
    for percent in (10, 20):
        body = f"CREATE OR REPLACE FUNCTION fangdi.share() RETURNS text LANGUAGE sql AS $$ SELECT '{percent}%' $$"
        monkeypatch.setattr(engine, "functions", lambda body=body: (body,))
        fangdi_migrations.upgrade(url)

    with psycopg.connect(engine.libpq_url(url)) as connection:
        assert connection.execute("SELECT fangdi.share()").fetchone() == ("20%",)


def test_missing_extensions_that_the_user_may_not_create_are_named_with_the_remedy(
    cluster: Cluster, fresh_database: FreshDatabase
) -> None:
    url = fresh_database(migrated=False)
    name = url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(cluster.url(role=SUPERUSER, database=name)) as connection:
        connection.execute("DROP EXTENSION postgis")

    with pytest.raises(DatabaseNotReadyError, match=r"lacks postgis,.* CREATE EXTENSION postgis;"):
        fangdi_migrations.upgrade(url)


def test_too_old_a_postgis_is_refused(fresh_database: FreshDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fangdi_migrations.requirements.OLDEST_POSTGIS", (99, 0))

    with pytest.raises(DatabaseNotReadyError, match=r"version 99\.0 or newer"):
        fangdi_migrations.upgrade(fresh_database(migrated=False))


def test_a_server_that_does_not_answer_is_one_clear_error() -> None:
    with pytest.raises(DatabaseUnavailableError, match="did not answer"):
        fangdi_migrations.upgrade("postgresql://nobody@/nothing?host=/nowhere")

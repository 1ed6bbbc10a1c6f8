"""Loading the sample city: through the real constraints, all or nothing, and never over anybody's data."""

import os
from collections.abc import Callable, Iterator

import pytest

from fangdi.commands.sample import load_sample_city
from fangdi.errors import DatabaseNotEmptyError, DatabaseNotReadyError
from fangdi.settings import Settings
from fangdi.store.cluster import DATABASE, Cluster
from fangdi.store.engine import create_engine
from fangdi.store.throwaway import create_database, drop_database

SETTINGS = Settings()
Factory = Callable[..., str]


@pytest.fixture(scope="module")
def loaded(cluster: Cluster) -> Iterator[str]:
    """Return the name of a database that holds the sample city; nobody stays connected to it."""
    name = f"sample_{os.getpid()}"
    load_sample_city(create_database(cluster, name, template=DATABASE), SETTINGS)
    yield name
    drop_database(cluster, name)


@pytest.fixture
def sample_database(cluster: Cluster, loaded: str) -> Iterator[str]:
    """Return the address of a copy of the sample city that a test may change."""
    name = f"{loaded}_copy"
    yield create_database(cluster, name, template=loaded)
    drop_database(cluster, name)


def ask(url: str, question: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(question).scalar_one()
    engine.dispose()
    return answer


def change(url: str, statement: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def test_the_city_passes_every_constraint_and_says_that_it_is_invented(sample_database: str) -> None:
    assert ask(sample_database, "SELECT count(*) FROM fangdi.building") == 80
    notice = ask(sample_database, "SELECT value FROM fangdi.deployment WHERE key = 'sample'")
    assert isinstance(notice, dict)
    assert "虚构" in notice["zh"]
    assert "invented" in notice["en"]
    assert notice["seed"] == 20240202


def test_measured_areas_are_those_that_postgis_finds_on_the_plans(sample_database: str) -> None:
    worst = ask(sample_database, "SELECT max(abs(measured_usable_m2 - ST_Area(plan_outline))) FROM fangdi.room")
    assert isinstance(worst, float)
    assert worst < 1e-5


def test_plan_areas_are_areas_on_the_ellipsoid(sample_database: str) -> None:
    worst = ask(
        sample_database,
        "SELECT max(abs(ST_Area(geography(outline)) / measured_gross_m2 - 1)) FROM fangdi.floor",
    )
    assert isinstance(worst, float)
    assert worst < 1e-5


def test_rows_added_later_get_keys_of_their_own(sample_database: str) -> None:
    change(sample_database, "INSERT INTO fangdi.site (jurisdiction_code, code, name) VALUES ('330200', 'new', '新院')")
    assert ask(sample_database, "SELECT id FROM fangdi.site WHERE code = 'new'") == 41


def test_a_sample_is_not_loaded_twice_but_replaced_on_demand(sample_database: str) -> None:
    with pytest.raises(DatabaseNotEmptyError, match="--force"):
        load_sample_city(sample_database, SETTINGS)
    load_sample_city(sample_database, SETTINGS, seed=3, force=True)
    assert ask(sample_database, "SELECT value ->> 'seed' FROM fangdi.deployment") == "3"


@pytest.mark.parametrize("force", [False, True])
def test_other_data_stay_as_they_are(fresh_database: Factory, *, force: bool) -> None:
    url = fresh_database()
    change(url, "INSERT INTO fangdi.jurisdiction (code, name, level) VALUES ('110000', '北京市', 'province')")
    with pytest.raises(DatabaseNotEmptyError, match="stay as they are"):
        load_sample_city(url, SETTINGS, force=force)
    assert ask(url, "SELECT count(*) FROM fangdi.jurisdiction") == 1


def test_a_sample_that_somebody_added_to_is_not_replaced(sample_database: str) -> None:
    change(sample_database, "INSERT INTO fangdi.site (jurisdiction_code, code, name) VALUES ('330200', 'new', '新院')")
    with pytest.raises(DatabaseNotEmptyError, match="added to it"):
        load_sample_city(sample_database, SETTINGS, force=True)


def test_a_database_without_tables_is_refused_with_the_remedy(fresh_database: Factory) -> None:
    with pytest.raises(DatabaseNotReadyError, match="fangdi db migrate"):
        load_sample_city(fresh_database(migrated=False), SETTINGS)

"""What tests share: a throw-away PostGIS cluster brought up by the real migrations.

One cluster serves a whole test run. It starts when the first test asks for it; every pytest-xdist worker gets a
database of its own, copied from a migrated one.
"""

import fcntl
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings
from sqlalchemy import Connection, Engine

import fangdi_migrations
from fangdi.errors import FangdiError
from fangdi.settings import PREFIX, Settings
from fangdi.store.cluster import DATABASE, Cluster
from fangdi.store.engine import create_engine
from fangdi.store.throwaway import create_database, drop_database, throwaway

_EMPTY = "empty"  # has the extensions and nothing else; `DATABASE` is the migrated one
_KEPT_VARIABLES = {"FANGDI_CHROMIUM", "FANGDI_SCREENSHOTS"}  # say how tests run, not how the product behaves

hypothesis_settings.register_profile("fangdi", deadline=None)  # tests tell by what comes out, never by the clock
hypothesis_settings.load_profile("fangdi")

_home = pytest.StashKey[Path]()
_cleanup = pytest.StashKey[ExitStack]()


def pytest_configure(config: pytest.Config) -> None:
    """Lend the run a home for its cluster, and keep the tests away from the user's own settings and cluster."""
    if hasattr(config, "workerinput"):
        config.stash[_home] = Path(config.workerinput["cluster_home"])
    else:
        config.stash[_cleanup] = ExitStack()
        config.stash[_home] = config.stash[_cleanup].enter_context(throwaway()).home
    for name in [name for name in os.environ if name.startswith(PREFIX) and name not in _KEPT_VARIABLES]:
        del os.environ[name]
    os.environ["FANGDI_DATA_DIR"] = str(config.stash[_home] / "unused")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each pytest-xdist worker where the cluster lives."""
    node.workerinput["cluster_home"] = str(node.config.stash[_home])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the cluster and remove it."""
    if _cleanup in config.stash:
        config.stash[_cleanup].close()


@pytest.fixture(scope="session")
def cluster(request: pytest.FixtureRequest) -> Cluster:
    """Return the running throw-away cluster, with an empty and a migrated database to copy."""
    lent = Cluster(request.config.stash[_home], durable=False)
    migrated = lent.home / "migrated"
    try:
        with (lent.home / "migrating").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            url = lent.start()
            if not migrated.exists():
                create_database(lent, _EMPTY, template=DATABASE)
                fangdi_migrations.upgrade(url)
                migrated.touch()
    except FangdiError as error:
        pytest.fail(f"No database for the tests: {error.message}", pytrace=False)
    return lent


@pytest.fixture(scope="session")
def database_url(cluster: Cluster) -> str:
    """Return the address of this worker's migrated database; what a test commits there stays for the next one."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return create_database(cluster, f"test_{worker}", template=DATABASE)


@pytest.fixture(scope="session")
def engine(database_url: str) -> Iterator[Engine]:
    """Open a pool of connections to this worker's database."""
    opened = create_engine(database_url)
    yield opened
    opened.dispose()


@pytest.fixture
def connection(engine: Engine) -> Iterator[Connection]:
    """Lend a connection in a transaction that is rolled back after the test."""
    with engine.connect() as opened:
        transaction = opened.begin()
        yield opened
        transaction.rollback()


_numbers = itertools.count()


@pytest.fixture
def fresh_database(cluster: Cluster) -> Iterator[Callable[..., str]]:
    """Make databases for tests that commit: `fresh_database()` or `(migrated=False)`; dropped after the test."""
    made: list[str] = []

    def make(*, migrated: bool = True) -> str:
        name = f"fresh_{os.getpid()}_{next(_numbers)}"
        made.append(name)
        return create_database(cluster, name, template=DATABASE if migrated else _EMPTY)

    yield make
    for name in made:
        drop_database(cluster, name)


@pytest.fixture
def settings(database_url: str) -> Settings:
    """Return default settings on this worker's database."""
    return Settings(database_url=database_url)

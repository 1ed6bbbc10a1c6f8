"""Clusters that are made for a test run and thrown away after it."""

import fcntl
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from fangdi.errors import DatabaseUnavailableError
from fangdi.store.cluster import OWNER, SUPERUSER, Cluster

_PREFIX = "fangdi-throwaway-"


@contextmanager
def throwaway(*, parent: Path | None = None) -> Iterator[Cluster]:
    """Lend an empty home for a cluster, which the borrower starts if it needs it; stop and remove it afterwards.

    The cluster does not wait for the disk (fsync off): nobody minds losing it, and tests run faster. Clusters whose
    borrower was killed are cleaned up by the next one.
    """
    folder = parent or Path(tempfile.gettempdir())
    _reap(folder)
    home = Path(tempfile.mkdtemp(prefix="." + _PREFIX, dir=folder))
    with (home / "borrower").open("w") as borrower:
        fcntl.flock(borrower, fcntl.LOCK_EX)
        home = home.rename(folder / home.name.removeprefix("."))  # only now can others see it: it is locked
        cluster = Cluster(home, durable=False)
        try:
            yield cluster
        finally:
            _discard(cluster)


def create_database(cluster: Cluster, name: str, *, template: str = "template1") -> str:
    """Copy a database and return the address of the copy for the owner role.

    PostgreSQL copies only a database that nobody is connected to, so tests stay out of the ones that are copied.
    """
    statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template)
    )
    with psycopg.connect(cluster.url(role=SUPERUSER, database="postgres"), autocommit=True) as connection:
        connection.execute(statement)
    return cluster.url(database=name)


def drop_database(cluster: Cluster, name: str) -> None:
    """Remove a database even while somebody is connected to it."""
    with psycopg.connect(cluster.url(role=SUPERUSER, database="postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _reap(folder: Path) -> None:
    for home in folder.glob(_PREFIX + "*"):
        try:
            with (home / "borrower").open() as borrower:
                fcntl.flock(borrower, fcntl.LOCK_EX | fcntl.LOCK_NB)
                _discard(Cluster(home, durable=False))
        except (OSError, DatabaseUnavailableError):
            continue  # still lent, or another user's


def _discard(cluster: Cluster) -> None:
    cluster.stop(mode="immediate")
    shutil.rmtree(cluster.home, ignore_errors=True)

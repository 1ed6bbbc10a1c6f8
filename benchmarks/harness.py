"""What the benchmarks share: the database they run on, and the form of a result.

Every benchmark is a module beside this one with `run(context: Context) -> list[Result]`; run.py calls them all and
prints one table. The data set comes from `dataset.build(url)`, which fills a migrated, empty database.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

import fangdi_migrations
from fangdi.store.access import key_hash
from fangdi.store.cluster import Cluster
from fangdi.store.engine import libpq_url
from fangdi.store.throwaway import create_database, drop_database


@dataclass(frozen=True, kw_only=True)
class Context:
    """Where a benchmark runs; only `url` holds the data set, and nobody may change that database."""

    cluster: Cluster
    url: str
    rooms: int
    folder: Path
    quick: bool = False
    """Shorter and less exact: to see whether the benchmarks still work, not how fast we are."""

    def new_database(self, name: str, *, migrated: bool = True) -> str:
        """Return the address (owner role) of a new database with PostGIS; an older one of that name is dropped."""
        drop_database(self.cluster, name)
        url = create_database(self.cluster, name, template="blank")
        if migrated:
            fangdi_migrations.upgrade(url)
        return url


def a_viewer(url: str, login: str, *, places: Sequence[str] = ("330200",), cleared: bool = True) -> int:
    """Make an account that reads everything in these jurisdictions, unless it is there; return its number."""
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        found = connection.execute("SELECT id FROM fangdi.account WHERE login = %s", [login]).fetchone()
        if found:
            return int(found[0])
        made = connection.execute(
            "INSERT INTO fangdi.account (login, name, cleared) VALUES (%s, %s, %s) RETURNING id",
            [login, login, cleared],
        ).fetchone()
        assert made is not None  # noqa: S101 - an insert returns its row
        for place in places:
            connection.execute(
                "INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code) VALUES (%s, 'viewer', %s)",
                [made[0], place],
            )
        return int(made[0])


def a_token(url: str, account: int) -> str:
    """Give an account a token for reading, unless it has it; return its key."""
    key = f"fangdi_benchmark_{account}"
    with psycopg.connect(libpq_url(url), autocommit=True) as connection:
        connection.execute(
            "INSERT INTO fangdi.api_token (account_id, name, key_hash, key_start, capabilities, expires_at) "
            "SELECT %(account)s, 'benchmark', %(hash)s, '', '{read_land,read_assets}', now() + interval '1 day' "
            "WHERE NOT EXISTS (SELECT FROM fangdi.api_token WHERE key_hash = %(hash)s)",
            {"account": account, "hash": key_hash(key)},
        )
    return key


@dataclass(frozen=True, kw_only=True)
class Result:
    """One line of the table: our figure, beside a peer's, held against a target."""

    name: str
    ours: float
    unit: str
    """as tiles/s, ms, s"""
    peer: float | None = None
    """the peer's figure in the same unit, from the same run"""
    peer_name: str = ""
    less_is_better: bool = False
    """durations and sizes; otherwise more is better"""
    at_least: float | None = None
    """target: how many times better than the peer"""
    at_most: float | None = None
    """target: a fixed limit in `unit`"""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times better than the peer; above 1 is good."""
        if self.peer is None:
            return None
        return self.peer / self.ours if self.less_is_better else self.ours / self.peer

    @property
    def target(self) -> str:
        """The target in words."""
        if self.at_least is not None:
            return f"≥ {self.at_least:g} × {self.peer_name}"
        return "" if self.at_most is None else f"≤ {self.at_most:g} {self.unit}"

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None without a target."""
        if self.at_least is not None:
            return self.ratio is not None and self.ratio >= self.at_least
        return None if self.at_most is None else self.ours <= self.at_most

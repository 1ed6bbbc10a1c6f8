"""The embedded PostGIS cluster: a private PostgreSQL server in the user's data folder.

It listens on a unix socket in a folder that only its owner may enter, and lets in only its owner and root, by peer
authentication. As root it runs as the unprivileged user `postgres`, since the server refuses root. It uses a data
folder, a socket folder and a log of its own and so never meets another PostgreSQL on the same machine.
"""

import fcntl
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import psycopg
from psycopg import sql

from fangdi.errors import DatabaseUnavailableError
from fangdi.settings import Settings
from fangdi.store.cluster_files import Postmaster, clear_stale, read_postmaster, socket_dir, write_configuration
from fangdi.store.installation import Installation, find_installation
from fangdi.store.os_user import OsUser

DATABASE = "fangdi"
SUPERUSER = "postgres"
OWNER = "fangdi_owner"  # owns the schema and runs the migrations
APPLICATION = "fangdi_app"  # owns nothing; serves requests under row-level security
EXTENSIONS = ("postgis", "btree_gist")

_START_TIMEOUT_S = 60  # includes recovery after a crash


@dataclass(frozen=True)
class ClusterStatus:
    """Where the database is and whether it runs."""

    state: Literal["external", "absent", "stopped", "running"]
    home: Path | None = None
    pid: int | None = None


@dataclass(frozen=True)
class Cluster:
    """One private server; everything it owns lies in `home`, which holds data, log, lock and mostly the socket."""

    home: Path
    durable: bool = True

    @property
    def data(self) -> Path:
        """The data folder of PostgreSQL."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """The log of the server, kept between starts."""
        return self.home / "server.log"

    @property
    def _provisioned(self) -> Path:
        return self.data / "fangdi.provisioned-2"

    def url(self, *, role: str = OWNER, database: str = DATABASE) -> str:
        """Return the address for a role; the server must have been started."""
        server = read_postmaster(self.data)
        if server is None:
            raise DatabaseUnavailableError("The embedded database is not running; start it with `fangdi db up`.")
        return f"postgresql://{role}@/{database}?host={quote(str(server.socket_dir), safe='/')}&port={server.port}"

    def start(self) -> str:
        """Create the cluster if there is none, start it unless it runs, and return its address.

        Safe when several processes call it at once, after a crash, and after an interrupted first start.
        """
        user = OsUser.for_server()
        self._prepare_home(user)
        with self._locked():
            installation = find_installation(major=self._major())
            if not self.data.exists():
                self._create(installation, user)
            if read_postmaster(self.data) is None:
                self._launch(installation, user)
            self._wait_until_ready()
            if not self._provisioned.exists():
                self._provision()
            return self.url()

    def stop(self, *, mode: Literal["fast", "immediate"] = "fast") -> bool:
        """Stop the server; return whether it was running."""
        if not self.data.exists():
            return False
        with self._locked():
            if read_postmaster(self.data) is None:
                return False
            program = find_installation(major=self._major()).program("pg_ctl")
            stopped = OsUser.for_server().run(program, "-D", str(self.data), "-m", mode, "-w", "stop")
            if stopped.returncode != 0:
                raise DatabaseUnavailableError(
                    f"PostgreSQL did not stop; see {self.log}. It said: {stopped.stderr.strip()}"
                )
            return True

    def is_idle(self) -> bool:
        """Whether nobody but the asker is connected."""
        with psycopg.connect(self.url(role=SUPERUSER)) as connection:
            others = connection.execute(
                "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            return others.fetchone() is None

    def status(self) -> ClusterStatus:
        """Say whether the cluster exists and runs."""
        server = read_postmaster(self.data)
        if server is not None:
            return ClusterStatus("running", self.home, server.pid)
        return ClusterStatus("stopped" if self.data.exists() else "absent", self.home)

    def _major(self) -> int | None:
        version = self.data / "PG_VERSION"
        return int(version.read_text()) if version.exists() else None

    def _prepare_home(self, user: OsUser) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            user.take(self.home)
        except OSError as error:
            raise DatabaseUnavailableError(
                f"The data folder {self.home} cannot be used ({error.strerror}); "
                "set FANGDI_DATA_DIR to a folder you own."
            ) from error
        if user.run("test", "-w", str(self.home)).returncode != 0:
            raise DatabaseUnavailableError(
                f"The user {user.name}, who runs the server, may not enter {self.home}; "
                "set FANGDI_DATA_DIR to a folder that others may pass through, such as /var/lib/fangdi."
            )

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Let one process at a time create, start or stop this cluster; the lock dies with the process."""
        with (self.home / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self, installation: Installation, user: OsUser) -> None:
        """Make the data folder under another name first, so that an interrupted start leaves nothing half-made."""
        unfinished = self.home / "data.unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        made = user.run(
            installation.program("initdb"),
            *("--pgdata", str(unfinished)),
            *("--username", SUPERUSER),
            *("--encoding", "UTF8"),
            *("--locale", "C.UTF-8"),
            *("--auth", "peer"),
            "--data-checksums",
            "--no-instructions",
            *(() if self.durable else ("--no-sync",)),
        )
        if made.returncode != 0:
            raise DatabaseUnavailableError(f"PostgreSQL could not create {self.data}: {made.stderr.strip()}")
        unfinished.rename(self.data)

    def _launch(self, installation: Installation, user: OsUser) -> None:
        sockets = socket_dir(self.home, user=user)
        clear_stale(self.data, sockets=sockets)
        write_configuration(
            self.data, user=user, roles=(SUPERUSER, OWNER, APPLICATION), socket_dir=sockets, durable=self.durable
        )
        # pg_ctl starts the server through a shell, so it gets names without any special characters.
        arguments = ("-D", self.data.name, "-l", self.log.name, "-t", str(_START_TIMEOUT_S), "-w", "start")
        if user.run(installation.program("pg_ctl"), *arguments, folder=self.home).returncode != 0:
            tail = " | ".join(self.log.read_text(errors="replace").splitlines()[-5:]) if self.log.exists() else ""
            raise DatabaseUnavailableError(f"PostgreSQL did not start. Its log {self.log} ends: {tail}")

    def _wait_until_ready(self) -> Postmaster:
        deadline = time.monotonic() + _START_TIMEOUT_S
        while time.monotonic() < deadline:
            server = read_postmaster(self.data)
            if server is not None and server.ready:
                return server
            time.sleep(0.05)
        raise DatabaseUnavailableError(f"PostgreSQL is not ready after {_START_TIMEOUT_S} s; see {self.log}.")

    def _provision(self) -> None:
        """Create roles, database and extensions; a start that was interrupted here does it again."""
        with psycopg.connect(self.url(role=SUPERUSER, database="postgres"), autocommit=True) as server:
            roles = {name for (name,) in server.execute("SELECT rolname FROM pg_roles")}
            for role in {OWNER, APPLICATION} - roles:
                server.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            server.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(APPLICATION), sql.Identifier(OWNER)))
            if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                server.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
                )
        with psycopg.connect(self.url(role=SUPERUSER), autocommit=True) as database:
            for extension in EXTENSIONS:
                database.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))
        self._provisioned.touch()


def embedded_cluster(settings: Settings) -> Cluster:
    """Return the private cluster of this user, whether or not it exists yet."""
    return Cluster(settings.data_dir / "postgres")


def ensure_running(settings: Settings) -> str:
    """Return the address of the database: the one that the settings name, else the embedded one, started."""
    return settings.database_url or embedded_cluster(settings).start()


def stop(settings: Settings) -> bool:
    """Stop the embedded cluster; return whether it was running. A database named by the settings is left alone."""
    return settings.database_url is None and embedded_cluster(settings).stop()


def stop_if_idle(settings: Settings) -> bool:
    """Stop the embedded cluster unless somebody else is connected to it; return whether it was stopped."""
    if settings.database_url is not None:
        return False
    own = embedded_cluster(settings)
    return own.status().state == "running" and own.is_idle() and own.stop()


def status(settings: Settings) -> ClusterStatus:
    """Say which database is used and whether it runs."""
    return ClusterStatus("external") if settings.database_url else embedded_cluster(settings).status()

"""The files of the embedded cluster: its configuration, its socket folder and the record of the running server."""

import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from fangdi.errors import DatabaseUnavailableError
from fangdi.store.os_user import OsUser

PORT = 5432  # only part of the socket's name: nothing listens on the network

_SOCKET_PATH_BYTES = 107  # sockaddr_un.sun_path on Linux, less the closing zero
_SAFE_PATH = re.compile(r"[A-Za-z0-9_./-]+")  # needs no quoting in postgresql.conf or in an address
_SMALL_SHM_BYTES = 256 * 1024**2  # containers have 64 MB in /dev/shm, too little for a parallel hash join

_DEAD = {"Z", "X"}  # killed, and not yet cleared away by its parent

_CONFIGURATION = """\
# Written at every start. Change settings with ALTER SYSTEM, which wins over this file.
listen_addresses = ''
port = {port}
unix_socket_directories = '{socket_dir}'
unix_socket_permissions = 0700
max_connections = 60
shared_buffers = {shared_buffers_mb}MB
effective_cache_size = {cache_mb}MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 2GB
wal_level = minimal  # nothing copies this log; a table that a transaction fills from empty need not be in it
max_wal_senders = 0
random_page_cost = 1.1  # solid-state disks
jit = off  # compiling costs more than it saves on queries of milliseconds
dynamic_shared_memory_type = {shared_memory}
timezone = 'UTC'
log_line_prefix = '%m [%p] %u@%d '
"""

# For clusters that are thrown away: a crash may lose them, so waiting for the disk buys nothing.
_NOT_DURABLE = """\
fsync = off
full_page_writes = off
synchronous_commit = off
"""


@dataclass(frozen=True)
class Postmaster:
    """A running server, as its own postmaster.pid describes it."""

    pid: int
    port: int
    socket_dir: Path
    ready: bool


def read_postmaster(data: Path) -> Postmaster | None:
    """Return the server that runs on this data folder, or None.

    A record left by a crash may name a process number that something else has been given since.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, port, sockets = int(lines[0]), int(lines[3]), Path(lines[4])
    except (FileNotFoundError, IndexError, ValueError):
        return None
    ready = len(lines) > 7 and lines[7].strip() == "ready"
    return Postmaster(pid, port, sockets, ready) if _is_server_of(pid, data) else None


def _is_server_of(pid: int, data: Path) -> bool:
    process = Path("/proc") / str(pid)
    try:
        name, _, rest = (process / "stat").read_text().partition("(")[2].rpartition(")")
        if name != "postgres" or rest.split()[0] in _DEAD:
            return False
        return (process / "cwd").readlink() == data.resolve()  # the server works in its data folder
    except PermissionError:
        return True  # a container may forbid the last look; then the name has to do
    except OSError:
        return False


def socket_dir(home: Path, *, user: OsUser) -> Path:
    """Return a folder for the socket that only `user` may enter: in `home`, or in /tmp where that path cannot serve.

    Unix sockets have short paths, while data folders may be long or hold spaces and Chinese characters.
    """
    folder = home / "socket"
    longest = folder / f".s.PGSQL.{PORT}"
    if not _SAFE_PATH.fullmatch(str(folder)) or len(os.fsencode(longest)) > _SOCKET_PATH_BYTES:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        folder = Path("/tmp") / f"fangdi-{user.uid}-{digest}"  # noqa: S108 - the owner is checked below
    try:
        folder.mkdir(mode=0o700)
        user.take(folder)
    except FileExistsError:
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid != user.uid or found.st_mode & 0o077:
            raise DatabaseUnavailableError(
                f"{folder} is in the way: it should be a folder that only {user.name} may enter. Remove it."
            ) from None
    return folder


def clear_stale(data: Path, *, sockets: Path) -> None:
    """Remove what a server that was killed leaves behind; the caller knows that none runs.

    PostgreSQL does so itself only if the process number has not been given to something else since, which after the
    restart of a container it mostly has.
    """
    (data / "postmaster.pid").unlink(missing_ok=True)
    for left in sockets.glob(".s.PGSQL.*"):
        left.unlink()


def write_configuration(data: Path, *, user: OsUser, roles: tuple[str, ...], socket_dir: Path, durable: bool) -> None:
    """Write what the server needs to know; a new release brings its new values at the next start."""
    memory_mb = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 1024**2
    configuration = _CONFIGURATION.format(
        port=PORT,
        socket_dir=socket_dir,
        shared_buffers_mb=min(max(memory_mb // 8, 128), 1024),
        cache_mb=memory_mb // 2,
        shared_memory="posix" if _shm_bytes() >= _SMALL_SHM_BYTES else "mmap",
    )
    _write(data / "fangdi.conf", configuration + ("" if durable else _NOT_DURABLE), user=user)
    main = data / "postgresql.conf"
    include = "include 'fangdi.conf'\n"
    if include not in main.read_text():
        _write(main, main.read_text() + include, user=user)
    _write(data / "pg_hba.conf", "local all all peer map=fangdi\n", user=user)
    accounts = sorted({user.name, "root"})
    _write(
        data / "pg_ident.conf",
        "".join(f'fangdi "{account}" {role}\n' for account in accounts for role in roles),
        user=user,
    )


def _shm_bytes() -> int:
    try:
        found = os.statvfs("/dev/shm")  # noqa: S108 - measured, not written to
    except OSError:
        return 0
    return found.f_blocks * found.f_frsize


def _write(path: Path, text: str, *, user: OsUser) -> None:
    path.write_text(text, encoding="utf-8")
    user.take(path)

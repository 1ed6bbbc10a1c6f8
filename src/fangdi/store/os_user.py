"""The account that the embedded server runs as."""

import os
import pwd
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from fangdi.errors import DatabaseUnavailableError

_ANYWHERE = Path("/")  # a folder that every user may enter


@dataclass(frozen=True)
class OsUser:
    """The account that the server runs as."""

    name: str
    uid: int
    gid: int

    @classmethod
    def for_server(cls) -> Self:
        """Return the current user, or for root the unprivileged `postgres`."""
        if os.geteuid() != 0:
            try:
                name = pwd.getpwuid(os.geteuid()).pw_name
            except KeyError as error:
                raise DatabaseUnavailableError(
                    f"The user id {os.geteuid()} has no name on this machine, which PostgreSQL asks for. "
                    "Add it to /etc/passwd, or set FANGDI_DATABASE_URL to a server of your own."
                ) from error
            return cls(name, os.geteuid(), os.getegid())
        try:
            entry = pwd.getpwnam("postgres")
        except KeyError as error:
            raise DatabaseUnavailableError(
                "PostgreSQL refuses to run as root and there is no user `postgres` to run it as. Install the package "
                "`postgresql` (it brings the user), start as an ordinary user, or set FANGDI_DATABASE_URL."
            ) from error
        return cls(entry.pw_name, entry.pw_uid, entry.pw_gid)

    def run(self, *command: str, folder: Path = _ANYWHERE) -> subprocess.CompletedProcess[str]:
        """Run a program as this user, without the PG… variables that would lead it to another server."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
        identity: dict[str, Any] = {}
        if os.geteuid() == 0:
            identity = {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # noqa: S603 - fixed programs of the installation
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            cwd=folder,
            env={**environment, "HOME": "/", "LC_ALL": "C.UTF-8"},
            **identity,
        )

    def take(self, path: Path) -> None:
        """Make a file or folder this user's own, with no access for others."""
        path.chmod(0o700 if path.is_dir() else 0o600)
        if os.geteuid() == 0:
            os.chown(path, self.uid, self.gid)

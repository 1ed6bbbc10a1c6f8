"""Find the PostgreSQL programs of this machine that come with PostGIS."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from fangdi.errors import DatabaseUnavailableError

OLDEST_MAJOR = 15
_DEBIAN_INSTALLATIONS = Path("/usr/lib/postgresql")

_REMEDY = (
    "On Debian or Ubuntu run `apt-get install postgresql {postgis}` as root, "
    "or set FANGDI_DATABASE_URL to a PostgreSQL with PostGIS that you already have."
)


@dataclass(frozen=True, order=True)
class Installation:
    """One installed PostgreSQL; installations sort by version."""

    major: int
    bin_dir: Path
    share_dir: Path

    @property
    def has_postgis(self) -> bool:
        """Whether `CREATE EXTENSION postgis` can work."""
        return (self.share_dir / "extension" / "postgis.control").is_file()

    def program(self, name: str) -> str:
        """Return the full path of one of its programs."""
        return str(self.bin_dir / name)


def find_installation(*, major: int | None = None, bin_dirs: list[Path] | None = None) -> Installation:
    """Return the newest usable installation, or the one of version `major` that a data folder was made with."""
    found = sorted(_describe(folder) for folder in (_candidates() if bin_dirs is None else bin_dirs))
    recent = [one for one in found if (one.major == major if major else one.major >= OLDEST_MAJOR)]
    usable = [one for one in recent if one.has_postgis]
    if usable:
        return usable[-1]
    if recent:
        lacking = recent[-1].major
        raise DatabaseUnavailableError(
            f"PostgreSQL {lacking} is installed without PostGIS. " + _REMEDY.format(postgis=_postgis_package(lacking))
        )
    if major:
        raise DatabaseUnavailableError(
            f"The data folder was made by PostgreSQL {major}, which is no longer installed. "
            f"Install postgresql-{major} and {_postgis_package(major)} again, or move the data with pg_dump."
        )
    raise DatabaseUnavailableError(
        f"No PostgreSQL {OLDEST_MAJOR} or newer is installed. " + _REMEDY.format(postgis="postgresql-postgis")
    )


def _postgis_package(major: int) -> str:
    return f"postgresql-{major}-postgis-3"


def _candidates() -> list[Path]:
    """List folders that hold a server: Debian keeps one per version, others put pg_config on the PATH."""
    folders = [path.parent for path in _DEBIAN_INSTALLATIONS.glob("*/bin/postgres")]
    pg_config = shutil.which("pg_config")
    if pg_config:
        folders.append(Path(_ask(Path(pg_config), "--bindir")))
    return [folder for folder in folders if (folder / "postgres").is_file() and (folder / "pg_config").is_file()]


def _describe(bin_dir: Path) -> Installation:
    pg_config = bin_dir / "pg_config"
    number = re.search(r"\d+", _ask(pg_config, "--version"))
    return Installation(int(number.group()) if number else 0, bin_dir, Path(_ask(pg_config, "--sharedir")))


def _ask(pg_config: Path, question: str) -> str:
    answer = subprocess.run([pg_config, question], capture_output=True, text=True, check=False)  # noqa: S603
    return answer.stdout.strip()

"""The database as commands find it."""

from rich.console import Console

from fangdi.settings import Settings
from fangdi.store import cluster


def started_database(settings: Settings) -> str:
    """Return the address of the database; say so when the embedded one had to be started, since it stays up."""
    before = cluster.status(settings).state
    url = cluster.ensure_running(settings)
    if before in {"absent", "stopped"}:
        Console(stderr=True, soft_wrap=True, highlight=False).print(
            "Started the embedded database; it runs until `fangdi db down`.", markup=False
        )
    return url

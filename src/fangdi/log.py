"""Log lines go to standard error, one shape for all packages."""

import logging

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"


def configure(level: str) -> None:
    """Send records of `level` and above to standard error; calling it again only changes the level."""
    logging.basicConfig(format=_FORMAT)
    logging.getLogger().setLevel(level)

"""The choices a user has when loading; apart from the rest, so that the program starts without heavy libraries."""

from enum import StrEnum


class BadRows(StrEnum):
    """What may be done about bad rows; otherwise nothing is stored as long as there is one."""

    SKIP = "skip"  # leave them out
    REPAIR = "repair"  # mend invalid outlines, so that these rows are not bad

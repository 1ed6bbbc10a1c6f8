"""Sums of use that are kept as rooms change: as of any date, in the time of one small question."""

from datetime import date

from sqlalchemy import Connection, text

from fangdi.domain.usage_sums import UsageSum
from fangdi.domain.vocabulary import AreaBasis, SpellKind
from fangdi.store import memo
from fangdi.store.query import rows


def as_of(connection: Connection, *, as_of: date, basis: AreaBasis) -> tuple[UsageSum, ...]:
    """Return what the transaction may see of all use on a date; areas in m² of one basis.

    Kept for as long as no room, occupancy or building changes.
    """

    def find() -> tuple[UsageSum, ...]:
        found = rows(connection, "usage_as_of", as_of=as_of, basis=basis)
        return tuple(
            UsageSum(
                jurisdiction_code=row["jurisdiction_code"],
                agency_id=row["agency_id"],
                use_code=row["use_code"],
                kind=SpellKind(row["kind"]),
                rooms=row["rooms"],
                with_area=row["with_area"],
                area_m2=float(row["area_m2"]),
            )
            for row in found
        )

    return memo.remember(connection, find, name="usage", layers=("rooms", "buildings"), asked=(as_of, basis))


def is_outdated(connection: Connection) -> bool:
    """Whether a large change has not been added up yet, so that answers come from the rooms."""
    return bool(
        connection.execute(text("SELECT COALESCE(bool_or(outdated), true) FROM fangdi.usage_state")).scalar_one()
    )


def recompute_outdated(connection: Connection) -> bool:
    """Add everything up anew if a large change has not been added up yet; return whether it had to be."""
    outdated = is_outdated(connection)
    if outdated:
        recompute(connection)
    return outdated


def recompute(connection: Connection) -> None:
    """Add everything up anew; whoever changes rooms waits meanwhile."""
    connection.execute(text("SELECT fangdi.recompute_usage()"))

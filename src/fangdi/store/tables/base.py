"""Building blocks of the tables: metadata, and the column shapes that recur."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from geoalchemy2 import Geometry
from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Computed,
    Double,
    ForeignKey,
    Identity,
    MetaData,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import DATERANGE

from fangdi.domain.common import LARGEST_M2

MAP_SRID = 4490
"""CGCS2000 longitude/latitude: what every stored map geometry is in."""
TILE_SRID = 3857
"""Web Mercator: the generated copies that serve tiles and nothing else."""
PLAN_SRID = 0
"""A plan's own metric frame: metres east and north of an origin that the building names."""

metadata = MetaData(
    schema="fangdi",
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    },
)


def identity() -> Column[int]:
    """Surrogate key."""
    return Column("id", BigInteger, Identity(always=False), primary_key=True)


def jurisdiction() -> Column[str]:
    """Key to distribute and to decide visibility by: on every table that grows."""
    return Column(
        "jurisdiction_code",
        Text,
        ForeignKey("fangdi.jurisdiction.code", onupdate="CASCADE"),
        nullable=False,
        comment="GB/T 2260 code of the jurisdiction that owns the row",
    )


def batch() -> Column[int]:
    """Where a loaded row came from."""
    return Column(
        "batch_id",
        BigInteger,
        ForeignKey("fangdi.import_batch.id"),
        comment="import that wrote the row last; null when entered by hand",
    )


def valid(comment: str) -> Column[Any]:
    """Period over which the row is true, end exclusive; open ends mean always or until further notice."""
    return Column("valid", DATERANGE, nullable=False, server_default=text("'(,)'::daterange"), comment=comment)


def flag(name: str, comment: str) -> Column[bool]:
    """Boolean that is false unless said otherwise."""
    return Column(name, Boolean, nullable=False, server_default=text("false"), comment=comment)


def secret() -> Column[bool]:
    """Whether only those with clearance may see the row; kept by triggers."""
    return flag("secret", "hidden from everyone without clearance: classified, or part of what is; kept by triggers")


def choice(name: str, values: type[StrEnum] | Iterable[str], *, comment: str, **kwargs: Any) -> Column[str]:
    """Text column limited to a word list."""
    return Column(name, Text, one_of(name, values), comment=comment, **kwargs)


def one_of(name: str, values: type[StrEnum] | Iterable[str]) -> CheckConstraint:
    """Limit a column to a word list."""
    words = ", ".join(f"'{word}'" for word in values)
    return CheckConstraint(f"{name} IN ({words})", name=name)


def areas(what: str, meaning: str) -> list[Column[float]]:
    """One column per area basis, in m², unknown when null, above zero and no larger than there can be."""
    sources = {
        "registered": "on the title, GB/T 17986",
        "planning": "by planning permission, GB/T 50353",
        "declared": "in the user's ledger",
        "measured": "drawn, in the plan's own metric frame",
    }
    return [
        Column(
            f"{basis}_{what}_m2",
            Double,
            CheckConstraint(
                f"{basis}_{what}_m2 > 0 AND {basis}_{what}_m2 <= {LARGEST_M2[what]}", name=f"{basis}_{what}_positive"
            ),
            comment=f"{meaning} in m², basis: {basis} ({source})",
        )
        for basis, source in sources.items()
    ]


def map_shape(name: str, kind: str, *, nullable: bool = True, comment: str) -> Column[Any]:
    """Geometry on the map; its index is declared beside the table."""
    return Column(
        name,
        Geometry(kind, srid=MAP_SRID, spatial_index=False, nullable=nullable),
        CheckConstraint(f"ST_IsValid({name})", name=f"{name}_valid"),
        nullable=nullable,
        comment=f"{comment}; EPSG:4490, degrees, longitude first",
    )


def tile_shape(source: str, kind: str) -> Column[Any]:
    """Keep a generated copy of a map geometry for tiles; nothing is measured on it."""
    return Column(
        "tile_shape",
        Geometry(kind, srid=TILE_SRID, spatial_index=False),
        Computed(f"ST_Transform({source}, {TILE_SRID})", persisted=True),
        comment="EPSG:3857 copy that serves tiles and nothing else: areas and distances on it are wrong",
    )

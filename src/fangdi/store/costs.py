"""Rates of the cost of use (成本租金费率) in their versions, and what the cost of a building follows from."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.common import Question
from fangdi.domain.costs.calculation import CostedBuilding
from fangdi.domain.costs.kinds import CostKind
from fangdi.domain.costs.rates import CostRate, Rated, Scope
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.vocabulary import TenureKind
from fangdi.errors import NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal
from fangdi.store.scope import limits

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该行政区的标准管理权限;适用全部行政区的费率只能由管理全部行政区的管理员登记。 "
            "Your roles do not reach this jurisdiction; rates for all are for who administers norms everywhere."
        ),
        TWICE: "同一时期已有这项费率;请刷新后重试。 Such a rate is there for the period already; load the list again.",
        "no_jurisdiction": "没有这个行政区。 There is no such jurisdiction.",
        "no_building": (
            "没有这栋楼座,或该楼座涉密、不能单独登记费率。 "
            "There is no such building, or it is classified and can have no rate of its own."
        ),
        "has_begun": (
            "已生效的费率只能在登记当日撤回;此后不能修改或删除,只能自今日或以后起由新版本取代。 A rate that has "
            "begun is withdrawn on the day of its entry alone; enter a new version that begins today or later."
        ),
    }
)
NO_RATE = "没有这项费率。 There is no such rate; list the rates."


def rate_rows(
    connection: Connection, *, as_of: date | None = None, kind: str | None = None, number: int | None = None
) -> list[Record]:
    """Return rates as rows: those in force on a date, or all versions."""
    return list(rows(connection, "cost_rates", as_of=as_of, id=number, kind=kind))


def rate_row(connection: Connection, number: int) -> Record:
    """Return a version of a rate."""
    found = rate_rows(connection, number=number)
    if not found:
        raise NotFoundError(NO_RATE)
    return found[0]


def rates(connection: Connection, *, as_of: date | None = None, kind: str | None = None) -> list[CostRate]:
    """Return rates as values."""
    return [rate_of(row) for row in rate_rows(connection, as_of=as_of, kind=kind)]


def rate_of(row: Record) -> CostRate:
    """Return a row as a value."""
    # A building's own jurisdiction is the database's to know: the building alone says what such a rate is for.
    jurisdiction = row["jurisdiction_code"] if row["building_id"] is None else None
    return CostRate(
        id=row["id"],
        kind=CostKind(row["kind"]),
        scope=Scope(jurisdiction, row["building_id"], row["structure"], row["has_lift"]),
        figure=row["figure"],
        source=row["source"],
        verification=Verification(row["verification"]),
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )


def add(connection: Connection, wanted: CostRate, *, reason: str | None) -> int:
    """Enter a version and return its number; what it may be was checked (`domain.costs.rates`)."""
    scope = wanted.scope
    return int(
        _change(
            connection,
            "cost_rate_insert",
            jurisdiction_code=scope.jurisdiction,
            building_id=scope.building_id,
            structure=scope.structure,
            has_lift=scope.has_lift,
            kind=wanted.kind,
            figure=wanted.figure,
            source=wanted.source,
            verification=wanted.verification,
            valid_from=wanted.valid_from,
            reason=reason,
        ).scalar_one()
    )


def end(connection: Connection, number: int, *, ends: date | None) -> None:
    """End a version; None lets it hold until further notice."""
    if _change(connection, "cost_rate_end", id=number, ends=ends).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def withdraw(connection: Connection, number: int) -> None:
    """Remove a version that has not begun or was entered today."""
    if _change(connection, "cost_rate_withdraw", id=number).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def building_rows(
    connection: Connection, question: Question, *, buildings: Sequence[int] | None = None
) -> Sequence[Record]:
    """Return what the costs of the buildings that stand on the date follow from: of all, or of those named."""
    asked = limits(connection, question)
    return rows(connection, "cost_buildings", **asked, buildings=None if buildings is None else list(buildings))


def building_of(row: Record) -> CostedBuilding:
    """Return a row as a value."""
    return CostedBuilding(
        rated=Rated(row["id"], row["path"], row["structure"], row["has_lift"]),
        built_year=row["built_year"],
        height_m=row["height_m"],
        gross_m2=row["gross_m2"],
        tenure=TenureKind(row["tenure"]) if row["tenure"] else None,
        annual_rent_yuan=row["annual_rent_yuan"],
    )


def _change(connection: Connection, name: str, **parameters: Any) -> Any:
    try:
        return connection.execute(text(sql(name)), parameters)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)

"""Norm figures (标准指标) in their versions, and the documents that lay them down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from fangdi.domain.norms.kinds import NormKind, Verification
from fangdi.domain.norms.model import Norm, Source
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.errors import NotAllowedError, NotFoundError
from fangdi.store.engine import sql
from fangdi.store.query import Record, first, rows
from fangdi.store.refusals import OUT_OF_REACH, TWICE, raise_refusal

SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        OUT_OF_REACH: (
            "您没有该行政区的标准管理权限;全国标准只能由管理全部行政区的管理员修改。 Your roles do not reach this "
            "jurisdiction; figures of the country are laid down by who administers norms everywhere."
        ),
        TWICE: (
            "同一时期已有这项指标,或文件编号已被使用;请刷新后重试。 Such a figure is there for the period already, or "
            "the document's key is taken; load the list again."
        ),
        "no_jurisdiction": "没有这个行政区。 There is no such jurisdiction.",
        "norm_has_begun": (
            "已生效的指标只能在登记当日撤回;此后不能修改或删除,只能自今日或以后起由新版本取代。 A figure that has "
            "begun is withdrawn on the day of its entry alone; enter a new version that begins today or later."
        ),
    }
)
NO_NORM = "没有这项指标。 There is no such figure; list the norms."
NO_DOCUMENT = "没有这份标准文件。 There is no such document; list the documents of norms."


@dataclass(frozen=True, slots=True)
class DocumentWanted:
    """A document to file."""

    code: str
    jurisdiction_code: str | None
    title: str
    title_en: str
    number: str | None
    issued_by: str | None
    issued_on: date | None
    remark: str | None


def norm_rows(
    connection: Connection, *, as_of: date | None = None, kind: str | None = None, number: int | None = None
) -> list[Record]:
    """Return figures as rows: those in force on a date, or all versions."""
    return list(rows(connection, "norm_rows", as_of=as_of, id=number, kind=kind))


def norms(connection: Connection, *, as_of: date | None = None, kind: str | None = None) -> list[Norm]:
    """Return figures as values."""
    return [norm_of(row) for row in norm_rows(connection, as_of=as_of, kind=kind)]


def norm(connection: Connection, number: int) -> Record:
    """Return a version of a figure."""
    found = norm_rows(connection, number=number)
    if not found:
        raise NotFoundError(NO_NORM)
    return found[0]


def norm_of(row: Record) -> Norm:
    """Return a row as a value."""
    return Norm(
        id=row["id"],
        kind=NormKind(row["kind"]),
        jurisdiction=row["jurisdiction_code"],
        level=AdministrativeLevel(row["level"]) if row["level"] else None,
        rank=row["rank_code"],
        figure=row["figure"],
        source=Source(
            title=row["title"],
            title_en=row["title_en"],
            number=row["number"],
            article=row["article"],
            verification=Verification(row["verification"]),
            evidence=row["evidence"],
        ),
        upto=row["upto"],
        beyond_from=row["beyond_from"],
        figure_beyond=row["figure_beyond"],
        valid_from=row["valid_from"],
        valid_until=row["valid_until"],
    )


def documents(connection: Connection) -> list[Record]:
    """Return the documents, those of the country first."""
    return list(rows(connection, "norm_documents", id=None))


def document(connection: Connection, number: int) -> Record:
    """Return a document."""
    found = first(connection, "norm_documents", id=number)
    if found is None:
        raise NotFoundError(NO_DOCUMENT, place={"field": "document_id"})
    return found


def add_document(connection: Connection, wanted: DocumentWanted) -> int:
    """File a document and return its number."""
    values = {name: getattr(wanted, name) for name in DocumentWanted.__slots__}
    return int(_change(connection, "norm_document_insert", **values).scalar_one())


def add(connection: Connection, wanted: Norm, *, document_id: int, reason: str | None) -> int:
    """Enter a version and return its number; what it may be was checked (`domain.norms.changes`)."""
    return int(
        _change(
            connection,
            "norm_insert",
            jurisdiction_code=wanted.jurisdiction,
            source_id=document_id,
            kind=wanted.kind,
            level=wanted.level,
            rank_code=wanted.rank,
            figure=wanted.figure,
            upto=wanted.upto,
            beyond_from=wanted.beyond_from,
            figure_beyond=wanted.figure_beyond,
            article=wanted.source.article,
            verification=wanted.source.verification,
            evidence=wanted.source.evidence,
            valid_from=wanted.valid_from,
            valid_until=wanted.valid_until,
            reason=reason,
        ).scalar_one()
    )


def end(connection: Connection, number: int, *, ends: date | None) -> None:
    """End a version; None lets it hold until further notice."""
    if _change(connection, "norm_end", id=number, ends=ends).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def withdraw(connection: Connection, number: int) -> None:
    """Remove a version that has not begun or was entered today."""
    if _change(connection, "norm_withdraw", id=number).first() is None:
        raise NotAllowedError(SENTENCES[OUT_OF_REACH])


def path_to(connection: Connection, code: str) -> list[str]:
    """Return the codes from the uppermost jurisdiction down to one, or nothing where there is none such."""
    found = rows(connection, "jurisdiction_path", code=code)
    return [row["code"] for row in found]


def _change(connection: Connection, name: str, **parameters: Any) -> Any:
    try:
        return connection.execute(text(sql(name)), parameters)
    except DBAPIError as error:
        raise_refusal(error, SENTENCES)

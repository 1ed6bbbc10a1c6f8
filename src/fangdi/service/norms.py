"""Norm figures (标准指标): read, compared between two days, and entered in new versions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.changes import Standing, check
from fangdi.domain.norms.kinds import FACTS
from fangdi.domain.norms.model import Norm
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.store import norms as store
from fangdi.store.query import Record, rows
from fangdi.store.scope import subtree


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure on two days; None where there was none, with the figure that came from above instead, if any."""

    before: Record | None
    after: Record | None
    before_above: Record | None = None
    after_above: Record | None = None


def compare(connection: Connection, earlier: date, later: date) -> list[Difference]:
    """Return the figures that differ between two days."""
    then = {_key(row): row for row in store.norm_rows(connection, as_of=earlier)}
    now = {_key(row): row for row in store.norm_rows(connection, as_of=later)}
    keys = [*then, *(key for key in now if key not in then)]
    found = [Difference(then.get(key), now.get(key)) for key in keys]
    differing = [one for one in found if (one.before and one.before["id"]) != (one.after and one.after["id"])]
    return [
        replace(
            one,
            before_above=_above(connection, one.after, then.values(), earlier) if one.before is None else None,
            after_above=_above(connection, one.before, now.values(), later) if one.after is None else None,
        )
        for one in differing
    ]


def _above(connection: Connection, row: Record | None, standing: Iterable[Record], day: date) -> Record | None:
    """Return the figure of the jurisdictions above that binds where a jurisdiction has none of its own."""
    if row is None or row["jurisdiction_code"] is None:
        return None
    wanted, by_id = store.norm_of(row), {other["id"]: other for other in standing}
    book = NormBook((store.norm_of(other) for other in by_id.values()), as_of=day)
    path = _path(connection, row["jurisdiction_code"])[:-1]
    bound = book.find(wanted.kind, path=path, level=wanted.level, rank=wanted.rank)
    return by_id[bound.norm.id] if bound else None


def enter(connection: Connection, wanted: Norm, *, document_id: int, reason: str | None, today: date) -> Record:
    """Enter a new version; what held until then ends the day it begins, and the past stays as it was."""
    document = store.document(connection, document_id)
    wanted = replace(wanted, source=replace(wanted.source, title=document["title"], title_en=document["title_en"]))
    path = _path(connection, wanted.jurisdiction)
    _check_subject(connection, wanted)
    standing = Standing(store.norms(connection), path, today, subtree(connection, wanted.jurisdiction))
    before = check(wanted, standing)
    if before is not None:
        store.end(connection, before.id, ends=wanted.valid_from)
    return store.norm(connection, store.add(connection, wanted, document_id=document_id, reason=reason))


def withdraw(connection: Connection, number: int) -> None:
    """Withdraw a version that has not begun or was entered today; what it ended holds on."""
    row = store.norm(connection, number)
    store.withdraw(connection, number)
    for other in store.norm_rows(connection, kind=row["kind"]):
        if _key(other) == _key(row) and row["valid_from"] is not None and other["valid_until"] == row["valid_from"]:
            store.end(connection, other["id"], ends=row["valid_until"])


def _key(row: Record) -> tuple[str | None, str, str | None, str | None]:
    return row["jurisdiction_code"], row["kind"], row["level"], row["rank_code"]


def _path(connection: Connection, jurisdiction: str | None) -> Sequence[str]:
    if jurisdiction is None:
        return []
    path = store.path_to(connection, jurisdiction)
    if not path:
        raise NotFoundError(store.SENTENCES["no_jurisdiction"], place={"field": "jurisdiction_code"})
    return path


def _check_subject(connection: Connection, wanted: Norm) -> None:
    """Refuse a level or rank that the kind does not know, and ask for those that it needs."""
    facts = FACTS[wanted.kind]
    if facts.by_rank != (wanted.rank is not None):
        raise InvalidInputError(
            "办公室上限须指定职级,其他指标不分职级。 A ceiling of offices names a rank; other figures do not.",
            place={"field": "rank_code"},
        )
    if facts.by_level and wanted.level is None:
        raise InvalidInputError("请选择级别。 Choose the level of agencies.", place={"field": "level"})
    if not facts.by_level and not facts.by_rank and wanted.level is not None:
        raise InvalidInputError("该指标不分级别。 A figure of this kind knows no levels.", place={"field": "level"})
    ranks = {row["code"]: row["level"] for row in rows(connection, "load_ranks")}
    if wanted.rank is not None and ranks.get(wanted.rank) != wanted.level:
        raise InvalidInputError("职级与级别不符。 The rank belongs to another level.", place={"field": "rank_code"})

"""Approved areas (核定面积) of agencies, held against what they use."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import NOTHING, Definition, Question, Total
from fangdi.domain.norms.approved import Posts, approve
from fangdi.domain.norms.book import NormBook
from fangdi.domain.norms.entitlement import DEFINITION, Approval, ApprovalWanted, Entitlement, RankPosts
from fangdi.domain.use.settling import settle
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service.scope import require
from fangdi.store import approved_areas as store
from fangdi.store import norms as norm_store
from fangdi.store import reports
from fangdi.store.memo import remember
from fangdi.store.query import Record

_CENT = 0.005
"""Half a hundredth of a square metre: documents write two decimals."""
_PARTS = ("office", "service", "equipment")


@dataclass(frozen=True, slots=True)
class _Used:
    """What one agency uses by category: exact, and in hundredths of m² as the reports of use show it."""

    exact: Mapping[str, Total]
    hundredths: Mapping[str, int]


_NOTHING_USED = _Used({}, {})


@dataclass(frozen=True, slots=True)
class EntitlementsReport:
    """Every agency of a jurisdiction that exists on the date."""

    question: Question
    agencies: tuple[Entitlement, ...]
    definition: Definition = DEFINITION


def entitlements(connection: Connection, question: Question) -> EntitlementsReport:
    """Answer what each agency is entitled to and what it uses everywhere (m² usable, one basis)."""
    require(connection, jurisdiction=question.jurisdiction)
    used = _used(connection, question)
    book = NormBook(norm_store.norms(connection, as_of=question.as_of), as_of=question.as_of)
    found = store.agencies(connection, as_of=question.as_of, jurisdiction=question.jurisdiction)
    agencies = tuple(_entitlement(row, book, used.get(row["id"], _NOTHING_USED)) for row in found)
    return EntitlementsReport(question, agencies)


def entitlement(connection: Connection, agency_id: int, question: Question) -> Entitlement:
    """Answer what one agency is entitled to, line by line, and what it uses."""
    row = store.agency(connection, agency_id, as_of=question.as_of)
    book = NormBook(norm_store.norms(connection, as_of=question.as_of), as_of=question.as_of)
    return _entitlement(row, book, _used(connection, question).get(agency_id, _NOTHING_USED))


def enter_approval(connection: Connection, agency_id: int, wanted: ApprovalWanted, *, today: date) -> list[Approval]:
    """Enter an approval by hand, and return all of the agency; one that held until then ends the day it begins."""
    parts = [part for part in (wanted.office, wanted.service, wanted.equipment) if part is not None]
    if sum(parts) > wanted.total + _CENT or (len(parts) == len(_PARTS) and sum(parts) < wanted.total - _CENT):
        raise InvalidInputError(
            "各分项之和须等于合计。 The parts must add up to the total.", place={"field": "total_m2"}
        )
    if wanted.valid_until is not None and wanted.valid_until <= wanted.valid_from:
        raise InvalidInputError(
            "截止日期须晚于起始日期。 The last day must come after the first.", place={"field": "valid_until"}
        )
    if wanted.issued_on > today:
        raise InvalidInputError(
            "批复日期不得晚于今天。 An approval is not issued after today.", place={"field": "issued_on"}
        )
    store.agency(connection, agency_id, as_of=wanted.valid_from)
    store.approve(connection, agency_id, wanted)
    return store.approvals(connection, agency_id)


def end_approval(connection: Connection, agency_id: int, number: int, *, ends: date) -> list[Approval]:
    """End an approval sooner than it would, and return all of the agency; `ends` is the first day without it."""
    found = _approval(connection, agency_id, number)
    if found.valid_from is not None and ends <= found.valid_from:
        raise InvalidInputError(store.SENTENCES["ends_before"], place={"field": "ends"})
    if found.valid_until is not None and ends > found.valid_until:
        raise InvalidInputError(store.SENTENCES["ends_already"], place={"field": "ends"})
    store.end(connection, number, ends=ends)
    return store.approvals(connection, agency_id)


def withdraw_approval(connection: Connection, agency_id: int, number: int) -> list[Approval]:
    """Take back an approval that was entered today, and return those that stay; the one it ended holds on."""
    _approval(connection, agency_id, number)
    store.withdraw(connection, number)
    return store.approvals(connection, agency_id)


def _approval(connection: Connection, agency_id: int, number: int) -> Approval:
    found = next((one for one in store.approvals(connection, agency_id) if one.id == number), None)
    if found is None:
        raise NotFoundError(store.SENTENCES["no_approval"])
    return found


def _used(connection: Connection, question: Question) -> Mapping[int, _Used]:
    """Return what agencies use everywhere, rounded as the report of use for the same question rounds it.

    That report shares out the total of its jurisdiction; where all that an agency uses lies inside, so is it here.
    """

    def find() -> Mapping[int, _Used]:
        everywhere = Question(question.as_of, question.basis)
        exact, hundredths = _settled(connection, everywhere)
        inside, hundredths_inside = _settled(connection, question) if question.jurisdiction else ({}, {})
        return {
            agency: _Used(used, (hundredths_inside if inside.get(agency) == used else hundredths)[agency])
            for agency, used in exact.items()
        }

    layers = ("buildings", "jurisdictions", "rooms")
    return remember(connection, find, name="used_by_agency", layers=layers, asked=question)


def _settled(
    connection: Connection, question: Question
) -> tuple[Mapping[int, Mapping[str, Total]], Mapping[int, Mapping[str, int]]]:
    exact, total_m2 = reports.used_by_agency(connection, question)
    areas = {agency: {name: one.area_m2 for name, one in used.items()} for agency, used in exact.items()}
    return exact, settle(areas, total_m2=total_m2)


def _entitlement(row: Record, book: NormBook, used: _Used) -> Entitlement:
    ranks = [RankPosts(one["rank"], Definition(one["zh"], one["en"]), one["posts"]) for one in row["by_rank"]]
    level = AdministrativeLevel(row["level"])
    return Entitlement(
        id=row["id"],
        name=row["name"],
        level=level,
        jurisdiction_code=row["jurisdiction_code"],
        ranks=ranks,
        present=row["present"],
        computed=approve([Posts(one.rank, one.posts) for one in ranks], book, level=level, path=row["path"]),
        approval=store.approval_of(row) if row["approval_id"] is not None else None,
        used_m2={category: total.area_m2 for category, total in used.exact.items()},
        rooms_without_area=sum(used.exact.values(), NOTHING).rooms_without_area,
        used_hundredths=used.hundredths,
        sees_posts=row["sees_posts"],
        use_hidden=row["use_hidden"],
    )

"""Findings as people look at them and act on them: the board, one with its evidence and history, what is done to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.common import Definition, Page, PageRequest
from fangdi.domain.findings.board import FindingCount, FindingFilter, FindingItem, RoomSeen
from fangdi.domain.findings.life import Action, Refused, Standing, State, Wish, allowed, refuse
from fangdi.domain.findings.model import RoomRole
from fangdi.domain.findings.rules import ObjectKind, Rule, Severity
from fangdi.domain.norms.kinds import Verification
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import ChangedMeanwhileError, InvalidInputError, NotFoundError
from fangdi.service.scope import require
from fangdi.store import findings as store
from fangdi.store import norms as norm_store
from fangdi.store.access import scope_of
from fangdi.store.query import Record, first, rows
from fangdi.store.scope import subtree

_REFUSALS: Mapping[Refused, tuple[str, str | None]] = MappingProxyType(
    {
        Refused.NOT_NOW: (store.SENTENCES["not_now"], "action"),
        Refused.NO_REASON: ("请填写原因或说明。 Say why, or what the explanation is.", "reason"),
        Refused.NO_DEADLINE: ("责令整改须填写期限。 An order to rectify needs a deadline.", "deadline"),
        Refused.DEADLINE_PAST: ("整改期限不能早于今日。 The deadline is today or later.", "deadline"),
        Refused.DEADLINE_HERE: ("只有责令整改才有期限。 Only an order to rectify has a deadline.", "deadline"),
        Refused.HOLDS_NO_MORE: (
            "该问题已消除,无需处置;再次出现时会自动列出。 It holds no more; it opens by itself if it comes back.",
            "action",
        ),
    }
)
_FIRST = (-1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Question:
    """As of which day findings are shown (None: as they stand now), and of which jurisdiction with all below it."""

    today: date
    as_of: date | None = None
    jurisdiction: str | None = None

    @property
    def then(self) -> date | None:
        """The past day that is asked about; None for today and later, where findings are shown as they stand now."""
        return self.as_of if self.as_of is not None and self.as_of < self.today else None

    @property
    def day(self) -> date:
        """The day by which deadlines are judged, past or to come."""
        return self.as_of or self.today


@dataclass(frozen=True, slots=True)
class OneFinding:
    """A finding with all that belongs to it."""

    item: FindingItem
    rooms: Sequence[RoomSeen]
    rooms_hidden: int
    norms: Sequence[Record]
    clauses: Sequence[Record]
    history: Sequence[Record]
    actions: Sequence[Action]
    words: Mapping[str, Definition]
    """What uses of rooms and ranks are called, by code."""


def page_of(
    connection: Connection, question: Question, wanted: FindingFilter, *, page: PageRequest
) -> Page[FindingItem]:
    """Return one page of findings, the graver first, then rule by rule, the larger beside what is allowed first."""
    require(connection, jurisdiction=question.jurisdiction, agency_id=wanted.agency_id, building_id=wanted.building_id)
    minor, place, less, number = page.after or _FIRST
    found = rows(
        connection,
        "finding_list",
        **_asked(connection, question, wanted),
        id=None,
        after_minor=minor,
        after_rule=place,
        after_less=less,
        after_id=number,
        page_size=page.limit + 1,
    )
    last = found[page.limit - 1] if len(found) > page.limit else None
    key = None if last is None else (last["minor"], last["place"], last["less"], last["id"])
    return Page([_item(row) for row in found[: page.limit]], key)


def counts(connection: Connection, question: Question, *, agency_id: int | None = None) -> list[FindingCount]:
    """Return how many findings there are by rule and state."""
    require(connection, jurisdiction=question.jurisdiction, agency_id=agency_id)
    found = rows(
        connection,
        "finding_counts",
        then=question.then,
        today=question.day,
        jurisdictions=subtree(connection, question.jurisdiction),
        agency_id=agency_id,
    )
    return [
        FindingCount(Rule(row["rule"]), State(row["state"]), Severity(row["severity"]), row["findings"], row["overdue"])
        for row in found
    ]


def clauses(connection: Connection, *, as_of: date) -> Sequence[Record]:
    """Return the clauses that findings rest on."""
    return rows(connection, "finding_clauses", as_of=as_of)


def one(connection: Connection, number: int, *, today: date) -> OneFinding:
    """Return a finding as it stands, with evidence, history and what whoever asks may do; late by the day given."""
    known = store.finding(connection, number)
    asked = _asked(connection, Question(today), FindingFilter())
    row = first(
        connection,
        "finding_list",
        **asked,
        id=number,
        after_minor=-1,
        after_rule=0,
        after_less=0,
        after_id=0,
        page_size=1,
    )
    if row is None:
        raise NotFoundError(store.SENTENCES["no_finding"])
    basis = store.latest_run(connection).basis or AreaBasis.MEASURED
    seen = _rooms(connection, known, basis)
    path = norm_store.path_to(connection, known["jurisdiction_code"])
    norms = [norm for norm in norm_store.norm_rows(connection) if norm["id"] in set(known["norm_ids"])]
    binding = [
        clause
        for clause in clauses(connection, as_of=today)
        if clause["rule"] == known["rule"] and clause["jurisdiction_code"] in {None, *path}
    ]
    history = rows(connection, "finding_history", id=number)
    actions = _actions(connection, known)
    hidden = len(known["rooms"]) - len(seen)
    return OneFinding(_item(row), seen, hidden, norms, binding, history, actions, word_lists(connection))


def word_lists(connection: Connection) -> dict[str, Definition]:
    """Return what uses of rooms and ranks are called, by code."""
    lists = rows(connection, "meta_vocabulary")[0]
    return {one["code"]: Definition(one["zh"], one["en"]) for one in [*lists["room_uses"], *lists["ranks"]]}


def act(connection: Connection, number: int, wish: Wish, *, after_event_id: int | None, today: date) -> OneFinding:
    """Do something to a finding.

    Raises:
        ChangedMeanwhileError: something happened to it after what whoever acts had seen last.
        InvalidInputError: it cannot be done now, or something is missing.
    """
    known = store.finding(connection, number)
    # First, since what was possible when they looked may not be so only because of what happened since.
    if known["last_event_id"] != after_event_id:
        raise ChangedMeanwhileError(store.SENTENCES["finding_changed"])
    refused = refuse(_standing(known), wish, today=today)
    if refused is not None:
        sentence, field = _REFUSALS[refused]
        raise InvalidInputError(sentence, place={"field": field} if field else None)
    store.act(
        connection,
        number,
        after_event_id=after_event_id,
        action=wish.action,
        reason=wish.reason.strip(),
        deadline=wish.deadline,
        document_no=wish.document_no,
    )
    return one(connection, number, today=today)


def _asked(connection: Connection, question: Question, wanted: FindingFilter) -> dict[str, object]:
    return {
        "then": question.then,
        "today": question.day,
        "jurisdictions": subtree(connection, question.jurisdiction),
        "rules": list(Rule),
        "rule": wanted.rule,
        "state": wanted.state,
        "severity": wanted.severity,
        "agency_id": wanted.agency_id,
        "building_id": wanted.building_id,
        "room_id": wanted.room_id,
        "overdue": wanted.overdue,
    }


def _standing(known: Record) -> Standing:
    return Standing(State(known["state"]), known["holds"], known["episode"], known["measure"], known["gist"])


def _actions(connection: Connection, known: Record) -> list[Action]:
    """Return what may be done, in the order of the words; what somebody else may do is not offered."""
    scope = scope_of(connection)
    possible = allowed(_standing(known))
    if scope.allows_in(Capability.SUPERVISE, known["jurisdiction_code"]):
        return [action for action in Action if action in possible]
    if scope.allows_for(Capability.EXPLAIN, known["agency_id"]):
        return [action for action in Action if action in possible and action is Action.EXPLAIN]
    return []


def _rooms(connection: Connection, known: Record, basis: AreaBasis) -> list[RoomSeen]:
    roles = {room["id"]: RoomRole(room["role"]) for room in known["rooms"]}
    found = rows(connection, "finding_evidence_rooms", ids=list(roles), basis=basis)
    names = ("number", "name", "building_id", "building", "floor_id", "floor", "use", "area_m2")
    return [
        RoomSeen(id=row["id"], role=roles[row["id"]], level=float(row["level"]), **{name: row[name] for name in names})
        for row in found
    ]


def _item(row: Record) -> FindingItem:
    names = FindingItem.__slots__
    values = {name: row[name] for name in names}
    typed = {
        "rule": Rule(row["rule"]),
        "object_kind": ObjectKind(row["object_kind"]),
        "severity": Severity(row["severity"]),
        "state": State(row["state"]),
        "certainty": Verification(row["certainty"]),
        "overdue": bool(row["overdue"]),
    }
    return FindingItem(**(values | typed))

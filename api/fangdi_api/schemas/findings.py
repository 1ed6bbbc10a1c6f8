"""Shapes of findings of compliance (合规问题), their evidence and their life."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from fangdi.domain.common import Page
from fangdi.domain.findings.board import DEFINITION, FindingCount, FindingItem, RoomSeen
from fangdi.domain.findings.life import ACTIONS, STATES, Action, State
from fangdi.domain.findings.model import RoomRole
from fangdi.domain.findings.rules import FACTS, OBJECT_KINDS, SEVERITIES, ObjectKind, Rule, Severity, Unit
from fangdi.domain.findings.wording import FIGURES, ROOM_ROLES, FigureKind, in_words
from fangdi.domain.norms.kinds import VERIFICATION_NAMES, Verification
from fangdi.domain.rounding import two_decimals
from fangdi.domain.vocabulary import AdministrativeLevel, AreaBasis
from fangdi.service.finding_views import OneFinding
from fangdi.store.findings import Run
from fangdi.store.norms import norm_of
from fangdi_api.days import EnteredDay
from fangdi_api.paging import encode
from fangdi_api.schemas.common import Answer, AreaM2, Body, Labels, PageOf
from fangdi_api.schemas.norms import NormRef

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000, pattern=r"^[^\x00]*$")]


class Computed(Answer):
    """From which state of the data findings were computed."""

    as_of: date | None = Field(description="day that was judged; null: never computed")
    basis: AreaBasis | None
    radius_m: float | None = Field(description="how far idle space may be, m on the ellipsoid")
    computed_at: datetime | None
    stale: bool = Field(description="the data have changed since, or the day has")
    queued: bool = Field(description="a new computation waits or runs")
    first_day: date | None = Field(description="day that was judged first; of the days before nothing is known")


class FindingClause(Answer):
    """A clause that a rule rests on (依据条款)."""

    id: int
    jurisdiction_code: str | None = Field(description="whom it binds, with all below; null: the country")
    title: str
    title_en: str
    number: str | None = Field(description="文号")
    article: str
    verification: Verification
    verified: bool = Field(description="false: show it as unverified")
    verification_name: Labels
    evidence: str = Field(description="where the wording was found, or what is missing")

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "FindingClause":
        """Shape a row."""
        sure = Verification(row["verification"])
        return cls.model_validate({**row, "verified": sure.verified, "verification_name": VERIFICATION_NAMES[sure]})


class FindingRule(Answer):
    """A rule: what it asks, and the clauses it rests on."""

    rule: Rule
    name: Labels
    definition: Labels
    unit: Unit | None = Field(description="of the measure: m2, rooms or days; null: nothing is measured")
    clauses: list[FindingClause]


class FindingCountAnswer(Answer):
    """How many findings of a rule are in a state."""

    rule: Rule
    state: State
    severity: Severity
    findings: int
    overdue: int


class WordOf(Answer):
    """A word of a list."""

    code: str
    name: Labels


class BoardAnswer(Answer):
    """Findings by rule and state (合规看板), with the words and rules behind them."""

    as_of: date | None = Field(description="past day that the counts are about; null: as they stand now")
    computed: Computed
    definition: Labels
    counts: list[FindingCountAnswer]
    rules: list[FindingRule]
    states: list[WordOf]
    severities: list[WordOf]
    actions: list[WordOf]

    @classmethod
    def of(
        cls, as_of: date | None, run: Run, counts: Sequence[FindingCount], clauses: Sequence[Mapping[str, Any]]
    ) -> "BoardAnswer":
        """Shape counts and rules."""
        rules = [
            {
                "rule": rule,
                "name": facts.name,
                "definition": facts.definition,
                "unit": facts.unit,
                "clauses": [FindingClause.of(row) for row in clauses if row["rule"] == rule],
            }
            for rule, facts in FACTS.items()
        ]
        return cls.model_validate(
            {
                "as_of": as_of,
                "computed": run,
                "definition": DEFINITION,
                "counts": counts,
                "rules": rules,
                "states": _words(STATES),
                "severities": _words(SEVERITIES),
                "actions": _words(ACTIONS),
            }
        )


class FindingAnswer(Answer):
    """A finding in a list."""

    id: int
    rule: Rule
    rule_name: Labels
    object_kind: ObjectKind
    object_kind_name: Labels
    object_key: str = Field(description="id of the object; of a person the staff number")
    subject: str = Field(
        description="what about the object; ends with +classified where classified rooms are counted in"
    )
    jurisdiction_code: str
    severity: Severity
    state: State
    state_name: Labels
    holds: bool = Field(description="whether the rule was broken when it was last computed")
    episode: int = Field(description="which time it has come up, from 1")
    since: date = Field(description="day on which this episode was found")
    began: date | None = Field(description="first day of the breach; null: the data do not say it")
    deadline: date | None
    overdue: bool = Field(
        description="on the day asked about the deadline of an order is over, and it is neither closed nor replaced"
    )
    measure: float | None = Field(description="how far beyond, in the unit of the rule")
    unit: Unit | None
    over_rate: float | None = Field(description="measure beside what is allowed, of 1; null: no such figure")
    certainty: Verification = Field(description="that of the least sure norm or clause it rests on")
    verified: bool
    certainty_name: Labels
    agency_id: int | None
    agency: str | None
    building_id: int | None
    building: str | None
    room_id: int | None = Field(description="room that it is about; of a person the first of the offices")
    room: str | None
    floor_id: int | None
    parcel_id: int | None
    parcel: str | None
    person_key: str | None
    rank: str | None = Field(description="of a person, in Chinese")
    rank_en: str | None
    last_event_id: int | None = Field(description="to be sent along with what is done about it")

    @classmethod
    def of(cls, item: FindingItem) -> "FindingAnswer":
        """Shape a finding."""
        return cls.model_validate(_finding(item))


def _finding(item: FindingItem) -> dict[str, Any]:
    return {
        **{name: getattr(item, name) for name in FindingItem.__slots__},
        "rule_name": FACTS[item.rule].name,
        "object_kind_name": OBJECT_KINDS[item.object_kind],
        "state_name": STATES[item.state],
        "measure": None if item.measure is None else two_decimals(item.measure),
        "unit": FACTS[item.rule].unit,
        "began": item.began,
        "over_rate": None if item.over_rate is None else round(item.over_rate, 6),
        "verified": item.certainty.verified,
        "certainty_name": VERIFICATION_NAMES[item.certainty],
    }


class FindingsAnswer(PageOf[FindingAnswer]):
    """One page of findings, the graver first, then rule by rule, the larger beside what is allowed first."""

    as_of: date | None = Field(description="past day that they stood so; null: as they stand now")
    computed: Computed

    @classmethod
    def of(cls, as_of: date | None, run: Run, page: Page[FindingItem]) -> "FindingsAnswer":
        """Shape a page."""
        items = [FindingAnswer.of(item) for item in page.items]
        return cls(as_of=as_of, computed=Computed.model_validate(run), items=items, next=encode(page.after))


class FigureAnswer(Answer):
    """A figure of the evidence."""

    name: str
    label: Labels
    kind: FigureKind
    value: str | float | int | bool | None
    words: Labels | None = Field(description="what a code stands for")


class FindingRoomAnswer(Answer):
    """A room of the evidence."""

    id: int
    role: RoomRole
    role_name: Labels
    number: str | None
    name: str | None
    building_id: int
    building: str
    floor_id: int
    floor: str
    level: float
    use: str
    area_m2: AreaM2 | None

    @classmethod
    def of(cls, room: RoomSeen) -> "FindingRoomAnswer":
        """Shape a room."""
        values = {name: getattr(room, name) for name in RoomSeen.__slots__}
        return cls.model_validate({**values, "role_name": ROOM_ROLES[room.role]})


class FindingNorm(NormRef):
    """A norm figure that a finding rests on, and whom it is for."""

    level: AdministrativeLevel | None = Field(description="for agencies of this level; null: of every one")
    rank: Labels | None = Field(description="for people of this rank; null: of every one")

    @classmethod
    def shaped(cls, row: Mapping[str, Any]) -> "FindingNorm":
        """Shape a row."""
        rank = {"zh": row["rank"], "en": row["rank_en"]} if row["rank"] else None
        return cls.model_validate({**NormRef.of(norm_of(row)).model_dump(), "level": row["level"], "rank": rank})


class FindingEventAnswer(Answer):
    """What happened to a finding; `done_by` is - where the computation did it."""

    id: int
    episode: int
    day: date
    action: Action
    action_name: Labels
    state: State
    measure: float | None
    figures: list[FigureAnswer]
    deadline: date | None
    reason: str | None
    document_no: str | None
    done_by: str
    done_by_name: str | None = Field(description="name of who did it, as it was then")
    done_at: datetime


class FindingDetail(FindingAnswer):
    """A finding with its evidence, clauses, norms and history, and what whoever reads may do to it."""

    definition: Labels
    figures: list[FigureAnswer]
    rooms: list[FindingRoomAnswer]
    rooms_hidden: int = Field(description="rooms of the evidence that are not shown to whoever reads, or are gone")
    norms: list[FindingNorm]
    clauses: list[FindingClause]
    history: list[FindingEventAnswer]
    actions: list[Action]

    @classmethod
    def shaped(cls, found: OneFinding) -> "FindingDetail":
        """Shape a finding with all that belongs to it."""
        history = [
            {
                **row,
                "action_name": ACTIONS[Action(row["action"])],
                "figures": _figures(row["figures"], found.words),
            }
            for row in found.history
        ]
        return cls.model_validate(
            {
                **_finding(found.item),
                "definition": FACTS[found.item.rule].definition,
                "figures": _figures(found.item.figures, found.words),
                "rooms": [FindingRoomAnswer.of(room) for room in found.rooms],
                "rooms_hidden": found.rooms_hidden,
                "norms": [FindingNorm.shaped(row) for row in found.norms],
                "clauses": [FindingClause.of(row) for row in found.clauses],
                "history": history,
                "actions": found.actions,
            }
        )


def _figures(figures: Mapping[str, Any], words: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "label": label,
            "kind": kind,
            "value": figures[name],
            "words": in_words(name, figures[name], words),
        }
        for name, (label, kind) in FIGURES.items()
        if figures.get(name) is not None
    ]


def _words(names: Mapping[Any, Any]) -> list[dict[str, Any]]:
    return [{"code": code, "name": name} for code, name in names.items()]


class FindingEventToAdd(Body):
    """What is to be done to a finding, and why; an order needs a deadline."""

    action: Action
    reason: Words
    deadline: EnteredDay | None = Field(default=None, description="last day for rectification")
    document_no: Words | None = Field(default=None, description="文号 of the notice, order or explanation")
    after_event_id: Annotated[int, Field(ge=1, lt=1 << 63)] = Field(
        description="`last_event_id` as it was looked at: when something has happened since, nothing is done"
    )

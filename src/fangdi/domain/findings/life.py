"""The life of a finding (问题处置): its states, what people may do in each, and what a recomputation does to it.

A finding keeps its identity for ever. It lives in episodes: one begins when the rule is broken and ends when the
finding is closed; broken again, the next begins. What happened is only ever added to.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from fangdi.domain.common import Definition


class State(StrEnum):
    """How far a finding has come (处置状态)."""

    OPEN = "open"  # 待处置
    WARNED = "warned"  # 已提醒
    ORDERED = "ordered"  # 责令整改
    EXPLAINED = "explained"  # 已说明
    CLOSED = "closed"  # 已销号


class Action(StrEnum):
    """What happened to a finding: the first four by recomputation, the others by people."""

    FOUND = "found"  # 发现
    REOPENED = "reopened"  # 再次出现
    CHANGED = "changed"  # 数据变化
    RESOLVED = "resolved"  # 已消除
    WARN = "warn"  # 提醒
    ORDER = "order"  # 责令整改
    EXPLAIN = "explain"  # 说明情况
    CLOSE = "close"  # 销号
    REOPEN = "reopen"  # 重新打开


BY_PEOPLE = frozenset({Action.WARN, Action.ORDER, Action.EXPLAIN, Action.CLOSE, Action.REOPEN})
"""What people do; the rest follows from the data."""
STATE_AFTER: Mapping[Action, State] = MappingProxyType(
    {
        Action.FOUND: State.OPEN,
        Action.REOPENED: State.OPEN,
        Action.RESOLVED: State.CLOSED,
        Action.WARN: State.WARNED,
        Action.ORDER: State.ORDERED,
        Action.EXPLAIN: State.EXPLAINED,
        Action.CLOSE: State.CLOSED,
        Action.REOPEN: State.OPEN,
    }
)
"""The state that each leads to; `changed` leaves it as it is."""
_ALLOWED: Mapping[State, frozenset[Action]] = MappingProxyType(
    {
        State.OPEN: frozenset({Action.WARN, Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        State.WARNED: frozenset({Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        # a second order sets a new deadline
        State.ORDERED: frozenset({Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        # an explanation that does not convince is answered with an order
        State.EXPLAINED: frozenset({Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        State.CLOSED: frozenset({Action.REOPEN}),
    }
)
WORSE_BY = 0.01
"""By how much a measure has to grow to count: areas are known to a hundredth of a square metre."""

STATES: Mapping[State, Definition] = MappingProxyType(
    {
        State.OPEN: Definition("待处置", "Open"),
        State.WARNED: Definition("已提醒", "Warned"),
        State.ORDERED: Definition("责令整改", "Rectification ordered"),
        State.EXPLAINED: Definition("已说明", "Explained"),
        State.CLOSED: Definition("已销号", "Closed"),
    }
)
ACTIONS: Mapping[Action, Definition] = MappingProxyType(
    {
        Action.FOUND: Definition("发现", "Found"),
        Action.REOPENED: Definition("再次出现", "Back again"),
        Action.CHANGED: Definition("数据变化", "Figures changed"),
        Action.RESOLVED: Definition("已消除,自动销号", "No longer holds, closed"),
        Action.WARN: Definition("提醒", "Warn"),
        Action.ORDER: Definition("责令整改", "Order rectification"),
        Action.EXPLAIN: Definition("说明情况", "Explain"),
        Action.CLOSE: Definition("销号", "Close"),
        Action.REOPEN: Definition("重新打开", "Open again"),
    }
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a finding stands before something happens to it.

    `holds`: the rule was broken when it was last computed. `measure` is how far, at the last event.
    """

    state: State
    holds: bool
    episode: int
    measure: float | None
    gist: str
    """What the evidence came to, as a short text: the same as long as nothing that counts has changed."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a recomputation sees of it now."""

    holds: bool
    measure: float | None
    gist: str


@dataclass(frozen=True, slots=True)
class Step:
    """What a recomputation does: an event, the state after it, and in which episode."""

    action: Action
    state: State
    episode: int


class Refused(StrEnum):
    """Why people cannot do something to a finding."""

    NOT_NOW = "not_now"
    NO_REASON = "no_reason"
    NO_DEADLINE = "no_deadline"
    DEADLINE_PAST = "deadline_past"
    DEADLINE_HERE = "deadline_here"
    HOLDS_NO_MORE = "holds_no_more"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do, and why; the deadline is the last day for rectification."""

    action: Action
    reason: str
    deadline: date | None = None
    document_no: str | None = None


def recompute(standing: Standing | None, seen: Seen) -> Step | None:
    """Return what a recomputation does to a finding, None where nothing happens that is worth an entry.

    One that was closed by hand while it held stays closed, until it grows worse or comes back after it was gone.
    """
    if standing is None:
        return Step(Action.FOUND, State.OPEN, 1) if seen.holds else None
    if not seen.holds:
        ends = standing.holds and standing.state is not State.CLOSED
        return Step(Action.RESOLVED, State.CLOSED, standing.episode) if ends else None
    if standing.state is State.CLOSED:
        back = not standing.holds or _worse(standing.measure, seen.measure)
        return Step(Action.REOPENED, State.OPEN, standing.episode + 1) if back else None
    if standing.gist != seen.gist:
        return Step(Action.CHANGED, standing.state, standing.episode)
    return None


def _worse(before: float | None, now: float | None) -> bool:
    return before is not None and now is not None and now > before + WORSE_BY


def allowed(standing: Standing) -> frozenset[Action]:
    """Return what people may do to a finding now; one that was resolved opens by itself if it comes back."""
    if standing.state is State.CLOSED and not standing.holds:
        return frozenset()
    return _ALLOWED[standing.state]


def refuse(standing: Standing, wish: Wish, *, today: date) -> Refused | None:
    """Return why somebody cannot do this now, or None when they can."""
    if wish.action not in allowed(standing):
        gone = standing.state is State.CLOSED and not standing.holds
        return Refused.HOLDS_NO_MORE if gone else Refused.NOT_NOW
    if not wish.reason.strip():
        return Refused.NO_REASON
    if wish.action is not Action.ORDER:
        return None if wish.deadline is None else Refused.DEADLINE_HERE
    if wish.deadline is None:
        return Refused.NO_DEADLINE
    return Refused.DEADLINE_PAST if wish.deadline < today else None

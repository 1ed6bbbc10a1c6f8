"""What a statement valid from a day does to a history: nothing, a new period, the end of an old one, or a refusal.

Nothing that was true is overwritten. A period is `[since, ends)`; None is open.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

_BEGINNING, _END = dt.date.min, dt.date.max

Facts = Mapping[str, Any]
"""What holds over a period, as {"state": "recorded", "holder": None}; None in a statement says nothing."""


@dataclass(frozen=True)
class Period:
    """A stored period and what holds in it."""

    id: int
    since: dt.date | None
    ends: dt.date | None
    facts: Facts


@dataclass(frozen=True)
class Nothing:
    """The history says so already."""


@dataclass(frozen=True)
class Insert:
    """A new period is added."""

    since: dt.date | None
    ends: dt.date | None


@dataclass(frozen=True)
class Succeed:
    """A period ends and a new one begins the same day."""

    old: int
    since: dt.date
    ends: dt.date | None


@dataclass(frozen=True)
class Fill:
    """What was unknown of a period becomes known."""

    period: int
    facts: Facts


@dataclass(frozen=True)
class End:
    """A period gets another end."""

    period: int
    ends: dt.date


@dataclass(frozen=True)
class Refuse:
    """The statement contradicts the history."""

    reason: str
    zh: str


Step = Nothing | Insert | Succeed | Fill | End | Refuse


def follow(  # noqa: PLR0911 - one return for each kind of step
    history: Sequence[Period], stated: Facts, *, since: dt.date | None, ends: dt.date | None, since_field: str
) -> Step:
    """Decide what a statement does to the history of one thing."""
    ordered = sorted(history, key=lambda period: period.since or _BEGINNING)
    if not ordered:
        return Insert(since, ends)
    current = _holding(ordered, since)
    if current is None:
        assert since is not None  # noqa: S101 - without a day the last period is the current one
        later = [period.since for period in ordered if period.since and period.since > since]
        return Insert(since, min([day for day in (ends, *later) if day], default=None))
    missing = {name: value for name, value in stated.items() if value is not None and current.facts.get(name) is None}
    contradicted = [
        name for name, value in stated.items() if name not in missing and value not in {None, current.facts.get(name)}
    ]
    if not contradicted and ends is not None and ends != current.ends:
        return _other_end(ordered, current, ends)
    if not contradicted:
        return Fill(current.id, missing) if missing else Nothing()
    old = ", ".join(str(current.facts[name]) for name in contradicted)
    if since is None:
        return Refuse(
            f"differs from what is stored ({old}); say since when with {since_field}", "与已存不符，请注明起始日期"
        )
    if since == current.since:
        return Refuse(f"differs from what is stored for the same day ({old})", "与同日已存记录矛盾")
    if current is not ordered[-1]:
        return Refuse(f"would change the past: a later change is stored ({old} until {current.ends})", "将改变历史记录")
    return Succeed(current.id, since, ends)


def _other_end(ordered: Sequence[Period], current: Period, ends: dt.date) -> Step:
    following = [period.since for period in ordered if period.since and period.since > (current.since or _BEGINNING)]
    if following and ends > min(following):
        return Refuse("would last into the next period that is stored", "与后一时段重叠")
    return End(current.id, ends)


def _holding(ordered: Sequence[Period], day: dt.date | None) -> Period | None:
    """Return the period that holds on a day; without a day, the last one."""
    if day is None:
        return ordered[-1]
    return next(
        (p for p in ordered if (p.since or _BEGINNING) <= day < (p.ends or _END)),
        None,
    )


@dataclass(frozen=True)
class Statement:
    """What a row of a file says: these facts hold from a day on."""

    record: int
    facts: Facts
    since: dt.date | None
    ends: dt.date | None = None


@dataclass(frozen=True)
class Revision:
    """What a series of statements does to one history: periods to add, to end, to fill, and statements refused."""

    new: list[Period]
    ended: list[tuple[int, dt.date]]
    filled: list[tuple[int, Facts]]
    refused: list[tuple[int, Refuse]]

    @property
    def changes(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.new or self.ended or self.filled)


def revise(history: Sequence[Period], statements: Sequence[Statement], *, since_field: str) -> Revision:
    """Let the statements follow each other in the order of their days; added periods count from -1 downwards."""
    periods = {period.id: period for period in history}
    refused: list[tuple[int, Refuse]] = []
    for said in sorted(statements, key=lambda statement: statement.since or _BEGINNING):
        step = follow(list(periods.values()), said.facts, since=said.since, ends=said.ends, since_field=since_field)
        number = -len(periods) - 1
        match step:
            case Insert(since, ends):
                periods[number] = Period(number, since, ends, said.facts)
            case Succeed(old, since, ends):
                periods[old] = replace(periods[old], ends=since)
                periods[number] = Period(number, since, ends, said.facts)
            case Fill(period, facts):
                periods[period] = replace(periods[period], facts={**periods[period].facts, **facts})
            case End(period, ends):
                periods[period] = replace(periods[period], ends=ends)
            case Refuse():
                refused.append((said.record, step))
    before = {period.id: period for period in history}
    kept = [period for number, period in periods.items() if number in before]
    return Revision(
        new=[period for number, period in periods.items() if number not in before],
        ended=[(p.id, p.ends) for p in kept if p.ends is not None and p.ends != before[p.id].ends],
        filled=[(p.id, _added(before[p.id].facts, p.facts)) for p in kept if p.facts != before[p.id].facts],
        refused=refused,
    )


def _added(old: Facts, new: Facts) -> Facts:
    return {name: value for name, value in new.items() if old.get(name) != value}

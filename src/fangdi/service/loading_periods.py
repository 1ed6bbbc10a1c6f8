"""What a statement valid from a day does to a history: nothing, a new period, the end of an old one, or a refusal.

Nothing that was true is overwritten. A period is `[since, ends)`; None is open.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from fangdi.service.loading_steps import Begin, End, Facts, Fill, Insert, Nothing, Period, Refuse, Step, Succeed

_BEGINNING, _END = dt.date.min, dt.date.max


def last_day(ends: dt.date) -> dt.date:
    """Return the day that people write as the end of a period, whose stored end is the day after."""
    return ends - dt.timedelta(days=1)


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
        return _before(ordered, stated, since, ends)
    missing, contradicted = _compared(current.facts, stated)
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
        until = last_day(current.ends) if current.ends else "further notice"
        return Refuse(f"would change the past: a later change is stored ({old} until {until})", "将改变历史记录")
    return Succeed(current.id, since, ends)


def _compared(known: Facts, stated: Facts) -> tuple[dict[str, Any], list[str]]:
    """Return the facts stated that were unknown, and the names of those that contradict what is known."""
    missing = {name: value for name, value in stated.items() if value is not None and known.get(name) is None}
    contradicted = [
        name for name, value in stated.items() if name not in missing and value not in {None, known.get(name)}
    ]
    return missing, contradicted


def _before(ordered: Sequence[Period], stated: Facts, since: dt.date, ends: dt.date | None) -> Step:
    """Decide about a day on which no period holds: the next one begins sooner if it says the same, else one is added.

    A period that is said to end before the next begins stays a period of its own.
    """
    later = next((period for period in ordered if period.since and period.since > since), None)
    if later is None or later.since is None or (ends is not None and ends <= later.since):
        return Insert(since, ends)
    missing, contradicted = _compared(later.facts, stated)
    if contradicted and ends is not None:
        return _OVERLAPS
    if contradicted:
        return Insert(since, later.since)
    if ends is None or ends == later.ends:
        return Begin(later.id, since, later.ends, missing)
    step = _other_end(ordered, later, ends)
    return step if isinstance(step, Refuse) else Begin(later.id, since, ends, missing)


_OVERLAPS = Refuse("would last into the next period that is stored", "与后一时段重叠")


def _other_end(ordered: Sequence[Period], current: Period, ends: dt.date) -> Step:
    following = [period.since for period in ordered if period.since and period.since > (current.since or _BEGINNING)]
    if following and ends > min(following):
        return _OVERLAPS
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
    """What a series of statements does to one history: periods to add, to begin sooner, to end, to fill; refusals."""

    new: list[Period]
    begun: list[tuple[int, dt.date]]
    ended: list[tuple[int, dt.date]]
    filled: list[tuple[int, Facts]]
    refused: list[tuple[int, Refuse]]
    added: frozenset[int]
    """Records that add a period."""
    altered: frozenset[int]
    """Records that only change periods."""

    @property
    def changes(self) -> bool:
        """Whether anything has to be written."""
        return bool(self.new or self.begun or self.ended or self.filled)


def revise(history: Sequence[Period], statements: Sequence[Statement], *, since_field: str) -> Revision:
    """Let the statements follow each other in the order of their days; added periods count from -1 downwards."""
    periods = {period.id: period for period in history}
    refused: list[tuple[int, Refuse]] = []
    added, altered = set(), set()
    for said in sorted(statements, key=lambda statement: statement.since or _BEGINNING):
        step = follow(list(periods.values()), said.facts, since=said.since, ends=said.ends, since_field=since_field)
        if isinstance(step, Refuse):
            refused.append((said.record, step))
        elif isinstance(step, Insert | Succeed):
            added.add(said.record)
        elif not isinstance(step, Nothing):
            altered.add(said.record)
        _take(step, periods, said.facts)
    return _revision({period.id: period for period in history}, periods, refused, added, altered)


def _take(step: Step, periods: dict[int, Period], facts: Facts) -> None:
    """Take a step in the history."""
    number = -len(periods) - 1
    match step:
        case Insert(since, ends):
            periods[number] = Period(number, since, ends, facts)
        case Succeed(old, since, ends):
            periods[old] = replace(periods[old], ends=since)
            periods[number] = Period(number, since, ends, facts)
        case Fill(period, missing):
            periods[period] = replace(periods[period], facts={**periods[period].facts, **missing})
        case End(period, ends):
            periods[period] = replace(periods[period], ends=ends)
        case Begin(period, since, ends, missing):
            known = {**periods[period].facts, **missing}
            periods[period] = replace(periods[period], since=since, ends=ends, facts=known)


def _revision(
    before: Mapping[int, Period],
    after: Mapping[int, Period],
    refused: list[tuple[int, Refuse]],
    added: set[int],
    altered: set[int],
) -> Revision:
    """Return what leads from one history to the other."""
    kept = [period for number, period in after.items() if number in before]
    return Revision(
        new=[period for number, period in after.items() if number not in before],
        begun=[(p.id, p.since) for p in kept if p.since is not None and p.since != before[p.id].since],
        ended=[(p.id, p.ends) for p in kept if p.ends is not None and p.ends != before[p.id].ends],
        filled=[(p.id, _added(before[p.id].facts, p.facts)) for p in kept if p.facts != before[p.id].facts],
        refused=refused,
        added=frozenset(added),
        altered=frozenset(altered),
    )


def _added(old: Facts, new: Facts) -> Facts:
    return {name: value for name, value in new.items() if old.get(name) != value}

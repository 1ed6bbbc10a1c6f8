"""The life of findings: what a recomputation does, what people may do, and that no course of events breaks the laws."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fangdi.domain.findings.life import (
    BY_PEOPLE,
    STATE_AFTER,
    Action,
    Refused,
    Seen,
    Standing,
    State,
    Step,
    Wish,
    allowed,
    recompute,
    refuse,
)

TODAY = date(2026, 6, 1)
OPEN = Standing(State.OPEN, True, 1, 5.0, "gist")
BROKEN = Seen(True, 5.0, "gist")
KEPT = Seen(False, 0.0, "gist")


def in_state(state: State, *, holds: bool = True, episode: int = 1) -> Standing:
    return replace(OPEN, state=state, holds=holds, episode=episode)


def test_what_is_broken_for_the_first_time_is_found() -> None:
    assert recompute(None, BROKEN) == Step(Action.FOUND, State.OPEN, 1)


def test_what_was_never_broken_is_no_finding() -> None:
    assert recompute(None, KEPT) is None


def test_nothing_happens_while_nothing_changes() -> None:
    assert recompute(OPEN, BROKEN) is None


@pytest.mark.parametrize("state", [State.OPEN, State.WARNED, State.ORDERED, State.EXPLAINED])
def test_a_change_of_the_figures_is_noted_and_leaves_the_state(state: State) -> None:
    assert recompute(in_state(state), replace(BROKEN, gist="other")) == Step(Action.CHANGED, state, 1)


@pytest.mark.parametrize("state", [State.OPEN, State.WARNED, State.ORDERED, State.EXPLAINED])
def test_what_holds_no_more_is_closed(state: State) -> None:
    assert recompute(in_state(state), KEPT) == Step(Action.RESOLVED, State.CLOSED, 1)


def test_what_comes_back_begins_its_next_episode() -> None:
    assert recompute(in_state(State.CLOSED, holds=False), BROKEN) == Step(Action.REOPENED, State.OPEN, 2)


def test_what_was_closed_by_hand_stays_closed_while_it_holds() -> None:
    assert recompute(in_state(State.CLOSED), BROKEN) is None


def test_what_was_closed_by_hand_comes_back_when_it_grows_worse() -> None:
    assert recompute(in_state(State.CLOSED), Seen(True, 5.02, "gist")) == Step(Action.REOPENED, State.OPEN, 2)


def test_a_hundredth_of_a_square_metre_is_not_worse() -> None:
    assert recompute(in_state(State.CLOSED), Seen(True, 5.01, "gist")) is None


def test_what_was_closed_by_hand_and_is_gone_makes_no_entry() -> None:
    assert recompute(in_state(State.CLOSED), KEPT) is None


@pytest.mark.parametrize(
    ("state", "actions"),
    [
        (State.OPEN, {Action.WARN, Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        (State.WARNED, {Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        (State.ORDERED, {Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        (State.EXPLAINED, {Action.ORDER, Action.EXPLAIN, Action.CLOSE}),
        (State.CLOSED, {Action.REOPEN}),
    ],
)
def test_each_state_allows_what_follows_it(state: State, actions: set[Action]) -> None:
    assert allowed(in_state(state)) == actions


def test_what_was_resolved_is_left_alone() -> None:
    resolved = in_state(State.CLOSED, holds=False)

    assert allowed(resolved) == set()
    assert refuse(resolved, Wish(Action.REOPEN, "因为"), today=TODAY) is Refused.HOLDS_NO_MORE


@pytest.mark.parametrize(
    ("wish", "refused"),
    [
        (Wish(Action.WARN, "提醒"), None),
        (Wish(Action.WARN, "  "), Refused.NO_REASON),
        (Wish(Action.WARN, "提醒", TODAY), Refused.DEADLINE_HERE),
        (Wish(Action.ORDER, "整改"), Refused.NO_DEADLINE),
        (Wish(Action.ORDER, "整改", TODAY - timedelta(1)), Refused.DEADLINE_PAST),
        (Wish(Action.ORDER, "整改", TODAY), None),
        (Wish(Action.REOPEN, "因为"), Refused.NOT_NOW),
        (Wish(Action.RESOLVED, "因为"), Refused.NOT_NOW),
    ],
)
def test_a_wish_needs_what_belongs_to_it(wish: Wish, refused: Refused | None) -> None:
    assert refuse(OPEN, wish, today=TODAY) is refused


SEEN = st.builds(
    Seen, st.booleans(), st.sampled_from([None, 1.0, 1.005, 2.0, 5.0]), st.sampled_from(["one", "two", "three"])
)
HAPPENINGS = st.lists(st.one_of(SEEN, st.sampled_from(sorted(BY_PEOPLE))), max_size=40)


@given(HAPPENINGS)
def test_whatever_happens_a_finding_keeps_the_laws(happenings: list[Seen | Action]) -> None:
    standing: Standing | None = None
    for what in happenings:
        before = standing
        if isinstance(what, Seen):
            step = recompute(standing, what)
            if step is not None:
                standing = Standing(step.state, what.holds, step.episode, what.measure, what.gist)
            elif standing is not None:
                standing = replace(standing, holds=what.holds, gist=what.gist)
            if standing is not None:
                assert standing.holds == what.holds
                # what does not hold is closed, always
                assert what.holds or standing.state is State.CLOSED
                # computing again changes nothing
                assert recompute(standing, what) is None
        elif standing is not None and what in allowed(standing):
            episode = standing.episode + (what is Action.REOPEN)
            standing = replace(standing, state=STATE_AFTER[what], episode=episode)
        if before is not None and standing is not None:
            # episodes only grow, by one, and only when a closed finding opens
            grown = standing.episode - before.episode
            assert grown in {0, 1}
            assert (grown == 1) == (before.state is State.CLOSED and standing.state is not State.CLOSED)

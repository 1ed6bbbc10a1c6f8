"""A statement valid from a day changes a history without overwriting what was true."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fangdi.service.loading_periods import Revision, Statement, revise
from fangdi.service.loading_steps import Period

Y2020, Y2022, Y2024 = date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)
OWNED, LEASED = {"kind": "owned"}, {"kind": "leased"}


def revised(history: list[Period], *statements: Statement) -> Revision:
    return revise(history, statements, since_field="tenure_since")


def since(period: Period) -> tuple[object, object, object]:
    return period.since, period.ends, period.facts["kind"]


def test_the_first_statement_begins_the_history() -> None:
    revision = revised([], Statement(0, OWNED, Y2020))
    assert [since(p) for p in revision.new] == [(Y2020, None, "owned")]


def test_the_same_statement_changes_nothing() -> None:
    assert not revised([Period(1, Y2020, None, OWNED)], Statement(0, OWNED, Y2020)).changes
    assert not revised([Period(1, Y2020, None, OWNED)], Statement(0, OWNED, Y2022)).changes
    assert not revised([Period(1, Y2020, None, OWNED)], Statement(0, OWNED, None)).changes


def test_a_change_ends_the_old_period_and_begins_a_new_one() -> None:
    revision = revised([Period(1, Y2020, None, OWNED)], Statement(0, LEASED, Y2022))
    assert revision.ended == [(1, Y2022)]
    assert [since(p) for p in revision.new] == [(Y2022, None, "leased")]


def test_a_change_without_a_day_is_refused() -> None:
    revision = revised([Period(1, Y2020, None, OWNED)], Statement(7, LEASED, None))
    assert not revision.changes
    assert [(record, "tenure_since" in refusal.reason) for record, refusal in revision.refused] == [(7, True)]


def test_another_fact_for_the_same_day_is_refused() -> None:
    revision = revised([Period(1, Y2020, None, OWNED)], Statement(0, LEASED, Y2020))
    assert not revision.changes
    assert len(revision.refused) == 1


def test_a_change_of_the_past_is_refused() -> None:
    history = [Period(1, Y2020, Y2024, OWNED), Period(2, Y2024, None, LEASED)]
    revision = revised(history, Statement(0, LEASED, Y2022))
    assert not revision.changes
    assert len(revision.refused) == 1


def test_the_time_before_the_first_period_is_filled_up_to_it() -> None:
    revision = revised([Period(1, Y2022, None, LEASED)], Statement(0, OWNED, Y2020))
    assert [since(p) for p in revision.new] == [(Y2020, Y2022, "owned")]
    assert not revision.ended


def test_what_was_unknown_is_filled_in() -> None:
    history = [Period(1, Y2020, None, {"kind": "leased", "counterparty": None})]
    revision = revised(history, Statement(0, {"kind": "leased", "counterparty": "某公司"}, Y2020))
    assert revision.filled == [(1, {"counterparty": "某公司"})]


def test_statements_of_one_file_follow_each_other() -> None:
    revision = revised([], Statement(1, LEASED, Y2022), Statement(0, OWNED, Y2020))
    assert [since(p) for p in revision.new] == [(Y2020, Y2022, "owned"), (Y2022, None, "leased")]


def test_an_end_is_noted() -> None:
    revision = revised([Period(1, Y2020, None, OWNED)], Statement(0, OWNED, Y2020, Y2024))
    assert revision.ended == [(1, Y2024)]


def test_the_same_fact_from_an_earlier_day_lets_the_period_begin_sooner() -> None:
    revision = revised([Period(1, Y2022, None, LEASED)], Statement(0, LEASED, Y2020))
    assert (revision.new, revision.begun, revision.ended) == ([], [(1, Y2020)], [])


def test_the_same_fact_for_an_earlier_period_of_its_own_is_added() -> None:
    revision = revised([Period(1, Y2022, None, LEASED)], Statement(0, LEASED, Y2020, Y2022))
    assert [since(p) for p in revision.new] == [(Y2020, Y2022, "leased")]
    assert not revision.begun


def test_the_same_fact_over_a_longer_period_moves_both_ends() -> None:
    revision = revised([Period(1, Y2022, None, LEASED)], Statement(0, LEASED, Y2020, Y2024))
    assert (revision.new, revision.begun, revision.ended) == ([], [(1, Y2020)], [(1, Y2024)])


def test_another_fact_that_lasts_into_the_next_period_is_refused() -> None:
    revision = revised([Period(1, Y2022, None, LEASED)], Statement(0, OWNED, Y2020, Y2024))
    assert not revision.changes
    assert len(revision.refused) == 1


def test_a_refusal_names_the_last_day_of_a_period() -> None:
    history = [Period(1, Y2020, Y2024, OWNED), Period(2, Y2024, None, LEASED)]
    revision = revised(history, Statement(0, LEASED, Y2022))
    assert "until 2023-12-31" in revision.refused[0][1].reason


@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(0, 9)), min_size=1, max_size=6))
def test_what_was_said_said_again_changes_nothing(said: list[tuple[str, int]]) -> None:
    """Open statements, one a load: a load that was accepted comes again and finds nothing to do."""
    history: list[Period] = []
    for kind, year in said:
        statement = Statement(0, {"kind": kind}, date(2010 + year, 1, 1))
        revision = revised(history, statement)
        history = after(history, revision)
        if not revision.refused:
            assert not revised(history, statement).changes
        inner = sorted(history, key=lambda period: period.since or date.min)
        assert all(a.facts != b.facts or a.ends != b.since for a, b in pairwise(inner))


def after(history: list[Period], revision: Revision) -> list[Period]:
    begun, ended = dict(revision.begun), dict(revision.ended)
    kept = [replace(p, since=begun.get(p.id, p.since), ends=ended.get(p.id, p.ends)) for p in history]
    return kept + [replace(p, id=100 + len(history)) for p in revision.new]

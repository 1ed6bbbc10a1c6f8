"""A statement valid from a day changes a history without overwriting what was true."""

from datetime import date

from fangdi.service.loading_periods import Period, Revision, Statement, revise

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

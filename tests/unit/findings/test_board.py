"""What lists of findings say of a breach: since when it lasts, and how far it goes beside what is allowed."""

from datetime import date
from typing import Any

import pytest

from fangdi.domain.findings.board import FindingItem
from fangdi.domain.findings.rules import Rule

FOUND = date(2026, 11, 22)


def item(rule: Rule, measure: float | None = None, **figures: Any) -> FindingItem:
    """Return a finding of that rule and evidence."""
    values: dict[str, Any] = dict.fromkeys(FindingItem.__slots__)
    return FindingItem(**(values | {"rule": rule, "since": FOUND, "measure": measure, "figures": figures}))


@pytest.mark.parametrize(
    ("rule", "figures", "began"),
    [
        # to be vacated by 1 January: the first day too late is the next
        (Rule.KEPT_OFFICE, {"due": "2026-01-01", "days": 325}, date(2026, 1, 2)),
        (Rule.KEPT_OFFICE, {"due": "2026-12-31", "days": 0}, None),
        # the end of a tenure is the first day without it
        (Rule.WRONG_TENURE, {"since": "2020-01-01", "ended": "2026-07-01", "days": 145}, date(2026, 7, 1)),
        (Rule.WRONG_TENURE, {"since": "2020-01-01", "ended": "2027-07-01", "contracts": 0}, None),
        (Rule.LET_OR_LENT, {"since": "2025-03-01"}, date(2025, 3, 1)),
        (Rule.LET_OR_LENT, {"since": None}, None),
        (Rule.OVER_AREA, {"approved_m2": 100.0}, None),
    ],
)
def test_a_breach_began_when_the_data_say_so_and_never_by_guess(
    rule: Rule, figures: dict[str, Any], began: date | None
) -> None:
    assert item(rule, **figures).began == began


@pytest.mark.parametrize(
    ("measure", "figures", "rate"),
    [
        (30.0, {"approved_m2": 120.0}, 0.25),
        (6.0, {"ceiling_m2": 24.0}, 0.25),
        (3.0, {"washroom_limit_m2": 6.0}, 0.5),
        (3.0, {"washroom_limit_m2": 0.0}, None),
        (3.0, {}, None),
        (None, {"approved_m2": 120.0}, None),
    ],
)
def test_what_is_over_is_held_against_what_is_allowed(
    measure: float | None, figures: dict[str, Any], rate: float | None
) -> None:
    assert item(Rule.OVER_AREA, measure, **figures).over_rate == rate

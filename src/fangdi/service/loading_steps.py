"""Periods of a history, and the steps that a statement can take in it.

A period is `[since, ends)`; None is open.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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
class Begin:
    """A period turns out to have begun sooner."""

    period: int
    since: dt.date
    ends: dt.date | None
    facts: Facts


@dataclass(frozen=True)
class Refuse:
    """The statement contradicts the history."""

    reason: str
    zh: str


Step = Nothing | Insert | Succeed | Fill | End | Begin | Refuse

"""The clauses that rules rest on (依据条款): the country's, and those of provinces that say the same or more."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fangdi.domain.findings.rules import Rule
from fangdi.domain.norms.kinds import Verification

_ORDER = list(Verification)


@dataclass(frozen=True, slots=True)
class Clause:
    """Where a rule is laid down, for a jurisdiction with all below (None: the country), and how sure its wording is."""

    id: int
    rule: Rule
    jurisdiction: str | None
    verification: Verification
    parameters: Mapping[str, Any] = field(default_factory=dict)


class ClauseBook:
    """The clauses in force on a day."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        self._by_rule: dict[Rule, list[Clause]] = {}
        for clause in clauses:
            self._by_rule.setdefault(clause.rule, []).append(clause)

    def of(self, rule: Rule, *, path: Sequence[str]) -> list[Clause]:
        """Return the clauses of a rule that bind where `path` leads to, the country's first."""
        found = [one for one in self._by_rule.get(rule, []) if one.jurisdiction is None or one.jurisdiction in path]
        return sorted(found, key=lambda one: (one.jurisdiction is not None, one.jurisdiction or "", one.id))

    def certainty(self, rule: Rule, *, path: Sequence[str]) -> Verification:
        """Return how sure a rule is there: as the least sure of its clauses, since all are shown as its ground."""
        return least(*(one.verification for one in self.of(rule, path=path)))

    def parameter(self, rule: Rule, name: str) -> list[Any]:
        """Return what clauses of a rule list under a name."""
        return [item for one in self._by_rule.get(rule, []) for item in one.parameters.get(name, [])]


def least(*sures: Verification) -> Verification:
    """Return the weakest: what follows from several is as sure as the least sure of them, from none not at all."""
    return max(sures, key=_ORDER.index, default=_ORDER[-1])

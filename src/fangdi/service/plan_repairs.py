"""Repairs of a plan (修复): proposed for what is wrong, and applied where somebody accepts them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.plans import repairs
from fangdi.domain.plans.findings import Finding
from fangdi.domain.plans.model import Plan
from fangdi.domain.plans.repairs import Repair
from fangdi.errors import ChangedMeanwhileError
from fangdi.service import plan_checks, plan_views, plans

_GONE = (
    "修复建议已变化,请重新查看;本次未作任何更改。 The proposals changed after you looked; look at them again. "
    "Nothing was done."
)


def proposals(connection: Connection, number: int) -> dict[str, Any]:
    """Return the repairs that are proposed, each with before and after."""
    found = plans.stored(connection, number)
    proposed = repairs.propose(found.plan, _findings(found.plan))
    return {"items": [_shown(one) for one in proposed], "accepted": len(found.row["repairs"])}


def accept(connection: Connection, number: int, accepted: Sequence[str]) -> None:
    """Apply proposed repairs; all of them are still proposed, or none is applied."""
    before = plans.stored(connection, number)
    plans.check_is_draft(before.row)
    proposed = {one.key: one for one in repairs.propose(before.plan, _findings(before.plan))}
    if not set(accepted) <= set(proposed):
        raise ChangedMeanwhileError(_GONE)
    plan = _applied(before.plan, [proposed[key] for key in dict.fromkeys(accepted)])
    kept = [*before.row["repairs"], *dict.fromkeys(accepted)]
    plans.keep_edited(connection, before, plan, repairs=kept)


def applied_again(plan: Plan, accepted: Iterable[str]) -> Plan:
    """Return a plan that was read anew with the repairs that were accepted before, where they are proposed again.

    What a first repair makes possible comes in a second round.
    """
    wanted = set(accepted)
    while wanted:
        proposed = {one.key: one for one in repairs.propose(plan, _findings(plan))}
        now = wanted & set(proposed)
        if not now:
            break
        plan = _applied(plan, [proposed[key] for key in sorted(now)])
        wanted -= now
    return plan


def _applied(plan: Plan, accepted: Sequence[Repair]) -> Plan:
    """Return the plan with repairs, and without the findings of its reader that they settle."""
    keys = {one.key for one in accepted}
    open_still = tuple(
        finding
        for finding in plan.findings
        if not keys.intersection(one.key for one in repairs.propose(plan, [finding]))
        and not any(repairs.settles(one, finding) for one in accepted)
    )
    return replace(repairs.apply(plan, accepted), findings=open_still)


def _findings(plan: Plan) -> list[Finding]:
    return [*plan.findings, *plan_checks.check(plan)]


def _shown(one: Repair) -> dict[str, Any]:
    return {
        "id": one.key,
        "kind": str(one.kind),
        "code": str(one.code),
        "text": one.describes,
        "floor": one.floor,
        "rooms": list(one.rooms),
        "before": plan_views.geometry(one.before.shape) if one.before else None,
        "after": plan_views.geometry(one.after.shape),
    }

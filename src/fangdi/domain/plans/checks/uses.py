"""Rooms whose use nobody can tell: they count as usable area, though corridors may be among them."""

from collections.abc import Mapping

from fangdi.domain.plans.findings import Finding, FindingCode, Severity
from fangdi.domain.plans.model import Plan
from fangdi.domain.uses import use_of

_EXAMPLES = 5


def unknown_uses(plan: Plan, *, spellings: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return one finding that counts the rooms of unknown use, or none; `spellings` are codes of uses by words."""
    rooms = [room for room in plan.rooms if use_of(room.use, room.name, room.number, spellings=spellings) is None]
    if not rooms:
        return ()
    words = dict.fromkeys(word for room in rooms if (word := room.use or room.name or room.number))
    shown = list(words)[:_EXAMPLES]
    values: dict[str, str | int | float] = {
        "count": len(rooms),
        "examples": ", ".join(f"“{word}”" for word in shown) or "without a label",
        "examples_zh": "、".join(f"“{word}”" for word in shown) or "无标注",
    }
    return (Finding(FindingCode.USE_UNKNOWN, Severity.NOTE, values, rooms=tuple(room.key for room in rooms)),)

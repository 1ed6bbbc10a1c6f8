"""Floor plans (平面图): keeping a file, reading it, changing how it is read, and what is known of it."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.plan_edits import PlanEdits, edited, with_own_keys
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.domain.plans.checks.uses import unknown_uses
from fangdi.domain.plans.findings import Finding, FindingCode
from fangdi.domain.plans.model import Plan, PlanFloor, PlanFormat, Reading, Units
from fangdi.domain.signs import one_line
from fangdi.domain.uses import spellings
from fangdi.errors import InvalidInputError, NotFoundError
from fangdi.service import plan_checks
from fangdi.service.plan_parts import edits_of, finding_rows, floor_rows, layer_rows, reading_of, room_rows, stored_plan
from fangdi.service.plan_types import PlanReader
from fangdi.store import plans as store
from fangdi.store.query import Record, rows

Chosen = Mapping[str, Any]
"""How to read a file, as `ReadingWanted` has it."""
_PIXEL_M = 0.02
"""A pixel until somebody says how large it is, m: a sheet at 1:100 scanned at about 130 dpi."""
_UNIT_DOUBTS = frozenset({FindingCode.UNITS_MISSING, FindingCode.UNITS_DOUBTFUL})


@dataclass(frozen=True)
class Stored:
    """A plan as it is stored: its row without the file, what is drawn, and what its reader found."""

    row: Record
    plan: Plan
    rooms: tuple[Record, ...]


@dataclass(frozen=True)
class PlanFile:
    """A file on its way in. `name` is what people called it, as one line that reads as it is written."""

    path: Path
    name: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", one_line(self.name) or self.path.name)

    @property
    def content(self) -> bytes:
        """All of it."""
        return self.path.read_bytes()


def read(file: Path, chosen: Chosen, reader: PlanReader) -> Plan:
    """Read a file in a chosen way; levels that a person gave stand in place of those found."""
    found = with_own_keys(without_unit_doubts(reader(file, reading_of(chosen)), chosen))
    if found.format is PlanFormat.PICTURE:
        found = _as_sheet(found, chosen)
    return edited(found, PlanEdits(levels=chosen.get("levels") or {}))


def stored(connection: Connection, number: int) -> Stored:
    """Return a plan; raise NotFoundError unless the reader sees it."""
    row = store.plan(connection, number)
    drawn = store.drawn_rooms(connection, number)
    said = [finding for finding in store.findings(connection, number) if finding["said_by"] == "reader"]
    plan = stored_plan(row, store.floors(connection, number), drawn, said)
    return Stored(row, plan, tuple(drawn))


def keep(connection: Connection, building_id: int, file: PlanFile, plan: Plan, chosen: Chosen) -> int:
    """Keep a file that was read, as a draft; return the number of the plan."""
    building = store.building(connection, building_id)
    content = file.content
    number = store.add(
        connection,
        building_id,
        file_name=file.name,
        format=plan.format,
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        reading=dict(chosen),
        georeference=asdict(plan.georeference) if plan.georeference else None,
        layers=layer_rows(plan),
        **_units(plan, chosen),
    )
    _write(connection, number, building, plan, edited_rooms=())
    return number


def keep_reading(connection: Connection, number: int, plan: Plan, chosen: Chosen, *, revision: int) -> None:
    """Keep what another way of reading came to, repairs and edits of before included; edits without a room wait.

    A placement stays too, unless the unit is another one now: its control points would lie elsewhere.
    """
    row = store.plan(connection, number)
    edits = edits_of(row["edits"], metres=plan.units.metres)
    store.change(
        connection,
        number,
        revision=revision,
        reading=dict(chosen),
        layers=layer_rows(plan),
        georeference=asdict(plan.georeference) if plan.georeference else None,
        unplaced=row["unit_metres"] != plan.units.metres,
        **_units(plan, chosen),
    )
    changed = edited(plan, edits)
    _write(connection, number, store.building(connection, row["building_id"]), changed, edited_rooms=edits.rooms)


def keep_edited(connection: Connection, before: Stored, plan: Plan, **columns: Any) -> None:
    """Keep a plan that was edited or repaired, with the columns of the plan that say so."""
    number = int(before.row["id"])
    store.change(connection, number, revision=before.row["revision"], **columns)
    by_hand = {row["key"] for row in before.rooms if row["edited"]}
    by_hand |= set((columns.get("edits") or {}).get("rooms", {}))
    _write(connection, number, store.building(connection, before.row["building_id"]), plan, edited_rooms=by_hand)


def delete(connection: Connection, number: int) -> None:
    """Delete a draft."""
    store.delete(connection, number)


def room_spellings(connection: Connection) -> dict[str, str]:
    """Return codes of uses by spelling."""
    names = {row["code"]: (row["name"], row["name_en"]) for row in rows(connection, "load_room_uses")}
    return spellings(names)


def findings_of_reading(plan: Plan, *, uses: Mapping[str, str]) -> tuple[Finding, ...]:
    """Return what the reader found, and which uses of its rooms nobody knows; `uses` are codes by spelling."""
    found = tuple(one for one in plan.findings if one.code is not FindingCode.USE_UNKNOWN)
    return (*found, *unknown_uses(plan, spellings=uses))


def check_is_draft(row: Record) -> None:
    """Raise an error unless a plan may still be changed."""
    if row["status"] != "draft" or row["frozen_at"] is not None:
        raise InvalidInputError(SENTENCES[Refusal.NOT_DRAFT])


def units_confirmed(plan: Plan, chosen: Chosen) -> bool:
    """Whether the unit can be relied on: a person said so, or nothing speaks against what the file says."""
    if plan.format is PlanFormat.PICTURE:
        return bool(chosen.get("metres_per_pixel"))
    if chosen.get("unit") or chosen.get("unit_confirmed"):
        return True
    doubted = any(finding.code in _UNIT_DOUBTS for finding in plan.findings)
    return not doubted


def floor_of(plan: Plan, key: str) -> Any:
    """Return a floor by its key; raise NotFoundError when there is none."""
    found = next((floor for floor in plan.floors if floor.key == key), None)
    if found is None:
        known = ", ".join(floor.key for floor in plan.floors)
        raise NotFoundError(f"平面图没有这个楼层。 The plan has no floor {key}; choose from {known}.")
    return found


def without_unit_doubts(plan: Plan, chosen: Chosen) -> Plan:
    """Return a plan without the doubts about its unit that a person has settled."""
    if not chosen.get("unit_confirmed"):
        return plan
    return replace(plan, findings=tuple(one for one in plan.findings if one.code not in _UNIT_DOUBTS))


def _as_sheet(plan: Plan, chosen: Chosen) -> Plan:
    """Return a picture as one floor to trace rooms on, in metres once somebody said how large a pixel is.

    The frame begins in the lower left corner of the picture that is shown.
    """
    metres = chosen.get("metres_per_pixel")
    units = Units("px", metres or _PIXEL_M, "person" if metres else "format")
    return replace(plan, units=units, floors=plan.floors or (PlanFloor("1", "1", chosen.get("level")),))


def _units(plan: Plan, chosen: Chosen) -> dict[str, Any]:
    return {
        "unit_name": plan.units.name,
        "unit_metres": plan.units.metres,
        "unit_said_by": plan.units.said_by,
        "unit_confirmed": units_confirmed(plan, chosen),
    }


def _write(connection: Connection, number: int, building: Record, plan: Plan, *, edited_rooms: Any) -> None:
    """Write what is drawn, what the reader found, and what the checks say about it."""
    place = {"jurisdiction_code": str(building["jurisdiction_code"])}
    uses = room_spellings(connection)
    rooms = room_rows(plan, uses=uses, edited=edited_rooms)
    store.write_drawn(connection, number, floors=floor_rows(plan), rooms=rooms, **place)
    checked = plan_checks.check(plan)
    for said_by, findings in (("reader", findings_of_reading(plan, uses=uses)), ("check", checked)):
        store.write_findings(connection, number, said_by=said_by, findings=finding_rows(findings), **place)


def reading_by(connection: Connection, mapping_id: int | None) -> Chosen:
    """Return the way of reading that a saved layer mapping says; what nobody chose is as the file says."""
    if mapping_id is None:
        return {"gap_m": Reading().gap_m}
    found = store.mappings(connection, mapping_id)
    if not found:
        raise NotFoundError(
            f"没有图层对应方案 {mapping_id}。 There is no layer mapping {mapping_id}; list them.",
            place={"field": "mapping_id"},
        )
    return dict(found[0]["reading"])

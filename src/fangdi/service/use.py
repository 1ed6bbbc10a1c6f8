"""Use of premises (使用情况): by category, building, floor and tenure, added up along agencies or jurisdictions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.norms.entitlement import Part
from fangdi.domain.rounding import apportion
from fangdi.domain.use.cells import Cell, merged, rounded
from fangdi.domain.use.split import SharedUse, Split, split_rooms
from fangdi.domain.use.tree import UNKNOWN_TENURE, Figures, Key, Node, Place, Tree, add_up, grand_total
from fangdi.service.approved_areas import entitlements
from fangdi.service.scope import require
from fangdi.store import reports
from fangdi.store import use as store
from fangdi.store.query import Record

Name = TypeVar("Name", int, str)

DEFINITION = Definition(
    zh=(
        "使用面积:基准日在用房间的面积,按用房类别、楼座和取得方式(自有、租用、借用)归集到使用单位,单位平方米,只计所选面积口径;"
        "交通空间不计;该口径无面积的房间只计间数。合计自上而下按最大余数法取到 0.01 ㎡,各级合计恰等于其下各项之和。"
    ),
    en=(
        "Usable area in m² of rooms in use on the date, by category, building and tenure (owned, leased, borrowed), in "
        "the chosen basis alone. Circulation does not count; rooms without an area in that basis are counted as "
        "rooms. The total is shared out to 0.01 m² by largest remainder: every sum is exactly that of its parts."
    ),
)


@dataclass(frozen=True, slots=True)
class Used:
    """All use on a date, split by a rule and rounded; `kept` are shared rooms that stayed as recorded all the same."""

    split: Split
    cells: Sequence[Cell]
    shares: Mapping[tuple[int, int], float]
    shared: frozenset[int]
    kept: frozenset[int]


@dataclass(frozen=True, slots=True)
class UseReport:
    """The tree with its sums, and the cells they are made of."""

    question: Question
    tree: Tree
    used: Used
    nodes: Sequence[Node]
    total: Figures
    tenures: Mapping[int, str]
    buildings: Mapping[int, str]
    definition: Definition = DEFINITION


@dataclass(frozen=True, slots=True)
class RoomInUse:
    """What of a room counts for an agency: `hundredths` of m² as shown; None without an area in the basis."""

    row: Record
    share: float
    hundredths: int | None


@dataclass(frozen=True, slots=True)
class RoomsInUse:
    """The rooms behind figures, in the order of building, floor and number; `used` counts shared rooms among them."""

    question: Question
    used: Used
    rooms: Sequence[RoomInUse]
    tenures: Mapping[int, str]
    definition: Definition = DEFINITION


def used(connection: Connection, question: Question, split: Split) -> Used:
    """Return all use on the date, shared rooms split by a rule, every cell rounded."""
    whole, shared = store.uses(connection, question)
    parts, kept = split_rooms(shared, split, weights=_weights(connection, split, shared, as_of=question.as_of))
    by_agency, total = reports.areas_by_agency(connection, question)
    sums = {agency: {name: area.area_m2 for name, area in areas.items()} for agency, areas in by_agency.items()}
    return Used(
        split,
        rounded(merged(whole, parts), kept=sums, total_m2=total.area_m2, respread=split is not Split.RECORDED),
        {(part.room_id, part.agency_id): part.share for part in parts},
        frozenset(part.room_id for part in parts),
        kept,
    )


def report(connection: Connection, question: Question, *, split: Split, tree: Tree) -> UseReport:
    """Answer who uses how much, added up along a tree (m² usable, one basis)."""
    require(connection, jurisdiction=question.jurisdiction)
    found = used(connection, question, split)
    tenures = store.tenures(connection, as_of=question.as_of)
    places = _places(store.places(connection, question), tree, users={cell.agency_id for cell in found.cells})
    nodes = add_up(places, found.cells, tenures=tenures)
    names = store.building_names(connection, (cell.building_id for cell in found.cells))
    return UseReport(question, tree, found, nodes, grand_total(nodes), tenures, names)


def rooms(
    connection: Connection,
    question: Question,
    *,
    split: Split,
    agency_id: int | None = None,
    building_id: int | None = None,
) -> RoomsInUse:
    """Answer which rooms stand behind the figures of an agency, of a building, or of both."""
    require(connection, jurisdiction=question.jurisdiction, agency_id=agency_id, building_id=building_id)
    found = used(connection, question, split)
    rows = store.rooms(connection, question, agency_id=agency_id, building_id=building_id)
    tenures = store.tenures(connection, as_of=question.as_of)
    listed = {row["id"] for row in rows}
    of_these = replace(found, shared=found.shared & listed, kept=found.kept & listed)
    return RoomsInUse(question, of_these, _rounded(rows, found), tenures)


def _weights(connection: Connection, split: Split, shared: Iterable[SharedUse], *, as_of: date) -> Mapping[int, float]:
    """Return what agencies weigh under a rule; nothing where no room is shared or the rule needs no weights."""
    if not any(shared) or split not in {Split.PEOPLE, Split.APPROVED}:
        return {}
    if split is Split.PEOPLE:
        return {one.agency.id: one.present or 0 for one in reports.staffing(connection, as_of=as_of)}
    found = entitlements(connection, Question(as_of)).agencies
    return {one.id: one.approved_m2(Part.BASIC) or 0 for one in found}


def _places(rows: Sequence[Record], tree: Tree, *, users: set[int]) -> list[Place]:
    """Return the nodes of a tree: agencies of the place or with rooms in it, and what is above them."""
    agencies = {int(row["id"]): row for row in rows if row["kind"] == "agency"}
    wanted = {number for number, row in agencies.items() if row["in_scope"] or number in users}
    if tree is Tree.AGENCIES:
        wanted |= _above(wanted, {number: _number(row["parent"]) for number, row in agencies.items()})
        return [_place(agencies[number], _agency(_number(agencies[number]["parent"]))) for number in sorted(wanted)]
    jurisdictions = {row["id"]: row for row in rows if row["kind"] == "jurisdiction"}
    homes = {str(agencies[number]["place"]) for number in wanted} & set(jurisdictions)
    homes |= _above(homes, {code: row["parent"] for code, row in jurisdictions.items()})
    return [
        *(_place(agencies[number], ("jurisdiction", agencies[number]["place"])) for number in sorted(wanted)),
        *(_place(jurisdictions[code], _jurisdiction(jurisdictions[code]["parent"])) for code in sorted(homes)),
    ]


def _above(names: set[Name], parents: Mapping[Name, Name | None]) -> set[Name]:
    """Return all that stand above some, as far as they are known."""
    found: set[Name] = set()
    for name in names:
        above = parents.get(name)
        while above is not None and above in parents and above not in found:
            found.add(above)
            above = parents[above]
    return found


def _place(row: Record, above: Key | None) -> Place:
    key: Key = ("agency", int(row["id"])) if row["kind"] == "agency" else ("jurisdiction", row["id"])
    return Place(key, above, row["name"], row["level"])


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _agency(number: int | None) -> Key | None:
    return None if number is None else ("agency", number)


def _jurisdiction(code: str | None) -> Key | None:
    return None if code is None else ("jurisdiction", code)


def _rounded(rows: Sequence[Record], found: Used) -> list[RoomInUse]:
    """Share out the hundredths of each cell among its rooms, so that they add up to what the report says."""
    settled = {cell.key: cell.hundredths for cell in found.cells}
    by_cell: defaultdict[tuple[int, int, str], list[int]] = defaultdict(list)
    shares = [found.shares.get((row["id"], row["agency_id"]), row["share"]) for row in rows]
    for number, row in enumerate(rows):
        if row["room_m2"] is not None:
            by_cell[row["agency_id"], row["building_id"], row["category"]].append(number)
    hundredths: dict[int, int] = {}
    for key, numbers in by_cell.items():
        exact = [rows[number]["room_m2"] * shares[number] for number in numbers]
        hundredths |= dict(zip(numbers, apportion(exact, hundredths=settled.get(key, 0)), strict=True))
    return [RoomInUse(row, shares[number], hundredths.get(number)) for number, row in enumerate(rows)]


def tenure_of(tenures: Mapping[int, str], building_id: int) -> str:
    """Return by what right a building is used."""
    return tenures.get(building_id, UNKNOWN_TENURE)

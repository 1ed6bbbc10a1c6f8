"""Auditing areas (面积核查): what is registered, planned, declared and stated against what a plan measures."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection

from fangdi.domain.access import Capability
from fangdi.domain.common import Page, PageRequest
from fangdi.domain.plan_refusals import SENTENCES, Refusal
from fangdi.domain.plans import auditing, gross
from fangdi.domain.plans.auditing import AuditLine, AuditRoom, Figure, Source, Subject, SubjectKind
from fangdi.domain.plans.model import PlanFloor, StatedBasis
from fangdi.domain.plans.tolerance import AccuracyClass, ToleranceRule
from fangdi.domain.vocabulary import AreaBasis
from fangdi.errors import ChangedMeanwhileError
from fangdi.service import plan_checks, plans
from fangdi.service.plan_rooms import PlannedRoom, planned_rooms
from fangdi.service.plan_types import PlanMap
from fangdi.store import area_audits as store
from fangdi.store import plans as plan_store
from fangdi.store.access import scope_of
from fangdi.store.query import Record

Shown = dict[str, Any]
_VERDICTS = {
    auditing.Verdict.WITHIN: "within",
    auditing.Verdict.BEYOND: "beyond",
    auditing.Verdict.INCOMPLETE: "incomplete",
    auditing.Verdict.MISSING: "missing",
    auditing.Verdict.OTHER_BASIS: "not_comparable",
}
_GRAVEST = ("beyond", "within", "incomplete", "not_comparable", "missing")
"""The verdict on a line is the first of these that one of its comparisons has (`auditing.OVERALL`)."""
_FIGURES = ("registered", "planning", "declared", "stated", "measured")
_DECIMALS = 6
"""Of a square metre: the last bits of a sum may differ from one computer to another."""
_NOBODY = "无使用单位 No agency"
_DRAWN_FLOORS = "本图所绘楼层合计 Floors on this plan"


@dataclass(frozen=True, slots=True)
class _Judged:
    """A subject and what stands beside it on its line; `planned` is the same subject against planning figures."""

    subject: Subject
    measure: str
    planned: Subject
    columns: Mapping[str, Any]


def make(connection: Connection, plan_id: int, on_map: PlanMap, *, accuracy: int, as_of: date) -> int:
    """Draft an audit of a plan on a date and return its number."""
    rule = store.rule(connection, accuracy=accuracy, as_of=as_of)
    lines = _lines(connection, plan_id, on_map, rule=rule, as_of=as_of)
    return store.add(connection, plan_id, rule_id=rule["id"], as_of=as_of, lines=lines)


def accept(connection: Connection, number: int, on_map: PlanMap) -> str:
    """Freeze a draft that still says what the records say, and return the number that it got.

    Raises:
        ChangedMeanwhileError: a newer plan was imported, or a figure that was compared is another one now.
    """
    store.lock(connection, number)
    held = store.audit(connection, number)
    now = _lines(connection, held["plan_id"], on_map, rule=held, as_of=held["as_of"])
    if [_judged_by(line) for line in store.lines(connection, number)] != [_judged_by(line) for line in now]:
        raise ChangedMeanwhileError(SENTENCES[Refusal.OUTDATED])
    return store.accept(connection, number)


def _lines(connection: Connection, plan_id: int, on_map: PlanMap, *, rule: Record, as_of: date) -> list[Shown]:
    """Return the lines of a plan as the records of now have it, judged by a rule."""
    found = plans.stored(connection, plan_id)
    limits = ToleranceRule(
        AccuracyClass(rule["accuracy"]), rule["root"], rule["linear"], rule["source"], rule["verified"]
    )
    judged = [*_rooms_and_sums(connection, found, on_map, as_of=as_of), *_gross(connection, found)]
    return [_line(one, limits, sort) for sort, one in enumerate(judged, 1)]


def _judged_by(line: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return what a verdict rests on: what is judged and all figures, to less than anybody states areas."""
    figures = [line[f"{name}_m2"] for name in _FIGURES]
    over = [(made["against"], made["verdict"], _rounded(made["compared"] or {})) for made in line["comparisons"]]
    what = (line["subject"], line["measure"], line.get("agency_id"))
    return (*what, *(None if area is None else round(area, _DECIMALS) for area in figures), over)


def _rounded(compared: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, _DECIMALS) for name, value in compared.items()}


def page_of(connection: Connection, page: PageRequest, *, building_id: int | None, plan_id: int | None) -> Page[Shown]:
    """Return one page of the audits, the latest first."""
    found = store.page_of(connection, page, building_id=building_id, plan_id=plan_id)
    return Page([_row(row) for row in found.items], found.after)


def detail(connection: Connection, number: int) -> Shown:
    """Return an audit with its lines."""
    row = store.audit(connection, number)
    reaches = scope_of(connection).allows_in(Capability.AUDIT_AREAS, row["jurisdiction_code"])
    return _row(row) | {
        "rule": {name: row[name] for name in ("accuracy", "root", "linear", "source", "verified")},
        "lines": store.lines(connection, number),
        "may_change": reaches and row["status"] == "draft",
    }


def _row(row: Record) -> Shown:
    return dict(row) | {"building": {"id": row["building_id"], "name": row["building_name"]}}


def _rooms_and_sums(connection: Connection, found: plans.Stored, on_map: PlanMap, *, as_of: date) -> Iterable[_Judged]:
    """Return rooms, then floors, the building and agencies with the sums of their rooms; corridors count in no sum."""
    planned = planned_rooms(connection, found, on_map, as_of=as_of)
    around = plan_checks.circulation(connection, found.rooms)
    rooms = {one.key: _audit_room(one) for one in planned}
    for one in planned:
        room = rooms[one.key]
        yield _Judged(room.subject(), "usable", _planned(one, room), _room_columns(one))
    counted = [one for one in planned if one.drawn is None or one.drawn.key not in around]
    by_use = [rooms[one.key] for one in counted]
    in_plan = [replace(rooms[one.key], claimed=_planning(one)) for one in counted]
    floors = {floor.key: floor for floor in found.plan.floors}
    names: dict[Hashable, str] = {key: floor.name for key, floor in floors.items()}
    whole = _draws_all(connection, found, as_of=as_of)
    building: dict[Hashable, str] = {1: found.row["building_name"] if whole else _DRAWN_FLOORS}
    users: dict[Hashable, str] = {use["agency_id"]: use["agency"] for one in planned for use in one.uses}
    users[None] = _NOBODY
    sums = (
        (auditing.by_floor(by_use, names=names), auditing.by_floor(in_plan, names=names)),
        (auditing.by_building(by_use, names=building), auditing.by_building(in_plan, names=building)),
        (auditing.by_agency(by_use, names=users), auditing.by_agency(in_plan, names=users)),
    )
    for subjects, against_planning in sums:
        for subject, other in zip(subjects, against_planning, strict=True):
            yield _Judged(subject, "usable", other, _sum_columns(subject, floors, whole=whole))


def _draws_all(connection: Connection, found: plans.Stored, *, as_of: date) -> bool:
    """Whether a plan draws every floor that its building has, and rooms wherever the building has some."""
    number = found.row["building_id"]
    held = {row["level"] for row in plan_store.building_floors(connection, number)}
    used = {row["level"] for row in plan_store.building_rooms(connection, number, as_of=as_of)}
    floors = found.plan.floors
    return held <= {floor.level for floor in floors} and used <= {floor.level for floor in floors if floor.rooms}


def _audit_room(one: PlannedRoom) -> AuditRoom:
    return AuditRoom(
        key=one.key,
        name=one.label,
        floor=one.floor_key,
        building=1,
        measured_m2=one.drawn.outline.area_m2 if one.drawn else None,
        claimed=_claimed(one),
        shares={use["agency_id"]: Decimal(str(use["share"])) for use in one.uses},
    )


def _claimed(one: PlannedRoom) -> dict[Source, Figure]:
    claimed = {}
    if one.stored is not None:
        for source, column in ((Source.REGISTERED, "registered"), (Source.DECLARED, "declared")):
            area = one.stored[f"{column}_usable_m2"]
            if area is not None:
                claimed[source] = Figure(area, StatedBasis.NET)
    stated = one.drawn.stated[0] if one.drawn and one.drawn.stated else None
    if stated is not None:
        claimed[Source.STATED] = Figure(stated.area_m2, stated.basis)
    return claimed


def _planning(one: PlannedRoom) -> dict[Source, Figure]:
    area = one.stored["planning_usable_m2"] if one.stored is not None else None
    return {} if area is None else {Source.REGISTERED: Figure(area, StatedBasis.NET)}


def _planned(one: PlannedRoom, room: AuditRoom) -> Subject:
    return replace(room, claimed=_planning(one)).subject()


def _room_columns(one: PlannedRoom) -> Shown:
    return {
        "level": one.level,
        "floor_key": one.floor_key,
        "room_key": one.drawn.key if one.drawn else None,
        "room_id": one.stored["id"] if one.stored is not None else None,
    }


def _sum_columns(subject: Subject, floors: Mapping[str, PlanFloor], *, whole: bool) -> Shown:
    if subject.kind is SubjectKind.FLOOR:
        floor = floors.get(str(subject.key))
        return {"floor_key": str(subject.key), "level": floor.level if floor else None}
    own = {"agency_id": subject.key} if subject.kind is SubjectKind.AGENCY else {}
    return {"drawn_only": not whole, **own}


def _gross(connection: Connection, found: plans.Stored) -> Iterable[_Judged]:
    """Return floors and the building with their gross floor area, titles by GB/T 17986 and planning by GB/T 50353."""
    stored = {row["level"]: row for row in plan_store.building_floors(connection, found.row["building_id"])}
    bases = (AreaBasis.REGISTERED, AreaBasis.PLANNING)
    measured = {basis: gross.building_gross(found.plan, basis=basis) for basis in bases}
    titles = {one.floor: one.area_m2 for one in measured[AreaBasis.REGISTERED].floors}
    planning = {one.floor: one.area_m2 for one in measured[AreaBasis.PLANNING].floors}
    for floor in found.plan.floors:
        row = stored.get(floor.level) if floor.level is not None else None
        areas = (titles[floor.key], planning[floor.key])
        yield _gross_line(SubjectKind.FLOOR, floor.key, floor.name, areas, row, floor_key=floor.key, level=floor.level)
    if set(stored) <= {floor.level for floor in found.plan.floors}:  # a plan of some floors is not the building
        building = plan_store.building(connection, found.row["building_id"])
        whole = (measured[AreaBasis.REGISTERED].area_m2, measured[AreaBasis.PLANNING].area_m2)
        yield _gross_line(SubjectKind.BUILDING, 1, str(building["name"]), whole, building)


def _gross_line(
    kind: SubjectKind,
    key: Any,
    name: str,
    areas: tuple[float | None, float | None],
    row: Record | None,
    **columns: Any,
) -> _Judged:
    def subject(area: float | None, claims: Mapping[Source, str]) -> Subject:
        given = {source: row[f"{column}_gross_m2"] for source, column in claims.items()} if row is not None else {}
        claimed = {source: Figure(value, StatedBasis.GROSS) for source, value in given.items() if value is not None}
        return Subject(kind, key, name, {} if area is None else {StatedBasis.GROSS: area}, claimed)

    titles, planning = areas
    held = subject(titles, {Source.REGISTERED: "registered", Source.DECLARED: "declared"})
    return _Judged(held, "gross", subject(planning, {Source.REGISTERED: "planning"}), columns)


def _line(one: _Judged, rule: ToleranceRule, sort: int) -> Shown:
    (own,) = auditing.audit([one.subject], rule)
    (planned,) = auditing.audit([one.planned], rule)
    compared = [
        _comparison("registered", own.of(Source.REGISTERED)),
        _comparison("planning", planned.of(Source.REGISTERED)),
        _comparison("declared", own.of(Source.DECLARED)),
        _comparison("stated", own.of(Source.STATED)),
    ]
    verdicts = {comparison["verdict"] for comparison in compared}
    return {
        "sort": sort,
        "subject": str(one.subject.kind),
        "measure": one.measure,
        "label": one.subject.name,
        "registered_m2": _figure(own, Source.REGISTERED),
        "planning_m2": _figure(planned, Source.REGISTERED),
        "declared_m2": _figure(own, Source.DECLARED),
        "stated_m2": _figure(own, Source.STATED),
        "measured_m2": next(iter(one.subject.measured.values()), None),
        "comparisons": compared,
        "verdict": next(verdict for verdict in _GRAVEST if verdict in verdicts),
        **one.columns,
    }


def _comparison(against: str, made: auditing.Comparison) -> Shown:
    compared = made.figure.compared if made.figure is not None else None
    return {
        "against": against,
        "difference_m2": None if made.difference_m2 is None else -made.difference_m2,
        "tolerance_m2": made.limit_m2,
        "verdict": _VERDICTS[made.verdict],
        "compared": None if compared is None else asdict(compared),
    }


def _figure(line: AuditLine, source: Source) -> float | None:
    figure = line.of(source).figure
    return None if figure is None else figure.area_m2

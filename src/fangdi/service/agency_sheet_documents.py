"""The sheet of an agency (面积核定表) laid out to be written to a file."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.findings.board import FindingFilter
from fangdi.domain.findings.offices import PostEnd
from fangdi.domain.findings.wording import POST_ENDS
from fangdi.domain.labels import TENURES
from fangdi.domain.norms.entitlement import Approval, Entitlement, Part
from fangdi.domain.norms.wording import PARTS
from fangdi.domain.use.split import Split
from fangdi.service import approved_areas, approved_documents, finding_documents, finding_views, use
from fangdi.service.loading_periods import last_day
from fangdi.service.report_tables import Cell, Column, Document, Table
from fangdi.service.use import RoomInUse, RoomsInUse, tenure_of
from fangdi.service.use_documents import area_columns, areas, split_facts
from fangdi.store import approved_areas as approval_store
from fangdi.store import inspections
from fangdi.store.query import Record

AGENCY = Definition("面积核定表", "Approved and used area of an agency")


@dataclass(frozen=True, slots=True)
class AgencySheet:
    """The sheet of an agency, and what the agency is called."""

    name: str
    document: Document


def agency(connection: Connection, agency_id: int, question: Question, *, split: Split, today: date) -> AgencySheet:
    """Lay out what an agency may have and what it has, by category, building, floor and tenure, with its findings."""
    one = approved_areas.entitlement(connection, agency_id, question)
    written = approved_documents.calculation(connection, one, question)
    steps, compared = written.tables
    found = use.rooms(connection, question, split=split, agency_id=agency_id)
    document = Document(
        f"agency-sheet-{agency_id}",
        question,
        written.definition,
        (
            compared,
            _by_building(found),
            _by_floor(found),
            steps,
            _approvals(approval_store.approvals(connection, agency_id)),
            _ranks(one),
            *([_leaders(inspections.posts_of(connection, agency_id))] if one.sees_posts else []),
            _findings(connection, agency_id, question, today=today),
        ),
        (*written.facts, *split_facts(found.used)),
        written.sample_notice,
    )
    return AgencySheet(one.name, document)


def _findings(connection: Connection, agency_id: int, question: Question, *, today: date) -> Table:
    """Lay out the findings of an agency that are not settled, in the columns that fit beside the rest."""
    asked = finding_views.Question(today, question.as_of)
    wanted = FindingFilter(state="unsettled", agency_id=agency_id)
    full = finding_documents.findings(connection, asked, wanted).main
    shown = ("rule", "severity", "state", "object", "measure", "unit", "since", "deadline", "clauses")
    places = [place for place, column in enumerate(full.columns) if column.key in shown]
    rows = [[row[place] for place in places] for row in full.rows]
    return Table(
        "findings", Definition("未销号的合规问题", "Findings not settled"), tuple(full.columns[n] for n in places), rows
    )


def _ranks(one: Entitlement) -> Table:
    columns = (Column("rank", "职级", "Rank"), Column("posts", "编制", "Posts", "count"))
    rows = [(rank.name.zh, rank.posts) for rank in one.ranks]
    return Table("posts", Definition("编制", "Authorised posts"), columns, rows)


def _approvals(known: Sequence[Approval]) -> Table:
    columns = (
        Column("document_no", "批复文号", "Document"),
        Column("issued_by", "批复机关", "Issued by"),
        Column("issued_on", "批复日期", "Issued on", "date"),
        Column("valid_from", "自", "From", "date"),
        Column("last_day", "最后一天", "Last day", "date"),
        *(
            Column(f"{part}_m2", f"核定·{PARTS[part].zh}", f"Approved, {PARTS[part].en}", "square_metres")
            for part in Part
        ),
        Column("remark", "说明", "Remark"),
    )
    rows = [
        (
            one.document_no,
            one.issued_by,
            one.issued_on,
            one.valid_from,
            last_day(one.valid_until) if one.valid_until else None,
            *(one.area_m2(part) for part in Part),
            one.remark,
        )
        for one in known
    ]
    return Table("approvals", Definition("核定批复", "Approved by hand"), columns, rows)


def _leaders(posts: Sequence[Record]) -> Table:
    columns = (
        Column("person_key", "人员编号", "Staff number"),
        Column("rank", "职级", "Rank"),
        Column("since", "任职起", "From", "date"),
        Column("until", "离任日", "Left on", "date"),
        Column("ended_by", "离任方式", "How it ended"),
        Column("document_no", "任职文号", "Document"),
        Column("end_document_no", "离任文号", "Document of the removal"),
    )
    rows = [
        (
            one["person_key"],
            one["rank"],
            one["since"],
            one["until"],
            POST_ENDS[PostEnd(one["ended_by"])].zh if one["ended_by"] else None,
            one["document_no"],
            one["end_document_no"],
        )
        for one in posts
    ]
    return Table("leader_posts", Definition("领导任职", "Posts of leaders"), columns, rows)


def _by_building(found: RoomsInUse) -> Table:
    columns = (
        Column("building", "楼座", "Building"),
        Column("tenure", "取得方式", "Tenure"),
        *area_columns(),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    by_building: defaultdict[int, list[RoomInUse]] = defaultdict(list)
    for room in found.rooms:
        by_building[room.row["building_id"]].append(room)
    rows: list[tuple[Cell, ...]] = [
        (
            rooms[0].row["building_name"],
            TENURES[tenure_of(found.tenures, number)].zh,
            *areas(_by_category(rooms)),
            len(rooms),
        )
        for number, rooms in by_building.items()
    ]
    together: tuple[Cell, ...] = ("合计", None, *areas(_by_category(found.rooms)), len(found.rooms))
    return Table("buildings", Definition("使用情况(按楼座)", "Use by building"), columns, [*rows, together])


def _by_floor(found: RoomsInUse) -> Table:
    columns = (
        Column("building", "楼座", "Building"),
        Column("floor", "楼层", "Floor"),
        *area_columns(),
        Column("rooms", "房间数", "Rooms", "count"),
    )
    by_floor: defaultdict[int, list[RoomInUse]] = defaultdict(list)
    for room in found.rooms:
        by_floor[room.row["floor_id"]].append(room)
    rows: list[tuple[Cell, ...]] = [
        (rooms[0].row["building_name"], rooms[0].row["floor_name"], *areas(_by_category(rooms)), len(rooms))
        for rooms in by_floor.values()
    ]
    together: tuple[Cell, ...] = ("合计", None, *areas(_by_category(found.rooms)), len(found.rooms))
    return Table("floors", Definition("使用情况(按楼层)", "Use by floor"), columns, [*rows, together])


def _by_category(rooms: Sequence[RoomInUse]) -> dict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for room in rooms:
        found[room.row["category"]] += room.hundredths or 0
    return found

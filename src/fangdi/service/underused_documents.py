"""Under-used space (低效使用) laid out to be written to a file: agencies and rooms."""

from sqlalchemy import Connection

from fangdi.domain.common import Definition, Question
from fangdi.domain.labels import LEVELS
from fangdi.domain.underused import UnderUsedReport
from fangdi.domain.vocabulary import AdministrativeLevel
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Column, Document, Table
from fangdi.service.underused import under_used


def document(connection: Connection, question: Question) -> Document:
    """Lay out everything that is under-used."""
    report = under_used(connection, question)
    days = ", ".join(day.isoformat() for day in report.periods) or "—"
    facts = ((Definition("所看的期末", "Ends of the periods"), days),)
    tables = (_rooms(report), _agencies(report))
    return Document("under-used", question, report.definition, tables, facts, sample_notice(connection))


def _agencies(report: UnderUsedReport) -> Table:
    columns = (
        Column("agency_id", "单位编号", "Agency id", "count", internal=True),
        Column("agency", "单位", "Agency"),
        Column("level", "级别", "Level"),
        Column("area_m2", "办公室使用面积", "Usable office area", "area"),
        Column("present", "实有人数", "Staff present", "count"),
        Column("m2_per_head", "人均", "A head", "area"),
        Column("threshold_m2", "认定标准(人均)", "Threshold a head", "square_metres"),
        Column("spare_m2", "可调剂面积", "To spare", "area"),
        Column("since", "起始日", "Since", "date"),
    )
    rows = [
        (
            one.agency.id,
            one.agency.name,
            LEVELS[AdministrativeLevel(one.agency.level)].zh,
            one.area_m2,
            one.present,
            one.m2_per_head,
            one.threshold_m2,
            one.spare_m2,
            one.since,
        )
        for one in report.agencies
    ]
    return Table("agencies", Definition("低效使用单位", "Under-used by agencies"), columns, rows)


def _rooms(report: UnderUsedReport) -> Table:
    columns = (
        Column("room_id", "房间编号", "Room id", "count", internal=True),
        Column("building", "楼座", "Building"),
        Column("number", "房号", "Number"),
        Column("agency", "使用单位", "Agency"),
        Column("area_m2", "使用面积", "Usable area", "area"),
        Column("seats", "座位", "Seats", "count"),
        Column("persons", "在室人数", "Persons", "count"),
        Column("since", "起始日", "Since", "date"),
    )
    rows = [
        (one.id, one.building.name, one.number, one.agency.name, one.area_m2, one.seats, one.persons, one.since)
        for one in report.rooms
    ]
    places = [one.location for one in report.rooms]
    return Table("items", Definition("低效使用房间", "Under-used rooms"), columns, rows, places)

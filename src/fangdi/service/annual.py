"""The yearly report (年度统计报表) as of a date, from what the system holds and nothing else."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from fangdi.domain.annual import forms
from fangdi.domain.annual.forms import CERTAINTY, TITLES, Form, FormColumn, FormGap, FormKey, FormRow, Value
from fangdi.domain.annual.project import Project
from fangdi.domain.common import Definition, Question
from fangdi.domain.labels import AGENCY_KINDS, LEVELS, TENURES
from fangdi.domain.labels import TITLES as TITLE_NAMES
from fangdi.domain.rounding import round_to_total
from fangdi.domain.use.split import Split
from fangdi.domain.vocabulary import AdministrativeLevel, AgencyKind, RoomCategory, TenureKind, TitleState
from fangdi.service import use
from fangdi.service.documents import sample_notice
from fangdi.service.report_tables import Column, Document, Table
from fangdi.service.scope import require
from fangdi.service.use import Used
from fangdi.service.use_documents import split_facts
from fangdi.store import annual as store
from fangdi.store import projects as project_store
from fangdi.store.query import Record

_BUILDING_KEYS = frozenset(column.key for column in (*forms.BUILDING, *forms.REST) if column.key != "remark")
_Areas = Mapping[str, int]
"""Hundredths of m² by category."""


@dataclass(frozen=True, slots=True)
class AnnualReport:
    """All forms, and the list of what is missing from them."""

    question: Question
    used: Used
    forms: Sequence[Form]
    gaps: Sequence[FormGap]
    definition: Definition = CERTAINTY


def report(connection: Connection, question: Question, *, split: Split = Split.RECORDED) -> AnnualReport:
    """Fill in the forms for a jurisdiction with all below it; what the data do not hold stays empty and is listed."""
    require(connection, jurisdiction=question.jurisdiction)
    used = use.used(connection, question, split)
    buildings = _settled(store.buildings(connection, question))
    agencies = {row["id"]: row for row in store.agencies(connection, question)}
    projects = project_store.projects(connection, as_of=question.as_of, jurisdiction=question.jurisdiction)
    made = (
        _jurisdictions(store.jurisdictions(connection, question)),
        _premises(buildings, agencies, _by_building(used), ranks=store.ranks(connection)),
        _technical(buildings, agencies, _by_building(used)),
        _projects(projects),
        _leaders(store.leaders(connection, question)),
    )
    return AnnualReport(question, used, made, forms.gaps(made))


def document(connection: Connection, made: AnnualReport) -> Document:
    """Lay out the forms, each on a sheet of its own, and the list of what is missing."""
    tables = (*(_table(form) for form in made.forms), _gaps(made.gaps))
    facts = split_facts(made.used)
    return Document("annual-forms", made.question, made.definition, tables, facts, sample_notice(connection))


def _settled(rows: Sequence[Record]) -> list[Record]:
    """Return buildings with gross areas that add up to the exact total with two decimals."""
    shares = round_to_total([row["gross_m2"] for row in rows])
    return [{**row, "gross_m2": gross} for row, gross in zip(rows, shares, strict=True)]


def _by_building(used: Used) -> Mapping[int, Mapping[int, _Areas]]:
    """Return areas by building, agency and category."""
    found: defaultdict[int, defaultdict[int, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    for cell in used.cells:
        found[cell.building_id][cell.agency_id][cell.category] = cell.hundredths
    return found


def _jurisdictions(rows: Sequence[Record]) -> Form:
    made = [
        FormRow(
            {
                "name": row["name"],
                "level": LEVELS[AdministrativeLevel(row["level"])].zh,
                "code": forms.statistical_code(row["code"]),
            }
        )
        for row in rows
    ]
    return _form(FormKey.JURISDICTIONS, forms.JURISDICTIONS, made)


def _premises(
    buildings: Sequence[Record],
    agencies: Mapping[int, Record],
    areas: Mapping[int, Mapping[int, _Areas]],
    *,
    ranks: Sequence[Record],
) -> Form:
    """Fill in form ②: a row for each user of a building; what is of the building or the agency stands once."""
    levels = {agencies[agency]["level"] for users in areas.values() for agency in users if agency in agencies}
    shown = [rank for rank in ranks if rank["level"] in levels]
    listed: set[int] = set()
    parcels: set[int] = set()
    rows: list[FormRow] = []
    for building in buildings:
        users = [agency for agency in sorted(areas.get(building["id"], {})) if agency in agencies]
        facts, shared, land_said = _building(building, parcels)
        for number, agency in enumerate(users or [None]):
            row = None if agency is None else agencies[agency]
            posts, posts_blank = _posts(row, shown, again=agency in listed)
            used = {} if agency is None else areas[building["id"]][agency]
            of_building = {"address": facts["address"]} if number else facts
            blank = posts_blank | shared | (_BUILDING_KEYS if number else frozenset())
            remark = _remark(used, row, again=agency in listed, land_said=None if number else land_said)
            rows.append(FormRow({**of_building, **_user(row), **posts, **_used(used), "remark": remark}, blank))
            if agency is not None:
                listed.add(agency)
    rank_columns = [forms.rank_column(rank["code"], rank["name"], rank["name_en"]) for rank in shown]
    return _form(FormKey.PREMISES, (*forms.BUILDING, *forms.USER, *rank_columns, *forms.USED, *forms.REST), rows)


def _building(building: Record, listed: set[int]) -> tuple[dict[str, Value], frozenset[str], str | None]:
    """Return what a form says of a building, what is blank on purpose, and a remark on its land."""
    land_m2, said = _land(building, listed)
    place = building["address"]
    tenure = building["tenure"]
    facts: dict[str, Value] = {
        "address": None if place is None else f"{place}({building['name']})",
        "land_m2": land_m2,
        "gross_m2": building["gross_m2"],
        "title": TITLE_NAMES[TitleState(building["title"])].zh if building["title"] else None,
        "year": None if building["built_year"] is None else str(building["built_year"]),
        "tenure": None if tenure is None else "否" if tenure == TenureKind.OWNED else TENURES[tenure].zh,
    }
    return facts, frozenset({"land_m2"}) if land_m2 is None and said else frozenset(), said


def _land(building: Record, listed: set[int]) -> tuple[float | None, str | None]:
    """Return the area (m²) of the parcels of a building that no earlier building lists, and a remark on the others.

    None without a remark: it stands on no parcel known, on one without an area, or on one that the reader does not see.
    """
    areas = dict(zip(building["parcels"], building["land"], strict=True))
    own = [area for parcel, area in areas.items() if parcel not in listed]
    again = len(own) < len(areas)
    listed.update(areas)
    if building["land_hidden"] or None in own or not areas:
        return None, None
    if not own:
        return None, "用地面积见同宗地的前一楼座"
    return sum(own), "其余用地面积见同宗地的前一楼座" if again else None


def _user(row: Record | None) -> dict[str, Value]:
    if row is None:
        return {"user": None, "kind": None}
    return {"user": row["name"], "kind": AGENCY_KINDS[AgencyKind(row["kind"])].zh}


def _posts(row: Record | None, ranks: Sequence[Record], *, again: bool) -> tuple[dict[str, Value], frozenset[str]]:
    """Return posts by rank, where an agency stands first; ranks of other levels are none of its own."""
    keys = [f"posts_{rank['code']}" for rank in ranks]
    if row is None or again:
        return {}, frozenset(keys)
    own = {f"posts_{code}": posts for code, posts in row["posts"].items()}
    foreign = {f"posts_{rank['code']}" for rank in ranks if rank["level"] != row["level"]}
    return dict(own), frozenset(keys) if own or not row["sees_posts"] else frozenset(foreign)


def _used(areas: _Areas) -> dict[str, Value]:
    basic = [areas.get(category, 0) for category in (RoomCategory.OFFICE, RoomCategory.SERVICE, RoomCategory.EQUIPMENT)]
    names = ("office_m2", "service_m2", "equipment_m2", "basic_m2")
    return {name: part / 100 for name, part in zip(names, (*basic, sum(basic)), strict=True)}


def _remark(areas: _Areas, row: Record | None, *, again: bool, land_said: str | None) -> str | None:
    """Return what a row cannot say otherwise: usable area outside the columns, and where else something stands."""
    outside = {
        RoomCategory.ANCILLARY: "附属用房使用面积",
        RoomCategory.TECHNICAL: "技术业务用房使用面积",
        RoomCategory.UNCLASSIFIED: "未分类使用面积",
    }
    said = [f"{name}{areas[category] / 100:.2f}㎡" for category, name in outside.items() if areas.get(category)]
    if row is None:
        said.append("无使用单位")
    elif not row["sees_posts"]:
        said.append("编制不在您的查看范围内")
    elif again:
        said.append("编制见本单位首行")
    if land_said:
        said.append(land_said)
    return ";".join(said) or None


def _technical(
    buildings: Sequence[Record], agencies: Mapping[int, Record], areas: Mapping[int, Mapping[int, _Areas]]
) -> Form:
    parcels: set[int] = set()
    rows = []
    for building in buildings:
        users = areas.get(building["id"], {})
        users = {agency: used for agency, used in users.items() if used.get(RoomCategory.TECHNICAL)}
        if not users:
            continue
        facts, shared, _ = _building(building, parcels)
        for number, agency in enumerate(sorted(users)):
            values = {"address": facts["address"]} if number else facts
            blank = _BUILDING_KEYS - {"technical_gross_m2"} if number else shared
            rows.append(FormRow({**values, **_user(agencies.get(agency))}, blank))
    return _form(FormKey.TECHNICAL, forms.TECHNICAL, rows)


def _projects(projects: Sequence[Project]) -> Form:
    made = [FormRow({column.key: getattr(project, column.key) for column in forms.PROJECTS}) for project in projects]
    return _form(FormKey.PROJECTS, forms.PROJECTS, made)


def _leaders(rows: Sequence[Record]) -> Form:
    made = [FormRow({column.key: row[column.key] for column in forms.LEADERS}) for row in rows]
    return _form(FormKey.LEADERS, forms.LEADERS, made)


def _form(key: FormKey, columns: Sequence[FormColumn], rows: Sequence[FormRow]) -> Form:
    return Form(key, TITLES[key], tuple(columns), tuple(rows))


def _table(form: Form) -> Table:
    """Lay out a form, its rows numbered as the list of what is missing names them."""
    columns = (
        Column("row", "序号", "No.", "count"),
        *(
            Column(
                column.key,
                column.name.zh,
                column.name.en,
                "text" if column.kind == "number" else column.kind,
            )
            for column in form.columns
        ),
    )
    rows = [
        (number, *(row.values.get(column.key) for column in form.columns)) for number, row in enumerate(form.rows, 1)
    ]
    return Table(form.key, form.title, columns, rows)


def _gaps(found: Sequence[FormGap]) -> Table:
    columns = (
        Column("form", "报表", "Form"),
        Column("column", "栏目", "Column"),
        Column("cells", "空格数", "Empty cells", "count"),
        Column("rows", "序号", "Rows, by No."),
        Column("why", "缺少的数据", "What is missing"),
    )
    rows = [
        (
            TITLES[gap.form].zh,
            gap.column.name.zh,
            len(gap.rows),
            ranges(gap.rows),
            gap.column.why.zh if gap.column.why else None,
        )
        for gap in found
    ]
    return Table("gaps", Definition("缺项", "What is missing"), columns, rows)


def ranges(numbers: Sequence[int]) -> str:
    """Return ascending numbers as ranges: 1–3、5."""
    parts: list[list[int]] = []
    for number in numbers:
        if parts and parts[-1][-1] == number - 1:
            parts[-1] = [parts[-1][0], number]
        else:
            parts.append([number])
    return "、".join(str(part[0]) if len(part) == 1 else f"{part[0]}–{part[1]}" for part in parts)

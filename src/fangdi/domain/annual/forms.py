"""The forms of the yearly report: titles and columns, and how sure they are.

What forms there are is quoted from a summary of DB53/T 1358.9; their columns were found in the code of systems in use,
not in a standard: all of them are practice (实务做法) and may differ from what the receiving system asks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from fangdi.domain.common import Definition

Value = str | int | float | None
Kind = Literal["text", "count", "square_metres", "number"]


class FormKey(StrEnum):
    """One form."""

    JURISDICTIONS = "jurisdictions"  # ① 行政区划
    PREMISES = "premises"  # ② 办公用房
    TECHNICAL = "technical"  # ③ 技术业务用房
    PROJECTS = "projects"  # ④ 建设项目
    LEADERS = "leaders"  # 领导干部办公室


@dataclass(frozen=True, slots=True)
class FormColumn:
    """A column; `why` says what is missing where its cell is empty, and None that an empty cell is an answer."""

    key: str
    name: Definition
    kind: Kind = "text"
    why: Definition | None = None


@dataclass(frozen=True, slots=True)
class FormRow:
    """A row: values by column; cells in `blank` are left empty on purpose, as they stand in another row."""

    values: Mapping[str, Value]
    blank: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Form:
    """A form ready to be written."""

    key: FormKey
    title: Definition
    columns: Sequence[FormColumn]
    rows: Sequence[FormRow]


@dataclass(frozen=True, slots=True)
class FormGap:
    """A column with empty cells: in which rows (from 1), and what is missing."""

    form: FormKey
    column: FormColumn
    rows: Sequence[int]


TITLES: Mapping[FormKey, Definition] = {
    FormKey.JURISDICTIONS: Definition("①行政区划", "1 Jurisdictions"),
    FormKey.PREMISES: Definition("②办公用房", "2 Office premises"),
    FormKey.TECHNICAL: Definition("③技术业务用房", "3 Technical premises"),
    FormKey.PROJECTS: Definition("④建设项目", "4 Building projects"),
    FormKey.LEADERS: Definition("领导干部办公室", "Offices of leaders"),
}
CERTAINTY = Definition(
    "报表种类转引自地方标准摘要,各栏取自实务系统,未见官方表式(实务做法);领导干部办公室的各栏由本系统拟定。报送前请与接收系统核对。",
    "The kinds of forms are quoted from a summary of a local standard, their columns come from systems in practice; no "
    "official form was seen. The columns of leaders' offices are our own. Check with whoever receives them.",
)
_BY_CATEGORY = Definition(
    "系统按房间登记使用面积,没有按用房类别划分的建筑面积", "gross area is not kept by category of rooms"
)
_LAND = Definition(
    "未登记宗地,或有宗地没有该口径的面积、不在您的查看范围内",
    "no parcel is recorded, or one has no area of the basis or is not visible to you",
)
_GROSS = Definition("楼座没有该口径的建筑面积", "the building has no gross area of the basis")
_TITLE = Definition("没有权属记录", "no title is recorded")
_YEAR = Definition("没有建成年份", "the year is not recorded")
_ADDRESS = Definition("没有坐落", "no address is recorded")
_POSTS = Definition("没有登记该单位的编制", "no posts of the agency are recorded")
_TENURE = Definition("没有取得方式记录", "no tenure is recorded")
_ENTERED = Definition("登记项目时未填", "it was not entered with the project")


def _area(key: str, zh: str, en: str, why: Definition | None = None) -> FormColumn:
    return FormColumn(key, Definition(zh, en), "square_metres", why)


def _text(key: str, zh: str, en: str, why: Definition | None = None) -> FormColumn:
    return FormColumn(key, Definition(zh, en), "text", why)


JURISDICTIONS = (
    _text("name", "名称", "Name"),
    _text("level", "级别", "Level"),
    _text("code", "代码(12位)", "Code (12 digits)"),
)
BUILDING = (
    _text("address", "地址坐落", "Address", _ADDRESS),
    _area("land_m2", "用地面积", "Land area", _LAND),
    _area("gross_m2", "总建筑面积", "Gross area", _GROSS),
    _area("office_gross_m2", "办公用房建筑面积", "Gross area of office premises", _BY_CATEGORY),
    _area("technical_gross_m2", "技术业务用房建筑面积", "Gross area of technical premises", _BY_CATEGORY),
)
USER = (_text("user", "使用单位", "User"), _text("kind", "类别", "Kind"))
USED = (
    _area("office_m2", "使用面积·办公室", "Usable, offices"),
    _area("service_m2", "使用面积·服务用房", "Usable, service rooms"),
    _area("equipment_m2", "使用面积·设备用房", "Usable, equipment rooms"),
    _area("basic_m2", "使用面积·合计", "Usable, together"),
)
REST = (
    _area("ancillary_gross_m2", "附属用房建筑面积", "Gross area of ancillary premises", _BY_CATEGORY),
    _text("title", "权属登记情况", "Title", _TITLE),
    _text("year", "建设年代", "Year", _YEAR),
    _text("tenure", "是否租(借)用", "Leased or borrowed", _TENURE),
    _text("remark", "备注", "Remark"),
)
TECHNICAL = (
    _text("address", "坐落", "Address", _ADDRESS),
    _area("land_m2", "用地面积", "Land area", _LAND),
    _area("technical_gross_m2", "建筑面积", "Gross area", _BY_CATEGORY),
    _text("user", "使用单位", "User"),
    _text("title", "权属登记情况", "Title", _TITLE),
    _text("year", "建设年代", "Year", _YEAR),
)
PROJECTS = (
    _text("name", "项目名称", "Project"),
    _text("approved_by", "审批部门", "Approved by", _ENTERED),
    _text("builder", "建设单位", "Builder", _ENTERED),
    _text("user_name", "使用单位", "User", _ENTERED),
    _text("address", "坐落", "Address", _ENTERED),
    _area("planning_gross_m2", "规模·建筑面积", "Size, gross area", _ENTERED),
    FormColumn("estimate_10k_yuan", Definition("估算投资(万元)", "Estimate (10,000 yuan)"), "number", _ENTERED),
)
LEADERS = (
    _text("agency", "单位", "Agency"),
    _text("person_key", "人员编号", "Staff number"),
    _text("name", "姓名(选填)", "Name, if recorded"),
    _text("rank", "职级", "Rank"),
    _text("building", "楼座", "Building"),
    _text("floor", "楼层", "Floor"),
    _text("room", "房间", "Room"),
    _text("use", "用途", "Use"),
    _area(
        "room_m2", "房间使用面积", "Usable area of the room", Definition("房间没有该口径的面积", "no area of the basis")
    ),
    FormColumn("people", Definition("房间内登记人数", "People recorded in the room"), "count"),
)


def rank_column(code: str, zh: str, en: str) -> FormColumn:
    """Return the column of the posts of a rank."""
    return FormColumn(f"posts_{code}", Definition(f"编制·{zh}", f"Posts, {en}"), "count", _POSTS)


def statistical_code(code: str) -> str:
    """Return the 12-digit statistical code: of a county or above, six zeros follow its GB/T 2260 code."""
    return code if len(code) == 12 else f"{code}000000"


def missing(form: Form) -> list[list[FormColumn]]:
    """Return for each row of a form the columns whose cells are empty and should not be."""
    return [
        [
            column
            for column in form.columns
            if column.why is not None and row.values.get(column.key) is None and column.key not in row.blank
        ]
        for row in form.rows
    ]


def gaps(forms: Sequence[Form]) -> list[FormGap]:
    """Return what is missing: the columns with cells that are empty and should not be."""
    found = []
    for form in forms:
        empty = missing(form)
        for column in form.columns:
            rows = [number for number, lacking in enumerate(empty, start=1) if column in lacking]
            if rows:
                found.append(FormGap(form.key, column, rows))
    return found

"""The kinds of indicators: what those of one kind have in common, as rows, parts and what is included."""

from fangdi.domain.common import Definition
from fangdi.domain.indicators.model import Better, Group, Indicator, IndicatorKey, PartKind, RowKind, Unit

_AGENCIES = Definition("有使用面积、可归入位置的单位", "agencies with usable area, which so stand somewhere")
BUILDINGS = Definition(
    "权属状态和建筑面积(所选口径)均已填报的楼座", "buildings with title state and gross area in the basis"
)
ENDED = Definition(
    "已撤销的单位及其未腾退的房间不计(在用面积报表仍列出)",
    "agencies that have ended are left out with the rooms still in their name (reports of use list these)",
)
_IN_FORCE = Definition(
    f"基准日存在的单位;含没有使用面积的单位;{ENDED.zh}",
    f"agencies that exist on the date, with or without usable area; {ENDED.en}",
)
_DUE = Definition(
    "基准日存在的自有楼座(未填取得方式的按自有计);租用、借用的不计,因涉密登记在使用单位名下的不计",
    "own buildings that stand on the date (those without a recorded tenure are taken for own); leased and borrowed "
    "ones, and those held by their user for state secrecy, are left out",
)
_WHERE = Definition(
    "单位归入其使用面积最多的一档,距离按楼座定位点到集中办公区边界的椭球面最短距离",
    "an agency stands where most of its usable area is, by the shortest distance on the ellipsoid from the building's "
    "point to the outline of a zone",
)
_SPACE = Definition(
    "基准日存在的房间,不含交通空间;闲置=用途可分配、无单位使用、未在维修预留移交中,不论空置多久。"
    "各地、各日统一口径,以便比较;闲置房间清单按当地认定规则(天数、用途、状态)列出,两者可能不同",
    "rooms that exist on the date, without circulation; idle: assignable, used by nobody, not under repair, reserved "
    "or handed over, however short a time. The same everywhere and on every day, so that figures compare; the list of "
    "idle rooms goes by the rule of each place (days, uses, states) and may differ",
)
_ROOMS = Definition("所选口径有面积的房间", "rooms with an area in the basis")
_NORMS = Definition(
    f"基准日存在的单位;核定面积以批复为准,无批复按编制计算;实际只计办公室、服务用房、设备用房;{ENDED.zh}",
    "agencies that exist on the date; the approval by hand, else what follows from authorised posts; used counts "
    f"offices, service and equipment rooms; {ENDED.en}",
)
_COMPARABLE = Definition(
    "已有核定面积、房间面积齐全的单位(在您的查看范围外另有用房的除外)",
    "agencies with an approved area and no room without area, but for those that use rooms out of your sight",
)


def registered(key: IndicatorKey, name: Definition, unit: Unit, *, rate: bool, **said: Definition) -> Indicator:
    """Return an indicator of what is registered: rows are buildings, parts states of title."""
    return Indicator(
        key=key,
        group=Group.HOLDINGS,
        name=name,
        counts=unit,
        divided_by=unit if rate else None,
        includes=_DUE,
        rows=RowKind.BUILDING,
        parts=PartKind.TITLE,
        better=Better.MORE,
        **said,
    )


def reached(key: IndicatorKey, name: Definition, unit: Unit, **said: Definition) -> Indicator:
    """Return a share of agencies in reach of a zone: parts are the bands of distance."""
    return Indicator(
        key=key,
        group=Group.PLACES,
        name=name,
        counts=unit,
        divided_by=unit,
        includes=Definition(f"{_IN_FORCE.zh};{_WHERE.zh}", f"{_IN_FORCE.en}; {_WHERE.en}"),
        covers=_AGENCIES,
        rows=RowKind.AGENCY,
        parts=PartKind.BAND,
        better=Better.MORE,
        **said,
    )


def in_zones(key: IndicatorKey, name: Definition, *, rate: bool, **said: Definition) -> Indicator:
    """Return an indicator of agencies inside zones: parts are the zones."""
    return Indicator(
        key=key,
        group=Group.PLACES,
        name=name,
        counts=Unit.COUNT,
        divided_by=Unit.COUNT if rate else None,
        includes=Definition(f"{_IN_FORCE.zh};{_WHERE.zh}", f"{_IN_FORCE.en}; {_WHERE.en}"),
        covers=_AGENCIES,
        rows=RowKind.AGENCY,
        parts=PartKind.ZONE,
        better=Better.MORE,
        **said,
    )


def idle(key: IndicatorKey, name: Definition, *, rate: bool, **said: Definition) -> Indicator:
    """Return an indicator of idle area: rows are buildings, parts categories of rooms."""
    return Indicator(
        key=key,
        group=Group.SPACE,
        name=name,
        counts=Unit.M2,
        divided_by=Unit.M2 if rate else None,
        includes=_SPACE,
        covers=_ROOMS,
        rows=RowKind.BUILDING,
        parts=PartKind.CATEGORY,
        better=Better.LESS,
        **said,
    )


def over(key: IndicatorKey, name: Definition, counts: Unit, *, rate: bool = False, **said: Definition) -> Indicator:
    """Return an indicator of use beyond the approved area: rows are agencies."""
    return Indicator(
        key=key,
        group=Group.NORMS,
        name=name,
        counts=counts,
        divided_by=counts if rate else None,
        includes=_NORMS,
        covers=_COMPARABLE,
        rows=RowKind.AGENCY,
        parts=PartKind.LEVEL,
        better=Better.LESS,
        **said,
    )


def leased(key: IndicatorKey, name: Definition, counts: Unit, **said: Definition) -> Indicator:
    """Return an indicator of leased buildings."""
    return Indicator(
        key=key,
        group=Group.HOLDINGS,
        name=name,
        counts=counts,
        divided_by=None,
        rows=RowKind.BUILDING,
        parts=PartKind.TENURE,
        better=Better.LESS,
        **said,
    )


def per_person(key: IndicatorKey, name: Definition, **said: Definition) -> Indicator:
    """Return an area by head or post."""
    return Indicator(
        key=key,
        group=Group.NORMS,
        name=name,
        counts=Unit.M2,
        divided_by=Unit.PERSONS,
        rows=RowKind.AGENCY,
        parts=PartKind.LEVEL,
        better=Better.NEITHER,
        **said,
    )


def findings(key: IndicatorKey, name: Definition, better: Better, **said: Definition) -> Indicator:
    """Return a number of findings: parts are the rules."""
    return Indicator(
        key=key,
        group=Group.FINDINGS,
        name=name,
        counts=Unit.COUNT,
        divided_by=None,
        includes=Definition(
            "到基准日已发现的全部问题;首次核算之前的日期没有数值",
            "all findings made by the date; before the first computation there is no value",
        ),
        covers=Definition(
            "问题由系统按规则核算,处置情况逐条留痕", "findings follow from the data by rule, each with its history"
        ),
        rows=RowKind.FINDING,
        parts=PartKind.RULE,
        better=better,
        **said,
    )

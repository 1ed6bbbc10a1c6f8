"""The indicators as data: names, definitions in words, formulas, what is included, and on what they rest."""

from collections.abc import Mapping
from types import MappingProxyType

from fangdi.domain.common import Definition
from fangdi.domain.indicators import kinds
from fangdi.domain.indicators.model import Better, Group, Indicator, IndicatorKey, PartKind, RowKind, Unit

DERIVED = Definition(
    zh="推定口径:公开资料只给出数值,未公布定义;本定义由本系统按通行做法推定,引用时请一并说明。",
    en=(
        "Derived: published reports give figures without definitions; this definition is this system's own reading of "
        "common practice. Quote it with the figure."
    ),
)
"""How sure the definitions are: none of them was found in an official text."""

_ALL = (
    kinds.registered(
        IndicatorKey.REGISTERED_AREA,
        Definition("集中登记建筑面积", "Registered gross area"),
        Unit.M2,
        rate=False,
        meaning=Definition(
            "权属统一登记在机关事务管理部门名下的楼座的建筑面积。",
            "Gross floor area of buildings whose title is registered to the offices administration.",
        ),
        formula=Definition("Σ 建筑面积(权属=登记在机关事务管理部门)", "Σ gross area (title = administration)"),
        covers=kinds.BUILDINGS,
    ),
    kinds.registered(
        IndicatorKey.REGISTERED_AREA_RATE,
        Definition("集中登记率(按建筑面积)", "Registered, by gross area"),
        Unit.M2,
        rate=True,
        meaning=Definition(
            "集中登记建筑面积占应登记建筑面积的比例。公开报道的集中登记率未说明按面积还是按幢数,两者并列给出。",
            "Registered gross area as a share of the gross area that should be registered. Published rates do not say "
            "whether they go by area or by count, so both are given.",
        ),
        formula=Definition(
            "集中登记建筑面积 ÷ 应登记建筑面积", "registered gross area / gross area due for registration"
        ),
        covers=kinds.BUILDINGS,
    ),
    kinds.registered(
        IndicatorKey.REGISTERED_COUNT_RATE,
        Definition("集中登记率(按幢数)", "Registered, by count"),
        Unit.COUNT,
        rate=True,
        meaning=Definition(
            "已登记在机关事务管理部门名下的楼座占应登记楼座的比例。",
            "Buildings registered to the offices administration as a share of those that should be.",
        ),
        formula=Definition("已登记幢数 ÷ 应登记幢数", "buildings registered / buildings due for registration"),
        covers=Definition("权属状态已填报的楼座", "buildings whose title state is recorded"),
    ),
    kinds.in_zones(
        IndicatorKey.ZONE_AGENCIES,
        Definition("集中办公单位数", "Agencies in zones"),
        rate=False,
        meaning=Definition(
            "位于集中办公区内的单位数。", "Number of agencies that stand inside a concentrated-office zone."
        ),
        formula=Definition("位于集中办公区内的单位数", "agencies inside a zone"),
    ),
    kinds.in_zones(
        IndicatorKey.ZONE_AGENCIES_RATE,
        Definition("集中办公率", "Share in zones"),
        rate=True,
        meaning=Definition(
            "位于集中办公区内的单位占单位总数的比例(按单位数)。",
            "Agencies inside a concentrated-office zone as a share of all agencies, by number of agencies.",
        ),
        formula=Definition("集中办公区内单位数 ÷ 单位总数", "agencies inside a zone / all agencies"),
    ),
    kinds.reached(
        IndicatorKey.RADIUS_AGENCIES_RATE,
        Definition("覆盖率(按单位)", "In reach, agencies"),
        Unit.COUNT,
        meaning=Definition(
            "位于集中办公区内或辐射半径以内的单位占单位总数的比例;半径按直线距离。",
            "Agencies inside a zone or within its radius as a share of all agencies; the radius is a straight line.",
        ),
        formula=Definition("(区内+范围内)单位数 ÷ 单位总数", "(inside + within) agencies / all agencies"),
    ),
    kinds.reached(
        IndicatorKey.RADIUS_POSTS_RATE,
        Definition("覆盖率(按编制)", "In reach, posts"),
        Unit.PERSONS,
        meaning=Definition(
            "位于集中办公区内或辐射半径以内的单位的编制数占编制总数的比例。",
            "Authorised posts of agencies inside a zone or within its radius as a share of all posts.",
        ),
        formula=Definition("(区内+范围内)编制数 ÷ 编制总数", "(inside + within) posts / all posts"),
    ),
    kinds.reached(
        IndicatorKey.RADIUS_AREA_RATE,
        Definition("覆盖率(按使用面积)", "In reach, usable area"),
        Unit.M2,
        meaning=Definition(
            "单位使用面积中位于集中办公区内或辐射半径以内的比例。",
            "Part of the agencies' usable area that lies inside a zone or within its radius.",
        ),
        formula=Definition(
            "(区内+范围内)使用面积 ÷ 使用面积合计", "(inside + within) usable area / usable area in use"
        ),
    ),
    kinds.idle(
        IndicatorKey.IDLE_AREA,
        Definition("闲置使用面积", "Idle usable area"),
        rate=False,
        meaning=Definition("闲置房间的使用面积。", "Usable area of idle rooms."),
        formula=Definition("Σ 闲置房间使用面积", "Σ usable area of idle rooms"),
    ),
    kinds.idle(
        IndicatorKey.IDLE_RATE,
        Definition("闲置率(按使用面积)", "Idle rate, usable area"),
        rate=True,
        meaning=Definition(
            "闲置使用面积占全部使用面积的比例。", "Idle usable area as a share of all usable area, in use or not."
        ),
        formula=Definition("闲置使用面积 ÷ 使用面积合计", "idle usable area / all usable area"),
    ),
    kinds.over(
        IndicatorKey.OVER_AREA,
        Definition("超标使用面积", "Usable area over norm"),
        Unit.M2,
        meaning=Definition(
            "各单位实际使用面积超过核定面积的部分之和;未超的单位不抵减。",
            "Sum over the agencies of what they use beyond their approved area; those below it make up for nothing.",
        ),
        formula=Definition("Σ max(0, 实际 − 核定)", "Σ max(0, used − approved)"),
    ),
    kinds.over(
        IndicatorKey.OVER_RATE,
        Definition("超标率(按使用面积)", "Rate over, usable area"),
        Unit.M2,
        rate=True,
        meaning=Definition(
            "超标使用面积占核定使用面积的比例(以核定面积为分母)。",
            "Usable area over the norm as a share of the approved usable area, not of the used.",
        ),
        formula=Definition("Σ max(0, 实际 − 核定) ÷ Σ 核定", "Σ max(0, used − approved) / Σ approved"),
    ),
    kinds.over(
        IndicatorKey.OVER_AGENCIES,
        Definition("超标单位数", "Agencies over"),
        Unit.COUNT,
        meaning=Definition("实际使用面积超过核定面积的单位数。", "Number of agencies that use more than is approved."),
        formula=Definition("实际 > 核定 的单位数", "agencies with used > approved"),
    ),
    kinds.leased(
        IndicatorKey.LEASED_AREA,
        Definition("租用建筑面积", "Leased gross area"),
        Unit.M2,
        meaning=Definition(
            "基准日租用的楼座的建筑面积。", "Gross floor area of buildings that are leased on the date."
        ),
        formula=Definition("Σ 建筑面积(取得方式=租用)", "Σ gross area (tenure = leased)"),
        includes=Definition("基准日存在的全部楼座", "all buildings that stand on the date"),
        covers=Definition(
            "取得方式和建筑面积(所选口径)均已填报的楼座", "buildings with tenure and gross area in the basis"
        ),
    ),
    kinds.leased(
        IndicatorKey.LEASED_COST,
        Definition("年租金", "Yearly rent"),
        Unit.YUAN,
        meaning=Definition("基准日在租楼座的年租金合计。", "Yearly rent of the buildings that are leased on the date."),
        formula=Definition("Σ 年租金(取得方式=租用)", "Σ rent a year (tenure = leased)"),
        includes=Definition("基准日租用的楼座", "buildings that are leased on the date"),
        covers=Definition("租金已填报的租用楼座", "leased buildings whose rent is recorded"),
    ),
    kinds.per_person(
        IndicatorKey.AREA_PER_HEAD,
        Definition("人均使用面积", "Usable area per head"),
        meaning=Definition(
            "单位使用面积按实有人数平均;与核定面积无关。",
            "Usable area of agencies divided by the staff actually present; it says nothing of approved areas.",
        ),
        formula=Definition("Σ 使用面积 ÷ Σ 实有人数", "Σ usable area / Σ staff present"),
        includes=Definition(
            f"已报实有人数且不为 0 的单位;{kinds.ENDED.zh}",
            f"agencies whose staff present is reported and not 0; {kinds.ENDED.en}",
        ),
        covers=Definition(
            "已报实有人数、房间面积齐全的单位(在您的查看范围外另有用房的除外)",
            "agencies with staff reported and no room without area, but for those that use rooms out of your sight",
        ),
    ),
    kinds.per_person(
        IndicatorKey.AREA_PER_POST,
        Definition("编均使用面积", "Usable area per post"),
        meaning=Definition(
            "单位使用面积按编制数平均;编制与实有人数分开统计。",
            "Usable area of agencies divided by their authorised posts, kept apart from staff present.",
        ),
        formula=Definition("Σ 使用面积 ÷ Σ 编制数", "Σ usable area / Σ authorised posts"),
        includes=Definition(f"有编制的单位;{kinds.ENDED.zh}", f"agencies with authorised posts; {kinds.ENDED.en}"),
        covers=Definition(
            "有编制、房间面积齐全的单位(在您的查看范围外另有用房的除外)",
            "agencies with posts and no room without area, but for those that use rooms out of your sight",
        ),
    ),
    kinds.findings(
        IndicatorKey.FINDINGS_OPEN,
        Definition("未销号问题数", "Findings open"),
        Better.LESS,
        meaning=Definition(
            "基准日尚未销号的合规问题数,含待处置、已提醒、责令整改和已说明的。按问题计:超核定面积的单位合计与各分项各计一个,"
            "故不同于超标单位数。",
            "Findings of compliance that are not closed on the date: open, warned, ordered or explained. Findings "
            "count, not agencies: of approved areas the whole and each part are one each.",
        ),
        formula=Definition("状态不是已销号的问题数", "findings whose state is not closed"),
    ),
    kinds.findings(
        IndicatorKey.FINDINGS_CLOSED,
        Definition("已销号问题数", "Findings closed"),
        Better.MORE,
        meaning=Definition("到基准日已销号的合规问题数。", "Findings of compliance that are closed on the date."),
        formula=Definition("状态为已销号的问题数", "findings whose state is closed"),
    ),
    Indicator(
        key=IndicatorKey.PLANS_AUDITED_RATE,
        group=Group.PLANS,
        name=Definition("平面图核查率", "Plans audited"),
        counts=Unit.COUNT,
        divided_by=Unit.COUNT,
        meaning=Definition(
            "已入库且未被新图替代的平面图中,面积核查已被接受的比例。",
            "Of the floor plans that rooms were taken from and no later plan replaced, those with an accepted audit.",
        ),
        formula=Definition("已核查平面图 ÷ 在用平面图", "plans audited / plans in force"),
        includes=Definition("基准日存在的楼座的在用平面图", "plans in force of buildings that stand on the date"),
        covers=Definition("有在用平面图的楼座", "buildings with a plan in force"),
        rows=RowKind.BUILDING,
        parts=PartKind.AUDIT,
        better=Better.MORE,
    ),
)

INDICATORS: Mapping[IndicatorKey, Indicator] = MappingProxyType({one.key: one for one in _ALL})
"""Every indicator, in the order in which they are shown."""

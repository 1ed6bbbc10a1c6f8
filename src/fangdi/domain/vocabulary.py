"""The closed word lists (代码表) that tables, files, API and map share; their labels stand in ``legend.json``."""

from enum import StrEnum


class AdministrativeLevel(StrEnum):
    """Level of government (行政级别): jurisdictions and agencies."""

    CENTRAL = "central"  # 中央
    PROVINCE = "province"  # 省级
    CITY = "city"  # 市级
    COUNTY = "county"  # 县级
    TOWNSHIP = "township"  # 乡级


class AgencyKind(StrEnum):
    """Kind of agency (机关类别)."""

    PARTY = "party"  # 党的机关
    CONGRESS = "congress"  # 人大机关
    GOVERNMENT = "government"  # 行政机关
    CONSULTATIVE = "consultative"  # 政协机关
    SUPERVISORY = "supervisory"  # 监察机关
    COURT = "court"  # 审判机关
    PROCURATORATE = "procuratorate"  # 检察机关
    DEMOCRATIC_PARTY = "democratic_party"  # 民主党派机关
    MASS_ORGANISATION = "mass_organisation"  # 群团机关
    PUBLIC_INSTITUTION = "public_institution"  # 事业单位
    OTHER = "other"  # 其他


class AreaBasis(StrEnum):
    """What an area was determined by (面积口径); figures of different bases are never mixed."""

    REGISTERED = "registered"  # 产权登记面积, GB/T 17986
    PLANNING = "planning"  # 规划/建筑面积, GB/T 50353
    DECLARED = "declared"  # 单位台账申报面积
    MEASURED = "measured"  # 按图实测面积, in the plan's own metric frame


class TitleState(StrEnum):
    """State of the title (权属登记情况), 《党政机关办公用房管理办法》 Art. 5."""

    ADMINISTRATION = "administration"  # registered to the offices administration (登记在机关事务管理部门名下)
    USER = "user"  # registered to its user for state secrecy (涉密,登记在使用单位名下)
    RECORDED = "recorded"  # recorded only, title not clear (权属备案)
    UNREGISTERED = "unregistered"  # 未登记


class TenureKind(StrEnum):
    """By what right a building is used (取得方式)."""

    OWNED = "owned"  # 自有
    LEASED = "leased"  # 租用
    BORROWED = "borrowed"  # 借用


class RoomCategory(StrEnum):
    """Composition of office premises (用房类别), 发改投资〔2014〕2674号 第十条 表2."""

    OFFICE = "office"  # 办公室
    SERVICE = "service"  # 服务用房
    EQUIPMENT = "equipment"  # 设备用房
    ANCILLARY = "ancillary"  # 附属用房
    TECHNICAL = "technical"  # 技术业务用房, outside the norm
    CIRCULATION = "circulation"  # 交通空间: corridors, stairs, lifts; part of K, not of usable area
    UNCLASSIFIED = "unclassified"  # 未分类


class RoomStatus(StrEnum):
    """Why a room that stands empty is not idle (房间状态); no row means it is available."""

    REPAIR = "repair"  # 维修中
    RESERVED = "reserved"  # 预留
    HANDED_OVER = "handed_over"  # 已移交


class SpellKind(StrEnum):
    """State of a room's use over some days; a room is in one of them, a shared one in `rest` and a `part` a user."""

    USED = "used"  # by one agency, whole
    PART = "part"  # an agency's share of a shared room
    REST = "rest"  # a shared room, with the area that no share covers
    CLOSED = "closed"  # nobody uses it, and a status (repair, reserved, handed over) says why
    FREE = "free"  # nobody uses it and no status stands against it; idle when its use is assigned to agencies


class BucketSpan(StrEnum):
    """What a bucket of changes covers."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class LandUseScheme(StrEnum):
    """Which classification a land-use code belongs to: the same digits differ between them."""

    GBT_21010_2017 = "GB/T 21010-2017"  # 土地利用现状分类
    SPATIAL_2023 = "spatial-2023"  # 国土空间调查、规划、用途管制用地用海分类
    OTHER = "other"


class ZoneKind(StrEnum):
    """Purpose of a zone drawn on the map."""

    CONCENTRATED = "concentrated"  # 集中办公区
    SERVICE_AREA = "service_area"  # 服务片区


class SafetyGrade(StrEnum):
    """Structural safety of a building (房屋安全等级), JGJ 125 危险房屋鉴定标准."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class DocumentKind(StrEnum):
    """Kind of a filed document (档案类别)."""

    CERTIFICATE = "certificate"  # 权属证书
    APPROVAL = "approval"  # 批复
    AGREEMENT = "agreement"  # 使用协议
    USE_PERMIT = "use_permit"  # 使用凭证
    LEASE = "lease"  # 租赁合同
    PLAN = "plan"  # 图纸
    SAFETY_REPORT = "safety_report"  # 安全鉴定报告
    OTHER = "other"


STRUCTURE_CODES = ("steel", "steel_concrete", "reinforced_concrete", "mixed", "brick_wood", "other")
"""Building structure (房屋结构): 钢, 钢和钢筋混凝土, 钢筋混凝土, 混合, 砖木, 其他 (order of GB/T 17986 codes 1-6)."""

"""What the codes of the word lists are called in Chinese and English, where the map's legend has no colour for them."""

from collections.abc import Mapping
from types import MappingProxyType

from fangdi.domain.common import Definition as Labels
from fangdi.domain.coverage import Band
from fangdi.domain.vocabulary import (
    AdministrativeLevel,
    AgencyKind,
    AreaBasis,
    RoomCategory,
    TenureKind,
    TitleState,
)

LEVELS: Mapping[AdministrativeLevel, Labels] = MappingProxyType(
    {
        AdministrativeLevel.CENTRAL: Labels("中央", "Central"),
        AdministrativeLevel.PROVINCE: Labels("省级", "Province"),
        AdministrativeLevel.CITY: Labels("市级", "City"),
        AdministrativeLevel.COUNTY: Labels("县级", "County"),
        AdministrativeLevel.TOWNSHIP: Labels("乡级", "Township"),
    }
)

AGENCY_KINDS: Mapping[AgencyKind, Labels] = MappingProxyType(
    {
        AgencyKind.PARTY: Labels("党的机关", "Party"),
        AgencyKind.CONGRESS: Labels("人大机关", "People's congress"),
        AgencyKind.GOVERNMENT: Labels("行政机关", "Government"),
        AgencyKind.CONSULTATIVE: Labels("政协机关", "Consultative conference"),
        AgencyKind.SUPERVISORY: Labels("监察机关", "Supervision"),
        AgencyKind.COURT: Labels("审判机关", "Court"),
        AgencyKind.PROCURATORATE: Labels("检察机关", "Procuratorate"),
        AgencyKind.DEMOCRATIC_PARTY: Labels("民主党派机关", "Democratic party"),
        AgencyKind.MASS_ORGANISATION: Labels("群团机关", "Mass organisation"),
        AgencyKind.PUBLIC_INSTITUTION: Labels("事业单位", "Public institution"),
        AgencyKind.OTHER: Labels("其他", "Other"),
    }
)

BASES: Mapping[AreaBasis, Labels] = MappingProxyType(
    {
        AreaBasis.REGISTERED: Labels("产权登记面积", "Registered"),
        AreaBasis.PLANNING: Labels("规划面积", "Planning"),
        AreaBasis.DECLARED: Labels("申报面积", "Declared"),
        AreaBasis.MEASURED: Labels("实测面积", "Measured"),
    }
)

CATEGORIES: Mapping[RoomCategory, Labels] = MappingProxyType(
    {
        RoomCategory.OFFICE: Labels("办公室", "Office"),
        RoomCategory.SERVICE: Labels("服务用房", "Service"),
        RoomCategory.EQUIPMENT: Labels("设备用房", "Equipment"),
        RoomCategory.ANCILLARY: Labels("附属用房", "Ancillary"),
        RoomCategory.TECHNICAL: Labels("技术业务用房", "Technical"),
        RoomCategory.CIRCULATION: Labels("交通空间", "Circulation"),
        RoomCategory.UNCLASSIFIED: Labels("未分类", "Unclassified"),
    }
)

BANDS: Mapping[Band, Labels] = MappingProxyType(
    {
        Band.INSIDE: Labels("集中办公区内", "Inside a zone"),
        Band.WITHIN: Labels("辐射范围内", "Within the radius"),
        Band.OUTSIDE: Labels("辐射范围外", "Outside"),
    }
)

TENURES: Mapping[str, Labels] = MappingProxyType(
    {
        TenureKind.OWNED: Labels("自有", "Owned"),
        TenureKind.LEASED: Labels("租用", "Leased"),
        TenureKind.BORROWED: Labels("借用", "Borrowed"),
        "unknown": Labels("不详", "Unknown"),
    }
)

TITLES: Mapping[str, Labels] = MappingProxyType(
    {
        TitleState.ADMINISTRATION: Labels("已登记至机关事务管理部门", "Registered to the administration"),
        TitleState.USER: Labels("登记在使用单位名下(涉密)", "Registered to its user (secrecy)"),
        TitleState.RECORDED: Labels("权属备案", "Recorded only"),
        TitleState.UNREGISTERED: Labels("未登记", "Unregistered"),
    }
)

"""The agencies of the sample city: functional names marked as samples, and which building each uses since when."""

from dataclasses import dataclass
from datetime import date

CITY_CODE = "330200"
MARK = "(示例)"
MARK_EN = " (sample)"
MERGED_ON = date(2024, 6, 1)
"""The day on which one city agency became part of another."""
OPENING_8 = date(2022, 3, 1)
OPENING_9 = date(2023, 9, 1)


@dataclass(frozen=True)
class Organ:
    """An agency before it has codes and posts."""

    key: str
    name: str
    name_en: str
    kind: str
    district: str | None = None  # null: of the city
    until: date | None = None
    merged_into: str | None = None
    above: str | None = None  # the agency that it belongs to


@dataclass(frozen=True)
class Tenancy:
    """Use of part of a building: `weight` is the agency's part among those that come on the same day."""

    building: tuple[str, int]
    agency: str
    weight: float
    since: date | None = None  # null: since the records begin, or the building came
    until: date | None = None


_CITY = (
    ("A01", "市委办公室", "Municipal Party Committee Office", "party", (("S01", 0, 3.0),)),
    ("A02", "市纪委监委机关", "Supervisory Commission", "supervisory", (("S01", 2, 1.0),)),
    ("A03", "市委组织部", "Organisation Department", "party", (("S01", 1, 1.2),)),
    ("A04", "市委宣传部", "Publicity Department", "party", (("S01", 1, 1.0),)),
    ("A05", "市委统战部", "United Front Department", "party", (("S02", 0, 0.7),)),
    ("A06", "市委政法机关", "Political and Legal Affairs Organ", "party", (("S11", 0, 1.0), ("S11", 1, 1.0))),
    ("A07", "市人大常委会办公室", "People's Congress Standing Committee Office", "congress", (("S01", 3, 1.0),)),
    ("A08", "市政协办公室", "Consultative Conference Office", "consultative", (("S02", 0, 1.3),)),
    ("A09", "市政府办公室", "Municipal Government Office", "government", (("S01", 0, 4.0),)),
    ("A10", "市发展和改革委员会", "Development and Reform Commission", "government", (("S02", 1, 2.0),)),
    ("A11", "市经济和信息化局", "Economy and Information Bureau", "government", (("S03", 0, 1.2),)),
    ("A12", "市教育局", "Education Bureau", "government", (("S03", 0, 1.0),)),
    ("A13", "市科学技术局", "Science and Technology Bureau", "government", (("S03", 0, 0.8),)),
    ("A14", "市民政局", "Civil Affairs Bureau", "government", (("S03", 0, 0.8),)),
    ("A15", "市司法局", "Justice Bureau", "government", (("S03", 0, 1.0),)),
    ("A16", "市财政局", "Finance Bureau", "government", (("S02", 2, 2.0),)),
    ("A17", "市人力资源和社会保障局", "Human Resources and Social Security Bureau", "government", (("S03", 0, 1.4),)),
    ("A18", "市自然资源和规划局", "Natural Resources and Planning Bureau", "government", (("S14", 0, 2.0),)),
    ("A19", "市生态环境局", "Ecology and Environment Bureau", "government", (("S03", 0, 1.1),)),
    ("A20", "市住房和城乡建设局", "Housing and Construction Bureau", "government", (("S04", 0, 2.0),)),
    ("A21", "市交通运输局", "Transport Bureau", "government", (("S15", 0, 1.0),)),
    ("A22", "市水利局", "Water Resources Bureau", "government", (("S13", 2, 1.0),)),
    ("A23", "市农业农村局", "Agriculture and Rural Affairs Bureau", "government", (("S03", 0, 1.1),)),
    ("A24", "市商务局", "Commerce Bureau", "government", (("S03", 0, 1.0),)),
    ("A25", "市文化广电旅游局", "Culture and Tourism Bureau", "government", (("S03", 0, 1.0),)),
    ("A26", "市卫生健康委员会", "Health Commission", "government", (("S03", 0, 1.2),)),
    ("A27", "市应急管理局", "Emergency Management Bureau", "government", (("S03", 0, 0.9),)),
    ("A28", "市审计局", "Audit Bureau", "government", (("S03", 0, 0.9),)),
    ("A29", "市国有资产监督管理委员会", "State Assets Commission", "government", (("S10", 0, 0.8),)),
    ("A30", "市市场监督管理局", "Market Regulation Bureau", "government", (("S10", 0, 1.6),)),
    ("A31", "市统计局", "Statistics Bureau", "government", (("S04", 0, 0.8),)),
    (
        "A32",
        "市机关事务管理局",
        "Government Offices Administration",
        "government",
        (("S02", 2, 0.9), ("S06", 0, 1.0), ("S06", 1, 1.0)),
    ),
    ("A33", "市数据局", "Data Bureau", "government", (("S04", 0, 0.8),)),
    ("A34", "市粮食和物资储备局", "Grain and Material Reserves Bureau", "government", (("S02", 1, 0.8),)),
    ("A35", "市中级人民法院", "Intermediate Court", "court", (("S08", 0, 1.0), ("S08", 1, 1.0))),
    ("A36", "市人民检察院", "Procuratorate", "procuratorate", (("S09", 0, 1.0), ("S09", 1, 1.0))),
    ("A37", "市总工会", "Trade Union Federation", "mass_organisation", (("S14", 0, 0.8),)),
    ("A38", "市妇女联合会", "Women's Federation", "mass_organisation", (("S14", 1, 1.0),)),
    ("A39", "市民主党派机关", "Democratic Parties' Organ", "democratic_party", (("S14", 0, 0.6),)),
    ("A40", "市档案馆", "City Archives", "public_institution", (("S07", 0, 1.0), ("S07", 1, 1.0))),
    ("A41", "市政务服务中心", "Government Service Centre", "public_institution", (("S05", 0, 1.0), ("S05", 1, 1.0))),
)
_DISTRICTS = (
    ("330203", "海曙区", "Haishu District", (("S16", 0), ("S16", 1), ("S17", 0)), (("S16", 2), ("S17", 1))),
    ("330205", "江北区", "Jiangbei District", (("S18", 0), ("S18", 1), ("S19", 0)), (("S18", 2), ("S19", 1))),
    ("330206", "北仑区", "Beilun District", (("S20", 0), ("S20", 1)), (("S21", 0), ("S21", 1), ("S39", 0), ("S39", 1))),
    ("330211", "镇海区", "Zhenhai District", (("S22", 0), ("S22", 1)), (("S23", 0),)),
    (
        "330212",
        "鄞州区",
        "Yinzhou District",
        (("S24", 0), ("S24", 1), ("S24", 2)),
        (("S25", 0), ("S25", 1), ("S26", 0)),
    ),
    ("330213", "奉化区", "Fenghua District", (("S27", 0), ("S27", 1)), (("S28", 0), ("S40", 0), ("S40", 1))),
    ("330225", "象山县", "Xiangshan County", (("S29", 0), ("S29", 1)), (("S30", 0), ("S30", 1))),
    ("330226", "宁海县", "Ninghai County", (("S31", 0), ("S31", 1), ("S31", 2)), (("S32", 0), ("S32", 1))),
    ("330281", "余姚市", "Yuyao City", (("S33", 0), ("S33", 1)), (("S34", 0), ("S34", 1), ("S35", 0))),
    ("330282", "慈溪市", "Cixi City", (("S36", 0), ("S36", 1), ("S36", 2)), (("S37", 0), ("S37", 1), ("S38", 0))),
)
_BEFORE_8 = (
    ("A12", ("S13", 0), 1.0), ("A14", ("S13", 0), 0.8), ("A24", ("S13", 1), 1.0), ("A25", ("S13", 1), 1.0),
    ("A28", ("S13", 1), 0.8), ("A23", ("S13", 3), 1.0), ("A27", ("S13", 2), 0.8),
)  # fmt: skip
_BEFORE_9 = (("A33", ("S12", 0), 1.0), ("A31", ("S12", 0), 1.0))


_ABOVE = {"A33": "A10", "A40": "A01", "A41": "A09"}
"""Which agencies of the city belong to which; in the districts all belong to the government office."""


def organs() -> list[Organ]:
    """Return all agencies, the city's first."""
    found = []
    for key, name, english, kind, _ in _CITY:
        merged = key == "A34"
        until, heir = (MERGED_ON, "A10") if merged else (None, None)
        found.append(Organ(key, name, english, kind, None, until, heir, _ABOVE.get(key)))
    for code, name, english, _, _ in _DISTRICTS:
        short = name[:-1]
        found.append(Organ(f"{code}G", f"{name}人民政府办公室", f"{english} Government Office", "government", code))
        found.append(
            Organ(
                f"{code}S",
                f"{short}机关事务服务中心",
                f"{english} Offices Service Centre",
                "public_institution",
                code,
                above=f"{code}G",
            )
        )
    return found


def tenancies() -> list[Tenancy]:
    """Return who uses which building since when, the earliest first."""
    found = []
    for key, _, _, _, homes in _CITY:
        for site, number, weight in homes:
            until = MERGED_ON if key == "A34" else None
            found.append(Tenancy((site, number), key, weight, None, until))
    found.append(Tenancy(("S02", 1), "A10", 1.0, MERGED_ON))
    found += [Tenancy(building, key, weight, None, OPENING_8) for key, building, weight in _BEFORE_8]
    found += [Tenancy(building, key, weight, None, OPENING_9) for key, building, weight in _BEFORE_9]
    for code, _, _, government, service in _DISTRICTS:
        found += [Tenancy(home, f"{code}G", 3.0) for home in government]
        found += [Tenancy(home, f"{code}S", 1.0) for home in (government[0], *service)]
    return found

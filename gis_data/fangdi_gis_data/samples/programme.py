"""What is built where: the towns, compounds and buildings of the sample city, all of them invented."""

from dataclasses import dataclass, field
from datetime import date

HISTORY_FROM = date(2021, 7, 1)
"""First day of the city's records."""
HISTORY_TO = date(2026, 7, 1)
"""The day after the last event: five years later."""


@dataclass(frozen=True, kw_only=True)
class Town:
    """A built-up place with its own street pattern; the points are round figures inside the real towns."""

    key: str
    district: str
    lon: float
    lat: float
    angle_deg: float  # direction of its main street
    columns: int
    rows: int
    street: str


@dataclass(frozen=True, kw_only=True)
class Plot:
    """A building to be drawn: shape I L J U T H O, S (rooms on one side only), X (tower)."""

    name: str
    shape: str
    bays: int
    storeys: int
    wing: int = 0
    below: int = 0
    year: int = 2000
    old: bool = False  # mixed structure, low safety grade
    since: date | None = None  # acquired then, else before the records begin
    until: date | None = None  # disposed of then
    drawn: bool = True  # false: only the agency's own list is known, no plan


@dataclass(frozen=True, kw_only=True)
class Compound:
    """A site (院落) in a block of a town's street pattern."""

    key: str
    town: str
    cell: tuple[int, int]
    name: str
    name_en: str
    city: bool  # held by the city; else by the district
    plots: tuple[Plot, ...]
    title: str = "administration"
    earlier_title: str | None = None  # until the year of unified registration
    tenure: str = "owned"
    classified: bool = False
    two_parcels: bool = False
    zone: str | None = None
    tags: tuple[str, ...] = field(default=())


def _p(name: str, shape: str, bays: int, storeys: int, **more: object) -> Plot:
    return Plot(name=name, shape=shape, bays=bays, storeys=storeys, **more)  # type: ignore[arg-type]


def _c(key: str, town: str, cell: tuple[int, int], name: str, name_en: str, *plots: Plot, **more: object) -> Compound:
    city = bool(more.pop("city", False))
    return Compound(key=key, town=town, cell=cell, name=name, name_en=name_en, plots=plots, city=city, **more)  # type: ignore[arg-type]


TOWNS = (
    Town(key="xz", district="330212", lon=121.622, lat=29.862, angle_deg=14, columns=8, rows=6, street="示例大道"),
    Town(key="dn", district="330212", lon=121.634, lat=29.846, angle_deg=-9, columns=4, rows=3, street="东南示例路"),
    Town(key="yz", district="330212", lon=121.548, lat=29.815, angle_deg=5, columns=4, rows=3, street="鄞州示例路"),
    Town(key="hs", district="330203", lon=121.540, lat=29.872, angle_deg=-21, columns=6, rows=4, street="海曙示例街"),
    Town(key="jb", district="330205", lon=121.535, lat=29.912, angle_deg=32, columns=4, rows=3, street="江北示例路"),
    Town(key="bl", district="330206", lon=121.845, lat=29.900, angle_deg=-6, columns=4, rows=3, street="北仑示例路"),
    Town(key="zh", district="330211", lon=121.690, lat=29.955, angle_deg=41, columns=4, rows=3, street="镇海示例路"),
    Town(key="fh", district="330213", lon=121.410, lat=29.655, angle_deg=18, columns=4, rows=3, street="奉化示例路"),
    Town(key="xs", district="330225", lon=121.870, lat=29.477, angle_deg=-33, columns=4, rows=3, street="象山示例路"),
    Town(key="nh", district="330226", lon=121.430, lat=29.290, angle_deg=9, columns=4, rows=3, street="宁海示例路"),
    Town(key="yy", district="330281", lon=121.155, lat=30.040, angle_deg=-15, columns=4, rows=3, street="余姚示例路"),
    Town(key="cx", district="330282", lon=121.265, lat=30.170, angle_deg=26, columns=4, rows=3, street="慈溪示例路"),
)

_CITY = (
    _c(
        "S01",
        "xz",
        (3, 3),
        "行政中心北院",
        "Administrative Centre, north court",
        _p("1号楼", "U", 14, 5, wing=4, below=1, year=2009),
        _p("2号楼", "I", 12, 5, year=2009),
        _p("3号楼", "I", 12, 5, year=2009),
        _p("4号楼", "L", 11, 5, wing=3, year=2010),
        city=True,
        zone="Z1",
        two_parcels=True,
    ),
    _c(
        "S02",
        "xz",
        (3, 2),
        "行政中心南院",
        "Administrative Centre, south court",
        _p("5号楼", "H", 10, 4, wing=3, below=1, year=2011),
        _p("6号楼", "I", 11, 6, year=2011),
        _p("7号楼", "J", 10, 5, wing=3, year=2012),
        city=True,
        zone="Z1",
    ),
    _c(
        "S03",
        "xz",
        (5, 3),
        "行政中心8号楼院",
        "Administrative Centre, Building 8 court",
        _p("8号楼", "X", 7, 22, wing=2, below=2, year=2021, since=date(2022, 3, 1)),
        city=True,
        zone="Z2",
    ),
    _c(
        "S04",
        "xz",
        (1, 2),
        "行政中心9号楼院",
        "Administrative Centre, Building 9 court",
        _p("9号楼", "X", 7, 12, wing=2, below=1, year=2023, since=date(2023, 9, 1)),
        city=True,
        zone="Z3",
    ),
    _c(
        "S05",
        "xz",
        (4, 4),
        "市民服务院",
        "Citizens' service court",
        _p("服务大厅", "T", 11, 3, wing=3, year=2013),
        _p("审批楼", "I", 9, 4, year=2013),
        city=True,
    ),
    _c(
        "S06",
        "xz",
        (2, 4),
        "机关后勤保障院",
        "Logistics court",
        _p("食堂楼", "K", 8, 2, year=2010),
        _p("后勤楼", "I", 7, 3, year=2010),
        city=True,
    ),
    _c(
        "S07",
        "xz",
        (5, 1),
        "档案综合院",
        "Archives court",
        _p("档案楼", "O", 10, 3, wing=3, year=2014),
        _p("综合楼", "I", 8, 4, year=2014),
        city=True,
    ),
    _c(
        "S08",
        "xz",
        (2, 0),
        "审判业务院",
        "Court of justice",
        _p("审判楼", "H", 10, 4, wing=2, year=2008),
        _p("办公楼", "I", 9, 4, year=2008),
        city=True,
        title="user",
        earlier_title="user",
    ),
    _c(
        "S09",
        "xz",
        (6, 2),
        "检察业务院",
        "Procuratorate court",
        _p("检察楼", "L", 10, 4, wing=3, year=2010),
        _p("接待楼", "I", 6, 2, year=2010),
        city=True,
        title="recorded",
    ),
    _c(
        "S10",
        "dn",
        (1, 1),
        "东南商务院",
        "South-east business court",
        _p("商务楼A座", "X", 7, 7, wing=2, year=2016),
        city=True,
        tenure="leased",
        title="unregistered",
    ),
    _c(
        "S11",
        "dn",
        (2, 0),
        "涉密业务院",
        "Restricted court",
        _p("甲楼", "I", 9, 4, year=2015),
        _p("乙楼", "L", 8, 3, wing=2, year=2015),
        city=True,
        title="user",
        earlier_title="user",
        classified=True,
    ),
    _c(
        "S12",
        "dn",
        (0, 1),
        "东南租赁院",
        "South-east leased court",
        _p("租赁楼", "I", 9, 5, year=2005, until=date(2024, 1, 1)),
        city=True,
        tenure="leased",
        title="unregistered",
    ),
    _c(
        "S13",
        "hs",
        (2, 2),
        "老城机关大院",
        "Old town government court",
        _p("东楼", "S", 11, 4, year=1978, old=True),
        _p("西楼", "I", 10, 4, year=1984, old=True),
        _p("北楼", "I", 12, 3, year=1989),
        _p("小礼堂楼", "T", 8, 2, wing=3, year=1981, old=True),
        city=True,
        title="administration",
        earlier_title="recorded",
        two_parcels=True,
    ),
    _c(
        "S14",
        "hs",
        (4, 1),
        "老城西院",
        "Old town west court",
        _p("主楼", "U", 11, 3, wing=3, year=1993),
        _p("附楼", "S", 8, 3, year=1986, old=True),
        city=True,
        earlier_title="unregistered",
    ),
    _c(
        "S15",
        "hs",
        (1, 1),
        "老城借用院",
        "Old town borrowed court",
        _p("借用楼", "I", 8, 4, year=1998),
        city=True,
        tenure="borrowed",
        title="unregistered",
    ),
)

_DISTRICTS = (
    _c(
        "S16",
        "hs",
        (3, 0),
        "海曙区机关院",
        "Haishu District court",
        _p("主楼", "L", 10, 5, wing=3, year=2002),
        _p("附楼", "I", 8, 2, year=2002),
        _p("食堂楼", "K", 7, 2, year=2002),
    ),
    _c(
        "S17",
        "hs",
        (4, 3),
        "海曙区综合院",
        "Haishu general court",
        _p("综合楼", "I", 9, 3, year=1996),
        _p("后楼", "S", 6, 2, year=1987, old=True),
        title="recorded",
    ),
    _c(
        "S18",
        "jb",
        (1, 1),
        "江北区机关院",
        "Jiangbei District court",
        _p("主楼", "T", 12, 5, wing=3, year=2006),
        _p("东附楼", "I", 7, 2, year=2006),
        _p("西附楼", "I", 7, 2, year=2006),
    ),
    _c(
        "S19",
        "jb",
        (2, 0),
        "江北区老院",
        "Jiangbei old court",
        _p("老办公楼", "S", 10, 3, year=1983, old=True, until=date(2025, 4, 1)),
        _p("档案楼", "I", 7, 3, year=1995),
        title="unregistered",
    ),
    _c(
        "S20",
        "bl",
        (1, 1),
        "北仑区机关院",
        "Beilun District court",
        _p("主楼", "H", 9, 4, wing=3, year=2005),
        _p("副楼", "I", 9, 3, year=2005),
    ),
    _c(
        "S21",
        "bl",
        (2, 2),
        "北仑区业务院",
        "Beilun service court",
        _p("业务楼", "L", 9, 3, wing=2, year=2012),
        _p("服务楼", "I", 6, 2, year=2012),
        earlier_title="recorded",
    ),
    _c(
        "S22",
        "zh",
        (1, 1),
        "镇海区机关院",
        "Zhenhai District court",
        _p("主楼", "I", 13, 6, below=1, year=2010),
        _p("附楼", "J", 8, 2, wing=2, year=2010),
    ),
    _c(
        "S23",
        "zh",
        (2, 0),
        "镇海区滨河院",
        "Zhenhai riverside court",
        _p("滨河楼", "I", 8, 4, year=2000),
        tenure="borrowed",
        title="unregistered",
    ),
    _c(
        "S24",
        "yz",
        (1, 1),
        "鄞州区机关院",
        "Yinzhou District court",
        _p("1号楼", "U", 12, 4, wing=3, year=2004),
        _p("2号楼", "I", 9, 3, year=2004),
        _p("3号楼", "I", 9, 4, year=2004),
    ),
    _c(
        "S25",
        "yz",
        (2, 2),
        "鄞州区便民院",
        "Yinzhou convenience court",
        _p("便民楼", "L", 9, 2, wing=2, year=2015),
        _p("社区楼", "I", 6, 2, year=2015),
        earlier_title="unregistered",
    ),
    _c(
        "S26",
        "yz",
        (0, 2),
        "鄞州区租用院",
        "Yinzhou leased court",
        _p("租用楼", "I", 8, 5, year=2011),
        tenure="leased",
        title="unregistered",
    ),
    _c(
        "S27",
        "fh",
        (1, 1),
        "奉化区机关院",
        "Fenghua District court",
        _p("主楼", "U", 11, 3, wing=3, year=1999),
        _p("西楼", "I", 9, 2, year=1999),
    ),
    _c(
        "S28",
        "fh",
        (2, 0),
        "奉化区旧院",
        "Fenghua former court",
        _p("旧楼", "S", 9, 3, year=1976, old=True, drawn=False),
        title="recorded",
    ),
    _c(
        "S29",
        "xs",
        (1, 1),
        "象山县机关院",
        "Xiangshan County court",
        _p("主楼", "I", 13, 5, year=2003),
        _p("附楼", "L", 8, 3, wing=2, year=2003),
    ),
    _c(
        "S30",
        "xs",
        (2, 2),
        "象山县综合院",
        "Xiangshan general court",
        _p("综合楼", "I", 9, 3, year=2008),
        _p("仓储楼", "I", 6, 2, year=2008),
    ),
    _c(
        "S31",
        "nh",
        (1, 1),
        "宁海县机关院",
        "Ninghai County court",
        _p("主楼", "H", 9, 4, wing=2, year=2001),
        _p("东楼", "I", 8, 2, year=2001),
        _p("西楼", "I", 8, 2, year=2001),
    ),
    _c(
        "S32",
        "nh",
        (2, 0),
        "宁海县业务院",
        "Ninghai service court",
        _p("业务楼", "I", 9, 4, year=2014),
        _p("老楼", "S", 8, 2, year=1988, old=True),
        title="unregistered",
    ),
    _c(
        "S33",
        "yy",
        (1, 1),
        "余姚市机关院",
        "Yuyao City court",
        _p("主楼", "O", 10, 4, wing=3, year=2000),
        _p("南楼", "I", 9, 3, year=2000),
        two_parcels=True,
    ),
    _c(
        "S34",
        "yy",
        (2, 2),
        "余姚市综合院",
        "Yuyao general court",
        _p("综合楼", "L", 9, 3, wing=3, year=2009),
        _p("食堂楼", "K", 7, 2, year=2009),
        earlier_title="recorded",
    ),
    _c(
        "S35",
        "yy",
        (0, 0),
        "余姚市老院",
        "Yuyao old court",
        _p("老楼", "S", 9, 3, year=1985, old=True),
        title="recorded",
    ),
    _c(
        "S36",
        "cx",
        (1, 1),
        "慈溪市机关院",
        "Cixi City court",
        _p("主楼", "X", 7, 9, wing=2, below=1, year=2013),
        _p("西附楼", "I", 9, 3, year=2013),
        _p("东附楼", "I", 9, 3, year=2013),
    ),
    _c(
        "S37",
        "cx",
        (2, 0),
        "慈溪市业务院",
        "Cixi service court",
        _p("业务楼", "J", 9, 2, wing=2, year=2007),
        _p("老楼", "S", 7, 2, year=1990, old=True),
        earlier_title="unregistered",
    ),
    _c(
        "S38",
        "cx",
        (2, 2),
        "慈溪市租用院",
        "Cixi leased court",
        _p("租用楼", "I", 8, 3, year=2010),
        tenure="leased",
        title="unregistered",
    ),
    _c(
        "S39",
        "bl",
        (0, 0),
        "北仑区港口院",
        "Beilun harbour court",
        _p("港口楼", "I", 9, 3, year=2018, since=date(2023, 5, 1)),
        _p("值勤楼", "I", 6, 2, year=2018, since=date(2023, 5, 1)),
    ),
    _c(
        "S40",
        "fh",
        (0, 2),
        "奉化区溪畔院",
        "Fenghua stream court",
        _p("溪畔楼", "L", 8, 3, wing=2, year=2016),
        _p("服务楼", "I", 7, 2, year=2016),
    ),
)

COMPOUNDS = _CITY + _DISTRICTS

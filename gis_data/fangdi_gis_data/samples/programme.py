"""What is built where: the towns, compounds and buildings of the sample city, all of them invented."""

from dataclasses import dataclass
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

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
class Settlement:
    """A built-up area around one town or several: an oval with a ragged edge, a river through it, perhaps a lake.

    Angles are those of mathematics: degrees counter-clockwise from east.
    """

    towns: tuple[str, ...]  # the first is its centre, and its frame is that town's
    length_m: float
    width_m: float
    angle_deg: float
    river_deg: float  # where the river lies, seen from the centre; it flows across that direction
    river_m: float  # how far from the centre
    river_width_m: float
    lake: tuple[float, float, float] | None = None  # direction in degrees, distance and radius in metres
    avenues_deg: tuple[float, ...] = ()  # streets that leave the centre straight, whatever pattern they cross


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

# fmt: off
SETTLEMENTS = (
    Settlement(towns=("xz", "dn"), length_m=7400, width_m=6000, angle_deg=-38, river_deg=152, river_m=1350,
               river_width_m=120, lake=(38, 1750, 260), avenues_deg=(58, 203, 331)),
    Settlement(towns=("hs",), length_m=3200, width_m=2600, angle_deg=-21, river_deg=70, river_m=820, river_width_m=70,
               avenues_deg=(-70,)),
    Settlement(towns=("yz",), length_m=2900, width_m=2300, angle_deg=20, river_deg=-75, river_m=700, river_width_m=45),
    Settlement(towns=("jb",), length_m=2700, width_m=2000, angle_deg=50, river_deg=-20, river_m=620, river_width_m=55),
    Settlement(towns=("bl",), length_m=3000, width_m=2200, angle_deg=-15, river_deg=110, river_m=680, river_width_m=40,
               avenues_deg=(205,)),
    Settlement(towns=("zh",), length_m=2700, width_m=2100, angle_deg=60, river_deg=-30, river_m=700, river_width_m=60),
    Settlement(towns=("fh",), length_m=2700, width_m=2000, angle_deg=35, river_deg=200, river_m=620, river_width_m=50),
    Settlement(towns=("xs",), length_m=2500, width_m=1900, angle_deg=-50, river_deg=15, river_m=600, river_width_m=35),
    Settlement(towns=("nh",), length_m=2400, width_m=1800, angle_deg=80, river_deg=160, river_m=600, river_width_m=45),
    Settlement(towns=("yy",), length_m=3200, width_m=2200, angle_deg=0, river_deg=-80, river_m=650, river_width_m=80,
               avenues_deg=(120,)),
    Settlement(towns=("cx",), length_m=3200, width_m=2500, angle_deg=15, river_deg=85, river_m=740, river_width_m=35,
               lake=(200, 900, 120), avenues_deg=(-55,)),
)
# fmt: on

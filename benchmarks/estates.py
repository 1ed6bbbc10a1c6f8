"""Invented estates in three scales, a county's, a city's and a province's, with ten years of history, from one seed.

`python benchmarks/estates.py province postgresql://…` fills a migrated, empty database in the database itself, the same
every time. Nothing is spread evenly: a few agencies have most posts and most floors, most buildings are low and a few
very high, towns are dense in the middle, rooms of some floors change hands often and of others never. Of the rooms that
agencies can have about 91 in 100 are in use on the last day, two of these shared, 2 are closed and 7 free, some for
years and some whole floors.
"""

import sys
import time
from dataclasses import dataclass

import dataset
from sqlalchemy import text

from fangdi.store.engine import create_engine

FIRST_DAY, LAST_DAY = "2016-01-01", "2026-01-01"


@dataclass(frozen=True)
class Scale:
    """How large an estate is; rooms come out within some per cent."""

    rooms: int
    cities: int
    counties: int
    """in each city"""
    agencies: int
    """of a city; a county has two thirds of that"""
    buildings_per_floor: float = 1 / 5.6
    """one over the mean number of floors that the skew below comes to"""

    @property
    def buildings(self) -> int:
        """Buildings in all."""
        return round(self.rooms / dataset.ROOMS_PER_FLOOR * self.buildings_per_floor)


SCALES = {
    "county": Scale(rooms=6_000, cities=1, counties=1, agencies=30),
    "city": Scale(rooms=60_000, cities=1, counties=9, agencies=60),
    "province": Scale(rooms=2_000_000, cities=11, counties=9, agencies=90),
}

# Codes of places are invented after the form of GB/T 2260: 33, two digits of the city (from 50 on, where no city of
# the province is), two of the county.
_TERRITORY = """
INSERT INTO fangdi.deployment VALUES ('sample', jsonb_build_object(
    'zh', '虚构的测试数据,不代表任何真实单位', 'en', 'Invented test data that stand for no real agency', 'seed', 2026));
CREATE TEMP TABLE town AS
SELECT *, row_number() OVER (ORDER BY code) AS n
  FROM (SELECT '33' || (50 + city) || '00' AS code, '330000' AS parent, '第' || city || '市' AS name, 'city' AS level,
               city, 0 AS county, 360000 + 70000 * ((city - 1) % 4) AS east, 3200000 + 70000 * ((city - 1) / 4) AS north
          FROM generate_series(1, :cities) AS city
         UNION ALL
        SELECT '33' || (50 + city) || lpad(CAST(county AS text), 2, '0'), '33' || (50 + city) || '00',
               '第' || city || '市第' || county || '县', 'county', city, county,
               360000 + 70000 * ((city - 1) % 4) + CAST(25000 * cos(county * 2.4) AS integer),
               3200000 + 70000 * ((city - 1) / 4) + CAST(25000 * sin(county * 2.4) AS integer)
          FROM generate_series(1, :cities) AS city CROSS JOIN generate_series(1, :counties) AS county) AS place;
INSERT INTO fangdi.jurisdiction (code, parent_code, name, level) VALUES ('330000', NULL, '某省', 'province');
INSERT INTO fangdi.jurisdiction (code, parent_code, name, level)
SELECT code, parent, name, level FROM town ORDER BY level, code;
INSERT INTO fangdi.zone (jurisdiction_code, code, name, kind, outline)
SELECT code, 'Z' || ring, name || '集中办公区' || ring, 'concentrated',
       ST_Multi(ST_Transform(ST_Buffer(ST_SetSRID(
           ST_MakePoint(east + 900 * (ring - 1), north + 500 * (ring - 1)), 4550), 400 - 80 * ring), 4490))
  FROM town CROSS JOIN generate_series(1, 3) AS ring WHERE level = 'city' OR ring = 1
"""

# The n-th agency of a place has 1/n^0.8 of the posts of the first, and the same weight when floors are given out.
_AGENCIES = """
CREATE TEMP TABLE office AS
SELECT row_number() OVER (ORDER BY town.n, rank) AS id, town.n AS town, town.code AS jurisdiction_code, town.level,
       rank,
       town.name || '第' || rank || '局' AS name, 1 / rank ^ 0.8 AS weight
  FROM town
 CROSS JOIN LATERAL generate_series(1, CASE town.level WHEN 'city' THEN :agencies ELSE :agencies * 2 / 3 END) AS rank;
INSERT INTO fangdi.agency (jurisdiction_code, code, name, level, kind)
SELECT jurisdiction_code, 'A' || id, name, level,
       (ARRAY['party', 'government', 'government', 'government', 'public_institution'])[1 + id % 5]
  FROM office ORDER BY id;
INSERT INTO fangdi.agency_posts (jurisdiction_code, agency_id, rank_code, posts, valid)
SELECT agency.jurisdiction_code, agency.id, staff_rank.code,
       CASE WHEN staff_rank.leader THEN 1 + pg_temp.pick(agency.id, staff_rank.sort, 3)
            ELSE 6 + CAST(400 * office.weight * (0.7 + 0.6 * pg_temp.random_of(agency.id, period.n)) AS integer) END,
       daterange(period.since, period.until)
  FROM fangdi.agency
  JOIN office USING (id)
  JOIN fangdi.staff_rank ON staff_rank.level = agency.level
 CROSS JOIN (VALUES (1, DATE '2016-01-01', DATE '2020-01-01'), (2, DATE '2020-01-01', DATE '2024-01-01'),
                    (3, DATE '2024-01-01', NULL)) AS period (n, since, until)
 WHERE staff_rank.sort >= 3;
INSERT INTO fangdi.agency_staff (jurisdiction_code, agency_id, present, valid)
SELECT office.jurisdiction_code, id, 6 + CAST(380 * weight * (0.7 + 0.6 * pg_temp.random_of(id, 7)) AS integer), '(,)'
  FROM office;
CREATE TEMP TABLE weighed AS
SELECT id, town, sum(weight) OVER (PARTITION BY town ORDER BY rank) / sum(weight) OVER (PARTITION BY town) AS upto
  FROM office;
CREATE INDEX ON weighed (town, upto);
ANALYZE weighed
"""

# A third of a city's buildings stand in the city itself, the rest in its counties. Floors: 2 + 1.2 / u - 1.2, at most
# 33, which is about 5.6 on average.
_BUILDINGS = """
CREATE TEMP TABLE stand AS
SELECT placed.n, town.code AS jurisdiction_code, town.n AS town,
       east + 45 * sqrt(at) * (1 + at / 2000.0) * cos(at * 2.399963) AS east,
       north + 45 * sqrt(at) * (1 + at / 2000.0) * sin(at * 2.399963) AS north,
       pg_temp.random_of(placed.n, 11) * pi() AS angle,
       LEAST(33, 2 + CAST(floor(1.2 / (pg_temp.random_of(placed.n, 17) + 0.0001) - 1.2) AS integer)) AS floors
  FROM (SELECT n, city, county, row_number() OVER (PARTITION BY city, county ORDER BY n) AS at
          FROM (SELECT n, 1 + pg_temp.pick(n, 12, :cities) AS city,
                       CASE WHEN pg_temp.random_of(n, 16) < 0.33 THEN 0
                            ELSE 1 + pg_temp.pick(n, 18, :counties) END AS county
                  FROM generate_series(1, :buildings) AS n) AS drawn) AS placed
  JOIN town USING (city, county)
"""

# Some buildings came or went in the ten years.
_LAND = """
INSERT INTO fangdi.site (jurisdiction_code, code, name, outline)
SELECT jurisdiction_code, 'S' || n, '第' || n || '院',
       pg_temp.on_map(pg_temp.set_down(ST_MakeEnvelope(-30, -20, 30, 20), east, north, angle))
  FROM stand ORDER BY n;
INSERT INTO fangdi.building (jurisdiction_code, code, site_id, name, address, storeys_above, built_year, has_lift,
                             safety_grade, measured_gross_m2, outline, location, plan_crs, valid)
SELECT stand.jurisdiction_code, 'B' || n, site.id, '第' || n || '院1号楼', '测试路' || n || '号', floors,
       1980 + pg_temp.pick(n, 13, 45), floors > 6,
       (ARRAY['A', 'A', 'B', 'B', 'B', 'C', NULL])[1 + pg_temp.pick(n, 19, 7)],
       floors * 42 * 16, pg_temp.on_map(pg_temp.set_down(ST_MakeEnvelope(-21, -8, 21, 8), east, north, angle)),
       pg_temp.on_map(ST_MakePoint(east, north)), 'EPSG:4550',
       CASE pg_temp.pick(n, 20, 50) WHEN 0 THEN daterange(NULL, DATE '2016-06-01' + pg_temp.pick(n, 26, 3400))
                                    WHEN 1 THEN daterange(DATE '2016-06-01' + pg_temp.pick(n, 27, 3400), NULL)
                                    ELSE '(,)' END
  FROM stand JOIN fangdi.site ON site.code = 'S' || n ORDER BY n;
INSERT INTO fangdi.title (jurisdiction_code, building_id, state, valid)
SELECT jurisdiction_code, id, CASE WHEN pg_temp.random_of(id, 14) < 0.2 THEN 'unregistered' ELSE 'recorded' END,
       daterange(NULL, DATE '2018-01-01' + pg_temp.pick(id, 28, 2900))
  FROM fangdi.building
 UNION ALL
SELECT jurisdiction_code, id, CASE WHEN pg_temp.random_of(id, 29) < 0.25 THEN 'recorded' ELSE 'administration' END,
       daterange(DATE '2018-01-01' + pg_temp.pick(id, 28, 2900), NULL)
  FROM fangdi.building;
INSERT INTO fangdi.tenure (jurisdiction_code, building_id, kind, annual_rent_yuan, valid)
SELECT jurisdiction_code, id, CASE WHEN leased THEN 'leased' ELSE 'owned' END,
       CASE WHEN leased THEN round(measured_gross_m2 * 300) END, '(,)'
  FROM (SELECT *, pg_temp.pick(id, 15, 12) = 0 AS leased FROM fangdi.building) AS held;
INSERT INTO fangdi.floor (jurisdiction_code, building_id, level, name, measured_gross_m2)
SELECT building.jurisdiction_code, building.id, level, level || '层', 42 * 16
  FROM fangdi.building CROSS JOIN LATERAL generate_series(1, storeys_above) AS level
 ORDER BY building.id, level;
ANALYZE fangdi.building, fangdi.floor
"""

# Each floor belongs to an agency of its place, drawn by weight; one room in ten of it to another. The ten years of a
# room fall into one to five spells, whose users follow each other at random days; between two it may stand empty. One
# floor in eighty was given up in the last two years.
_USE = """
CREATE TEMP TABLE holder AS
SELECT floor.id AS floor_id, stand.town, given.id AS agency_id
  FROM fangdi.floor
  JOIN fangdi.building ON building.id = floor.building_id
  JOIN stand ON building.code = 'B' || stand.n
 CROSS JOIN LATERAL (SELECT id FROM weighed
                      WHERE weighed.town = stand.town AND upto >= pg_temp.random_of(floor.id, 31)
                      ORDER BY upto LIMIT 1) AS given;
CREATE TEMP TABLE assigned AS
SELECT room.id, room.jurisdiction_code, holder.town,
       CASE WHEN pg_temp.pick(room.floor_id, 41, 80) = 0 THEN 930 ELSE pg_temp.pick(room.id, 32, 1000) END AS lot,
       1 + LEAST(4, pg_temp.pick(room.id, 33, 3) + pg_temp.pick(room.floor_id, 34, 3)) AS spells,
       CASE WHEN pg_temp.pick(room.id, 35, 10) = 0 THEN other.id ELSE holder.agency_id END AS agency_id,
       other.id AS former_id
  FROM fangdi.room
  JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.assignable
  JOIN holder USING (floor_id)
 CROSS JOIN LATERAL (SELECT id FROM weighed
                      WHERE weighed.town = holder.town AND upto >= pg_temp.random_of(room.floor_id, 36)
                      ORDER BY upto LIMIT 1) AS other;
CREATE TEMP TABLE spell AS
SELECT assigned.*, n,
       DATE '2016-01-01'
         + CAST(3650.0 * (n - 1 + 0.6 * pg_temp.random_of(id * 8 + n, 37)) / spells AS integer) AS since,
       CASE WHEN n < spells
            THEN DATE '2016-01-01'
                 + CAST(3650.0 * (n + 0.6 * pg_temp.random_of(id * 8 + n + 1, 37)) / spells AS integer)
                 - CASE WHEN pg_temp.pick(id * 8 + n, 38, 4) = 0 THEN pg_temp.pick(id * 8 + n, 39, 200) ELSE 0 END
            WHEN lot >= 920 THEN DATE '2024-01-01' + pg_temp.pick(id, 40, 700) END AS until
  FROM assigned CROSS JOIN LATERAL generate_series(1, spells) AS n;
INSERT INTO fangdi.occupancy (jurisdiction_code, room_id, agency_id, share, valid, document_no)
SELECT jurisdiction_code, id, CASE WHEN n = spells OR n % 2 = 0 THEN agency_id ELSE former_id END,
       CASE WHEN lot < 18 AND n = spells THEN 0.5 ELSE 1 END, daterange(since, until),
       CASE WHEN lot % 5 > 0 THEN '协议' || id || '-' || n END
  FROM spell WHERE until IS NULL OR until > since
 UNION ALL
SELECT jurisdiction_code, id, former_id, 0.5, daterange(since, until), NULL
  FROM spell WHERE lot < 18 AND n = spells AND former_id <> agency_id AND (until IS NULL OR until > since);
INSERT INTO fangdi.room_status (jurisdiction_code, room_id, status, valid)
SELECT jurisdiction_code, id, (ARRAY['repair', 'reserved', 'handed_over'])[1 + lot % 3],
       daterange(DATE '2024-01-01' + pg_temp.pick(id, 40, 700), NULL)
  FROM assigned WHERE lot >= 980
"""

_STEPS = (
    ("random numbers", dataset.RANDOM),
    ("territory and zones", _TERRITORY),
    ("agencies", _AGENCIES),
    ("buildings", _BUILDINGS + ";\n" + dataset.SHAPES + ";\n" + _LAND),
    ("rooms", dataset.ROOMS_OF_FLOORS),
    ("ten years of use", _USE),
    ("sums of use", "SELECT fangdi.recompute_usage()"),
)


def build(url: str, scale: Scale) -> int:
    """Fill a migrated, empty database; return how many rooms it holds."""
    engine = create_engine(url)
    given = {
        "cities": scale.cities,
        "counties": scale.counties,
        "agencies": scale.agencies,
        "buildings": scale.buildings,
    }
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('fangdi.batch', 'benchmark', true)"))  # as a load: no entries
            for title, statements in _STEPS:
                began = time.perf_counter()
                dataset.run(connection, statements, **given)
                print(f"  {title}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as autovacuum does a minute after a load
            made: int = connection.execute(text("SELECT count(*) FROM fangdi.room")).scalar_one()
    finally:
        engine.dispose()
    return made


if __name__ == "__main__":
    print(build(sys.argv[2], SCALES[sys.argv[1]]), "rooms")

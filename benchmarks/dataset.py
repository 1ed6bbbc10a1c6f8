"""The data set of the benchmarks: an invented city of 660,000 rooms, made in the database itself, the same every time.

`python benchmarks/dataset.py postgresql://…` fills a migrated, empty database. Buildings stand along a sunflower spiral
around Ningbo, dense in the middle; each has 2 to 6 floors of 20 rooms: offices on both sides of a corridor, meeting
room, toilet, tea room and stairs. 93 in 100 assignable rooms are in use, some shared, a third with a history.
"""

import sys
import time

from sqlalchemy import Connection, text

from fangdi.store.engine import create_engine

ROOMS = 660_000
ROOMS_PER_FLOOR = 20
MEAN_FLOORS = 4  # 2, 3, 4, 5 or 6, equally often
AGENCIES = 600

# Random numbers that depend on nothing but their arguments: no order of rows, no state of a session.
# 2026 is the seed, as in the notice below.
RANDOM = """
CREATE FUNCTION pg_temp.random_of(thing bigint, purpose bigint) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (hashint8extended(thing, purpose * 1000003 + 2026) & 2147483647) / 2147483648.0
$$;
CREATE FUNCTION pg_temp.pick(thing bigint, purpose bigint, several integer) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CAST(floor(pg_temp.random_of(thing, purpose) * several) AS integer)
$$
"""

_TERRITORY = """
INSERT INTO fangdi.deployment VALUES ('sample', jsonb_build_object(
    'zh', '虚构的测试数据,不代表任何真实单位', 'en', 'Invented test data that stand for no real agency', 'seed', 2026));
INSERT INTO fangdi.jurisdiction (code, parent_code, name, level)
VALUES ('330200', NULL, '宁波市', 'city'),
       ('330203', '330200', '海曙区', 'county'), ('330205', '330200', '江北区', 'county'),
       ('330206', '330200', '北仑区', 'county'), ('330212', '330200', '鄞州区', 'county');
INSERT INTO fangdi.zone (jurisdiction_code, code, name, kind, radius_m, outline)
SELECT '330200', 'Z' || n, '集中办公区' || n, 'concentrated', CASE n WHEN 3 THEN 1500 END,
       ST_Multi(ST_Transform(ST_Buffer(ST_SetSRID(ST_MakePoint(359800 + east, 3305800 + north), 4550), size), 4490))
  FROM (VALUES (1, 0, 0, 400), (2, 1800, 600, 300), (3, -1500, -2600, 250)) AS drawn (n, east, north, size)
"""

_AGENCIES = """
INSERT INTO fangdi.agency (jurisdiction_code, code, name, level, kind)
SELECT CASE WHEN n <= :agencies / 10 THEN '330200' ELSE (ARRAY['330203', '330205', '330206', '330212'])[1 + n % 4] END,
       'A' || n, '第' || n || '局', CASE WHEN n <= :agencies / 10 THEN 'city' ELSE 'county' END, 'government'
  FROM generate_series(1, :agencies) AS n;
INSERT INTO fangdi.agency_posts (jurisdiction_code, agency_id, rank_code, posts, valid)
SELECT agency.jurisdiction_code, agency.id, staff_rank.code,
       CASE WHEN staff_rank.leader THEN 1 + pg_temp.pick(agency.id, staff_rank.sort, 3)
            ELSE 20 + pg_temp.pick(agency.id, period.n, 900) END,
       daterange(period.since, period.until)
  FROM fangdi.agency
  JOIN fangdi.staff_rank ON staff_rank.level = agency.level
 CROSS JOIN (VALUES (1, DATE '2020-01-01', DATE '2023-01-01'), (2, DATE '2023-01-01', NULL)) AS period (n, since, until)
 WHERE staff_rank.sort >= 3;
INSERT INTO fangdi.agency_staff (jurisdiction_code, agency_id, present, valid)
SELECT jurisdiction_code, id, 20 + pg_temp.pick(id, 7, 900), daterange('2023-01-01', NULL) FROM fangdi.agency
"""

# A sunflower spiral keeps neighbours 100 m apart in the middle and thins out towards 11 km. Coordinates are
# in the plane, EPSG:4550, metres; everything of a building is turned by its own angle.
_STANDS = """
CREATE TEMP TABLE stand AS
SELECT n, 359800 + 60 * sqrt(n) * (1 + CAST(n AS double precision) / :buildings) * cos(n * 2.399963) AS east,
       3305800 + 60 * sqrt(n) * (1 + CAST(n AS double precision) / :buildings) * sin(n * 2.399963) AS north,
       pg_temp.random_of(n, 11) * pi() AS angle, 2 + n % 5 AS floors,
       (ARRAY['330200', '330203', '330205', '330206', '330212'])[1 + pg_temp.pick(n, 12, 5)] AS jurisdiction_code
  FROM generate_series(1, :buildings) AS n
"""

SHAPES = """
CREATE FUNCTION pg_temp.set_down(drawn geometry, east double precision, north double precision, angle double precision)
RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ST_Multi(ST_Affine(drawn, cos(angle), -sin(angle), sin(angle), cos(angle), east, north))
$$;
CREATE FUNCTION pg_temp.on_map(placed geometry) RETURNS geometry LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT ST_Transform(ST_SetSRID(placed, 4550), 4490)
$$
"""

_BUILDINGS = """
INSERT INTO fangdi.parcel (jurisdiction_code, code, address, measured_land_m2, outline)
SELECT jurisdiction_code, 'P' || n, '测试路' || n || '号', 70 * 45,
       pg_temp.on_map(pg_temp.set_down(ST_MakeEnvelope(-35, -22, 35, 23), east, north, angle))
  FROM stand ORDER BY n;
INSERT INTO fangdi.site (jurisdiction_code, code, name, outline)
SELECT jurisdiction_code, 'S' || n, '第' || n || '院',
       pg_temp.on_map(pg_temp.set_down(ST_MakeEnvelope(-30, -20, 30, 20), east, north, angle))
  FROM stand ORDER BY n;
INSERT INTO fangdi.building (jurisdiction_code, code, site_id, name, address, storeys_above, built_year,
                             measured_gross_m2, outline, location, plan_crs)
SELECT stand.jurisdiction_code, 'B' || n, site.id, '第' || n || '院1号楼', '测试路' || n || '号', floors,
       1980 + pg_temp.pick(n, 13, 45), floors * 42 * 16,
       pg_temp.on_map(pg_temp.set_down(ST_MakeEnvelope(-21, -8, 21, 8), east, north, angle)),
       pg_temp.on_map(ST_MakePoint(east, north)), 'EPSG:4550'
  FROM stand JOIN fangdi.site ON site.code = 'S' || n ORDER BY n;
INSERT INTO fangdi.title (jurisdiction_code, building_id, state, valid)
SELECT jurisdiction_code, id,
       (ARRAY['administration', 'administration', 'recorded', 'unregistered'])[1 + pg_temp.pick(id, 14, 4)],
       daterange('2021-01-01', NULL)
  FROM fangdi.building;
INSERT INTO fangdi.tenure (jurisdiction_code, building_id, kind, valid)
SELECT jurisdiction_code, id, CASE WHEN pg_temp.pick(id, 15, 10) = 0 THEN 'leased' ELSE 'owned' END, '(,)'
  FROM fangdi.building;
INSERT INTO fangdi.floor (jurisdiction_code, building_id, level, name, measured_gross_m2)
SELECT building.jurisdiction_code, building.id, level, level || '层', 42 * 16
  FROM fangdi.building CROSS JOIN LATERAL generate_series(1, storeys_above) AS level
 ORDER BY building.id, level
"""

# Plan of a floor, metres: 8 bays of 5 m on either side of a corridor 2 m wide, stairs at both ends.
ROOMS_OF_FLOORS = """
CREATE TEMP TABLE plan AS
SELECT n, CASE n WHEN 3 THEN 'meeting_room' WHEN 12 THEN 'toilet' WHEN 13 THEN 'tea_room' WHEN 17 THEN 'corridor'
               WHEN 18 THEN 'stairs' WHEN 19 THEN 'stairs' WHEN 20 THEN 'storage' ELSE 'office' END AS use_code,
       CASE WHEN n <= 8 THEN ST_MakeEnvelope(-20 + (n - 1) * 4.5, 1.1, -15.7 + (n - 1) * 4.5, 7.1)
            WHEN n <= 16 THEN ST_MakeEnvelope(-20 + (n - 9) * 4.5, -7.1, -15.7 + (n - 9) * 4.5, -1.1)
            WHEN n = 17 THEN ST_MakeEnvelope(-20, -1, 20, 1)
            WHEN n = 18 THEN ST_MakeEnvelope(16.2, 1.1, 20, 7.1)
            WHEN n = 19 THEN ST_MakeEnvelope(16.2, -4.1, 20, -1.1)
            ELSE ST_MakeEnvelope(16.2, -7.1, 20, -4.2) END AS drawn
  FROM generate_series(1, 20) AS n;
INSERT INTO fangdi.room (jurisdiction_code, building_id, floor_id, code, number, use_code, registered_usable_m2,
                         declared_usable_m2, measured_usable_m2, plan_outline, outline, valid)
SELECT floor.jurisdiction_code, floor.building_id, floor.id, floor.level * 100 + plan.n,
       CASE WHEN plan.n <= 16 OR plan.n = 20 THEN CAST(CAST(floor.level * 100 + plan.n AS integer) AS text) END,
       plan.use_code,
       CASE WHEN pg_temp.pick(floor.id * 20 + plan.n, 21, 5) > 0
            THEN round(CAST(ST_Area(plan.drawn) AS numeric), 1) END,
       CASE WHEN pg_temp.pick(floor.id * 20 + plan.n, 22, 20) > 0
            THEN ST_Area(plan.drawn) * (0.95 + 0.1 * pg_temp.random_of(floor.id * 20 + plan.n, 23)) END,
       CASE WHEN pg_temp.pick(floor.id * 20 + plan.n, 24, 100) > 0 THEN ST_Area(plan.drawn) END,
       placed.outline, pg_temp.on_map(placed.outline),
       CASE WHEN pg_temp.pick(floor.id, 25, 4) = 0 THEN daterange('2016-07-01', NULL) ELSE '(,)' END
  FROM stand
  JOIN fangdi.building ON building.code = 'B' || stand.n
  JOIN fangdi.floor ON floor.building_id = building.id
 CROSS JOIN plan
 CROSS JOIN LATERAL (SELECT pg_temp.set_down(plan.drawn, stand.east, stand.north, stand.angle) AS outline) AS placed
 ORDER BY stand.n, floor.level, plan.n
"""

# An agency has a floor, a neighbour one room in ten of it. Of 1,000 assignable rooms 930 are in use (ten of them by two
# agencies), 20 are closed, 50 are idle. Every third room was used by another agency before.
_USE = """
CREATE TEMP TABLE assigned AS
SELECT room.id, room.jurisdiction_code, pg_temp.pick(room.id, 31, 1000) AS lot,
       1 + (pg_temp.pick(room.floor_id, 32, :agencies)
            + CASE WHEN pg_temp.pick(room.id, 33, 10) = 0 THEN 1 ELSE 0 END) % :agencies AS agency_id,
       DATE '2019-01-01' + pg_temp.pick(room.id, 34, 2500) AS since
  FROM fangdi.room JOIN fangdi.room_use ON room_use.code = room.use_code AND room_use.assignable;
INSERT INTO fangdi.occupancy (jurisdiction_code, room_id, agency_id, share, valid)
SELECT jurisdiction_code, id, agency_id, CASE WHEN lot < 10 THEN 0.5 ELSE 1 END, daterange(since, NULL)
  FROM assigned WHERE lot < 930
 UNION ALL
SELECT jurisdiction_code, id, 1 + agency_id % :agencies, 0.5, daterange(since, NULL) FROM assigned WHERE lot < 10
 UNION ALL
SELECT jurisdiction_code, id, 1 + (agency_id + 40) % :agencies, 1, daterange(since - 900, since - lot % 30)
  FROM assigned WHERE lot % 3 = 0;
INSERT INTO fangdi.room_status (jurisdiction_code, room_id, status, valid)
SELECT jurisdiction_code, id, (ARRAY['repair', 'reserved', 'handed_over'])[1 + lot % 3], daterange('2025-03-01', NULL)
  FROM assigned WHERE lot BETWEEN 930 AND 949
 UNION ALL
SELECT jurisdiction_code, id, 'repair', daterange(since - 30, since) FROM assigned WHERE lot BETWEEN 950 AND 969
"""

_STEPS = (
    ("random numbers", RANDOM),
    ("territory and zones", _TERRITORY),
    ("agencies", _AGENCIES),
    ("buildings and floors", f"{_STANDS};\n{SHAPES};\n{_BUILDINGS}"),
    ("rooms", ROOMS_OF_FLOORS),
    ("occupancies and statuses", _USE),
)


def build(url: str, *, rooms: int = ROOMS, agencies: int = AGENCIES) -> int:
    """Fill a migrated, empty database; return how many rooms it holds (a multiple of 400, nearest below `rooms`)."""
    buildings = rooms // (ROOMS_PER_FLOOR * MEAN_FLOORS * 5) * 5
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            connection.execute(text("SELECT set_config('fangdi.batch', 'benchmark', true)"))  # as a load: no entries
            for title, statements in _STEPS:
                began = time.perf_counter()
                run(connection, statements, agencies=agencies, buildings=buildings)
                print(f"  {title}: {time.perf_counter() - began:.1f} s", file=sys.stderr)
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))  # as autovacuum does a minute after a load
            made: int = connection.execute(text("SELECT count(*) FROM fangdi.room")).scalar_one()
    finally:
        engine.dispose()
    return made


def run(connection: Connection, statements: str, **parameters: int) -> None:
    """Run statements one by one; those of a function body hold no semicolon followed by a new line and a keyword."""
    for statement in statements.split(";\n"):
        used = {name: value for name, value in parameters.items() if f":{name}" in statement}
        connection.execute(text(statement), used)


if __name__ == "__main__":
    print(build(sys.argv[1]), "rooms")

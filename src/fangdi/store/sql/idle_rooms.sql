-- Which rooms are idle (闲置) on a date, since when and why, and of what usable area (使用面积, m², one basis)? One page, the total,
-- and, on the first row, the area by building.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set building_id null
--       \set uses '''{office,meeting_room}''' \set statuses '''{repair,reserved,handed_over}''' \set min_area_m2 null
--       \set max_area_m2 null \set min_days null \set around_days 92
--       \set after_building 0 \set after_room 0 \set page_size 100 \set middle_room 300000
-- Idle: the room exists (and with it its building), its use is one of `uses`, nobody occupies it and it is in none of `statuses`.
-- Idle since: the day the last occupancy or status ended, else the day the room came to exist, else null.
WITH idle AS MATERIALIZED (
    SELECT id, building_id, valid, area_m2
      FROM fangdi.seen_idle(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               CAST(:middle_room AS bigint), CAST(:building_id AS bigint), CAST(:statuses AS text[]))
),
chosen AS MATERIALIZED (
    SELECT *
      FROM idle
     WHERE (CAST(:min_area_m2 AS double precision) IS NULL OR area_m2 >= :min_area_m2)
       AND (CAST(:max_area_m2 AS double precision) IS NULL OR area_m2 <= :max_area_m2)
       AND (CAST(:min_days AS integer) IS NULL
            OR COALESCE(
                   GREATEST(
                       (SELECT max(upper(valid)) FROM fangdi.occupancy
                         WHERE room_id = idle.id AND upper(valid) <= CAST(:as_of AS date)),
                       (SELECT max(upper(valid)) FROM fangdi.room_status
                         WHERE room_id = idle.id AND upper(valid) <= CAST(:as_of AS date)
                           AND status = ANY (CAST(:statuses AS text[])))),
                   GREATEST(lower(idle.valid), (SELECT lower(valid) FROM fangdi.building WHERE id = idle.building_id)),
                   '-infinity') <= CAST(:as_of AS date) - CAST(:min_days AS integer))
),
of_building AS (
    SELECT building_id, count(*) AS rooms, sum(area_m2) AS area_m2, count(area_m2) AS with_area FROM chosen GROUP BY building_id
),
total AS (
    SELECT COALESCE(sum(rooms), 0) AS total_rooms, COALESCE(sum(area_m2), 0) AS total_area_m2,
           COALESCE(sum(rooms - with_area), 0) AS total_rooms_without_area,
           COALESCE(jsonb_object_agg(building_id, COALESCE(area_m2, 0)), '{}') AS by_building
      FROM of_building
),
page AS (
    SELECT *
      FROM chosen
     WHERE (building_id, id) > (CAST(:after_building AS bigint), CAST(:after_room AS bigint))
     ORDER BY building_id, id
     LIMIT CAST(:page_size AS integer)
),
last_use AS MATERIALIZED (
    SELECT page.id AS room_id, page.building_id, ended.until, ended.agency_id
      FROM page
      JOIN LATERAL (
           SELECT upper(valid) AS until, agency_id FROM fangdi.occupancy
            WHERE room_id = page.id AND upper(valid) <= CAST(:as_of AS date)
            ORDER BY upper(valid) DESC, share DESC, agency_id LIMIT 1
           ) AS ended ON true
),
-- Rooms of one move end together: each move is looked up once.
moved AS MATERIALIZED (
    SELECT left_then.agency_id, left_then.until, left_then.building_id, elsewhere.id AS moved_to, elsewhere.name AS moved_to_name
      FROM (SELECT DISTINCT agency_id, until, building_id FROM last_use) AS left_then
      JOIN LATERAL (
           SELECT building.id, building.name
             FROM fangdi.occupancy AS taken
             JOIN fangdi.room ON room.id = taken.room_id
             JOIN fangdi.building ON building.id = room.building_id
            WHERE taken.agency_id = left_then.agency_id AND room.building_id <> left_then.building_id
              AND lower(taken.valid) BETWEEN left_then.until - CAST(:around_days AS integer)
                                         AND LEAST(left_then.until + CAST(:around_days AS integer), CAST(:as_of AS date))
            GROUP BY building.id, building.name
            ORDER BY count(*) DESC, building.id LIMIT 1
           ) AS elsewhere ON true
)
SELECT total.total_rooms, total.total_area_m2, total.total_rooms_without_area,
       CASE WHEN row_number() OVER (ORDER BY page.building_id, page.id) = 1 THEN total.by_building END AS by_building,
       page.id, page.building_id, page.area_m2, room.number, room.name, floor.level, floor.name AS floor_name,
       fangdi.lonlat(COALESCE(room.outline, building.location)) AS location, building.name AS building_name,
       room.use_code AS use, room_use.name AS use_name, room_use.category,
       COALESCE(GREATEST(last_use.until, last_status.until),
                GREATEST(lower(page.valid), lower(building.valid))) AS idle_since,
       last_use.until AS use_until, last_use.agency_id AS last_agency_id, last_agency.name AS last_agency_name,
       upper(last_agency.valid) AS agency_until, moved.moved_to, moved.moved_to_name,
       last_status.status AS last_status, last_status.until AS status_until
  FROM total
  LEFT JOIN page ON true
  LEFT JOIN fangdi.room ON room.id = page.id
  LEFT JOIN fangdi.room_use ON room_use.code = room.use_code
  LEFT JOIN fangdi.floor ON floor.id = room.floor_id
  LEFT JOIN fangdi.building ON building.id = page.building_id
  LEFT JOIN last_use ON last_use.room_id = page.id
  LEFT JOIN moved ON moved.agency_id = last_use.agency_id AND moved.until = last_use.until
                 AND moved.building_id = last_use.building_id
  LEFT JOIN LATERAL (
       SELECT upper(valid) AS until, status FROM fangdi.room_status
        WHERE room_id = page.id AND upper(valid) <= CAST(:as_of AS date) AND status = ANY (CAST(:statuses AS text[]))
        ORDER BY upper(valid) DESC LIMIT 1
       ) AS last_status ON true
  LEFT JOIN fangdi.agency AS last_agency ON last_agency.id = last_use.agency_id
 ORDER BY page.building_id, page.id;

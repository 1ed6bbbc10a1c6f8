-- Which rooms are idle (闲置) on a date, since when, and of what usable area (使用面积, m², one basis)? One page and the total.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set building_id null
--       \set uses '''{office,meeting_room}''' \set min_area_m2 null \set max_area_m2 null \set min_days null
--       \set after_building 0 \set after_room 0 \set page_size 100 \set middle_room 300000
-- Idle: the room exists (and with it its building), its use is assignable (`uses`), nobody occupies it and it is neither under repair, reserved nor handed
-- over. Idle since: the day the last occupancy or status ended, else the day the room came to exist, else null.
WITH idle AS MATERIALIZED (
    SELECT id, building_id, valid, area_m2
      FROM fangdi.seen_idle(
               CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]), CAST(:jurisdictions AS text[]),
               CAST(:middle_room AS bigint), CAST(:building_id AS bigint))
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
                         WHERE room_id = idle.id AND upper(valid) <= CAST(:as_of AS date))),
                   GREATEST(lower(idle.valid), (SELECT lower(valid) FROM fangdi.building WHERE id = idle.building_id)),
                   '-infinity') <= CAST(:as_of AS date) - CAST(:min_days AS integer))
),
total AS (
    SELECT count(*) AS total_rooms, COALESCE(sum(area_m2), 0) AS total_area_m2,
           count(*) - count(area_m2) AS total_rooms_without_area
      FROM chosen
),
page AS (
    SELECT *
      FROM chosen
     WHERE (building_id, id) > (CAST(:after_building AS bigint), CAST(:after_room AS bigint))
     ORDER BY building_id, id
     LIMIT CAST(:page_size AS integer)
)
SELECT total.*, page.id, page.building_id, page.area_m2, room.number, room.name, floor.level, floor.name AS floor_name,
       fangdi.lonlat(COALESCE(room.outline, building.location)) AS location, building.name AS building_name,
       room.use_code AS use, room_use.name AS use_name, room_use.category,
       COALESCE(GREATEST(last_use.until, last_status.until),
                GREATEST(lower(page.valid), lower(building.valid))) AS idle_since,
       last_use.agency_id AS last_agency_id, last_agency.name AS last_agency_name
  FROM total
  LEFT JOIN page ON true
  LEFT JOIN fangdi.room ON room.id = page.id
  LEFT JOIN fangdi.room_use ON room_use.code = room.use_code
  LEFT JOIN fangdi.floor ON floor.id = room.floor_id
  LEFT JOIN fangdi.building ON building.id = page.building_id
  LEFT JOIN LATERAL (
       SELECT upper(valid) AS until, agency_id FROM fangdi.occupancy
        WHERE room_id = page.id AND upper(valid) <= CAST(:as_of AS date)
        ORDER BY upper(valid) DESC, share DESC, agency_id LIMIT 1
       ) AS last_use ON true
  LEFT JOIN LATERAL (
       SELECT max(upper(valid)) AS until FROM fangdi.room_status
        WHERE room_id = page.id AND upper(valid) <= CAST(:as_of AS date)
       ) AS last_status ON true
  LEFT JOIN fangdi.agency AS last_agency ON last_agency.id = last_use.agency_id
 ORDER BY page.building_id, page.id;

-- Which rooms are idle (闲置) on a date in buildings of certain features, within a distance of a point on the ellipsoid (m), with
-- their outline in the plan's own frame (m) and usable area in m² of one basis, of floors that have enough of them together?
-- With each: how many rooms of these uses its floor has; and, on every row, how many idle rooms were looked at, and how many of
-- those have no outline or no area, on whichever floor.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set uses '''{office,meeting_room}'''
--       \set statuses '''{repair,reserved,handed_over}''' \set min_days null \set longitude 121.55 \set latitude 29.87
--       \set radius_m 2000 \set building_id null
--       \set has_lift null \set built_from null \set built_to null \set safety null \set tenure null \set title null
--       \set level_from null \set level_to null \set min_room_m2 null \set max_room_m2 null \set rooms 12 \set min_area_m2 300 \set on_floor 12
WITH near AS MATERIALIZED (
    SELECT building.id, building.name, building.location, building.has_lift, building.built_year, building.safety_grade,
           lower(building.valid) AS since, within.distance_m
      FROM fangdi.seen_buildings_within(CAST(:longitude AS double precision), CAST(:latitude AS double precision),
                                        CAST(:radius_m AS double precision)) AS within
      JOIN fangdi.building ON building.id = within.id
     WHERE building.valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
       AND (CAST(:building_id AS bigint) IS NULL OR building.id = :building_id)
       AND (CAST(:has_lift AS boolean) IS NULL OR building.has_lift = :has_lift)
       AND (CAST(:built_from AS integer) IS NULL OR building.built_year >= :built_from)
       AND (CAST(:built_to AS integer) IS NULL OR building.built_year <= :built_to)
       AND (CAST(:safety AS text[]) IS NULL OR building.safety_grade = ANY (CAST(:safety AS text[])))
       AND (CAST(:tenure AS text) IS NULL
            OR EXISTS (SELECT FROM fangdi.tenure WHERE building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
                          AND kind = :tenure))
       AND (CAST(:title AS text) IS NULL
            OR EXISTS (SELECT FROM fangdi.title WHERE building_id = building.id AND title.valid @> CAST(:as_of AS date)
                          AND state = :title))
),
reached AS MATERIALIZED (
    SELECT * FROM near WHERE CAST(:radius_m AS double precision) IS NULL OR distance_m <= CAST(:radius_m AS double precision)
),
idle AS MATERIALIZED (
    SELECT found.id, found.area_m2, found.floor_id, found.building_id, found.drawn AND found.area_m2 IS NOT NULL AS usable,
           found.in_all, found.lacking_in_all
      FROM fangdi.seen_idle_in(CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]),
                               ARRAY(SELECT reached.id FROM reached), CAST(:statuses AS text[]),
                               CAST(:on_floor AS integer)) AS found
     WHERE (COALESCE(CAST(:level_from AS numeric), CAST(:level_to AS numeric)) IS NULL
            OR EXISTS (SELECT FROM fangdi.floor
                        WHERE floor.id = found.floor_id
                          AND level BETWEEN COALESCE(CAST(:level_from AS numeric), '-Infinity')
                                        AND COALESCE(CAST(:level_to AS numeric), 'Infinity')))
       AND (CAST(:min_room_m2 AS double precision) IS NULL OR found.area_m2 >= :min_room_m2)
       AND (CAST(:max_room_m2 AS double precision) IS NULL OR found.area_m2 <= :max_room_m2)
       AND (CAST(:min_days AS integer) IS NULL
            OR COALESCE(
                   GREATEST(
                       (SELECT max(upper(valid)) FROM fangdi.occupancy
                         WHERE room_id = found.id AND upper(valid) <= CAST(:as_of AS date)),
                       (SELECT max(upper(valid)) FROM fangdi.room_status
                         WHERE room_id = found.id AND upper(valid) <= CAST(:as_of AS date)
                           AND status = ANY (CAST(:statuses AS text[])))),
                   GREATEST(found.since, (SELECT reached.since FROM reached WHERE reached.id = found.building_id)),
                   '-infinity') <= CAST(:as_of AS date) - CAST(:min_days AS integer))
),
total AS (
    SELECT COALESCE(counted.looked_at, again.looked_at) AS looked_at, COALESCE(counted.left_out, again.left_out) AS left_out
      FROM (SELECT CASE WHEN CAST(:on_floor AS integer) <= 1 THEN count(*) ELSE max(in_all) END AS looked_at,
                   CASE WHEN CAST(:on_floor AS integer) <= 1 THEN count(*) FILTER (WHERE NOT usable)
                        ELSE max(lacking_in_all) END AS left_out
              FROM idle) AS counted
     CROSS JOIN LATERAL ( -- where no floor has so many, nothing said how many there are
           SELECT count(*) AS looked_at, count(*) FILTER (WHERE NOT (found.drawn AND found.area_m2 IS NOT NULL)) AS left_out
             FROM fangdi.seen_idle_in(CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]),
                                      ARRAY(SELECT reached.id FROM reached), CAST(:statuses AS text[])) AS found
            WHERE counted.looked_at IS NULL
           ) AS again
),
enough AS MATERIALIZED ( -- by window: joined to itself, every idle room would be held against every floor
    SELECT *
      FROM (SELECT idle.*, count(*) OVER on_floor AS rooms_there, sum(area_m2) OVER on_floor AS m2_there
              FROM idle WINDOW on_floor AS (PARTITION BY floor_id)) AS counted
     WHERE rooms_there >= CAST(:rooms AS integer) AND COALESCE(m2_there, 0) >= CAST(:min_area_m2 AS double precision) - 1e-9
),
standing AS MATERIALIZED (
    SELECT floor.id, floor.level, floor.name, reached.id AS building_id, reached.name AS building_name, reached.location,
           reached.has_lift, reached.built_year, reached.safety_grade, reached.distance_m,
           (SELECT kind FROM fangdi.tenure
             WHERE tenure.building_id = reached.id AND tenure.valid @> CAST(:as_of AS date)) AS tenure,
           (SELECT state FROM fangdi.title
             WHERE title.building_id = reached.id AND title.valid @> CAST(:as_of AS date)) AS title,
           (SELECT count(*) FROM fangdi.room
             WHERE room.floor_id = floor.id AND room.valid @> CAST(:as_of AS date)
               AND room.use_code = ANY (CAST(:uses AS text[]))) AS floor_rooms
      FROM (SELECT DISTINCT floor_id, building_id FROM enough) AS wanted
      JOIN fangdi.floor ON floor.id = wanted.floor_id
      JOIN reached ON reached.id = wanted.building_id
)
SELECT total.looked_at, total.left_out, offered.*
  FROM total
  LEFT JOIN (
       SELECT enough.id, enough.area_m2, enough.floor_id, CASE WHEN NOT ST_IsEmpty(room.plan_outline) THEN ST_AsBinary(room.plan_outline) END AS outline, room.number, room.name,
              standing.level, standing.name AS floor_name, standing.building_id, standing.building_name,
              fangdi.lonlat(standing.location) AS location, standing.has_lift, standing.built_year, standing.safety_grade,
              standing.tenure, standing.title, standing.distance_m, standing.floor_rooms
         FROM enough
         JOIN standing ON standing.id = enough.floor_id
         JOIN fangdi.room ON room.id = enough.id
       ) AS offered ON true
 ORDER BY offered.distance_m NULLS LAST, offered.building_id, offered.level, offered.id;

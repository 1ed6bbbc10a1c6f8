-- Which rooms are idle (闲置) on a date in buildings of certain features, within a distance of a point on the ellipsoid (m), with
-- their outline in the plan's own frame (m) and usable area in m² of one basis, of floors that have enough of them together?
-- With each: how many rooms of these uses its floor has; and, on every row, how many idle rooms were looked at.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set uses '''{office,meeting_room}'''
--       \set statuses '''{repair,reserved,handed_over}''' \set min_days null \set longitude 121.55 \set latitude 29.87
--       \set radius_m 2000 \set west 121.52 \set south 29.85 \set east 121.58 \set north 29.89 \set building_id null
--       \set has_lift null \set built_from null \set built_to null \set safety null \set tenure null \set title null
--       \set level_from null \set level_to null \set min_room_m2 null \set max_room_m2 null \set rooms 12 \set min_area_m2 300
-- The box around the circle keeps buildings that are far away from being measured: that costs ten times as much as comparing.
WITH near AS MATERIALIZED (
    SELECT building.id, building.name, building.location, building.has_lift, building.built_year, building.safety_grade,
           lower(building.valid) AS since,
           ST_Distance(geography(building.location), geography(ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4490))) AS distance_m
      FROM fangdi.building
     WHERE (CAST(:west AS double precision) IS NULL
            OR ST_X(building.location) BETWEEN CAST(:west AS double precision) AND CAST(:east AS double precision)
               AND ST_Y(building.location) BETWEEN CAST(:south AS double precision) AND CAST(:north AS double precision))
       AND building.valid @> CAST(:as_of AS date)
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
    SELECT found.id, found.area_m2, found.floor_id, found.building_id, found.drawn AND found.area_m2 IS NOT NULL AS usable
      FROM fangdi.seen_idle_in(CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]),
                               ARRAY(SELECT reached.id FROM reached), CAST(:statuses AS text[])) AS found
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
    SELECT count(*) AS looked_at, count(*) FILTER (WHERE NOT usable) AS left_out FROM idle
),
large AS (
    SELECT floor_id, (SELECT count(*) FROM fangdi.room AS beside
                       WHERE beside.floor_id = idle.floor_id AND beside.valid @> CAST(:as_of AS date)
                         AND beside.use_code = ANY (CAST(:uses AS text[]))) AS floor_rooms
      FROM idle
     GROUP BY floor_id
    HAVING count(*) >= CAST(:rooms AS integer) AND COALESCE(sum(area_m2), 0) >= CAST(:min_area_m2 AS double precision) - 1e-9
)
SELECT total.looked_at, total.left_out, offered.*
  FROM total
  LEFT JOIN (
       SELECT idle.id, idle.area_m2, idle.floor_id, ST_AsBinary(room.plan_outline) AS outline, room.number, room.name,
              floor.level, floor.name AS floor_name, reached.id AS building_id, reached.name AS building_name,
              fangdi.lonlat(reached.location) AS location, reached.has_lift, reached.built_year, reached.safety_grade,
              tenure.kind AS tenure, title.state AS title, reached.distance_m, large.floor_rooms
         FROM large
         JOIN idle ON idle.floor_id = large.floor_id
         JOIN fangdi.room ON room.id = idle.id
         JOIN fangdi.floor ON floor.id = idle.floor_id
         JOIN reached ON reached.id = idle.building_id
         LEFT JOIN fangdi.tenure ON tenure.building_id = reached.id AND tenure.valid @> CAST(:as_of AS date)
         LEFT JOIN fangdi.title ON title.building_id = reached.id AND title.valid @> CAST(:as_of AS date)
       ) AS offered ON true
 ORDER BY offered.distance_m NULLS LAST, offered.building_id, offered.level, offered.id;

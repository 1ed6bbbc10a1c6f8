-- Which rooms are idle (闲置) on a date in buildings of certain features, within a distance of a point on the ellipsoid (m), with
-- their outline in the plan's own frame (m) and usable area in m² of one basis? With each: how many assignable rooms its floor has.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set uses '''{office,meeting_room}'''
--       \set longitude 121.55 \set latitude 29.87 \set radius_m 2000 \set has_lift null \set built_from null
--       \set safety null \set tenure null \set title null \set level_from null \set level_to null
WITH near AS MATERIALIZED (
    SELECT building.id, building.name, building.location, building.has_lift, building.built_year, building.safety_grade,
           tenure.kind AS tenure, title.state AS title,
           ST_Distance(geography(building.location), geography(ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4490))) AS distance_m
      FROM fangdi.building
      LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
      LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
     WHERE building.valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
       AND (CAST(:has_lift AS boolean) IS NULL OR building.has_lift = :has_lift)
       AND (CAST(:built_from AS integer) IS NULL OR building.built_year >= :built_from)
       AND (CAST(:safety AS text[]) IS NULL OR building.safety_grade = ANY (CAST(:safety AS text[])))
       AND (CAST(:tenure AS text) IS NULL OR tenure.kind = :tenure)
       AND (CAST(:title AS text) IS NULL OR title.state = :title)
),
reached AS MATERIALIZED (
    SELECT * FROM near WHERE CAST(:radius_m AS double precision) IS NULL OR distance_m <= CAST(:radius_m AS double precision)
),
idle AS MATERIALIZED (
    SELECT id, area_m2
      FROM fangdi.seen_idle_in(CAST(:as_of AS date), CAST(:basis AS text), CAST(:uses AS text[]),
                               ARRAY(SELECT reached.id FROM reached))
)
SELECT idle.id, idle.area_m2, room.floor_id, ST_AsBinary(room.plan_outline) AS outline, room.number, room.name,
       floor.level, floor.name AS floor_name, reached.id AS building_id, reached.name AS building_name,
       fangdi.lonlat(reached.location) AS location, reached.has_lift, reached.built_year, reached.safety_grade, reached.tenure,
       reached.title, reached.distance_m,
       (SELECT count(*) FROM fangdi.room AS beside
         WHERE beside.floor_id = room.floor_id AND beside.valid @> CAST(:as_of AS date)
           AND beside.use_code = ANY (CAST(:uses AS text[]))) AS floor_rooms
  FROM idle
  JOIN fangdi.room ON room.id = idle.id
  JOIN reached ON reached.id = room.building_id
  JOIN fangdi.floor ON floor.id = room.floor_id
 WHERE (CAST(:level_from AS numeric) IS NULL OR floor.level >= :level_from)
   AND (CAST(:level_to AS numeric) IS NULL OR floor.level <= :level_to)
 ORDER BY reached.distance_m NULLS LAST, room.building_id, floor.level, room.id;

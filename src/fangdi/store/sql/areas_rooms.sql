-- Which rooms stand behind an agency's usable area (使用面积, m², one basis) on a date? One page.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set agency_id 1 \set building_id null
--       \set category null \set after_room 0 \set page_size 100
WITH used AS (
    SELECT room_id, sum(share) AS share, min(lower(valid)) AS since,
           string_agg(DISTINCT unit, '、' ORDER BY unit) AS unit
      FROM fangdi.occupancy
     WHERE agency_id = :agency_id
       AND valid @> CAST(:as_of AS date)
       AND room_id > CAST(:after_room AS bigint)
     GROUP BY room_id
)
SELECT room.id, room.number, room.name, floor.level, fangdi.lonlat(COALESCE(room.outline, building.location)) AS location,
       room.building_id, building.name AS building_name,
       room.use_code AS use, room_use.category, CAST(used.share AS double precision) AS share, used.unit, used.since,
       fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS room_m2
  FROM used
  JOIN fangdi.room ON room.id = used.room_id
  JOIN fangdi.room_use ON room_use.code = room.use_code
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id
 WHERE room.valid @> CAST(:as_of AS date)
   AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone
                            WHERE building_gone.id = room.building_id)
   AND room_use.category <> 'circulation'
   AND (CAST(:jurisdictions AS text[]) IS NULL OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND (CAST(:building_id AS bigint) IS NULL OR room.building_id = :building_id)
   AND (CAST(:category AS text) IS NULL OR room_use.category = :category)
 ORDER BY room.id
 LIMIT CAST(:page_size AS integer);

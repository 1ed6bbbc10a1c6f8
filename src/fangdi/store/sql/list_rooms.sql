-- Which rooms (房间) exist on a date, with their usable area (使用面积, m², one basis)? One page in the order of ids.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set basis '''measured''' \set building_id null
--       \set floor_id null \set level null \set after 0 \set page_size 100
SELECT room.id, room.code, room.number, room.name, room.building_id, room.floor_id, floor.level, room.use_code AS use,
       room_use.category, room.jurisdiction_code, room.classified,
       fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS area_m2,
       fangdi.lonlat(room.outline) AS location
  FROM fangdi.room
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.room_use ON room_use.code = room.use_code
 WHERE room.valid @> CAST(:as_of AS date)
   AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND (CAST(:building_id AS bigint) IS NULL OR room.building_id = :building_id)
   AND (CAST(:floor_id AS bigint) IS NULL OR room.floor_id = :floor_id)
   AND (CAST(:level AS numeric) IS NULL OR floor.level = :level)
   AND room.id > CAST(:after AS bigint)
 ORDER BY room.id
 LIMIT CAST(:page_size AS integer);

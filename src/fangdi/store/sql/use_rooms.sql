-- Which rooms stand behind the usable area (使用面积, m² of one basis, of the whole room) of an agency, or in a building, on a date?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set agency_id 1 \set building_id null
WITH used AS (
    SELECT room_id, agency_id, CAST(sum(share) AS double precision) AS share, min(lower(valid)) AS since
      FROM fangdi.occupancy
     WHERE valid @> CAST(:as_of AS date)
       AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
       AND (CAST(:building_id AS bigint) IS NULL
            OR room_id = ANY (ARRAY(SELECT id FROM fangdi.room WHERE building_id = :building_id)))
     GROUP BY room_id, agency_id
)
SELECT used.agency_id, agency.name AS agency_name, room.id, room.number, room.name, room.building_id, building.name AS building_name, floor.id AS floor_id,
       CAST(floor.level AS double precision) AS level, floor.name AS floor_name,
       fangdi.lonlat(COALESCE(room.outline, building.location)) AS location,
       room.use_code AS use, room_use.category, used.share, used.since,
       fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                       room.declared_usable_m2, room.measured_usable_m2) AS room_m2
  FROM used
  JOIN fangdi.room ON room.id = used.room_id
  JOIN fangdi.room_use ON room_use.code = room.use_code
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id
  JOIN fangdi.agency ON agency.id = used.agency_id
 WHERE room.valid @> CAST(:as_of AS date)
   AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone
                            WHERE building_gone.id = room.building_id)
   AND room_use.category <> 'circulation'
   AND (CAST(:jurisdictions AS text[]) IS NULL OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY room.building_id, floor.level, room.number, room.id, used.agency_id;

-- What is the usable area (使用面积, m², one basis) of an agency's rooms, or of the rooms in a building that are in use?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set agency_id 1 \set building_id null
WITH used AS (
    SELECT room_id, CAST(sum(share) AS double precision) AS share
      FROM fangdi.occupancy
     WHERE valid @> CAST(:as_of AS date)
       AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
       AND (CAST(:building_id AS bigint) IS NULL
            OR room_id = ANY (ARRAY(SELECT id FROM fangdi.room WHERE building_id = :building_id)))
     GROUP BY room_id
)
SELECT count(*) AS rooms, COALESCE(sum(used.share * room.area_m2), 0) AS area_m2,
       count(*) - count(room.area_m2) AS rooms_without_area
  FROM used
  JOIN (SELECT id, fangdi.of_basis(:basis, registered_usable_m2, planning_usable_m2,
                                   declared_usable_m2, measured_usable_m2) AS area_m2
          FROM fangdi.room
         WHERE valid @> CAST(:as_of AS date)
           AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone
                            WHERE building_gone.id = room.building_id)
           AND use_code = ANY (CAST(:uses AS text[]))
           AND (CAST(:jurisdictions AS text[]) IS NULL
                OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))) AS room ON room.id = used.room_id;

-- What is the usable area (使用面积, m², one basis) of an agency's rooms, or of the rooms in a building that are in use?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set uses '''{office,meeting_room}'''
--       \set jurisdictions null \set agency_id 1 \set building_id null
SELECT count(*) AS rooms, COALESCE(sum(used.share * room.area_m2), 0) AS area_m2,
       count(*) - count(room.area_m2) AS rooms_without_area
  FROM (SELECT id, fangdi.of_basis(:basis, registered_usable_m2, planning_usable_m2,
                                   declared_usable_m2, measured_usable_m2) AS area_m2
          FROM fangdi.room
         WHERE valid @> CAST(:as_of AS date)
           AND use_code = ANY (CAST(:uses AS text[]))
           AND (CAST(:building_id AS bigint) IS NULL OR building_id = :building_id)
           AND (CAST(:jurisdictions AS text[]) IS NULL
                OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))) AS room
 CROSS JOIN LATERAL (
       SELECT CAST(sum(share) AS double precision) AS share
         FROM fangdi.occupancy
        WHERE room_id = room.id
          AND valid @> CAST(:as_of AS date)
          AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
       HAVING count(*) > 0
       ) AS used
 WHERE CAST(:agency_id AS bigint) IS NULL
    OR room.id IN (SELECT room_id FROM fangdi.occupancy
                    WHERE agency_id = :agency_id AND valid @> CAST(:as_of AS date));

-- What is the usable area (使用面积, m², one basis) of all rooms of some uses on a date, whether agencies use them or not?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null
--       \set uses '''{office,meeting_room}'''
SELECT count(*) AS rooms,
       COALESCE(sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                    room.declared_usable_m2, room.measured_usable_m2)), 0) AS area_m2,
       count(*) - count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                        room.declared_usable_m2, room.measured_usable_m2)) AS rooms_without_area
  FROM fangdi.room
 WHERE room.valid @> CAST(:as_of AS date)
   AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone)
   AND room.use_code = ANY (CAST(:uses AS text[]))
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])));

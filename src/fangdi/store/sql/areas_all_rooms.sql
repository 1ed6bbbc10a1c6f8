-- What is the usable area (使用面积, m², one basis) of all rooms on a date, used or not?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdiction null
SELECT count(*) AS rooms,
       COALESCE(sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                    room.declared_usable_m2, room.measured_usable_m2)), 0) AS area_m2,
       count(*) - count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                        room.declared_usable_m2, room.measured_usable_m2)) AS rooms_without_area
  FROM fangdi.room
  JOIN fangdi.room_use ON room_use.code = room.use_code
 WHERE room.valid @> CAST(:as_of AS date)
   AND room_use.category <> 'circulation'
   AND (CAST(:jurisdiction AS text) IS NULL
        OR room.jurisdiction_code IN (SELECT fangdi.jurisdiction_subtree(:jurisdiction)));

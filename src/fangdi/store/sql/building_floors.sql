-- What floors (楼层) has a building, with gross area (建筑面积) and the usable area of all rooms on a date, m² of one basis?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set building_id 1
SELECT floor.id, floor.name, CAST(floor.level AS double precision) AS level,
       fangdi.of_basis(:basis, floor.registered_gross_m2, floor.planning_gross_m2,
                       floor.declared_gross_m2, floor.measured_gross_m2) AS gross_m2,
       count(rooms.id) AS rooms, COALESCE(sum(rooms.area_m2), 0) AS usable_m2,
       count(rooms.id) - count(rooms.area_m2) AS rooms_without_area
  FROM fangdi.floor
  LEFT JOIN (
       SELECT room.id, room.floor_id,
              fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                              room.declared_usable_m2, room.measured_usable_m2) AS area_m2
         FROM fangdi.room
         JOIN fangdi.room_use ON room_use.code = room.use_code
        WHERE room.building_id = :building_id AND room.valid @> CAST(:as_of AS date)
          AND room_use.category <> 'circulation') AS rooms ON rooms.floor_id = floor.id
 WHERE floor.building_id = :building_id
 GROUP BY floor.id
 ORDER BY floor.level;

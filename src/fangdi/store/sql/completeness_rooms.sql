-- Which rooms of a building lack something on a date: a category, a record of use, an outline, an area (m², one basis)?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set building_id 1
WITH looked_at AS (
    SELECT room.id, room.number, room.name, floor.name AS floor, CAST(floor.level AS double precision) AS level,
           room.use_code AS use,
           room_use.category = 'unclassified' AS without_category,
           room_use.assignable
               AND NOT EXISTS (SELECT FROM fangdi.occupancy
                                WHERE occupancy.room_id = room.id
                                  AND COALESCE(lower(occupancy.valid) <= CAST(:as_of AS date), true))
               AND NOT EXISTS (SELECT FROM fangdi.room_status
                                WHERE room_status.room_id = room.id
                                  AND COALESCE(lower(room_status.valid) <= CAST(:as_of AS date), true)) AS without_user,
           room.plan_outline IS NULL AND room.outline IS NULL AS without_plan,
           room_use.category <> 'circulation'
               AND fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                   room.declared_usable_m2, room.measured_usable_m2) IS NULL AS without_area
      FROM fangdi.room
      JOIN fangdi.room_use ON room_use.code = room.use_code
      JOIN fangdi.floor ON floor.id = room.floor_id
     WHERE room.building_id = :building_id AND room.valid @> CAST(:as_of AS date)
)
SELECT * FROM looked_at
 WHERE without_category OR without_user OR without_plan OR without_area
 ORDER BY level, number, id;

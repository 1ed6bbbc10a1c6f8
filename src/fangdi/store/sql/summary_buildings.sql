-- What must the map know of each building on a date: name, place (degrees), floor levels,
-- usable and idle area (m², one basis), title, tenure?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null
WITH rooms AS (
    SELECT room.building_id,
           sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                               room.declared_usable_m2, room.measured_usable_m2)) AS usable_m2,
           sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                               room.declared_usable_m2, room.measured_usable_m2))
               FILTER (WHERE room_use.assignable AND occupied.room_id IS NULL AND closed.room_id IS NULL) AS idle_m2
      FROM fangdi.room
      JOIN fangdi.room_use ON room_use.code = room.use_code
      LEFT JOIN (SELECT DISTINCT room_id FROM fangdi.occupancy WHERE valid @> CAST(:as_of AS date)) AS occupied
        ON occupied.room_id = room.id
      LEFT JOIN fangdi.room_status AS closed
        ON closed.room_id = room.id AND closed.valid @> CAST(:as_of AS date)
     WHERE room.valid @> CAST(:as_of AS date)
       AND room_use.category <> 'circulation'
       AND (CAST(:jurisdictions AS text[]) IS NULL
            OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
     GROUP BY room.building_id
)
SELECT building.id, building.name, ST_X(building.location) AS longitude, ST_Y(building.location) AS latitude,
       ARRAY(SELECT CAST(floor.level AS double precision) FROM fangdi.floor
              WHERE floor.building_id = building.id ORDER BY floor.level) AS levels,
       COALESCE(rooms.usable_m2, 0) AS usable_m2, COALESCE(rooms.idle_m2, 0) AS idle_m2,
       title.state AS title, tenure.kind AS tenure
  FROM fangdi.building
  LEFT JOIN rooms ON rooms.building_id = building.id
  LEFT JOIN fangdi.title ON title.building_id = building.id AND title.valid @> CAST(:as_of AS date)
  LEFT JOIN fangdi.tenure ON tenure.building_id = building.id AND tenure.valid @> CAST(:as_of AS date)
 WHERE building.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY building.id;

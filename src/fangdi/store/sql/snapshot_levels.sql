-- On which levels do these buildings have rooms, not classified, that a map can show? With an agency: rooms it uses.
-- psql: \set building_ids '''{1,2}''' \set as_of '''2026-01-01''' \set agency_id null
SELECT DISTINCT CAST(floor.level AS double precision) AS level
  FROM fangdi.room
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id
 WHERE room.building_id = ANY (CAST(:building_ids AS bigint[])) AND room.outline IS NOT NULL
   AND room.valid @> CAST(:as_of AS date) AND NOT room.classified AND NOT building.classified
   AND (CAST(:agency_id AS bigint) IS NULL
        OR room.id IN (SELECT occupancy.room_id FROM fangdi.occupancy
                        WHERE occupancy.agency_id = :agency_id AND occupancy.valid @> CAST(:as_of AS date)))
 ORDER BY level;

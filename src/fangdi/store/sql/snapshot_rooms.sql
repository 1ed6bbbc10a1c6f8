-- Which rooms, not classified, do these buildings have on a date, in which state, and who uses them?
-- Outlines as GeoJSON, EPSG:4490; area: usable, m², measured. With an agency: its own rooms only.
-- psql: \set building_ids '''{1,2}''' \set as_of '''2026-01-01''' \set agency_id null \set level null
SELECT room.id, CAST(floor.level AS double precision) AS level, floor.name AS floor_name, building.name AS building,
       room.number, room.name, room.measured_usable_m2,
       room_use.category, room_use.assignable, room_use.name AS use, room_use.name_en AS use_en,
       room_status.status,
       (SELECT array_agg(agency.name || CASE WHEN occupancy.share < 1
                                             THEN ' ' || to_char(occupancy.share * 100, 'FM990.##') || '%' ELSE '' END
                         ORDER BY occupancy.share DESC, agency.id)
          FROM fangdi.occupancy JOIN fangdi.agency ON agency.id = occupancy.agency_id
         WHERE occupancy.room_id = room.id AND occupancy.valid @> CAST(:as_of AS date)) AS users,
       ST_AsGeoJSON(room.outline, 7)::jsonb AS shape
  FROM fangdi.room
  JOIN fangdi.floor ON floor.id = room.floor_id
  JOIN fangdi.building ON building.id = room.building_id
  JOIN fangdi.room_use ON room_use.code = room.use_code
  LEFT JOIN fangdi.room_status ON room_status.room_id = room.id AND room_status.valid @> CAST(:as_of AS date)
 WHERE room.building_id = ANY (CAST(:building_ids AS bigint[])) AND room.outline IS NOT NULL
   AND room.valid @> CAST(:as_of AS date) AND NOT room.classified AND NOT building.classified
   AND (CAST(:level AS numeric) IS NULL OR floor.level = CAST(:level AS numeric))
   AND (CAST(:agency_id AS bigint) IS NULL
        OR room.id IN (SELECT occupancy.room_id FROM fangdi.occupancy
                        WHERE occupancy.agency_id = :agency_id AND occupancy.valid @> CAST(:as_of AS date)))
 ORDER BY floor.level, room.id
 LIMIT CAST(:most AS integer);

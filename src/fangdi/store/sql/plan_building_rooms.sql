-- Which rooms has a building on a date, as far as the reader sees them, with areas in m² by basis and the shares of their
-- users? Outlines in metres of building.plan_crs.
-- psql: \set building_id 1 \set as_of '''2026-01-01'''
SELECT room.id, room.code, room.number, room.name, room.use_code, CAST(floor.level AS double precision) AS level,
       room.registered_usable_m2, room.planning_usable_m2, room.declared_usable_m2, room.measured_usable_m2,
       ST_AsBinary(room.plan_outline) AS plan_outline, ST_AsBinary(room.outline) AS outline,
       COALESCE((SELECT jsonb_agg(jsonb_build_object('occupancy_id', occupancy.id, 'agency_id', occupancy.agency_id,
                                                     'agency', agency.name, 'unit', occupancy.unit, 'share', occupancy.share)
                                  ORDER BY occupancy.id)
                   FROM fangdi.occupancy JOIN fangdi.agency ON agency.id = occupancy.agency_id
                  WHERE occupancy.room_id = room.id
                    AND COALESCE(upper(occupancy.valid) > CAST(:as_of AS date), true)), '[]') AS uses
  FROM fangdi.room
  JOIN fangdi.floor ON floor.id = room.floor_id
 WHERE room.building_id = :building_id AND room.valid @> CAST(:as_of AS date)
 ORDER BY floor.level, room.id;

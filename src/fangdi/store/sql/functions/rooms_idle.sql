-- Rooms of the given uses that exist on a date, that nobody occupies and that have none of the given statuses then; inlined by
-- the planner. What is idle is a rule of the deployment (idle_rule): uses and statuses come from there.
-- In ranges of ids for the reason given in rooms_in_use.sql. Areas in m² of one basis.
DROP FUNCTION IF EXISTS fangdi.rooms_idle(date, text, text[], text[], bigint, bigint, fangdi.sight);
CREATE OR REPLACE FUNCTION fangdi.rooms_idle(
    as_of date, basis text, uses text[], jurisdictions text[], first_room bigint, last_room bigint,
    sight fangdi.sight, statuses text[]
) RETURNS TABLE (id bigint, building_id bigint, valid daterange, area_m2 double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT room.id, room.building_id, room.valid,
           fangdi.of_basis(basis, room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2)
      FROM fangdi.room
     WHERE room.id BETWEEN first_room AND last_room
       AND room.valid @> as_of
       AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(as_of) AS building_gone)
       AND room.use_code = ANY (uses)
       AND (jurisdictions IS NULL OR room.jurisdiction_code = ANY (jurisdictions))
       AND ((sight).everywhere OR room.jurisdiction_code = ANY ((sight).places)
            OR (sight).mine IS NOT NULL
               AND EXISTS (SELECT FROM fangdi.occupancy AS own
                            WHERE own.room_id = room.id AND own.agency_id = ANY ((sight).mine)))
       AND ((sight).cleared OR NOT room.secret)
       AND NOT EXISTS (SELECT FROM fangdi.occupancy
                        WHERE occupancy.room_id = room.id AND occupancy.valid @> as_of
                          AND occupancy.room_id BETWEEN first_room AND last_room)
       AND NOT EXISTS (SELECT FROM fangdi.room_status
                        WHERE room_status.room_id = room.id AND room_status.valid @> as_of
                          AND room_status.status = ANY (statuses)
                          AND room_status.room_id BETWEEN first_room AND last_room)
$$;

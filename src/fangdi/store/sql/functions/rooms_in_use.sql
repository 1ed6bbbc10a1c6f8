-- The two sides of "who uses how much on a date", inlined by the planner wherever they are called: rooms that one agency
-- uses whole, and parts of shared rooms. Areas in m² of one basis, null when the basis has none for the room.
-- Rooms used whole come in ranges of ids: an aggregate over two ranges, joined by UNION ALL, runs on two processors, each
-- merging its part of two indexes; PostgreSQL's own parallel merge join would read one of them twice.
-- Shared rooms are few and looked up one by one.
CREATE OR REPLACE FUNCTION fangdi.rooms_used_whole(
    as_of date, basis text, uses text[], jurisdictions text[], first_room bigint, last_room bigint,
    sight fangdi.sight
) RETURNS TABLE (agency_id bigint, building_id bigint, use_code text, area_m2 double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT occupancy.agency_id, room.building_id, room.use_code,
           fangdi.of_basis(basis, room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2)
      FROM fangdi.occupancy
      JOIN fangdi.room ON room.id = occupancy.room_id
     WHERE occupancy.share = 1
       AND occupancy.room_id BETWEEN first_room AND last_room
       AND room.id BETWEEN first_room AND last_room
       AND occupancy.valid @> as_of
       AND room.valid @> as_of
       AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(as_of) AS building_gone)
       AND room.use_code = ANY (uses)
       AND (jurisdictions IS NULL OR room.jurisdiction_code = ANY (jurisdictions))
       AND ((sight).everywhere OR room.jurisdiction_code = ANY ((sight).places)
            OR occupancy.agency_id = ANY ((sight).mine))
       AND ((sight).cleared OR NOT room.secret)
$$;

CREATE OR REPLACE FUNCTION fangdi.rooms_shared(
    as_of date, basis text, uses text[], jurisdictions text[], sight fangdi.sight
)
RETURNS TABLE (room_id bigint, agency_id bigint, building_id bigint, use_code text, area_m2 double precision,
               share double precision)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT room.id, occupancy.agency_id, room.building_id, room.use_code,
           fangdi.of_basis(basis, room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2),
           CAST(occupancy.share AS double precision)
      FROM fangdi.occupancy
      JOIN fangdi.room ON room.id = occupancy.room_id
     WHERE occupancy.share < 1
       AND occupancy.valid @> as_of
       AND room.valid @> as_of
       AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(as_of) AS building_gone WHERE building_gone.id = room.building_id)
       AND room.use_code = ANY (uses)
       AND (jurisdictions IS NULL OR room.jurisdiction_code = ANY (jurisdictions))
       AND ((sight).everywhere OR room.jurisdiction_code = ANY ((sight).places)
            OR occupancy.agency_id = ANY ((sight).mine))
       AND ((sight).cleared OR NOT room.secret)
$$;

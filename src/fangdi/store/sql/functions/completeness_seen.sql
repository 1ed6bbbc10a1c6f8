-- What is missing from the rooms of buildings on a date, of what a transaction may see; access_sight.sql says why and how.
-- A row for each building that has rooms: how many there are, and of how many each thing is missing.
-- `without_user`: assignable rooms of which no use and no status was ever recorded up to the date.
CREATE OR REPLACE FUNCTION fangdi.seen_gaps(as_of date, basis text, jurisdictions text[], only_building bigint)
RETURNS TABLE (building_id bigint, rooms bigint, assignable bigint, counting bigint, without_category bigint,
               without_user bigint, without_plan bigint, without_area bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT room.building_id, count(*), count(*) FILTER (WHERE room_use.assignable),
               count(*) FILTER (WHERE room_use.category <> 'circulation'),
               count(*) FILTER (WHERE room_use.category = 'unclassified'),
               count(*) FILTER (WHERE room_use.assignable
                   AND NOT EXISTS (SELECT FROM fangdi.occupancy
                                    WHERE occupancy.room_id = room.id AND COALESCE(lower(occupancy.valid) <= $1, true))
                   AND NOT EXISTS (SELECT FROM fangdi.room_status
                                    WHERE room_status.room_id = room.id AND COALESCE(lower(room_status.valid) <= $1, true))),
               count(*) FILTER (WHERE room.plan_outline IS NULL AND room.outline IS NULL),
               count(*) FILTER (WHERE room_use.category <> 'circulation'
                   AND fangdi.of_basis($2, room.registered_usable_m2, room.planning_usable_m2,
                                       room.declared_usable_m2, room.measured_usable_m2) IS NULL)
          FROM fangdi.room
          JOIN fangdi.room_use ON room_use.code = room.use_code
         WHERE room.valid @> $1
           AND ($3 IS NULL OR room.jurisdiction_code = ANY ($3))
           AND ($4 IS NULL OR room.building_id = $4)
           AND (($5).everywhere OR room.jurisdiction_code = ANY (($5).places)
                OR ($5).mine IS NOT NULL
                   AND EXISTS (SELECT FROM fangdi.occupancy AS own
                                WHERE own.room_id = room.id AND own.agency_id = ANY (($5).mine)))
           AND (($5).cleared OR NOT room.secret)
         GROUP BY room.building_id
    $statement$ USING as_of, basis, jurisdictions, only_building, fangdi.sight();
END $$;

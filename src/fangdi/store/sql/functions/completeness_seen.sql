-- What is missing from the rooms of buildings on a date, of what a transaction may see; access_sight.sql says why and how.
-- A row for each building that has rooms: how many there are, and of how many each thing is missing.
-- `without_user`: assignable rooms of which no use and no status was ever recorded up to the date. That is looked up for
-- the rooms that nobody used on the date, which are known (usage_spells.sql) unless that is outdated: then for all. Rooms of
-- buildings that do not stand on the date are not among them; nobody asks about those.
CREATE OR REPLACE FUNCTION fangdi.seen_gaps(as_of date, basis text, jurisdictions text[], only_building bigint)
RETURNS TABLE (building_id bigint, rooms bigint, assignable bigint, counting bigint, without_category bigint,
               without_user bigint, without_plan bigint, without_area bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    unused CONSTANT text := CASE WHEN (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE
        THEN 'SELECT id AS room_id, building_id FROM fangdi.room'
        ELSE 'SELECT room_id, building_id FROM fangdi.room_spell
               WHERE kind = ''free'' AND valid @> $1 AND COALESCE(upper(valid), ''infinity'') > $1' END;
BEGIN
    RETURN QUERY EXECUTE format($statement$
        SELECT room.building_id, count(*), count(*) FILTER (WHERE room_use.assignable),
               count(*) FILTER (WHERE room_use.category <> 'circulation'),
               count(*) FILTER (WHERE room_use.category = 'unclassified'),
               count(*) FILTER (WHERE room_use.assignable AND never.room_id IS NOT NULL),
               count(*) FILTER (WHERE room.plan_outline IS NULL AND room.outline IS NULL),
               count(*) FILTER (WHERE room_use.category <> 'circulation'
                   AND fangdi.of_basis($2, room.registered_usable_m2, room.planning_usable_m2,
                                       room.declared_usable_m2, room.measured_usable_m2) IS NULL)
          FROM fangdi.room
          JOIN fangdi.room_use ON room_use.code = room.use_code
          LEFT JOIN (SELECT room_id
                       FROM (%s) AS unused
                      WHERE ($4 IS NULL OR building_id = $4)
                        AND NOT EXISTS (SELECT FROM fangdi.occupancy
                                         WHERE occupancy.room_id = unused.room_id AND COALESCE(lower(occupancy.valid) <= $1, true))
                        AND NOT EXISTS (SELECT FROM fangdi.room_status
                                         WHERE room_status.room_id = unused.room_id
                                           AND COALESCE(lower(room_status.valid) <= $1, true))
                    ) AS never ON never.room_id = room.id
         WHERE room.valid @> $1
           AND ($3 IS NULL OR room.jurisdiction_code = ANY ($3))
           AND ($4 IS NULL OR room.building_id = $4)
           AND (($5).everywhere OR room.jurisdiction_code = ANY (($5).places)
                OR ($5).mine IS NOT NULL
                   AND EXISTS (SELECT FROM fangdi.occupancy AS own
                                WHERE own.room_id = room.id AND own.agency_id = ANY (($5).mine)))
           AND (($5).cleared OR NOT room.secret)
         GROUP BY room.building_id
    $statement$, unused) USING as_of, basis, jurisdictions, only_building, fangdi.sight();
END $$;

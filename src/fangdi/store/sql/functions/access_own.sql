-- Ids of what the agencies of the transaction's scope may see for their own sake: rooms they use or used, the buildings
-- these are in, the sites of those and the parcels below. In one function, and not as policies that lead from one table to
-- the next: PostgreSQL would plan all of them for every question, for longer than most questions take.
CREATE OR REPLACE FUNCTION fangdi.own_ids(kind text) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 100 SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    mine CONSTANT bigint[] := fangdi.own_agencies();
    cleared CONSTANT boolean := fangdi.is_cleared();
    rooms bigint[];
    buildings bigint[];
BEGIN
    IF mine IS NULL THEN
        RETURN;
    END IF;
    rooms := ARRAY(SELECT DISTINCT room_id FROM fangdi.occupancy WHERE agency_id = ANY (mine) AND (cleared OR NOT secret));
    IF kind = 'room' THEN
        RETURN QUERY SELECT unnest(rooms);
        RETURN;
    END IF;
    buildings := ARRAY(SELECT DISTINCT building_id FROM fangdi.room WHERE id = ANY (rooms));
    IF kind = 'building' THEN
        RETURN QUERY SELECT unnest(buildings);
    ELSIF kind = 'site' THEN
        RETURN QUERY SELECT DISTINCT site_id FROM fangdi.building WHERE id = ANY (buildings) AND site_id IS NOT NULL;
    ELSIF kind = 'parcel' THEN
        RETURN QUERY SELECT DISTINCT parcel_id FROM fangdi.building_parcel WHERE building_id = ANY (buildings);
    END IF;
END $$;

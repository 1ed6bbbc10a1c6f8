-- What indicators read of all that a transaction may see; access_sight.sql says why and how.

-- By what right buildings are held on a date, and for what rent a year (CNY).
CREATE OR REPLACE FUNCTION fangdi.seen_rents(as_of date)
RETURNS TABLE (building_id bigint, kind text, annual_rent_yuan double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT tenure.building_id, tenure.kind, tenure.annual_rent_yuan
          FROM fangdi.tenure
          JOIN fangdi.building ON building.id = tenure.building_id
         WHERE fangdi.holds_on(tenure.valid, $1)
           AND (($2).everywhere OR tenure.jurisdiction_code = ANY (($2).places)
                OR ($2).mine IS NOT NULL AND tenure.building_id IN (SELECT fangdi.own_ids('building')))
           AND (($2).cleared OR NOT building.secret)
    $statement$ USING as_of, fangdi.sight();
END $$;

-- How much of each building's rooms is in what state of use on a date, by use of rooms; mm² of one basis. The rule of
-- seen_usage (usage_seen.sql), building by building: both add up to the same.
CREATE OR REPLACE FUNCTION fangdi.seen_space(as_of date, basis text)
RETURNS TABLE (building_id bigint, use_code text, kind text, rooms bigint, with_area bigint, mm2 bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    spells CONSTANT text := CASE WHEN (SELECT outdated FROM fangdi.usage_state) IS FALSE THEN 'room_spell' ELSE 'room_spell_now' END;
BEGIN
    IF basis NOT IN ('registered', 'planning', 'declared', 'measured') THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($statement$
        SELECT building_id, use_code, kind, count(*), count(%1$I), CAST(COALESCE(sum(%1$I), 0) AS bigint)
          FROM fangdi.%2$I
         WHERE valid @> $1
           AND (($2).everywhere OR jurisdiction_code = ANY (($2).places) OR agency_id = ANY (($2).mine)
                OR ($2).mine IS NOT NULL AND kind IN ('free', 'closed') AND room_id IN (SELECT fangdi.own_ids('room')))
           AND (($2).cleared OR NOT secret)
         GROUP BY 1, 2, 3
    $statement$, basis || '_mm2', spells) USING as_of, fangdi.sight();
END $$;

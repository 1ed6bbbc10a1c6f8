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

-- By what right buildings are held on a date, of what a transaction may see; access_sight.sql says why and how. Under the
-- policies of titles and tenures every row would look its building up again.

CREATE OR REPLACE FUNCTION fangdi.seen_titles(as_of date) RETURNS TABLE (building_id bigint, state text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT title.building_id, title.state
          FROM fangdi.title
          JOIN fangdi.building ON building.id = title.building_id
         WHERE fangdi.holds_on(title.valid, $1)
           AND (($2).everywhere OR title.jurisdiction_code = ANY (($2).places)
                OR ($2).mine IS NOT NULL AND title.building_id IN (SELECT fangdi.own_ids('building')))
           AND (($2).cleared OR NOT building.secret)
    $statement$ USING as_of, fangdi.sight('read_land');
END $$;

CREATE OR REPLACE FUNCTION fangdi.seen_tenures(as_of date) RETURNS TABLE (building_id bigint, kind text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT tenure.building_id, tenure.kind
          FROM fangdi.tenure
          JOIN fangdi.building ON building.id = tenure.building_id
         WHERE fangdi.holds_on(tenure.valid, $1)
           AND (($2).everywhere OR tenure.jurisdiction_code = ANY (($2).places)
                OR ($2).mine IS NOT NULL AND tenure.building_id IN (SELECT fangdi.own_ids('building')))
           AND (($2).cleared OR NOT building.secret)
    $statement$ USING as_of, fangdi.sight();
END $$;

-- What answers a search term, of what a transaction may see; access_sight.sql says why and how. Best first, and what has
-- ended by the date after what exists.

-- Which parcels have a code that begins so? Under a policy LIKE uses no index, since neither it nor lower() is known not to
-- leak. Rank 0 is the whole code, 1 its beginning.
CREATE OR REPLACE FUNCTION fangdi.seen_coded(as_of date, wanted text, prefix text, most integer)
RETURNS TABLE (id bigint, rank integer, ended date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT id, LEAST(fangdi.text_match(code, $2), fangdi.text_match(parcel_code, $2)) AS rank,
               CASE WHEN upper(valid) <= $1 THEN upper(valid) END AS ended
          FROM fangdi.parcel
         WHERE COALESCE(lower(valid) <= $1, true)
           AND (lower(code) LIKE $3 OR lower(parcel_code) LIKE $3)
           AND (($5).everywhere OR jurisdiction_code = ANY (($5).places)
                OR ($5).mine IS NOT NULL AND id IN (SELECT fangdi.own_ids('parcel')))
           AND (($5).cleared OR NOT secret)
         ORDER BY ended DESC NULLS FIRST, rank, code, id
         LIMIT $4
    $statement$ USING as_of, wanted, prefix, most, fangdi.sight('read_land');
END $$;

-- Which buildings does a term of building and number mean, and which number is left? Matched first and tested for sight
-- afterwards, of which a policy would do the reverse: thousands of buildings are matched, and a few tested.
CREATE OR REPLACE FUNCTION fangdi.seen_meant(as_of date, term text, building_term text, wanted text, most integer)
RETURNS TABLE (id bigint, number text, rank integer, ended date)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        WITH meant AS MATERIALIZED (
            SELECT id, jurisdiction_code, secret, name, CAST($4 AS text) AS number,
                   fangdi.text_match(name, $3) AS rank, CASE WHEN upper(valid) <= $1 THEN upper(valid) END AS ended
              FROM fangdi.building
             WHERE $3 <> '' AND fangdi.text_match(name, $3) IS NOT NULL AND COALESCE(lower(valid) <= $1, true)
            UNION ALL
            SELECT id, jurisdiction_code, secret, name, ltrim(substr($2, length(name) + 1)), 0,
                   CASE WHEN upper(valid) <= $1 THEN upper(valid) END
              FROM fangdi.building
             WHERE $3 = '' AND length(name) < length($2) AND starts_with($2, lower(name))
               AND COALESCE(lower(valid) <= $1, true)
        )
        SELECT id, number, rank, ended
          FROM meant
         WHERE (($6).everywhere OR jurisdiction_code = ANY (($6).places)
                OR ($6).mine IS NOT NULL AND id IN (SELECT fangdi.own_ids('building')))
           AND (($6).cleared OR NOT secret)
         ORDER BY ended DESC NULLS FIRST, rank, name
         LIMIT $5
    $statement$ USING as_of, term, building_term, wanted, most, fangdi.sight('read_land');
END $$;

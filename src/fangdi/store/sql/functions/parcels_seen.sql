-- The parcels that a transaction may see and whose code begins so; access_sight.sql says why and how. Under a policy LIKE
-- uses no index, since neither it nor lower() is known not to leak. Rank 0 is the whole code, 1 its beginning; best first,
-- and what has ended by the date after what exists.
CREATE OR REPLACE FUNCTION fangdi.seen_coded(as_of date, wanted text, prefix text, most integer)
RETURNS TABLE (id bigint, rank integer, ended date)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

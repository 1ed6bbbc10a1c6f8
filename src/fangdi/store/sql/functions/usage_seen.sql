-- How much is in what state of use on a date, of what a transaction may see: a row for each jurisdiction, agency (null for
-- what nobody uses), use of rooms and state, areas in mm² of one basis; access_sight.sql says why and how. While the sums are
-- outdated they come from the rooms themselves, which takes longer and says the same.
DROP FUNCTION IF EXISTS fangdi.seen_usage(date);
CREATE OR REPLACE FUNCTION fangdi.seen_usage(as_of date, basis text)
RETURNS TABLE (jurisdiction_code text, agency_id bigint, use_code text, kind text, rooms bigint, with_area bigint,
               area_mm2 bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF basis IS NULL OR basis <> ALL (ARRAY['registered', 'planning', 'declared', 'measured']) THEN
        RAISE EXCEPTION 'no such basis of areas: %', basis USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE THEN
        RETURN QUERY EXECUTE 'SELECT * FROM fangdi.usage_on($1, $2, $3)' USING as_of, basis, fangdi.sight();
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($statement$
        SELECT jurisdiction_code, NULLIF(agency_id, 0), use_code, kind, CAST(sum(rooms) AS bigint),
               CAST(sum(%I) AS bigint), CAST(sum(%I) AS bigint)
          FROM fangdi.usage_bucket
         WHERE (span = 'year' AND since < CAST(date_trunc('year', CAST($1 AS timestamp)) AS date)
                OR span = 'month' AND since >= CAST(date_trunc('year', CAST($1 AS timestamp)) AS date)
                   AND since < CAST(date_trunc('month', CAST($1 AS timestamp)) AS date)
                OR span = 'day' AND since >= CAST(date_trunc('month', CAST($1 AS timestamp)) AS date) AND since <= $1)
           AND (($2).everywhere OR jurisdiction_code = ANY (($2).places) OR agency_id = ANY (($2).mine))
           AND (($2).cleared OR NOT secret)
         GROUP BY 1, usage_bucket.agency_id, 3, 4
        HAVING sum(rooms) <> 0
    $statement$, 'with_' || basis, basis || '_mm2') USING as_of, fangdi.sight();
END $$;

-- How much is in what state of use on a date, of what a transaction may see: a row for each jurisdiction, agency (null for
-- what nobody uses), use of rooms and state; access_sight.sql says why and how. While the sums are outdated they come from
-- the rooms themselves, which takes longer and says the same.
CREATE OR REPLACE FUNCTION fangdi.seen_usage(as_of date)
RETURNS TABLE (jurisdiction_code text, agency_id bigint, use_code text, kind text, rooms bigint,
               with_registered bigint, with_planning bigint, with_declared bigint, with_measured bigint,
               registered_mm2 bigint, planning_mm2 bigint, declared_mm2 bigint, measured_mm2 bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE THEN
        RETURN QUERY EXECUTE 'SELECT * FROM fangdi.usage_on($1, $2)' USING as_of, fangdi.sight();
        RETURN;
    END IF;
    RETURN QUERY EXECUTE $statement$
        SELECT jurisdiction_code, NULLIF(agency_id, 0), use_code, kind, CAST(sum(rooms) AS bigint),
               CAST(sum(with_registered) AS bigint), CAST(sum(with_planning) AS bigint),
               CAST(sum(with_declared) AS bigint), CAST(sum(with_measured) AS bigint),
               CAST(sum(registered_mm2) AS bigint), CAST(sum(planning_mm2) AS bigint),
               CAST(sum(declared_mm2) AS bigint), CAST(sum(measured_mm2) AS bigint)
          FROM fangdi.usage_bucket
         WHERE (span = 'year' AND since < CAST(date_trunc('year', CAST($1 AS timestamp)) AS date)
                OR span = 'month' AND since >= CAST(date_trunc('year', CAST($1 AS timestamp)) AS date)
                   AND since < CAST(date_trunc('month', CAST($1 AS timestamp)) AS date)
                OR span = 'day' AND since >= CAST(date_trunc('month', CAST($1 AS timestamp)) AS date) AND since <= $1)
           AND (($2).everywhere OR jurisdiction_code = ANY (($2).places) OR agency_id = ANY (($2).mine))
           AND (($2).cleared OR NOT secret)
         GROUP BY 1, 2, 3, 4
        HAVING sum(rooms) <> 0
    $statement$ USING as_of, fangdi.sight();
END $$;

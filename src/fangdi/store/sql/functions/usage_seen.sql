-- Rooms that agencies used and nobody uses now are seen by these, as in the list of idle rooms (own_ids): how much is in what
-- state, where they see no more than that. Sums know no rooms, so that these are looked up.
CREATE OR REPLACE FUNCTION fangdi.own_unused(as_of date, basis text, sight fangdi.sight, spells text)
RETURNS TABLE (jurisdiction_code text, agency_id bigint, use_code text, kind text, rooms bigint, with_area bigint,
               area_mm2 bigint)
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF (sight).mine IS NULL OR (sight).everywhere THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE format($statement$
        SELECT jurisdiction_code, CAST(NULL AS bigint), use_code, kind, count(*), count(%1$I),
               CAST(COALESCE(sum(%1$I), 0) AS bigint)
          FROM fangdi.%2$I
         WHERE room_id = ANY (ARRAY(SELECT fangdi.own_ids('room')))
           AND kind IN ('free', 'closed')
           AND valid @> $1
           AND jurisdiction_code <> ALL (COALESCE(($2).places, '{}'))
           AND (($2).cleared OR NOT secret)
         GROUP BY 1, 3, 4
    $statement$, basis || '_mm2', spells) USING as_of, sight;
END $$;

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
        RETURN QUERY SELECT * FROM fangdi.own_unused(as_of, basis, fangdi.sight(), 'room_spell_now');
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM fangdi.own_unused(as_of, basis, fangdi.sight(), 'room_spell');
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

-- The first day on which what agencies use changed, of those that may be seen; null where there is none, and while the sums that
-- know it are outdated. What was so since nobody knows when stands on 0001-01-01.
CREATE OR REPLACE FUNCTION fangdi.recorded_from() RETURNS date
LANGUAGE sql STABLE AS $$
    SELECT min(since)
      FROM fangdi.usage_bucket
     WHERE span = 'day' AND agency_id <> 0 AND since > DATE '0001-01-01' AND since <= current_date
       AND NOT (SELECT outdated FROM fangdi.usage_state)
$$;

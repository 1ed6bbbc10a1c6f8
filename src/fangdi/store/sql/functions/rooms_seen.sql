-- The rooms that a transaction may see, for the answers that read them all; access_sight.sql says why and how.
-- EXECUTE: the values become constants of the plan, so that who sees everything pays for no test.
-- Rooms and their use are joined by merging two indexes in the order of room ids. Left alone, the planner prefers a hash
-- table of 660,000 rooms: it does not know that the table outgrows the cache (400 ms against 150 ms for the same join,
-- measured). It also takes starting a second process for dearer than it is, and would rather share one scan among
-- processes than give each of them half the rooms.

-- Who uses which rooms whole: a row for each agency, building and use; m² of one basis.
CREATE OR REPLACE FUNCTION fangdi.seen_whole(
    as_of date, basis text, uses text[], jurisdictions text[], middle_room bigint
) RETURNS TABLE (agency_id bigint, building_id bigint, use_code text, rooms bigint, with_area bigint, area_m2 double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_hashjoin = off SET parallel_setup_cost = 100 SET parallel_tuple_cost = 0.01
SET min_parallel_index_scan_size = '1TB' SET min_parallel_table_scan_size = '1TB' AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT agency_id, building_id, use_code, count(*), count(area_m2), sum(area_m2)
          FROM fangdi.rooms_used_whole($1, $2, $3, $4, 0, $5, $6)
         GROUP BY agency_id, building_id, use_code
         UNION ALL
        SELECT agency_id, building_id, use_code, count(*), count(area_m2), sum(area_m2)
          FROM fangdi.rooms_used_whole($1, $2, $3, $4, $5 + 1, 9223372036854775807, $6)
         GROUP BY agency_id, building_id, use_code
    $statement$ USING as_of, basis, uses, jurisdictions, middle_room, fangdi.sight();
END $$;

-- Who uses parts of which rooms: a row for each use; m² of one basis.
CREATE OR REPLACE FUNCTION fangdi.seen_shared(as_of date, basis text, uses text[], jurisdictions text[])
RETURNS TABLE (room_id bigint, agency_id bigint, building_id bigint, use_code text, area_m2 double precision,
               share double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE 'SELECT * FROM fangdi.rooms_shared($1, $2, $3, $4, $5)'
          USING as_of, basis, uses, jurisdictions, fangdi.sight();
END $$;

-- Which rooms are idle, all or of one building; m² of one basis.
DROP FUNCTION IF EXISTS fangdi.seen_idle(date, text, text[], text[], bigint, bigint);
CREATE OR REPLACE FUNCTION fangdi.seen_idle(
    as_of date, basis text, uses text[], jurisdictions text[], middle_room bigint, only_building bigint,
    statuses text[] DEFAULT '{repair,reserved,handed_over}'
) RETURNS TABLE (id bigint, building_id bigint, valid daterange, area_m2 double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_hashjoin = off SET parallel_setup_cost = 100 SET parallel_tuple_cost = 0.01
SET min_parallel_index_scan_size = '1TB' SET min_parallel_table_scan_size = '1TB' AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT id, building_id, valid, area_m2 FROM fangdi.rooms_idle($1, $2, $3, $4, 0, $5, $6, $8)
         WHERE $7 IS NULL OR building_id = $7
         UNION ALL
        SELECT id, building_id, valid, area_m2
          FROM fangdi.rooms_idle($1, $2, $3, $4, $5 + 1, 9223372036854775807, $6, $8)
         WHERE $7 IS NULL OR building_id = $7
    $statement$ USING as_of, basis, uses, jurisdictions, middle_room, fangdi.sight(), only_building, statuses;
END $$;

-- Which rooms of some buildings are idle; m² of one basis. What nobody used on the date is known (usage_spells.sql), unless it is
-- outdated: then the rooms are looked up one by one.
-- With each: its floor, whether it is drawn, the first day it is there, how many idle rooms there are in all, and how many of these
-- lack an outline or an area. Of floors with fewer than on_floor idle rooms none is returned, so that their rooms need not be read:
-- what is lacking of those is told by indexes alone (areas beside the spells; rooms without outline are few).
DROP FUNCTION IF EXISTS fangdi.seen_idle_in(date, text, text[], bigint[]);
DROP FUNCTION IF EXISTS fangdi.seen_idle_in(date, text, text[], bigint[], text[]);
DROP FUNCTION IF EXISTS fangdi.seen_idle_in(date, text, text[], bigint[], text[], integer);
CREATE OR REPLACE FUNCTION fangdi.seen_idle_in(
    as_of date, basis text, uses text[], buildings bigint[],
    statuses text[] DEFAULT '{repair,reserved,handed_over}', on_floor integer DEFAULT 1
) RETURNS TABLE (
    id bigint, building_id bigint, area_m2 double precision, floor_id bigint, drawn boolean, since date, in_all bigint,
    lacking_in_all bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE THEN
        RETURN QUERY EXECUTE $statement$
            SELECT found.id, found.building_id, found.area_m2, found.floor_id, found.drawn, found.since, found.in_all,
                   found.lacking_in_all
              FROM (SELECT idle.id, idle.building_id, idle.area_m2, room.floor_id, COALESCE(NOT ST_IsEmpty(room.plan_outline), false) AS drawn,
                           lower(room.valid) AS since, count(*) OVER (PARTITION BY room.floor_id) AS there, count(*) OVER () AS in_all,
                           count(*) FILTER (WHERE idle.area_m2 IS NULL OR room.plan_outline IS NULL OR ST_IsEmpty(room.plan_outline))
                               OVER () AS lacking_in_all
                      FROM fangdi.rooms_idle($1, $2, $3, NULL, 0, 9223372036854775807, $5, $6) AS idle
                      JOIN fangdi.room ON room.id = idle.id
                     WHERE idle.building_id = ANY ($4)) AS found
             WHERE there >= $7
        $statement$ USING as_of, basis, uses, buildings, fangdi.sight(), statuses, on_floor;
        RETURN;
    END IF;
    RETURN QUERY EXECUTE $statement$
        SELECT room.id, room.building_id,
               fangdi.of_basis($2, room.registered_usable_m2, room.planning_usable_m2,
                               room.declared_usable_m2, room.measured_usable_m2),
               room.floor_id, COALESCE(NOT ST_IsEmpty(room.plan_outline), false), lower(room.valid), found.in_all,
               found.lacking_in_all
          FROM (SELECT spell.room_id, count(*) OVER (PARTITION BY spell.floor_id) AS there, count(*) OVER () AS in_all,
                       count(*) FILTER (
                           WHERE fangdi.of_basis($2, spell.registered_mm2, spell.planning_mm2, spell.declared_mm2,
                                                 spell.measured_mm2) IS NULL
                              OR spell.room_id IN (SELECT undrawn.id FROM fangdi.room AS undrawn
                                                    WHERE undrawn.building_id = ANY ($4)
                                                      AND (undrawn.plan_outline IS NULL OR ST_IsEmpty(undrawn.plan_outline)))
                       ) OVER () AS lacking_in_all
                  FROM fangdi.room_spell AS spell
                 WHERE spell.kind IN ('free', 'closed')
                   AND spell.building_id = ANY ($4)
                   AND spell.valid @> $1
                   AND COALESCE(upper(spell.valid), 'infinity') > $1  -- says no more, and skips by index what is over
                   AND spell.use_code = ANY ($3)
                   AND (spell.kind = 'free'
                        OR (SELECT true FROM fangdi.room_status -- not NOT EXISTS: that would read the table as a whole
                             WHERE room_status.room_id = spell.room_id AND room_status.valid @> $1
                               AND room_status.status = ANY ($6) LIMIT 1) IS NULL)
                   AND (($5).everywhere OR spell.jurisdiction_code = ANY (($5).places)
                        OR ($5).mine IS NOT NULL
                           AND EXISTS (SELECT FROM fangdi.occupancy AS own
                                        WHERE own.room_id = spell.room_id AND own.agency_id = ANY (($5).mine)))
                   AND (($5).cleared OR NOT spell.secret)) AS found
          JOIN fangdi.room ON room.id = found.room_id
         WHERE found.there >= $7
    $statement$ USING as_of, basis, uses, buildings, fangdi.sight(), statuses, on_floor;
END $$;

-- Which buildings stand within a distance of a point on the ellipsoid (m), and how far; all where no radius is given. Under the
-- policy of buildings no index could be used to find them; whoever joins them to buildings meets that policy still.
CREATE OR REPLACE FUNCTION fangdi.seen_buildings_within(
    longitude double precision, latitude double precision, radius_m double precision
) RETURNS TABLE (id bigint, distance_m double precision)
LANGUAGE plpgsql STABLE ROWS 300 SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE format($statement$
        SELECT building.id, ST_Distance(geography(building.location), $1)
          FROM fangdi.building
         WHERE %s
           AND (($3).everywhere OR building.jurisdiction_code = ANY (($3).places)
                OR ($3).mine IS NOT NULL AND building.id IN (SELECT fangdi.own_ids('building')))
           AND (($3).cleared OR NOT building.secret)
    $statement$, CASE WHEN radius_m IS NULL THEN 'true' ELSE 'ST_DWithin(geography(building.location), $1, $2)' END)
    USING geography(ST_SetSRID(ST_MakePoint(longitude, latitude), 4490)), radius_m, fangdi.sight();
END $$;

-- What all rooms of some uses add up to, used or not: a row for each building; m² of one basis.
CREATE OR REPLACE FUNCTION fangdi.seen_usable(as_of date, basis text, uses text[], jurisdictions text[])
RETURNS TABLE (building_id bigint, rooms bigint, with_area bigint, area_m2 double precision)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT building_id, count(*), count(area_m2), sum(area_m2)
          FROM (SELECT building_id,
                       fangdi.of_basis($2, registered_usable_m2, planning_usable_m2,
                                       declared_usable_m2, measured_usable_m2) AS area_m2
                  FROM fangdi.room
                 WHERE valid @> $1
                   AND building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone($1) AS building_gone)
                   AND use_code = ANY ($3)
                   AND ($4 IS NULL OR jurisdiction_code = ANY ($4))
                   AND (($5).everywhere OR jurisdiction_code = ANY (($5).places)
                        OR ($5).mine IS NOT NULL
                           AND EXISTS (SELECT FROM fangdi.occupancy AS own
                                        WHERE own.room_id = room.id AND own.agency_id = ANY (($5).mine)))
                   AND (($5).cleared OR NOT secret)) AS existing
         GROUP BY building_id
    $statement$ USING as_of, basis, uses, jurisdictions, fangdi.sight();
END $$;

-- Which rooms have this number (rank 0), or one that begins so (rank 1)? Exact ones that have ended come last; of others
-- only those that exist. Two index scans rather than one sort: a term such as 3 begins a third of all room numbers. `~<~`
-- is byte order, the order of the index, which policies would keep out of use.
-- ROWS: for a thousand rooms, as a function is taken to give, all buildings would be read.
CREATE OR REPLACE FUNCTION fangdi.seen_numbered(as_of date, wanted text, prefix text, most integer)
RETURNS TABLE (id bigint, rank integer)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 20 SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    rule CONSTANT text := $rule$
        (($5).everywhere OR jurisdiction_code = ANY (($5).places)
         OR ($5).mine IS NOT NULL
            AND EXISTS (SELECT FROM fangdi.occupancy AS own
                         WHERE own.room_id = room.id AND own.agency_id = ANY (($5).mine)))
        AND (($5).cleared OR NOT secret)
    $rule$;
BEGIN
    RETURN QUERY EXECUTE $statement$
        (SELECT id, 0
           FROM (SELECT id, COALESCE(upper(valid) <= $1, false) AS gone FROM fangdi.room
                  WHERE lower(number) = $2 AND COALESCE(lower(valid) <= $1, true) AND $statement$ || rule || $statement$
                 OFFSET 0) AS equal -- a fence: else all rooms are walked through in the order of ids
          ORDER BY gone, id
          LIMIT $4)
        UNION ALL
        (SELECT id, 1 FROM fangdi.room
          WHERE lower(number) LIKE $3 AND lower(number) <> $2 AND valid @> $1 AND $statement$ || rule || $statement$
          ORDER BY lower(number) USING ~<~
          LIMIT $4)
    $statement$ USING as_of, wanted, prefix, most, fangdi.sight();
END $$;

-- Which levels has each building that may be seen?
CREATE OR REPLACE FUNCTION fangdi.seen_levels() RETURNS TABLE (building_id bigint, levels double precision[])
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN QUERY EXECUTE $statement$
        SELECT floor.building_id, array_agg(CAST(level AS double precision) ORDER BY level)
          FROM fangdi.floor
          JOIN fangdi.building ON building.id = floor.building_id
         WHERE (($1).everywhere OR floor.jurisdiction_code = ANY (($1).places)
                OR ($1).mine IS NOT NULL AND floor.building_id IN (SELECT fangdi.own_ids('building')))
           AND (($1).cleared OR NOT building.secret)
         GROUP BY floor.building_id
    $statement$ USING fangdi.sight();
END $$;

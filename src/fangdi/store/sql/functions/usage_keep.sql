-- Keeps fangdi.room_spell and fangdi.usage_bucket as rooms, buildings, occupancies and states change.
-- What a room's spells were is stored, what they are is computed; the difference goes into the buckets. Writers take
-- turns, since each has raised the version of the layer of rooms before (layer_version.sql), so that no two add up at once.

-- A change of so many rooms at once is added up later, all rooms together, which is faster than one by one; answers come
-- from the rooms themselves meanwhile. A few rooms are always looked up by index, in however small a table: the plan is
-- made once and kept.
CREATE OR REPLACE FUNCTION fangdi.most_rooms_kept() RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT 2000 $$;

CREATE OR REPLACE FUNCTION fangdi.outdate_usage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE fangdi.usage_state SET outdated = true WHERE NOT outdated;
    PERFORM fangdi.enqueue('usage', 'add_up_use', 1, 0);
END $$;

-- What spells add to or take from the days on which they begin and end. `sign` is 1 or -1; the first day there is stands
-- for "always".
CREATE OR REPLACE FUNCTION fangdi.usage_events(spell fangdi.room_spell, sign integer) RETURNS SETOF fangdi.usage_bucket
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 2 AS $$
    SELECT 'day', edge.day, (spell).jurisdiction_code, COALESCE((spell).agency_id, 0), (spell).use_code, (spell).kind,
           (spell).secret, edge.sign,
           CASE WHEN (spell).registered_mm2 IS NULL THEN 0 ELSE edge.sign END,
           CASE WHEN (spell).planning_mm2 IS NULL THEN 0 ELSE edge.sign END,
           CASE WHEN (spell).declared_mm2 IS NULL THEN 0 ELSE edge.sign END,
           CASE WHEN (spell).measured_mm2 IS NULL THEN 0 ELSE edge.sign END,
           edge.sign * COALESCE((spell).registered_mm2, 0), edge.sign * COALESCE((spell).planning_mm2, 0),
           edge.sign * COALESCE((spell).declared_mm2, 0), edge.sign * COALESCE((spell).measured_mm2, 0)
      FROM (VALUES (GREATEST(lower((spell).valid), DATE '0001-01-01'), CAST(sign AS bigint)),
                   (upper((spell).valid), CAST(-sign AS bigint))) AS edge (day, sign)
     WHERE edge.day IS NOT NULL AND edge.day <> 'infinity'
$$;

CREATE OR REPLACE FUNCTION fangdi.keep_usage_of(concerned bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    changes fangdi.usage_bucket[];
BEGIN
    IF COALESCE(cardinality(concerned), 0) = 0 OR (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE THEN
        RETURN;
    END IF;
    IF cardinality(concerned) > fangdi.most_rooms_kept() THEN
        PERFORM fangdi.outdate_usage();
        RETURN;
    END IF;
    -- Spells that stay as they are are left alone: writing them again would cost more than all the rest.
    WITH now_so AS MATERIALIZED (
             SELECT spell.* FROM unnest(concerned) AS changed (id) CROSS JOIN LATERAL fangdi.spells_of_room(changed.id) AS spell),
         before AS (DELETE FROM fangdi.room_spell AS stored
                     WHERE room_id = ANY (concerned)
                       AND NOT EXISTS (SELECT FROM now_so WHERE now_so.room_id = stored.room_id
                                          AND ROW(now_so.*) IS NOT DISTINCT FROM ROW(stored.*))
                    RETURNING stored.*),
         after AS (INSERT INTO fangdi.room_spell
                   SELECT now_so.* FROM now_so
                    WHERE NOT EXISTS (SELECT FROM fangdi.room_spell AS stored WHERE stored.room_id = now_so.room_id
                                         AND ROW(now_so.*) IS NOT DISTINCT FROM ROW(stored.*))
                   RETURNING room_spell.*),
         event AS (SELECT event.* FROM before CROSS JOIN LATERAL fangdi.usage_events(before.*::fangdi.room_spell, -1) AS event
                    UNION ALL
                   SELECT event.* FROM after CROSS JOIN LATERAL fangdi.usage_events(after.*::fangdi.room_spell, 1) AS event),
         summed AS (SELECT span.name, CAST(date_trunc(span.name, CAST(since AS timestamp)) AS date), jurisdiction_code, agency_id, use_code, kind,
                           secret, CAST(sum(rooms) AS bigint),
                           CAST(sum(with_registered) AS bigint), CAST(sum(with_planning) AS bigint),
                           CAST(sum(with_declared) AS bigint), CAST(sum(with_measured) AS bigint),
                           CAST(sum(registered_mm2) AS bigint), CAST(sum(planning_mm2) AS bigint),
                           CAST(sum(declared_mm2) AS bigint), CAST(sum(measured_mm2) AS bigint)
                      FROM event CROSS JOIN (VALUES ('day'), ('month'), ('year')) AS span (name)
                     GROUP BY 1, 2, 3, 4, 5, 6, 7
                    HAVING (sum(rooms), sum(with_registered), sum(with_planning), sum(with_declared), sum(with_measured),
                            sum(registered_mm2), sum(planning_mm2), sum(declared_mm2), sum(measured_mm2))
                           <> (0, 0, 0, 0, 0, 0, 0, 0, 0))
    SELECT array_agg(CAST(ROW(summed.*) AS fangdi.usage_bucket)) INTO changes FROM summed;
    PERFORM fangdi.add_to_buckets(changes);
END $$;

CREATE OR REPLACE FUNCTION fangdi.add_to_buckets(changes fangdi.usage_bucket[]) RETURNS void
LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    INSERT INTO fangdi.usage_bucket AS stored
    SELECT * FROM unnest(changes) AS change
    ON CONFLICT (span, since, jurisdiction_code, agency_id, use_code, kind, secret) DO UPDATE
       SET rooms = stored.rooms + EXCLUDED.rooms,
           with_registered = stored.with_registered + EXCLUDED.with_registered,
           with_planning = stored.with_planning + EXCLUDED.with_planning,
           with_declared = stored.with_declared + EXCLUDED.with_declared,
           with_measured = stored.with_measured + EXCLUDED.with_measured,
           registered_mm2 = stored.registered_mm2 + EXCLUDED.registered_mm2,
           planning_mm2 = stored.planning_mm2 + EXCLUDED.planning_mm2,
           declared_mm2 = stored.declared_mm2 + EXCLUDED.declared_mm2,
           measured_mm2 = stored.measured_mm2 + EXCLUDED.measured_mm2;
    DELETE FROM fangdi.usage_bucket AS stored
     USING unnest(changes) AS change
     WHERE (stored.span, stored.since, stored.jurisdiction_code, stored.agency_id, stored.use_code, stored.kind, stored.secret)
         = (change.span, change.since, change.jurisdiction_code, change.agency_id, change.use_code, change.kind, change.secret)
       AND (stored.rooms, stored.with_registered, stored.with_planning, stored.with_declared, stored.with_measured,
            stored.registered_mm2, stored.planning_mm2, stored.declared_mm2, stored.measured_mm2) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
END $$;

-- Occupancies and states name their room; the argument of the trigger is the column that does.
CREATE OR REPLACE FUNCTION fangdi.keep_usage() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    concerned bigint[];
BEGIN
    IF (SELECT outdated FROM fangdi.usage_state) IS NOT FALSE THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'TRUNCATE' THEN
        PERFORM fangdi.outdate_usage();
        RETURN NULL;
    END IF;
    EXECUTE format('SELECT array_agg(id) FROM (SELECT DISTINCT %I AS id FROM %s LIMIT %s) AS few', TG_ARGV[0],
                   CASE TG_OP WHEN 'UPDATE'
                        THEN format('(SELECT %1$I FROM before UNION ALL SELECT %1$I FROM after) AS both_of', TG_ARGV[0])
                        WHEN 'DELETE' THEN 'before' ELSE 'after' END, fangdi.most_rooms_kept() + 1)
       INTO concerned;
    PERFORM fangdi.keep_usage_of(concerned);
    RETURN NULL;
END $$;

-- Of a room, most changes (of its name, its outline) concern no sum.
CREATE OR REPLACE FUNCTION fangdi.keep_usage_of_changed_rooms() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM fangdi.keep_usage_of(ARRAY(
        SELECT after.id
          FROM after
          JOIN before USING (id)
         WHERE (after.jurisdiction_code, after.building_id, after.floor_id, after.use_code, after.secret, after.valid,
                after.registered_usable_m2, after.planning_usable_m2, after.declared_usable_m2, after.measured_usable_m2)
               IS DISTINCT FROM
               (before.jurisdiction_code, before.building_id, before.floor_id, before.use_code, before.secret, before.valid,
                before.registered_usable_m2, before.planning_usable_m2, before.declared_usable_m2, before.measured_usable_m2)
         LIMIT fangdi.most_rooms_kept() + 1));
    RETURN NULL;
END $$;

-- Rooms stand no longer than their building.
CREATE OR REPLACE FUNCTION fangdi.keep_usage_of_building() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM fangdi.keep_usage_of(ARRAY(SELECT id FROM fangdi.room WHERE building_id = NEW.id));
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER usage_update AFTER UPDATE OF valid ON fangdi.building FOR EACH ROW
    WHEN (OLD.valid <> NEW.valid) EXECUTE FUNCTION fangdi.keep_usage_of_building();

DO $$
DECLARE
    kept text;
    room_column text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['room', 'occupancy', 'room_status'] LOOP
        room_column := CASE kept WHEN 'room' THEN 'id' ELSE 'room_id' END;
        EXECUTE format('CREATE OR REPLACE TRIGGER usage_insert AFTER INSERT ON fangdi.%I REFERENCING NEW TABLE AS after '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_usage(%L)', kept, room_column);
        EXECUTE format('CREATE OR REPLACE TRIGGER usage_delete AFTER DELETE ON fangdi.%I REFERENCING OLD TABLE AS before '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_usage(%L)', kept, room_column);
        EXECUTE format('CREATE OR REPLACE TRIGGER usage_truncate AFTER TRUNCATE ON fangdi.%I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_usage(%L)', kept, room_column);
        IF kept <> 'room' THEN
            EXECUTE format('CREATE OR REPLACE TRIGGER usage_update AFTER UPDATE ON fangdi.%I '
                           'REFERENCING OLD TABLE AS before NEW TABLE AS after '
                           'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_usage(%L)', kept, room_column);
        END IF;
    END LOOP;
END $$;
CREATE OR REPLACE TRIGGER usage_update AFTER UPDATE ON fangdi.room REFERENCING OLD TABLE AS before NEW TABLE AS after
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_usage_of_changed_rooms();

-- Adds everything up anew. Waits for whoever is changing rooms, and has others wait. For the owner and for jobs.
-- DELETE, not TRUNCATE: a transaction that began before has to find what it would have found.
CREATE OR REPLACE FUNCTION fangdi.recompute_usage() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET work_mem = '256MB' SET jit = off AS $$
BEGIN
    PERFORM FROM fangdi.layer_version WHERE layer = 'rooms' FOR UPDATE;
    DELETE FROM fangdi.room_spell;
    DELETE FROM fangdi.usage_bucket;
    INSERT INTO fangdi.room_spell SELECT * FROM fangdi.room_spell_now;
    INSERT INTO fangdi.usage_bucket SELECT * FROM fangdi.usage_of_spells();
    ANALYZE fangdi.room_spell, fangdi.usage_bucket;
    UPDATE fangdi.usage_state SET outdated = false;
END $$;

-- The buckets as the stored spells make them.
CREATE OR REPLACE FUNCTION fangdi.usage_of_spells() RETURNS SETOF fangdi.usage_bucket
LANGUAGE sql STABLE AS $$
    WITH day AS MATERIALIZED (
        SELECT since, jurisdiction_code, agency_id, use_code, kind, secret, sum(rooms) AS rooms,
               sum(with_registered) AS with_registered, sum(with_planning) AS with_planning,
               sum(with_declared) AS with_declared, sum(with_measured) AS with_measured,
               sum(registered_mm2) AS registered_mm2, sum(planning_mm2) AS planning_mm2,
               sum(declared_mm2) AS declared_mm2, sum(measured_mm2) AS measured_mm2
          FROM (SELECT event.* FROM fangdi.room_spell AS spell CROSS JOIN LATERAL fangdi.usage_events(spell.*, 1) AS event) AS event
         GROUP BY 1, 2, 3, 4, 5, 6
    ),
    summed AS (
        SELECT span.name, CAST(date_trunc(span.name, CAST(since AS timestamp)) AS date) AS since, jurisdiction_code, agency_id, use_code, kind,
               secret, CAST(sum(rooms) AS bigint) AS rooms,
               CAST(sum(with_registered) AS bigint) AS with_registered, CAST(sum(with_planning) AS bigint) AS with_planning,
               CAST(sum(with_declared) AS bigint) AS with_declared, CAST(sum(with_measured) AS bigint) AS with_measured,
               CAST(sum(registered_mm2) AS bigint) AS registered_mm2, CAST(sum(planning_mm2) AS bigint) AS planning_mm2,
               CAST(sum(declared_mm2) AS bigint) AS declared_mm2, CAST(sum(measured_mm2) AS bigint) AS measured_mm2
          FROM day CROSS JOIN (VALUES ('day'), ('month'), ('year')) AS span (name)
         GROUP BY 1, 2, 3, 4, 5, 6, 7
    )
    SELECT * FROM summed
     WHERE (rooms, with_registered, with_planning, with_declared, with_measured,
            registered_mm2, planning_mm2, declared_mm2, measured_mm2) <> (0, 0, 0, 0, 0, 0, 0, 0, 0)
$$;

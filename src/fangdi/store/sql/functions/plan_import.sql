-- Taking a plan's rooms over, and accepting an audit. The application role writes neither rooms nor an audit's number: it
-- calls these functions, and they ask the sealed scope themselves. Refusals as in administration.sql, and FD409: what was
-- reviewed has changed since. The words are those of fangdi.domain.plan_refusals.Refusal.

CREATE OR REPLACE FUNCTION fangdi.audits_areas(place text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT fangdi.everywhere('audit_areas') OR place IN (SELECT fangdi.jurisdictions_of('audit_areas'))
$$;

-- The state of a building's floors, rooms and their uses, as far as the reader sees them: another text after any change.
CREATE OR REPLACE FUNCTION fangdi.building_state(building_number bigint) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws('/',
        (SELECT concat(id, ':', xmin, ctid) FROM fangdi.building WHERE id = building_number),
        (SELECT string_agg(concat(id, ':', xmin, ctid), ',' ORDER BY id) FROM fangdi.floor WHERE building_id = building_number),
        (SELECT string_agg(concat(id, ':', xmin, ctid), ',' ORDER BY id) FROM fangdi.room WHERE building_id = building_number),
        (SELECT string_agg(concat(occupancy.id, ':', occupancy.xmin, occupancy.ctid), ',' ORDER BY occupancy.id)
           FROM fangdi.occupancy JOIN fangdi.room ON room.id = occupancy.room_id
          WHERE room.building_id = building_number)), 'UTF8')), 'hex')
$$;

-- Return a draft that whoever acts may take over, with its building and rooms locked until the end of the transaction.
CREATE OR REPLACE FUNCTION fangdi.lock_plan(plan_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    taken fangdi.plan;
BEGIN
    SELECT * INTO taken FROM fangdi.plan WHERE id = plan_number FOR UPDATE;
    IF taken.id IS NULL OR taken.secret AND NOT fangdi.is_cleared()
       OR NOT (fangdi.everywhere('read_assets') OR taken.jurisdiction_code IN (SELECT fangdi.jurisdictions_of('read_assets')))
    THEN
        PERFORM fangdi.refuse('FD404', 'no_plan');
    ELSIF NOT fangdi.audits_areas(taken.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD403', 'out_of_reach');
    ELSIF taken.status <> 'draft' THEN
        PERFORM fangdi.refuse('FD409', 'not_draft');
    -- Whoever does not see all rooms of a floor would draw those anew that are hidden from them. The refusal says that the
    -- floor has something classified and neither what nor where: whoever has its plan in hand knows the floor already, and
    -- is to give it to somebody with clearance, as the law wants. It is the same for one hidden room and for all.
    ELSIF NOT fangdi.is_cleared() AND EXISTS (
        SELECT FROM fangdi.room JOIN fangdi.floor ON floor.id = room.floor_id
          JOIN fangdi.plan_floor ON plan_floor.plan_id = plan_number AND plan_floor.level = floor.level
         WHERE room.building_id = taken.building_id AND room.secret
           AND COALESCE(upper(room.valid) > current_date, true)) THEN
        PERFORM fangdi.refuse('FD403', 'clearance');
    END IF;
    PERFORM FROM fangdi.building WHERE id = taken.building_id FOR UPDATE;
    PERFORM FROM fangdi.floor WHERE building_id = taken.building_id ORDER BY id FOR UPDATE;
    PERFORM FROM fangdi.room WHERE building_id = taken.building_id ORDER BY id FOR UPDATE;
END $$;

-- Writes floors and rooms as reviewed. Geometry as hexadecimal EWKB. `floors`: level, name, elevation_m, height_m, gross_m2,
-- plan_outline, outline; `rooms`: key, room_id (null: a new one), level, wish (code, unique), number, name, use_code, area_m2, plan_outline,
-- outline, since (null: always); `ended`: rooms that are no more from `as_of` on, with their uses.
CREATE OR REPLACE FUNCTION fangdi.import_plan(
    plan_number bigint, revision bigint, frame text, floors jsonb, rooms jsonb, ended bigint[], as_of date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    taken fangdi.plan;
    new_keys text[];
    new_ids bigint[];
BEGIN
    PERFORM fangdi.lock_plan(plan_number);
    SELECT * INTO taken FROM fangdi.plan WHERE id = plan_number;
    IF taken.revision <> import_plan.revision THEN
        PERFORM fangdi.refuse('FD409', 'changed');
    ELSIF taken.placement IS NULL OR NOT taken.unit_confirmed OR CAST(taken.placement ->> 'far' AS boolean)
          OR CAST(taken.placement ->> 'doubtful' AS boolean) AND taken.placement -> 'agreed' IS NULL THEN
        PERFORM fangdi.refuse('FD422', 'not_ready');
    END IF;
    -- Only rooms of this building that whoever acts may see.
    IF EXISTS (SELECT FROM unnest(ended || ARRAY(SELECT CAST(one ->> 'room_id' AS bigint) FROM jsonb_array_elements(rooms) AS one
                                                  WHERE one ->> 'room_id' IS NOT NULL)) AS named
                WHERE NOT EXISTS (SELECT FROM fangdi.room WHERE room.id = named AND room.building_id = taken.building_id
                                     AND (NOT room.secret OR fangdi.is_cleared()))) THEN
        PERFORM fangdi.refuse('FD409', 'changed');
    END IF;
    UPDATE fangdi.building SET plan_crs = frame WHERE id = taken.building_id AND plan_crs IS NULL;

    INSERT INTO fangdi.floor AS held (jurisdiction_code, building_id, level, name, elevation_m, height_m, measured_gross_m2,
                                      plan_outline, outline)
    SELECT taken.jurisdiction_code, taken.building_id, level, name, elevation_m, height_m, gross_m2,
           CAST(plan_outline AS geometry), CAST(outline AS geometry)
      FROM jsonb_to_recordset(floors) AS one (level numeric, name text, elevation_m double precision, height_m double precision,
                                              gross_m2 double precision, plan_outline text, outline text)
        ON CONFLICT (building_id, level) DO UPDATE
       SET elevation_m = COALESCE(EXCLUDED.elevation_m, held.elevation_m),
           height_m = COALESCE(EXCLUDED.height_m, held.height_m),
           measured_gross_m2 = COALESCE(EXCLUDED.measured_gross_m2, held.measured_gross_m2),
           plan_outline = COALESCE(EXCLUDED.plan_outline, held.plan_outline),
           outline = COALESCE(EXCLUDED.outline, held.outline);

    UPDATE fangdi.room SET valid = valid * daterange(NULL, as_of) WHERE id = ANY (ended);
    UPDATE fangdi.occupancy SET valid = valid * daterange(NULL, as_of) WHERE room_id = ANY (ended);

    UPDATE fangdi.room
       SET floor_id = floor.id, number = COALESCE(one.number, room.number), name = COALESCE(one.name, room.name),
           use_code = CASE room.use_code WHEN 'unclassified' THEN COALESCE(one.use_code, room.use_code) ELSE room.use_code END,
           measured_usable_m2 = one.area_m2, plan_outline = CAST(one.plan_outline AS geometry),
           outline = CAST(one.outline AS geometry)
      FROM jsonb_to_recordset(rooms) AS one (room_id bigint, level numeric, number text, name text, use_code text,
                                             area_m2 double precision, plan_outline text, outline text)
      JOIN fangdi.floor ON floor.building_id = taken.building_id AND floor.level = one.level
     WHERE room.id = one.room_id;

    -- A wished code that is taken is told apart by the plan, which is imported once only.
    WITH added AS (
        SELECT one.*, floor.id AS floor_id,
               CASE WHEN EXISTS (SELECT FROM fangdi.room WHERE room.building_id = taken.building_id AND room.code = one.wish)
                    THEN concat(one.wish, '@', plan_number) ELSE one.wish END AS code
          FROM jsonb_to_recordset(rooms) AS one (key text, room_id bigint, level numeric, wish text, number text, name text,
                                                 use_code text, area_m2 double precision, plan_outline text, outline text,
                                                 since date)
          JOIN fangdi.floor ON floor.building_id = taken.building_id AND floor.level = one.level
         WHERE one.room_id IS NULL
    ),
    made AS (
        INSERT INTO fangdi.room (jurisdiction_code, building_id, floor_id, code, number, name, use_code, measured_usable_m2,
                                 plan_outline, outline, valid)
        SELECT taken.jurisdiction_code, taken.building_id, floor_id, code, number, name, COALESCE(use_code, 'unclassified'),
               area_m2, CAST(plan_outline AS geometry), CAST(outline AS geometry), daterange(since, NULL)
          FROM added
        RETURNING id, code
    )
    SELECT array_agg(added.key), array_agg(made.id) INTO new_keys, new_ids FROM made JOIN added USING (code);

    UPDATE fangdi.plan_room SET room_id = became.id
      FROM (SELECT one ->> 'key' AS key, CAST(one ->> 'room_id' AS bigint) AS id FROM jsonb_array_elements(rooms) AS one
             WHERE one ->> 'room_id' IS NOT NULL
             UNION ALL
            SELECT * FROM unnest(new_keys, new_ids)) AS became (key, id)
     WHERE plan_room.plan_id = plan_number AND plan_room.key = became.key;

    -- An earlier plan is superseded when all its floors are on this one.
    UPDATE fangdi.plan SET status = 'superseded'
     WHERE building_id = taken.building_id AND status = 'imported' AND id <> plan_number
       AND NOT EXISTS (SELECT FROM fangdi.plan_floor AS before
                        WHERE before.plan_id = plan.id AND NOT EXISTS (
                              SELECT FROM fangdi.plan_floor AS now WHERE now.plan_id = plan_number AND now.level = before.level));
    UPDATE fangdi.plan SET status = 'imported', imported_at = now(), imported_by = fangdi.acting_login() WHERE id = plan_number;
END $$;
DO $$
BEGIN
    -- It runs with the owner's rights: names are looked up where PostGIS is and nowhere else.
    EXECUTE format('ALTER FUNCTION fangdi.import_plan(bigint, bigint, text, jsonb, jsonb, bigint[], date) '
                   'SET search_path = pg_catalog, %I, pg_temp',
                   (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'postgis'));
END $$;

-- Return a draft that whoever acts may accept, with its plan, and what it judges, locked until the end of the transaction:
-- who accepts compares its figures with those of now (fangdi.service.area_audits), and none may change in between.
CREATE OR REPLACE FUNCTION fangdi.lock_area_audit(audit_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    judged fangdi.area_audit;
    drawn fangdi.plan;
BEGIN
    SELECT * INTO judged FROM fangdi.area_audit WHERE id = audit_number FOR UPDATE;
    IF judged.id IS NULL OR judged.secret AND NOT fangdi.is_cleared()
       OR NOT (fangdi.everywhere('read_assets') OR judged.jurisdiction_code IN (SELECT fangdi.jurisdictions_of('read_assets')))
    THEN
        PERFORM fangdi.refuse('FD404', 'no_audit');
    ELSIF NOT fangdi.audits_areas(judged.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD403', 'out_of_reach');
    ELSIF judged.status = 'accepted' THEN
        PERFORM fangdi.refuse('FD409', 'accepted');
    END IF;
    SELECT * INTO drawn FROM fangdi.plan WHERE id = judged.plan_id FOR UPDATE;
    IF drawn.status = 'superseded' THEN
        PERFORM fangdi.refuse('FD409', 'superseded');
    ELSIF drawn.revision <> judged.plan_revision THEN
        PERFORM fangdi.refuse('FD409', 'plan_changed');
    END IF;
    PERFORM FROM fangdi.building WHERE id = drawn.building_id FOR SHARE;
    PERFORM FROM fangdi.floor WHERE building_id = drawn.building_id ORDER BY id FOR SHARE;
    PERFORM FROM fangdi.room WHERE building_id = drawn.building_id ORDER BY id FOR SHARE;
    PERFORM FROM fangdi.occupancy
      WHERE room_id IN (SELECT id FROM fangdi.room WHERE building_id = drawn.building_id) ORDER BY id FOR SHARE;
END $$;

-- Numbers an audit and freezes it, with the plan that it rests on. Returns the number.
CREATE OR REPLACE FUNCTION fangdi.accept_area_audit(audit_number bigint) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    judged fangdi.area_audit;
    given text;
    next integer;
    this_year CONSTANT smallint := CAST(extract(year FROM current_date) AS smallint);
BEGIN
    PERFORM fangdi.lock_area_audit(audit_number);
    SELECT * INTO judged FROM fangdi.area_audit WHERE id = audit_number;
    IF EXISTS (SELECT FROM fangdi.area_audit_line
                   WHERE audit_id = audit_number AND verdict = 'beyond' AND decision = 'open') THEN
        PERFORM fangdi.refuse('FD422', 'undecided');
    END IF;
    PERFORM pg_advisory_xact_lock(44902262);  -- numbers are given one at a time
    SELECT COALESCE(max(running), 0) + 1 INTO next
      FROM fangdi.area_audit WHERE jurisdiction_code = judged.jurisdiction_code AND year = this_year;
    given := format('%s-%s-%s', judged.jurisdiction_code, this_year, lpad(CAST(next AS text), 4, '0'));
    UPDATE fangdi.area_audit
       SET status = 'accepted', number = given, year = this_year, running = next, accepted_at = now(),
           accepted_by = fangdi.acting_login(),
           lines_sha256 = (SELECT encode(sha256(convert_to(COALESCE(string_agg(CAST(to_jsonb(line) AS text), E'\n'
                                                                               ORDER BY line.sort, line.id), ''), 'UTF8')), 'hex')
                             FROM fangdi.area_audit_line AS line WHERE line.audit_id = audit_number)
     WHERE id = audit_number;
    UPDATE fangdi.plan SET frozen_at = COALESCE(frozen_at, now()) WHERE id = judged.plan_id;
    RETURN given;
END $$;

-- Writes an entry for every row that is inserted, updated or deleted. Deferred to the end of the transaction, where it is
-- known whether the row is secret in the end, and where the lock of the chain is held shortest and last, so that two
-- writers cannot wait for each other.

-- A geometry as the trail keeps it: its hash, and how large it is, in m² or m; a point is itself.
CREATE OR REPLACE FUNCTION fangdi.audit_shape(shape geometry) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT AS $$
DECLARE
    sum CONSTANT jsonb := jsonb_build_object('sha256', encode(sha256(ST_AsEWKB(shape)), 'hex'));
    plane CONSTANT boolean := ST_SRID(shape) = 0;
BEGIN
    RETURN sum || CASE ST_Dimension(shape)
        WHEN 0 THEN jsonb_build_object('point', ST_AsText(shape, 9))
        WHEN 1 THEN jsonb_build_object('length_m', round(CAST(
            CASE WHEN plane THEN ST_Length(shape) ELSE ST_Length(geography(shape)) END AS numeric), 2))
        ELSE jsonb_build_object('area_m2', round(CAST(
            CASE WHEN plane THEN ST_Area(shape) ELSE ST_Area(geography(shape)) END AS numeric), 2)) END;
END $$;
DO $$
BEGIN
    -- It runs with the owner's rights: names are looked up where PostGIS is and nowhere else.
    EXECUTE format('ALTER FUNCTION fangdi.audit_shape(geometry) SET search_path = pg_catalog, %I, pg_temp',
                   (SELECT extnamespace::regnamespace::text FROM pg_extension WHERE extname = 'postgis'));
END $$;

-- What people call the object; the row as in the trail.
CREATE OR REPLACE FUNCTION fangdi.audit_name(kind text, face jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    building CONSTANT text := (SELECT name FROM fangdi.building WHERE id = CAST(face ->> 'building_id' AS bigint));
    room CONSTANT text := (SELECT COALESCE(number, code) FROM fangdi.room WHERE id = CAST(face ->> 'room_id' AS bigint));
    agency CONSTANT text := (SELECT name FROM fangdi.agency WHERE id = CAST(face ->> 'agency_id' AS bigint));
    login CONSTANT text := (SELECT account.login FROM fangdi.account WHERE id = CAST(face ->> 'account_id' AS bigint));
BEGIN
    RETURN CASE
        WHEN kind = 'room' THEN concat_ws(' ', building, COALESCE(face ->> 'number', face ->> 'code'))
        WHEN kind = 'floor' THEN concat_ws(' ', building, face ->> 'name')
        WHEN kind IN ('occupancy', 'room_status', 'room_function', 'room_annex', 'outside_use') THEN concat_ws(' ', room, agency)
        WHEN kind IN ('title', 'tenure', 'building_parcel') THEN COALESCE(
            building, (SELECT code FROM fangdi.parcel WHERE id = CAST(face ->> 'parcel_id' AS bigint)))
        WHEN kind = 'site_parcel' THEN (SELECT name FROM fangdi.site WHERE id = CAST(face ->> 'site_id' AS bigint))
        WHEN kind IN ('agency_posts', 'agency_staff', 'area_approval') THEN agency
        WHEN kind = 'leader_post' THEN concat_ws(' ', agency, face ->> 'person_key')
        WHEN kind = 'finding_event' THEN (SELECT concat_ws(' ', rule, object_kind, object_key) FROM fangdi.finding
                                           WHERE id = CAST(face ->> 'finding_id' AS bigint))
        WHEN kind = 'norm' THEN concat_ws(' ', face ->> 'kind', face ->> 'level', face ->> 'rank_code')
        WHEN kind = 'cost_rate' THEN concat_ws(' ', face ->> 'kind', building)
        WHEN kind = 'idle_rule' THEN (SELECT name FROM fangdi.jurisdiction WHERE code = face ->> 'jurisdiction_code')
        WHEN kind = 'role_grant' THEN concat_ws(' ', login, face ->> 'role')
        WHEN kind = 'api_token' THEN concat_ws(' ', login, face ->> 'name')
        WHEN kind = 'plan' THEN concat_ws(' ', building, face ->> 'file_name')
        WHEN kind = 'area_audit' THEN COALESCE(face ->> 'number', (
            SELECT file_name FROM fangdi.plan WHERE id = CAST(face ->> 'plan_id' AS bigint)))
        WHEN kind = 'area_audit_line' THEN face ->> 'label'
        WHEN kind = 'tolerance_rule' THEN face ->> 'source'
        WHEN kind = 'document_link' THEN (SELECT title FROM fangdi.document WHERE id = CAST(face ->> 'document_id' AS bigint))
        ELSE COALESCE(face ->> 'login', face ->> 'title', face ->> 'name', face ->> 'code', face ->> 'person_key')
    END;
END $$;

-- The jurisdiction whose administrators may read about the row.
CREATE OR REPLACE FUNCTION fangdi.audit_place(kind text, face jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN kind = 'jurisdiction' THEN face ->> 'code' ELSE COALESCE(
        face ->> 'jurisdiction_code',
        (SELECT jurisdiction_code FROM fangdi.agency WHERE id = CAST(face ->> 'agency_id' AS bigint)),
        (SELECT jurisdiction_code FROM fangdi.account WHERE id = CAST(face ->> 'account_id' AS bigint))) END
$$;

-- Does the row belong to something secret?
CREATE OR REPLACE FUNCTION fangdi.audit_belongs_to_secret(face jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT COALESCE(bool_or(NOT fangdi.audit_is_open(kind, CAST(face ->> (kind || '_id') AS bigint))), false)
      FROM unnest(ARRAY['room', 'occupancy', 'floor', 'building', 'site', 'parcel', 'document', 'plan']) AS kind
     WHERE face ->> (kind || '_id') IS NOT NULL
$$;

CREATE OR REPLACE FUNCTION fangdi.audit_row() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    kept CONSTANT text[] := ARRAY['id', 'secret'];  -- in the entry's own columns, or kept by triggers
    entry fangdi.audit_entry := fangdi.audit_begin();
    was jsonb;
    becomes jsonb;
    face jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        was := fangdi.audit_face(OLD);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        becomes := fangdi.audit_face(NEW);
    END IF;
    face := COALESCE(becomes, was);
    entry.action := lower(TG_OP);
    entry.object_kind := TG_TABLE_NAME;
    entry.object_id := CAST(CASE TG_TABLE_NAME
        WHEN 'jurisdiction' THEN face ->> 'code' WHEN 'building_parcel' THEN face ->> 'building_id'
        WHEN 'site_parcel' THEN face ->> 'site_id' ELSE face ->> 'id' END AS bigint);
    entry.object_name := fangdi.audit_name(TG_TABLE_NAME, face);
    entry.jurisdiction_code := fangdi.audit_place(TG_TABLE_NAME, face);
    entry.secret := COALESCE(CAST(was ->> 'secret' AS boolean), false) OR COALESCE(CAST(becomes ->> 'secret' AS boolean), false)
        OR COALESCE(CAST(was ->> 'classified' AS boolean), false) OR COALESCE(CAST(becomes ->> 'classified' AS boolean), false)
        OR TG_TABLE_NAME = 'title' AND 'user' IN (COALESCE(was ->> 'state', ''), COALESCE(becomes ->> 'state', ''))
        OR fangdi.audit_belongs_to_secret(face) OR fangdi.audit_belongs_to_secret(COALESCE(was, '{}'))
        OR TG_OP <> 'DELETE' AND NOT fangdi.audit_is_open(TG_TABLE_NAME, entry.object_id);
    IF TG_OP = 'UPDATE' THEN
        SELECT jsonb_object_agg(key, earlier.value), jsonb_object_agg(key, later.value) INTO entry.before, entry.after
          FROM jsonb_each(was - kept) AS earlier JOIN jsonb_each(becomes - kept) AS later USING (key)
         WHERE earlier.value <> later.value;
    ELSE
        entry.before := jsonb_strip_nulls(was - kept);
        entry.after := jsonb_strip_nulls(becomes - kept);
    END IF;
    IF TG_TABLE_NAME = 'account' THEN
        entry.after := fangdi.audit_password(entry.after, to_jsonb(OLD) ->> 'password_hash', to_jsonb(NEW) ->> 'password_hash');
    END IF;
    PERFORM fangdi.audit_write(entry);
    RETURN NULL;
END $$;

-- That a password was set or changed, and nothing of it.
CREATE OR REPLACE FUNCTION fangdi.audit_password(after jsonb, was text, becomes text) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN was IS DISTINCT FROM becomes AND becomes IS NOT NULL
                THEN COALESCE(after, '{}') || '{"password": "set"}' ELSE after END
$$;

CREATE OR REPLACE FUNCTION fangdi.audit_truncate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry fangdi.audit_entry := fangdi.audit_begin();
BEGIN
    entry.action := 'truncate';
    entry.object_kind := TG_TABLE_NAME;
    PERFORM fangdi.audit_write(entry);
    RETURN NULL;
END $$;

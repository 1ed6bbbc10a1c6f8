-- The triggers of the audit trail, one set a table, and how each table's rows stand in it.
-- A load, which sets fangdi.batch, makes one entry for all its rows; the application role cannot claim to be one.
DO $$
DECLARE
    -- kept by triggers, secret, or about the last use rather than about the thing; of a plan's file its hash is enough
    left_out CONSTANT text[] := ARRAY['tile_shape', 'batch_id', 'password_hash', 'key_hash', 'key_start', 'seen_at', 'used_at'];
    by_hand CONSTANT text := '(COALESCE(current_setting(''fangdi.batch'', true), '''') = '''' '
                             'OR ''fangdi_app'' IN (current_user, session_user))';
    kind text;
    face text;
    changed text;
BEGIN
    FOREACH kind IN ARRAY ARRAY[
        'jurisdiction', 'zone', 'parcel', 'site', 'site_parcel', 'building', 'building_parcel', 'floor', 'room', 'room_status',
        'title', 'tenure', 'agency', 'agency_posts', 'agency_staff', 'occupancy', 'occupant', 'document', 'document_link',
        'account', 'role_grant', 'api_token', 'deployment',
        'plan', 'plan_mapping', 'area_audit', 'area_audit_line', 'tolerance_rule', 'job',
        'norm_document', 'norm', 'area_approval', 'construction_project',
        'room_function', 'room_annex', 'outside_use', 'leader_post', 'finding_event', 'cost_rate', 'idle_rule'
    ] LOOP
        SELECT string_agg(format(CASE WHEN is_shape THEN '%1$L, fangdi.audit_shape(seen.%1$I)' ELSE '%1$L, seen.%1$I' END,
                                 attname), ', ' ORDER BY attnum)
                   FILTER (WHERE attname <> ALL (left_out)),
               format('ROW(%s) IS DISTINCT FROM ROW(%s)', string_agg('OLD.' || quote_ident(attname), ', ' ORDER BY attnum),
                      string_agg('NEW.' || quote_ident(attname), ', ' ORDER BY attnum))
          INTO face, changed
          FROM (SELECT attname, attnum, atttypid = 'geometry'::regtype AS is_shape
                  FROM pg_attribute
                 WHERE attrelid = format('fangdi.%I', kind)::regclass AND attnum > 0 AND NOT attisdropped
                   AND attname <> ALL (ARRAY['tile_shape', 'batch_id', 'secret', 'seen_at', 'used_at', 'content', 'layers'])) AS own;
        IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = format('fangdi.%I', kind)::regclass AND attname = 'secret') THEN
            face := face || ', ''secret'', seen.secret';
        END IF;
        EXECUTE format('CREATE OR REPLACE FUNCTION fangdi.audit_face(seen fangdi.%I) RETURNS jsonb LANGUAGE sql STABLE '
                       'SET search_path = pg_catalog, pg_temp AS $face$ SELECT jsonb_build_object(%s) $face$', kind, face);
        EXECUTE format('DROP TRIGGER IF EXISTS audit_insert ON fangdi.%1$I; DROP TRIGGER IF EXISTS audit_update ON fangdi.%1$I; '
                       'DROP TRIGGER IF EXISTS audit_delete ON fangdi.%1$I', kind);
        EXECUTE format('CREATE CONSTRAINT TRIGGER audit_insert AFTER INSERT ON fangdi.%I DEFERRABLE INITIALLY DEFERRED '
                       'FOR EACH ROW WHEN (%s) EXECUTE FUNCTION fangdi.audit_row()', kind, by_hand);
        EXECUTE format('CREATE CONSTRAINT TRIGGER audit_update AFTER UPDATE ON fangdi.%I DEFERRABLE INITIALLY DEFERRED '
                       'FOR EACH ROW WHEN (%s AND %s) EXECUTE FUNCTION fangdi.audit_row()', kind, by_hand, changed);
        EXECUTE format('CREATE CONSTRAINT TRIGGER audit_delete AFTER DELETE ON fangdi.%I DEFERRABLE INITIALLY DEFERRED '
                       'FOR EACH ROW WHEN (%s) EXECUTE FUNCTION fangdi.audit_row()', kind, by_hand);
        EXECUTE format('CREATE OR REPLACE TRIGGER audit_truncate AFTER TRUNCATE ON fangdi.%I '
                       'FOR EACH STATEMENT WHEN (%s) EXECUTE FUNCTION fangdi.audit_truncate()', kind, by_hand);
    END LOOP;
END $$;
-- What an audit is made of follows from the plan; at acceptance its hash is sealed with it. Decisions are entries.
-- Floors, rooms and findings of a plan follow from its file, reading and edits, which are in the plan's entries.
DROP TRIGGER audit_insert ON fangdi.area_audit_line;
DROP TRIGGER audit_delete ON fangdi.area_audit_line;

-- A load: what was loaded, and what came of it. When that is noted, and not when the import is filed: a load of many rows
-- drops and makes foreign keys in between, which PostgreSQL refuses while a trigger waits for the end.
CREATE OR REPLACE FUNCTION fangdi.audit_load() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry fangdi.audit_entry := fangdi.audit_begin();
    loaded CONSTANT fangdi.import_batch := (SELECT import_batch FROM fangdi.import_batch WHERE id = NEW.id);
    filled text;
BEGIN
    IF loaded.id IS NULL THEN
        RETURN NULL;
    END IF;
    entry.action := 'load';
    entry.object_kind := 'import_batch';
    entry.object_id := loaded.id;
    entry.object_name := loaded.file_name;
    entry.jurisdiction_code := loaded.jurisdiction_code;
    entry.batch_id := loaded.id;
    entry.after := to_jsonb(loaded) - ARRAY['id', 'jurisdiction_code', 'rejections', 'loaded_at', 'loaded_by'];
    -- Its figures count secret rows in: whoever may not see those may not see the figures either.
    FOREACH filled IN ARRAY CASE loaded.layer
        WHEN 'rooms' THEN ARRAY['room'] WHEN 'occupancies' THEN ARRAY['occupancy'] WHEN 'buildings' THEN ARRAY['building']
        WHEN 'sites' THEN ARRAY['site'] WHEN 'parcels' THEN ARRAY['parcel'] ELSE ARRAY[]::text[] END
    LOOP
        EXECUTE format('SELECT $1 OR EXISTS (SELECT FROM fangdi.%I WHERE batch_id = $2 AND secret)', filled)
           INTO entry.secret USING entry.secret, loaded.id;
    END LOOP;
    IF loaded.layer = 'floors' THEN
        entry.secret := EXISTS (SELECT FROM fangdi.floor JOIN fangdi.building ON building.id = floor.building_id
                                 WHERE floor.batch_id = loaded.id AND building.secret);
    END IF;
    PERFORM fangdi.audit_write(entry);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS audit_load ON fangdi.import_batch;
CREATE CONSTRAINT TRIGGER audit_load AFTER UPDATE ON fangdi.import_batch DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fangdi.audit_load();

-- Signing in and out; failing to is noted by fangdi.note_failed_sign_in.
CREATE OR REPLACE FUNCTION fangdi.audit_session() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry fangdi.audit_entry := fangdi.audit_begin();
    session CONSTANT jsonb := to_jsonb(COALESCE(NEW, OLD));
    of_account fangdi.account;
BEGIN
    SELECT * INTO of_account FROM fangdi.account WHERE id = CAST(session ->> 'account_id' AS bigint);
    entry.action := CASE TG_OP WHEN 'INSERT' THEN 'sign_in' ELSE 'sign_out' END;
    IF entry.account_id IS NULL AND session_user = 'fangdi_app' THEN  -- nobody is signed in yet, or no longer
        entry.account_id := of_account.id;
        entry.actor := COALESCE(of_account.login, '?');
    END IF;
    entry.object_kind := 'account';
    entry.object_id := of_account.id;
    entry.object_name := of_account.login;
    entry.jurisdiction_code := of_account.jurisdiction_code;
    entry.address := COALESCE(entry.address, session ->> 'address');
    entry.after := jsonb_strip_nulls(jsonb_build_object('agent', session ->> 'agent'));
    PERFORM fangdi.audit_write(entry);
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS audit_insert ON fangdi.web_session;
CREATE CONSTRAINT TRIGGER audit_insert AFTER INSERT ON fangdi.web_session DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION fangdi.audit_session();
-- What has run out is swept up later, which nobody did.
DROP TRIGGER IF EXISTS audit_delete ON fangdi.web_session;
CREATE CONSTRAINT TRIGGER audit_delete AFTER DELETE ON fangdi.web_session DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.expires_at > now()) EXECUTE FUNCTION fangdi.audit_session();

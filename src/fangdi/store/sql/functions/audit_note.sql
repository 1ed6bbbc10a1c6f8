-- Notes what leaves no row behind: exports, and reads of classified assets. In a transaction of its own, since from here
-- on it holds the lock of the chain.
CREATE OR REPLACE FUNCTION fangdi.note(
    action text, object_kind text, object_id bigint, object_name text, jurisdiction_code text, secret boolean,
    details jsonb, reason text
) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry fangdi.audit_entry := fangdi.audit_begin();
BEGIN
    IF action IN ('insert', 'update', 'delete', 'truncate', 'load') THEN
        RAISE EXCEPTION 'only the database itself notes changes' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF session_user = 'fangdi_app' AND NOT fangdi.is_signed_in() THEN
        RAISE EXCEPTION 'nobody is signed in' USING ERRCODE = 'insufficient_privilege';
    END IF;
    entry.action := action;
    entry.object_kind := object_kind;
    entry.object_id := object_id;
    entry.object_name := object_name;
    entry.jurisdiction_code := jurisdiction_code;
    entry.secret := secret;
    entry.after := details;
    entry.reason := COALESCE(NULLIF(reason, ''), entry.reason);
    PERFORM fangdi.audit_write(entry);
END $$;

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

-- Notes that a counted attempt to sign in failed. A name that no account has may be a password typed in the wrong place:
-- it is not kept.
CREATE OR REPLACE FUNCTION fangdi.note_failed_sign_in(attempt bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entry fangdi.audit_entry := fangdi.audit_begin();
    tried fangdi.sign_in_attempt;
    of_account fangdi.account;
BEGIN
    SELECT * INTO tried FROM fangdi.sign_in_attempt
     WHERE id = attempt AND NOT succeeded AND tried_at > now() - interval '1 minute';
    IF tried.id IS NULL THEN
        RETURN;
    END IF;
    SELECT * INTO of_account FROM fangdi.account WHERE login = tried.login;
    entry.action := 'sign_in_failed';
    entry.account_id := of_account.id;
    entry.actor := COALESCE(of_account.login, '?');
    entry.via := 'web';
    entry.address := COALESCE(entry.address, tried.address);
    entry.object_kind := 'account';
    entry.object_id := of_account.id;
    entry.object_name := of_account.login;
    entry.jurisdiction_code := of_account.jurisdiction_code;
    PERFORM fangdi.audit_write(entry);
END $$;

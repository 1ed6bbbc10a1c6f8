-- The chain of the audit trail (操作留痕): each entry carries the SHA-256 over the hash of the entry before it and its own
-- text. Whoever alters, removes or slips in an entry breaks it from there on (docs/decisions/0007-audit-trail.md).

-- The text of an entry: the same whatever the settings of the session that asks. Without a search path of its own, so
-- that the check of many entries takes it in whole.
CREATE OR REPLACE FUNCTION fangdi.audit_text(entry fangdi.audit_entry) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CAST(jsonb_build_array(
               entry.id, to_char(entry.happened_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
               entry.account_id, entry.actor, entry.address, entry.via, entry.action,
               entry.object_kind, entry.object_id, entry.object_name, entry.jurisdiction_code, entry.secret,
               entry.before, entry.after, entry.reason, entry.batch_id) AS text)
$$;

CREATE OR REPLACE FUNCTION fangdi.audit_hash(previous bytea, entry fangdi.audit_entry) RETURNS bytea
LANGUAGE sql STABLE AS $$
    SELECT sha256(COALESCE(previous, '') || convert_to(fangdi.audit_text(entry), 'UTF8'))
$$;

-- An entry that says who, from where and why, as far as the transaction knows.
CREATE OR REPLACE FUNCTION fangdi.audit_begin() RETURNS fangdi.audit_entry
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    scope CONSTANT jsonb := fangdi.scope();
    entry fangdi.audit_entry;
BEGIN
    entry.account_id := CAST(scope ->> 'account' AS bigint);
    entry.actor := COALESCE(scope ->> 'login', session_user);
    entry.via := COALESCE(scope ->> 'via', CASE session_user WHEN 'fangdi_app' THEN 'web' ELSE 'command' END);
    entry.address := NULLIF(current_setting('fangdi.address', true), '');
    entry.reason := NULLIF(current_setting('fangdi.reason', true), '');
    entry.secret := false;
    RETURN entry;
END $$;

-- Adds an entry to the chain. One transaction at a time: the lock is held until it ends, so this comes last in it.
-- Without SECURITY DEFINER: only the functions below that have it, and the triggers, have the right to insert.
CREATE OR REPLACE FUNCTION fangdi.audit_write(entry fangdi.audit_entry) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    previous bytea;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'changes need a transaction at READ COMMITTED: the audit trail has to see its last entry';
    END IF;
    PERFORM pg_advisory_xact_lock(44902261);  -- any number will do that nobody else locks
    SELECT hash INTO previous FROM fangdi.audit_entry ORDER BY id DESC LIMIT 1;
    entry.id := nextval('fangdi.audit_entry_id_seq');
    entry.happened_at := clock_timestamp();
    entry.hash := fangdi.audit_hash(previous, entry);
    INSERT INTO fangdi.audit_entry OVERRIDING SYSTEM VALUE VALUES (entry.*);
END $$;

-- Is the chain whole? How many entries it has, the first that does not follow from the one before, and its last hash.
CREATE OR REPLACE FUNCTION fangdi.audit_check() RETURNS TABLE (entries bigint, first_broken bigint, head_id bigint, head text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF session_user = 'fangdi_app' AND NOT COALESCE(fangdi.scope() -> 'where' ? 'read_trail', false) THEN
        RAISE insufficient_privilege USING MESSAGE = 'reading the audit trail is not allowed';
    END IF;
    RETURN QUERY
        SELECT count(*), min(chain.id) FILTER (WHERE chain.hash <> fangdi.audit_hash(chain.previous, chain.entry)),
               max(chain.id), encode((array_agg(chain.hash ORDER BY chain.id DESC) FILTER (WHERE chain.next IS NULL))[1], 'hex')
          FROM (SELECT audit_entry.id, audit_entry.hash, audit_entry AS entry,
                       lag(audit_entry.hash) OVER (ORDER BY audit_entry.id) AS previous,
                       lead(audit_entry.id) OVER (ORDER BY audit_entry.id) AS next
                  FROM fangdi.audit_entry) AS chain;
END $$;

-- Nobody changes the trail by accident; who means to has to break the chain.
CREATE OR REPLACE FUNCTION fangdi.audit_refuse() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail only grows' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fangdi.audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.audit_refuse();

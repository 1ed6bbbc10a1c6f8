-- What a request may see. `open_session`, `open_token` and `open_account` find out once a request and hand out a scope: a
-- text with who it is and, by capability, where; and its seal. The request then sets both for its transaction. Policies
-- take the scope only with its seal, whose key the application role cannot read: a statement smuggled into a request can
-- set another scope, but not seal it.

CREATE OR REPLACE FUNCTION fangdi.seal(scope text) RETURNS text
LANGUAGE sql STABLE STRICT SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT encode(sha256(key || sha256(key || convert_to(scope, 'UTF8'))), 'hex') FROM fangdi.access_key
$$;

-- Is the transaction's scope ours and not outworn? Then the scope, else null.
CREATE OR REPLACE FUNCTION fangdi.scope() RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    said CONSTANT text := current_setting('fangdi.scope', true);
    sealing bytea;
    scope jsonb;
BEGIN
    IF said IS NULL OR said = '' THEN
        RETURN NULL;
    END IF;
    SELECT key INTO sealing FROM fangdi.access_key;
    -- as fangdi.seal has it; calling that would cost as much again
    IF encode(sha256(sealing || sha256(sealing || convert_to(said, 'UTF8'))), 'hex')
       IS DISTINCT FROM current_setting('fangdi.seal', true) THEN
        RETURN NULL;
    END IF;
    scope := CAST(said AS jsonb);
    RETURN CASE WHEN CAST(scope ->> 'until' AS timestamptz) >= now() THEN scope END;
END $$;

CREATE OR REPLACE FUNCTION fangdi.is_signed_in() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT fangdi.scope() IS NOT NULL $$;

CREATE OR REPLACE FUNCTION fangdi.is_cleared() RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT COALESCE(CAST(fangdi.scope() -> 'cleared' AS boolean), false) $$;

-- Does the capability reach every jurisdiction there is?
CREATE OR REPLACE FUNCTION fangdi.everywhere(capability text) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT COALESCE(fangdi.scope() -> 'where' -> capability = '"everywhere"', false)
$$;

-- Which jurisdictions does it reach, when not all?
CREATE OR REPLACE FUNCTION fangdi.jurisdictions_of(capability text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10 AS $$
    SELECT jsonb_array_elements_text(places)
      FROM (SELECT fangdi.scope() -> 'where' -> capability AS places) AS found
     WHERE jsonb_typeof(places) = 'array'
$$;

-- Which agencies may be seen for their own sake? Null when none.
CREATE OR REPLACE FUNCTION fangdi.own_agencies() RETURNS bigint[]
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT NULLIF(ARRAY(SELECT CAST(jsonb_array_elements_text(fangdi.scope() -> 'agencies') AS bigint)), '{}')
$$;

-- Whose roles reach all jurisdictions that are there sees everywhere, without asking place by place. Figures of the country are another
-- matter: they are laid down by who was given them without a place, however few jurisdictions there are.
-- The scope of an account, limited to some capabilities, null for all it has. Not for the application role.
CREATE OR REPLACE FUNCTION fangdi.scope_of(account_number bigint, capabilities text[], via text, kept_for interval) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    WITH RECURSIVE held AS (
        SELECT role_grant.jurisdiction_code, role_grant.agency_id, role_capability.capability
          FROM fangdi.role_grant
          JOIN fangdi.role_capability USING (role)
         WHERE role_grant.account_id = account_number AND role_grant.valid @> current_date
           AND (capabilities IS NULL OR role_capability.capability = ANY (capabilities))
    ),
    reached AS (
        SELECT capability, jurisdiction_code AS code FROM held WHERE jurisdiction_code IS NOT NULL
         UNION
        SELECT reached.capability, below.code
          FROM reached
          JOIN fangdi.jurisdiction AS below ON below.parent_code = reached.code
    ),
    places AS (
        SELECT capability,
               CASE WHEN capability <> 'administer_norms' AND count(*) = (SELECT count(*) FROM fangdi.jurisdiction) THEN to_jsonb('everywhere'::text)
                    ELSE jsonb_agg(code ORDER BY code) END AS place
          FROM reached
         GROUP BY capability
         UNION ALL
        SELECT capability, to_jsonb('everywhere'::text) FROM held WHERE jurisdiction_code IS NULL AND agency_id IS NULL
    )
    SELECT CAST(jsonb_build_object(
               'account', id,
               'login', login,
               'via', via,
               'cleared', cleared,
               'until', now() + kept_for,
               'where', COALESCE((SELECT jsonb_object_agg(capability, place ORDER BY place = '"everywhere"') FROM places), '{}'),
               'agencies', COALESCE((SELECT jsonb_agg(DISTINCT agency_id ORDER BY agency_id) FROM held
                                      WHERE agency_id IS NOT NULL AND capability = 'read_assets'), '[]'),
               'own', COALESCE((SELECT jsonb_agg(DISTINCT capability ORDER BY capability) FROM held
                                 WHERE agency_id IS NOT NULL), '[]')) AS text)
      FROM fangdi.account
     WHERE id = account_number AND disabled_at IS NULL
$$;

-- The scope of a browser's session, by the hash of its key; no row when there is none, or it was not used for two hours.
-- Whoever has to change the password can do nothing before.
CREATE OR REPLACE FUNCTION fangdi.open_session(hash bytea) RETURNS TABLE (scope text, seal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT fangdi.scope_of(web_session.account_id, CASE WHEN account.password_expired THEN '{}'::text[] END,
                           'web', interval '60 s') INTO scope
      FROM fangdi.web_session
      JOIN fangdi.account ON account.id = web_session.account_id
     WHERE web_session.key_hash = hash AND web_session.expires_at > now()
       AND web_session.seen_at >= now() - interval '2 h';
    IF scope IS NOT NULL THEN
        seal := fangdi.seal(scope);
        RETURN NEXT;
    END IF;
END $$;

-- The same for a token.
CREATE OR REPLACE FUNCTION fangdi.open_token(hash bytea) RETURNS TABLE (scope text, seal text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT fangdi.scope_of(api_token.account_id, api_token.capabilities, 'token', interval '60 s') INTO scope
      FROM fangdi.api_token
     WHERE api_token.key_hash = hash AND api_token.expires_at > now() AND api_token.revoked_at IS NULL;
    IF scope IS NOT NULL THEN
        seal := fangdi.seal(scope);
        RETURN NEXT;
    END IF;
END $$;

-- The scope of an account for a command on this machine or a job. Not for the application role.
CREATE OR REPLACE FUNCTION fangdi.open_account(name text, via text) RETURNS TABLE (scope text, seal text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    SELECT fangdi.scope_of(account.id, NULL, open_account.via, interval '1 h') INTO scope
      FROM fangdi.account WHERE account.login = lower(open_account.name);
    IF scope IS NOT NULL THEN
        seal := fangdi.seal(scope);
        RETURN NEXT;
    END IF;
END $$;

-- The scope of whoever runs a command on this machine with the owner's rights: everything but what needs clearance.
CREATE OR REPLACE FUNCTION fangdi.open_operator(via text) RETURNS TABLE (scope text, seal text)
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    scope := CAST(jsonb_build_object(
        'account', NULL, 'login', session_user, 'via', via, 'cleared', false, 'until', now() + interval '1 h',
        'where', (SELECT jsonb_object_agg(capability, 'everywhere') FROM fangdi.role_capability),
        'agencies', jsonb_build_array(), 'own', jsonb_build_array()) AS text);
    seal := fangdi.seal(scope);
    RETURN NEXT;
END $$;

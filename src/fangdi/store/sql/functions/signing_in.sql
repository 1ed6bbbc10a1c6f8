-- Signing in. The application role may not touch accounts, sessions and tokens; it calls these functions, which run with
-- the owner's rights and check what they are told: who is signed in comes from the sealed scope, a session is made only
-- for an attempt that was counted and with the password's own hash in hand.

-- How often did this name, and this address, fail of late, and when last? Holds both until the transaction ends, so that
-- attempts made at the same moment cannot all pass as the first.
CREATE OR REPLACE FUNCTION fangdi.sign_in_failures(tried text, from_address text, since interval)
RETURNS TABLE (by_login bigint, login_waited_s float8, by_address bigint, address_waited_s float8)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('fangdi sign-in name'), hashtext(tried));
    PERFORM pg_advisory_xact_lock(hashtext('fangdi sign-in address'), hashtext(from_address));
    DELETE FROM fangdi.sign_in_attempt WHERE tried_at < now() - interval '1 day';
    RETURN QUERY
    SELECT count(*) FILTER (WHERE same_name), EXTRACT(epoch FROM clock_timestamp() - max(tried_at) FILTER (WHERE same_name))::float8,
           count(*) FILTER (WHERE same_address), EXTRACT(epoch FROM clock_timestamp() - max(tried_at) FILTER (WHERE same_address))::float8
      FROM (SELECT tried_at, address = from_address AS same_address,
                   login = tried AND tried_at > COALESCE((SELECT max(tried_at) FROM fangdi.sign_in_attempt AS good
                                                          WHERE good.login = tried AND good.succeeded), '-infinity') AS same_name
              FROM fangdi.sign_in_attempt
             WHERE (login = tried OR address = from_address) AND tried_at > now() - since AND NOT succeeded) AS failed;
END $$;

-- Count an attempt before anything is looked up; it has failed until a session comes of it.
CREATE OR REPLACE FUNCTION fangdi.count_sign_in(tried text, from_address text) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO fangdi.sign_in_attempt (login, address, tried_at) VALUES (tried, from_address, clock_timestamp()) RETURNING id
$$;

-- Against what is the password checked? No row for a name that is unknown, disabled, or signs in elsewhere.
CREATE OR REPLACE FUNCTION fangdi.password_of(tried text) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT password_hash FROM fangdi.account WHERE login = tried AND disabled_at IS NULL
$$;

-- Not for the application role: it comes here through the functions below.
CREATE OR REPLACE FUNCTION fangdi.add_session(account_number bigint, hash bytea, from_address text, browser text) RETURNS void
LANGUAGE sql SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM fangdi.web_session
     WHERE account_id = account_number AND (expires_at <= now() OR seen_at < now() - interval '2 h');
    INSERT INTO fangdi.web_session (account_id, key_hash, expires_at, address, agent)
    VALUES (account_number, hash, now() + interval '12 h', from_address, left(browser, 200))
$$;

-- Let the account of a counted attempt in, whose password was checked against `checked`; false when it may not.
-- A browser that was signed in before leaves its old session.
CREATE OR REPLACE FUNCTION fangdi.begin_session(
    attempt bigint, checked text, renewed text, hash bytea, left_hash bytea, from_address text, browser text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    tried text;
    entered bigint;
BEGIN
    UPDATE fangdi.sign_in_attempt SET succeeded = true
     WHERE id = attempt AND NOT succeeded AND tried_at > now() - interval '1 minute'
    RETURNING login INTO tried;
    UPDATE fangdi.account SET password_hash = COALESCE(renewed, password_hash)
     WHERE login = tried AND password_hash = checked AND disabled_at IS NULL
    RETURNING id INTO entered;
    IF entered IS NULL THEN
        UPDATE fangdi.sign_in_attempt SET succeeded = false WHERE id = attempt;
        RETURN false;
    END IF;
    DELETE FROM fangdi.web_session WHERE key_hash = left_hash;
    PERFORM fangdi.add_session(entered, hash, from_address, browser);
    RETURN true;
END $$;

-- Note that a session is in use, at most once a minute; nothing brings back one that has ended.
CREATE OR REPLACE FUNCTION fangdi.use_session(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE fangdi.web_session SET seen_at = now()
     WHERE key_hash = hash AND expires_at > now()
       AND seen_at < now() - interval '1 minute' AND seen_at >= now() - interval '2 h'
$$;

-- The same for a token.
CREATE OR REPLACE FUNCTION fangdi.use_token(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE fangdi.api_token SET used_at = now()
     WHERE key_hash = hash AND expires_at > now() AND revoked_at IS NULL
       AND (used_at IS NULL OR used_at < now() - interval '1 minute')
$$;

-- Sign out.
CREATE OR REPLACE FUNCTION fangdi.end_session(hash bytea) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    DELETE FROM fangdi.web_session WHERE key_hash = hash
$$;

-- Which account is acting? Null for nobody, and with `in_person` for a machine with a token, too.
CREATE OR REPLACE FUNCTION fangdi.account_in_scope(in_person boolean) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CAST(scope ->> 'account' AS bigint)
      FROM (SELECT fangdi.scope() AS scope) AS found
     WHERE scope ->> 'via' = 'web' OR NOT in_person
$$;

-- Who is signed in, and what were they granted that holds today?
CREATE OR REPLACE FUNCTION fangdi.who_am_i()
RETURNS TABLE (id bigint, login text, name text, cleared boolean, demo boolean, password_expired boolean, roles jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT account.id, account.login, account.name, account.cleared, account.demo, account.password_expired,
           COALESCE((SELECT jsonb_agg(jsonb_build_object(
                         'role', role_grant.role,
                         'jurisdiction', CASE WHEN jurisdiction.code IS NOT NULL THEN
                             jsonb_build_object('code', jurisdiction.code, 'name', jurisdiction.name) END,
                         'agency', CASE WHEN agency.id IS NOT NULL THEN
                             jsonb_build_object('id', agency.id, 'name', agency.name) END,
                         'until', upper(role_grant.valid) - 1) ORDER BY role_grant.id)
                       FROM fangdi.role_grant
                       LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = role_grant.jurisdiction_code
                       LEFT JOIN fangdi.agency ON agency.id = role_grant.agency_id
                      WHERE role_grant.account_id = account.id AND role_grant.valid @> current_date), '[]')
      FROM fangdi.account
     WHERE account.id = fangdi.account_in_scope(false)
$$;

-- Against what is one's own old password checked before it is changed?
CREATE OR REPLACE FUNCTION fangdi.own_password() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT password_hash FROM fangdi.account WHERE id = fangdi.account_in_scope(true)
$$;

-- Change one's own password, which was checked against `checked`. Whoever else is signed in with it is signed out.
CREATE OR REPLACE FUNCTION fangdi.change_password(session bytea, checked text, renewed text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    own bigint;
BEGIN
    UPDATE fangdi.account SET password_hash = renewed, password_expired = false
     WHERE id = fangdi.account_in_scope(true) AND password_hash = checked
       AND id = (SELECT account_id FROM fangdi.web_session WHERE key_hash = session)
    RETURNING id INTO own;
    DELETE FROM fangdi.web_session WHERE account_id = own AND key_hash <> session;
    RETURN own IS NOT NULL;
END $$;

-- One's own tokens that were not revoked, latest first; without what would let anyone use them.
CREATE OR REPLACE FUNCTION fangdi.own_tokens()
RETURNS TABLE (id bigint, name text, key_start text, capabilities text[], created_at timestamptz, expires_at timestamptz,
               used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT id, name, key_start, capabilities, created_at, expires_at, used_at
      FROM fangdi.api_token
     WHERE account_id = fangdi.account_in_scope(false) AND revoked_at IS NULL
     ORDER BY id DESC
$$;

-- Make a token of one's own; null unless a person is signed in, or when it would outlast a year.
CREATE OR REPLACE FUNCTION fangdi.make_token(called text, hash bytea, start text, allowed text[], days integer) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO fangdi.api_token (account_id, name, key_hash, key_start, capabilities, expires_at)
    SELECT fangdi.account_in_scope(true), called, hash, start, allowed, now() + days * interval '1 day'
     WHERE fangdi.account_in_scope(true) IS NOT NULL AND days BETWEEN 1 AND 366
       AND allowed <@ ARRAY(SELECT capability FROM fangdi.role_capability)
    RETURNING id
$$;

-- Revoke a token of one's own and return its hash; null when it is not one's own.
CREATE OR REPLACE FUNCTION fangdi.revoke_token(number bigint) RETURNS bytea
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE fangdi.api_token SET revoked_at = now()
     WHERE id = number AND account_id = fangdi.account_in_scope(true) AND revoked_at IS NULL
    RETURNING key_hash
$$;

-- The accounts made for demonstration, by login; whether they are served is decided when the server starts.
CREATE OR REPLACE FUNCTION fangdi.has_demo_account() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT EXISTS (SELECT FROM fangdi.account WHERE demo AND disabled_at IS NULL)
$$;

-- Let in whom an OpenID Connect issuer vouches for; the server has checked the ID token. The account is made at the
-- first sign-in and is never one that exists under the same login. What `granted` names is given from today on; what an
-- earlier sign-in gave and it does not name ends today. Grants made by administrators stay. False when disabled.
CREATE OR REPLACE FUNCTION fangdi.enter_from_issuer(
    from_issuer text, from_subject text, wished text, called text, granted jsonb,
    hash bytea, left_hash bytea, from_address text, browser text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    entered bigint;
    disabled boolean;
    wanted jsonb;
    given CONSTANT text := 'OpenID Connect';
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('fangdi issuer'), hashtext(from_issuer || ' ' || from_subject));
    SELECT id, disabled_at IS NOT NULL INTO entered, disabled
      FROM fangdi.account WHERE issuer = from_issuer AND subject = from_subject;
    IF disabled THEN
        RETURN false;
    END IF;
    IF entered IS NULL THEN
        INSERT INTO fangdi.account (login, name, issuer, subject, jurisdiction_code)
        SELECT candidate, called, from_issuer, from_subject,
               (SELECT code FROM fangdi.jurisdiction
                 WHERE code IN (SELECT item ->> 'jurisdiction_code' FROM jsonb_array_elements(granted) AS item)
                 ORDER BY code LIMIT 1)
          FROM (SELECT CASE number WHEN 1 THEN wished ELSE left(wished, 58) || '-' || number END AS candidate, number
                  FROM generate_series(1, 9999) AS number) AS candidates
         WHERE NOT EXISTS (SELECT FROM fangdi.account WHERE login = candidate)
         ORDER BY number LIMIT 1
        RETURNING id INTO entered;
    END IF;

    wanted := (
        SELECT COALESCE(jsonb_agg(named), '[]')
          FROM (SELECT DISTINCT item ->> 'role' AS role, item ->> 'jurisdiction_code' AS code,
                       (SELECT min(id) FROM fangdi.agency
                         WHERE agency.code = item ->> 'agency_code' HAVING count(*) = 1) AS agency
                  FROM jsonb_array_elements(granted) AS item) AS named
         WHERE (code IS NULL OR code IN (SELECT jurisdiction.code FROM fangdi.jurisdiction))
           AND (role <> 'agency_officer' OR agency IS NOT NULL));
    UPDATE fangdi.role_grant SET valid = valid * daterange(NULL, current_date)
     WHERE account_id = entered AND reason = given AND granted_by IS NULL AND valid @> current_date
       AND NOT EXISTS (SELECT FROM jsonb_to_recordset(wanted) AS named (role text, code text, agency bigint)
                        WHERE named.role = role_grant.role
                          AND named.code IS NOT DISTINCT FROM role_grant.jurisdiction_code
                          AND named.agency IS NOT DISTINCT FROM role_grant.agency_id);
    INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code, agency_id, valid, reason)
    SELECT entered, named.role, named.code, named.agency, daterange(current_date, NULL), given
      FROM jsonb_to_recordset(wanted) AS named (role text, code text, agency bigint)
     WHERE NOT EXISTS (SELECT FROM fangdi.role_grant
                        WHERE role_grant.account_id = entered AND role_grant.valid @> current_date
                          AND role_grant.role = named.role
                          AND role_grant.jurisdiction_code IS NOT DISTINCT FROM named.code
                          AND role_grant.agency_id IS NOT DISTINCT FROM named.agency);
    DELETE FROM fangdi.web_session WHERE key_hash = left_hash;
    PERFORM fangdi.add_session(entered, hash, from_address, browser);
    RETURN true;
END $$;

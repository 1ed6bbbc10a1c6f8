-- Changes to accounts and grants. The application role cannot write these tables: it calls these functions, and they
-- ask the sealed scope themselves who may do what, so that a mistake elsewhere cannot widen anybody's rights.
-- A refusal has SQLSTATE FD403 (not allowed), FD404 (not there, or out of reach) or FD422 (cannot be); its message is a
-- word of fangdi.domain.administration.Refusal.

CREATE OR REPLACE FUNCTION fangdi.refuse(state text, word text) RETURNS void
LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING ERRCODE = state, MESSAGE = word; END $$;

-- The account that acts, null for the operator and for nobody.
CREATE OR REPLACE FUNCTION fangdi.acting_account() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT CAST(fangdi.scope() ->> 'account' AS bigint) $$;

-- Does whoever acts look after accounts of a jurisdiction? Null stands for the whole system.
CREATE OR REPLACE FUNCTION fangdi.administers(place text) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT CASE WHEN place IS NULL THEN fangdi.everywhere('administer_system')
                ELSE fangdi.everywhere('administer_accounts')
                     OR place IN (SELECT fangdi.jurisdictions_of('administer_accounts')) END
$$;

-- Does whoever acts reach as far as a grant?
CREATE OR REPLACE FUNCTION fangdi.reaches_grant(role text, place text, agency_number bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT CASE WHEN role = 'system_administrator' THEN fangdi.everywhere('administer_system')
                WHEN agency_number IS NULL THEN place IS NOT NULL AND fangdi.administers(place)
                ELSE COALESCE((SELECT fangdi.administers(jurisdiction_code) FROM fangdi.agency WHERE id = agency_number), false)
           END
$$;

-- Return an account that whoever acts looks after, locked until the end of the transaction. An account that was granted
-- more than they reach is not theirs to change: with its password they would have its rights.
CREATE OR REPLACE FUNCTION fangdi.administered(account_number bigint) RETURNS fangdi.account
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    found fangdi.account;
BEGIN
    SELECT * INTO found FROM fangdi.account WHERE id = account_number FOR UPDATE;
    IF found.id IS NULL OR NOT (fangdi.everywhere('administer_accounts') OR found.jurisdiction_code IS NOT NULL
                                AND fangdi.administers(found.jurisdiction_code)) THEN
        PERFORM fangdi.refuse('FD404', 'no_account');
    END IF;
    IF EXISTS (SELECT FROM fangdi.role_grant
                WHERE account_id = account_number AND NOT isempty(valid) AND COALESCE(upper(valid) > current_date, true)
                  AND NOT fangdi.reaches_grant(role, jurisdiction_code, agency_id)) THEN
        PERFORM fangdi.refuse('FD403', 'reaches_further');
    END IF;
    RETURN found;
END $$;

CREATE OR REPLACE FUNCTION fangdi.add_account(login text, name text, place text, cleared boolean, password_hash text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
BEGIN
    IF NOT fangdi.administers(place) THEN
        PERFORM fangdi.refuse('FD403', 'out_of_reach');
    ELSIF cleared AND NOT fangdi.is_cleared() THEN
        PERFORM fangdi.refuse('FD403', 'clearance');
    ELSIF place IS NOT NULL AND NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = place) THEN
        PERFORM fangdi.refuse('FD422', 'no_jurisdiction');
    ELSIF add_account.login <> lower(add_account.login) OR add_account.login !~ '^[^[:space:][:cntrl:]]{1,64}$' THEN
        PERFORM fangdi.refuse('FD422', 'login_form');
    END IF;
    INSERT INTO fangdi.account (login, name, jurisdiction_code, cleared, password_hash, password_expired)
    VALUES (add_account.login, add_account.name, place, add_account.cleared, add_account.password_hash, true)
    ON CONFLICT ON CONSTRAINT uq_account_login DO NOTHING
    RETURNING id INTO made;
    IF made IS NULL THEN
        PERFORM fangdi.refuse('FD422', 'login_taken');
    END IF;
    RETURN made;
END $$;

-- Null leaves as it is.
CREATE OR REPLACE FUNCTION fangdi.change_account(account_number bigint, name text, disabled boolean, cleared boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before fangdi.account := fangdi.administered(account_number);
BEGIN
    IF cleared <> before.cleared AND (NOT fangdi.is_cleared() OR account_number = fangdi.acting_account()) THEN
        PERFORM fangdi.refuse('FD403', CASE WHEN fangdi.is_cleared() THEN 'oneself' ELSE 'clearance' END);
    ELSIF disabled AND account_number = fangdi.acting_account() THEN
        PERFORM fangdi.refuse('FD403', 'oneself');
    END IF;
    UPDATE fangdi.account
       SET name = COALESCE(change_account.name, account.name),
           cleared = COALESCE(change_account.cleared, account.cleared),
           disabled_at = CASE WHEN disabled THEN COALESCE(disabled_at, now()) WHEN NOT disabled THEN NULL ELSE disabled_at END
     WHERE id = account_number;
    IF disabled THEN
        DELETE FROM fangdi.web_session WHERE account_id = account_number;
    END IF;
END $$;

-- A new one-time password ends all sessions. With the password of somebody cleared comes the clearance.
CREATE OR REPLACE FUNCTION fangdi.reset_password(account_number bigint, password_hash text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    before fangdi.account := fangdi.administered(account_number);
BEGIN
    IF account_number = fangdi.acting_account() THEN
        PERFORM fangdi.refuse('FD403', 'oneself');
    ELSIF before.cleared AND NOT fangdi.is_cleared() THEN
        PERFORM fangdi.refuse('FD403', 'clearance');
    ELSIF before.issuer IS NOT NULL THEN
        PERFORM fangdi.refuse('FD422', 'signs_in_elsewhere');
    END IF;
    UPDATE fangdi.account SET password_hash = reset_password.password_hash, password_expired = true
     WHERE id = account_number;
    DELETE FROM fangdi.web_session WHERE account_id = account_number;
END $$;

CREATE OR REPLACE FUNCTION fangdi.end_sessions(account_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM fangdi.administered(account_number);
    DELETE FROM fangdi.web_session WHERE account_id = account_number;
END $$;

CREATE OR REPLACE FUNCTION fangdi.end_token(account_number bigint, token_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM fangdi.administered(account_number);
    UPDATE fangdi.api_token SET revoked_at = COALESCE(revoked_at, now())
     WHERE id = token_number AND account_id = account_number;
    IF NOT FOUND THEN
        PERFORM fangdi.refuse('FD404', 'no_token');
    END IF;
END $$;

-- `until` is the last day, null for none. What was granted in the past stays as it was: a grant begins today or later.
CREATE OR REPLACE FUNCTION fangdi.add_grant(
    account_number bigint, role text, place text, agency bigint, since date, until date, reason text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    made bigint;
    days daterange;
    before fangdi.account := fangdi.administered(account_number);
BEGIN
    IF account_number = fangdi.acting_account() THEN
        PERFORM fangdi.refuse('FD403', 'oneself');
    ELSIF before.cleared AND NOT fangdi.is_cleared() THEN -- a role shows the cleared what it does not show others
        PERFORM fangdi.refuse('FD403', 'clearance');
    ELSIF NOT fangdi.reaches_grant(role, place, agency) THEN
        PERFORM fangdi.refuse('FD403', 'out_of_reach');
    ELSIF place IS NOT NULL AND NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = place) THEN
        PERFORM fangdi.refuse('FD422', 'no_jurisdiction');
    ELSIF since IS NULL OR since < current_date OR until < since THEN
        PERFORM fangdi.refuse('FD422', 'days');
    END IF;
    days := daterange(since, until, '[]');
    IF EXISTS (SELECT FROM fangdi.role_grant AS held
                WHERE held.account_id = account_number AND held.role = add_grant.role AND held.valid && days
                  AND held.jurisdiction_code IS NOT DISTINCT FROM place AND held.agency_id IS NOT DISTINCT FROM agency) THEN
        PERFORM fangdi.refuse('FD422', 'granted_already');
    END IF;
    INSERT INTO fangdi.role_grant (account_id, role, jurisdiction_code, agency_id, valid, reason, granted_by)
    VALUES (account_number, add_grant.role, place, agency, days, add_grant.reason, fangdi.acting_account())
    RETURNING id INTO made;
    RETURN made;
END $$;

-- It holds no more from today on; the row stays. One that has not begun is left without days.
CREATE OR REPLACE FUNCTION fangdi.end_grant(account_number bigint, grant_number bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM fangdi.administered(account_number);
    IF account_number = fangdi.acting_account() THEN
        PERFORM fangdi.refuse('FD403', 'oneself');
    END IF;
    UPDATE fangdi.role_grant SET valid = valid * daterange(NULL, current_date)
     WHERE id = grant_number AND account_id = account_number;
    IF NOT FOUND THEN
        PERFORM fangdi.refuse('FD404', 'no_grant');
    END IF;
END $$;

-- What the agency of a grant is called, to those who may see the grant: administrators need not see the agency's rooms.
CREATE OR REPLACE FUNCTION fangdi.agency_granted(grant_number bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT agency.name
      FROM fangdi.role_grant
      JOIN fangdi.account ON account.id = role_grant.account_id
      JOIN fangdi.agency ON agency.id = role_grant.agency_id
     WHERE role_grant.id = grant_number
       AND (account.id = fangdi.acting_account() OR fangdi.everywhere('administer_accounts')
            OR account.jurisdiction_code IN (SELECT fangdi.jurisdictions_of('administer_accounts')))
$$;

-- Who sees which row (row-level security), and what the application role may do at all.
-- The role owns no table and bypasses nothing. Where a row is hidden, it does not exist: no sum, count or tile has it.
-- Calls stand in sub-selects, so that they run once a statement and not once a row.

-- Everything is taken first, so that what is not given below is not there.
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'fangdi_app') THEN
        RAISE EXCEPTION USING
            MESSAGE = 'The role fangdi_app is missing.',
            HINT = 'Have it made by who administers the server: CREATE ROLE fangdi_app LOGIN PASSWORD ''…''.';
    END IF;
END $$;
REVOKE ALL ON ALL TABLES IN SCHEMA fangdi FROM fangdi_app, PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA fangdi FROM PUBLIC;
GRANT USAGE ON SCHEMA fangdi TO fangdi_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA fangdi TO fangdi_app;
REVOKE EXECUTE ON FUNCTION fangdi.seal(text), fangdi.scope_of(bigint, text[], text, interval),
                           fangdi.open_account(text, text), fangdi.open_operator(text),
                           fangdi.add_session(bigint, bytea, text, text) FROM fangdi_app;

-- Lists that hold nothing of anybody's.
GRANT SELECT ON fangdi.room_use, fangdi.staff_rank, fangdi.deployment, fangdi.layer_version, fangdi.role_capability
   TO fangdi_app;

-- The same rules as views that run with the owner's rights. PostgreSQL uses no spatial index under a policy, since && is
-- not known not to leak; under a view it does. The application role has no right to the views: only the functions that
-- draw tiles, whose statements are fixed, read them (docs/decisions/0006-spatial-index-under-policies.md).
CREATE SCHEMA IF NOT EXISTS fangdi_seen;

-- For those who see every place and have no clearance, the most there are, the rule is short: what is not secret.
CREATE SCHEMA IF NOT EXISTS fangdi_open;

-- The views take the scope as the drawing function has found it to be, once a tile: to compute the seal in every part of
-- the statement takes longer than drawing a small tile. Whatever else sets the variable is overwritten before it is read.
-- In plpgsql, which keeps its plans; a function in SQL would be planned anew for every tile.
-- Returns how much the scope sees: `everything`, `everything_open` (all places, nothing secret) or `some`.
DROP FUNCTION IF EXISTS fangdi_seen.take_scope(text, text);
CREATE FUNCTION fangdi_seen.take_scope(said text, seal text) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
    scope jsonb;
BEGIN
    PERFORM set_config('fangdi.scope', said, true), set_config('fangdi.seal', take_scope.seal, true);
    scope := fangdi.scope();
    PERFORM set_config('fangdi.taken', COALESCE(CAST(scope AS text), ''), true);
    RETURN CASE WHEN scope -> 'where' @> '{"read_assets": "everywhere", "read_land": "everywhere"}' IS NOT TRUE THEN 'some'
                WHEN CAST(scope -> 'cleared' AS boolean) THEN 'everything' ELSE 'everything_open' END;
END $$;
CREATE OR REPLACE FUNCTION fangdi_seen.scope() RETURNS jsonb
LANGUAGE sql STABLE AS $$ SELECT CAST(NULLIF(current_setting('fangdi.taken', true), '') AS jsonb) $$;
CREATE OR REPLACE FUNCTION fangdi_seen.is_signed_in() RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT fangdi_seen.scope() IS NOT NULL $$;
CREATE OR REPLACE FUNCTION fangdi_seen.is_cleared() RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT COALESCE(CAST(fangdi_seen.scope() -> 'cleared' AS boolean), false) $$;
CREATE OR REPLACE FUNCTION fangdi_seen.everywhere(capability text) RETURNS boolean
LANGUAGE sql STABLE AS $$ SELECT COALESCE(fangdi_seen.scope() -> 'where' -> capability = '"everywhere"', false) $$;
CREATE OR REPLACE FUNCTION fangdi_seen.jurisdictions_of(capability text) RETURNS SETOF text
LANGUAGE sql STABLE ROWS 10 AS $$
    SELECT jsonb_array_elements_text(places)
      FROM (SELECT fangdi_seen.scope() -> 'where' -> capability AS places) AS found
     WHERE jsonb_typeof(places) = 'array'
$$;
CREATE OR REPLACE FUNCTION fangdi_seen.own_agencies() RETURNS bigint[]
LANGUAGE sql STABLE AS $$
    SELECT NULLIF(ARRAY(SELECT CAST(jsonb_array_elements_text(fangdi_seen.scope() -> 'agencies') AS bigint)), '{}')
$$;

CREATE OR REPLACE PROCEDURE fangdi.set_policy(shown text, seen text)
LANGUAGE plpgsql AS $$
BEGIN
    IF shown IN ('occupancy', 'room', 'building', 'site', 'parcel', 'zone', 'jurisdiction') THEN
        EXECUTE format('DROP VIEW IF EXISTS fangdi_seen.%I CASCADE', shown);
        EXECUTE format('CREATE VIEW fangdi_seen.%1$I AS SELECT * FROM fangdi.%1$I WHERE %2$s',
                       shown, regexp_replace(seen, 'fangdi\.(?!own_ids)', 'fangdi_seen.', 'g'));
        EXECUTE format('DROP VIEW IF EXISTS fangdi_open.%I CASCADE', shown);
        EXECUTE format('CREATE VIEW fangdi_open.%1$I AS SELECT * FROM fangdi.%1$I WHERE %2$s', shown,
                       CASE WHEN seen LIKE '%NOT secret%' THEN 'NOT secret' ELSE 'true' END);
    END IF;
    EXECUTE format('ALTER TABLE fangdi.%I ENABLE ROW LEVEL SECURITY', shown);
    EXECUTE format('DROP POLICY IF EXISTS seen ON fangdi.%I', shown);
    EXECUTE format('CREATE POLICY seen ON fangdi.%I FOR SELECT TO fangdi_app USING (%s)', shown, seen);
    EXECUTE format('GRANT SELECT ON fangdi.%I TO fangdi_app', shown);
END $$;
REVOKE EXECUTE ON PROCEDURE fangdi.set_policy(text, text) FROM PUBLIC, fangdi_app;

DO $$
DECLARE
    -- Does a capability reach the row's jurisdiction?
    here CONSTANT text := '((SELECT fangdi.everywhere(%1$L)) OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(%1$L)))';
    land CONSTANT text := format(here, 'read_land');
    assets CONSTANT text := format(here, 'read_assets');
    trail CONSTANT text := format(here, 'read_trail');
    open CONSTANT text := '(NOT secret OR (SELECT fangdi.is_cleared()))';
    unclassified CONSTANT text := '(NOT classified OR (SELECT fangdi.is_cleared()))';
    -- For those who see an agency's own rooms only; `own` first, so that others never pay for what follows.
    own CONSTANT text := '(SELECT fangdi.own_agencies() IS NOT NULL)';
    own_ids CONSTANT text := own || ' AND id IN (SELECT fangdi.own_ids(%L))';
    mine CONSTANT text := 'CAST((SELECT fangdi.own_agencies()) AS bigint[])';
BEGIN
    CALL fangdi.set_policy('jurisdiction', '(SELECT fangdi.is_signed_in())');
    CALL fangdi.set_policy('zone', '(SELECT fangdi.is_signed_in())');
    CALL fangdi.set_policy('agency_presence', format('%s AND %s', assets, open));

    CALL fangdi.set_policy('occupancy', format('(%s OR agency_id = ANY (%s)) AND %s', assets, mine, open));
    CALL fangdi.set_policy('room', format('(%s OR %s) AND %s', assets, format(own_ids, 'room'), open));
    CALL fangdi.set_policy('building', format('(%s OR %s) AND %s', land, format(own_ids, 'building'), open));
    CALL fangdi.set_policy('site', format('(%s OR %s) AND %s', land, format(own_ids, 'site'), open));
    CALL fangdi.set_policy('parcel', format('(%s OR %s) AND %s', land, format(own_ids, 'parcel'), open));

    -- What belongs to a row is seen with the row.
    CALL fangdi.set_policy('building_parcel', format(
        'EXISTS (SELECT FROM fangdi.building WHERE building.id = building_id) AND (%s OR %s)', land, own));
    CALL fangdi.set_policy('site_parcel', format(
        'EXISTS (SELECT FROM fangdi.site WHERE site.id = site_id) AND (%s OR %s)', land, own));
    CALL fangdi.set_policy('title', format(
        '(%s OR %s) AND (EXISTS (SELECT FROM fangdi.building WHERE building.id = building_id) '
        'OR EXISTS (SELECT FROM fangdi.parcel WHERE parcel.id = parcel_id))', land, own));
    CALL fangdi.set_policy('tenure', format(
        '(%s OR %s) AND EXISTS (SELECT FROM fangdi.building WHERE building.id = building_id)', assets, own));
    CALL fangdi.set_policy('floor', format(
        '(%s OR %s) AND EXISTS (SELECT FROM fangdi.building WHERE building.id = building_id)', assets, own));
    CALL fangdi.set_policy('room_status', format(
        '(%s OR %s AND EXISTS (SELECT FROM fangdi.room WHERE room.id = room_id)) AND %s', assets, own, open));
    CALL fangdi.set_policy('occupant', format(
        '(%s OR %s) AND EXISTS (SELECT FROM fangdi.occupancy WHERE occupancy.id = occupancy_id)', assets, own));

    -- Agencies of one's own jurisdictions, one's own agency, and those that use rooms one sees.
    CALL fangdi.set_policy('agency', format(
        '%s OR id = ANY (%s) OR id IN (SELECT agency_id FROM fangdi.agency_presence)', assets, mine));
    CALL fangdi.set_policy('agency_posts', format('%s OR agency_id = ANY (%s)', assets, mine));
    CALL fangdi.set_policy('agency_staff', format('%s OR agency_id = ANY (%s)', assets, mine));

    CALL fangdi.set_policy('document', format('%s AND %s', assets, unclassified));
    CALL fangdi.set_policy('document_link', format(
        '%s AND EXISTS (SELECT FROM fangdi.document WHERE document.id = document_id)', assets));
    CALL fangdi.set_policy('import_batch', format('%s AND (SELECT fangdi.is_cleared())', trail));
    CALL fangdi.set_policy('audit_entry', fangdi.audit_seen(trail));
END $$;

-- Accounts, with what was granted to them, are seen by those who look after them, and one's own by everybody. Nobody reads
-- what a password or key was hashed to, and only functions write (administration.sql).
DO $$
DECLARE
    own CONSTANT text := '(SELECT fangdi.acting_account())';
    administered CONSTANT text := '((SELECT fangdi.everywhere(''administer_accounts'')) '
        'OR jurisdiction_code IN (SELECT fangdi.jurisdictions_of(''administer_accounts'')))';
    hanging text;
BEGIN
    ALTER TABLE fangdi.account ENABLE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS seen ON fangdi.account;
    EXECUTE format('CREATE POLICY seen ON fangdi.account FOR SELECT TO fangdi_app USING (id = %s OR %s)', own, administered);
    FOREACH hanging IN ARRAY ARRAY['role_grant', 'api_token', 'web_session'] LOOP
        EXECUTE format('ALTER TABLE fangdi.%I ENABLE ROW LEVEL SECURITY', hanging);
        EXECUTE format('DROP POLICY IF EXISTS seen ON fangdi.%I', hanging);
        EXECUTE format('CREATE POLICY seen ON fangdi.%I FOR SELECT TO fangdi_app USING (account_id = %s '
                       'OR account_id IN (SELECT id FROM fangdi.account))', hanging, own);
    END LOOP;
END $$;
GRANT SELECT (id, jurisdiction_code, login, name, password_expired, issuer, cleared, demo, disabled_at, created_at)
   ON fangdi.account TO fangdi_app;
GRANT SELECT ON fangdi.role_grant TO fangdi_app;
GRANT SELECT (id, account_id, name, key_start, capabilities, created_at, expires_at, revoked_at, used_at)
   ON fangdi.api_token TO fangdi_app;
GRANT SELECT (account_id, created_at, seen_at, expires_at, address, agent) ON fangdi.web_session TO fangdi_app;

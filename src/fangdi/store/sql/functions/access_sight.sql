-- What the transaction may see of rooms and their use, as values rather than as policies.
-- The answers that read all rooms are drawn from functions with the owner's rights, whose statements are fixed: policies
-- would keep PostgreSQL from using statistics and a second processor, for two to four times the time (measured). They
-- apply the same rules by these values; a property test compares both with a reference. Sums and ids leave them, nothing
-- else; names and places are read under the policies.
DO $$
BEGIN
    IF to_regtype('fangdi.sight') IS NULL THEN
        CREATE TYPE fangdi.sight AS (everywhere boolean, places text[], mine bigint[], cleared boolean);
    END IF;
END $$;

-- Whoever holds the owner's rights, and has not put them down, sees all.
DROP FUNCTION IF EXISTS fangdi.sight();
CREATE OR REPLACE FUNCTION fangdi.sight(capability text DEFAULT 'read_assets') RETURNS fangdi.sight
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    owner oid := (SELECT relowner FROM pg_class WHERE oid = 'fangdi.room'::regclass);
BEGIN
    IF current_setting('role') = 'none' AND pg_has_role(session_user, owner, 'USAGE') THEN
        RETURN CAST(ROW(true, NULL, NULL, true) AS fangdi.sight);
    END IF;
    RETURN (fangdi.everywhere(capability), ARRAY(SELECT fangdi.jurisdictions_of(capability)),
            fangdi.own_agencies(), fangdi.is_cleared());
END $$;

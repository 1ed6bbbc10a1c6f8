-- Keeps where agencies use rooms, and whether all of these rooms are secret.
CREATE OR REPLACE FUNCTION fangdi.keep_agency_presence() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    pair record;
BEGIN
    FOR pair IN EXECUTE
        'SELECT DISTINCT agency_id, jurisdiction_code FROM changed'
    LOOP
        IF EXISTS (SELECT FROM fangdi.occupancy
                    WHERE agency_id = pair.agency_id AND jurisdiction_code = pair.jurisdiction_code) THEN
            INSERT INTO fangdi.agency_presence AS known (agency_id, jurisdiction_code, secret)
            VALUES (pair.agency_id, pair.jurisdiction_code, NOT EXISTS (
                SELECT FROM fangdi.occupancy
                 WHERE agency_id = pair.agency_id AND jurisdiction_code = pair.jurisdiction_code AND NOT secret))
            ON CONFLICT (agency_id, jurisdiction_code)
            DO UPDATE SET secret = EXCLUDED.secret WHERE known.secret <> EXCLUDED.secret;
        ELSE
            DELETE FROM fangdi.agency_presence
             WHERE agency_id = pair.agency_id AND jurisdiction_code = pair.jurisdiction_code;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER presence_insert AFTER INSERT ON fangdi.occupancy REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_agency_presence();
CREATE OR REPLACE TRIGGER presence_delete AFTER DELETE ON fangdi.occupancy REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_agency_presence();
CREATE OR REPLACE TRIGGER presence_update_new AFTER UPDATE ON fangdi.occupancy REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_agency_presence();
CREATE OR REPLACE TRIGGER presence_update_old AFTER UPDATE ON fangdi.occupancy REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_agency_presence();

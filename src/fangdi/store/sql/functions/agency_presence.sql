-- Keeps where agencies use rooms, and whether all of these rooms are secret; and tells whose use a reader sees in part only.
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

-- Which of a reader's own agencies use rooms on a date, none of them secret, where the reader sees none: what they use is more
-- than what can be added up, so that nobody may be told to be within the approved area. Says no more than that.
CREATE OR REPLACE FUNCTION fangdi.used_out_of_sight(as_of date) RETURNS SETOF bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT known.agency_id
      FROM fangdi.sight() AS sight
      JOIN fangdi.agency ON agency.jurisdiction_code = ANY (sight.places) AND agency.id <> ALL (COALESCE(sight.mine, '{}'))
      JOIN fangdi.agency_presence AS known
        ON known.agency_id = agency.id AND known.jurisdiction_code <> ALL (sight.places) AND NOT known.secret
     WHERE NOT sight.everywhere
       AND EXISTS (SELECT FROM fangdi.occupancy
                    WHERE occupancy.agency_id = known.agency_id AND occupancy.jurisdiction_code = known.jurisdiction_code
                      AND occupancy.valid @> used_out_of_sight.as_of AND NOT occupancy.secret)
$$;

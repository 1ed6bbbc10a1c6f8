-- What inspections find out: where it belongs, who entered it, whether it is secret, and that it is only ever ended; a slip is
-- taken back on the day of its entry, and the trail keeps it.

-- With the rights of whoever enters it: of a room or agency that is hidden from them there is none.
CREATE OR REPLACE FUNCTION fangdi.begin_inspection() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    met fangdi.room;
    office fangdi.room;
BEGIN
    IF TG_TABLE_NAME = 'leader_post' THEN
        NEW.jurisdiction_code := (SELECT jurisdiction_code FROM fangdi.agency WHERE id = NEW.agency_id);
        IF NEW.jurisdiction_code IS NULL THEN
            PERFORM fangdi.refuse('FD404', 'no_agency');
        END IF;
    ELSE
        SELECT * INTO met FROM fangdi.room WHERE id = NEW.room_id;
        IF met.id IS NULL THEN
            PERFORM fangdi.refuse('FD404', 'no_room');
        END IF;
        NEW.jurisdiction_code := met.jurisdiction_code;
        NEW.secret := met.secret;
        IF TG_TABLE_NAME = 'room_annex' THEN
            SELECT * INTO office FROM fangdi.room WHERE id = NEW.office_id;
            IF office.id IS NULL THEN
                PERFORM fangdi.refuse('FD404', 'no_room');
            ELSIF office.building_id <> met.building_id THEN
                PERFORM fangdi.refuse('FD422', 'other_building');
            END IF;
            NEW.secret := met.secret OR office.secret;
        END IF;
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fangdi.keep_inspection() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - ARRAY['valid', 'ended_by', 'end_document_no', 'secret', 'jurisdiction_code']
       <> to_jsonb(OLD) - ARRAY['valid', 'ended_by', 'end_document_no', 'secret', 'jurisdiction_code']
       OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) THEN
        PERFORM fangdi.refuse('FD422', 'only_ended');
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_inspections() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    UPDATE fangdi.room_function SET secret = NEW.secret WHERE room_id = NEW.id AND secret <> NEW.secret;
    UPDATE fangdi.outside_use SET secret = NEW.secret WHERE room_id = NEW.id AND secret <> NEW.secret;
    UPDATE fangdi.room_annex SET secret = NOT room_annex.secret
      FROM fangdi.room AS met, fangdi.room AS office
     WHERE NEW.id IN (room_annex.room_id, room_annex.office_id) AND met.id = room_annex.room_id
       AND office.id = room_annex.office_id AND room_annex.secret <> (met.secret OR office.secret);
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secrecy_of_inspections AFTER UPDATE OF secret ON fangdi.room FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_of_inspections();

DO $$
DECLARE
    kept text;
BEGIN
    FOREACH kept IN ARRAY ARRAY['room_function', 'room_annex', 'outside_use', 'leader_post'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER begin_inspection BEFORE INSERT ON fangdi.%I '
                       'FOR EACH ROW EXECUTE FUNCTION fangdi.begin_inspection()', kept);
        EXECUTE format('CREATE OR REPLACE TRIGGER keep_inspection BEFORE UPDATE ON fangdi.%I '
                       'FOR EACH ROW EXECUTE FUNCTION fangdi.keep_inspection()', kept);
        EXECUTE format('CREATE OR REPLACE TRIGGER withdraw_inspection BEFORE DELETE ON fangdi.%I '
                       'FOR EACH ROW EXECUTE FUNCTION fangdi.withdraw_entry()', kept);
    END LOOP;
    -- No tiles are drawn of these; findings follow from them.
    FOREACH kept IN ARRAY ARRAY['room_function', 'room_annex', 'outside_use', 'leader_post', 'occupant', 'document', 'document_link'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER bump_inspections AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON fangdi.%I '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers(''inspections'')', kept);
    END LOOP;
END $$;

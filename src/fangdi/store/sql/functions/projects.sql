-- What building projects say of themselves, and that their past stays as it was.
CREATE OR REPLACE FUNCTION fangdi.begin_project() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = NEW.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD404', 'no_jurisdiction');
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_project BEFORE INSERT ON fangdi.construction_project
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_project();

-- A version is only ever ended: what it said stays.
CREATE OR REPLACE FUNCTION fangdi.keep_project() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF (to_jsonb(NEW) - 'valid') <> (to_jsonb(OLD) - 'valid') OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid) THEN
        PERFORM fangdi.refuse('FD422', 'project_kept');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_project BEFORE UPDATE ON fangdi.construction_project
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_project();

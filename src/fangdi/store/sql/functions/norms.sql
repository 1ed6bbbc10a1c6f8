-- What norm figures and approvals by hand say of themselves, and that the past stays as it was.

CREATE OR REPLACE FUNCTION fangdi.begin_norm() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.jurisdiction_code IS NOT NULL
       AND NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = NEW.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD404', 'no_jurisdiction');
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_norm BEFORE INSERT ON fangdi.norm
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_norm();

CREATE OR REPLACE TRIGGER keep_norm BEFORE UPDATE OR DELETE ON fangdi.norm
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_version('norm_has_begun');

CREATE OR REPLACE FUNCTION fangdi.begin_area_approval() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.jurisdiction_code := (SELECT jurisdiction_code FROM fangdi.agency WHERE id = NEW.agency_id);
    IF NEW.jurisdiction_code IS NULL THEN
        PERFORM fangdi.refuse('FD404', 'no_agency');
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_area_approval BEFORE INSERT ON fangdi.area_approval
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_area_approval();
CREATE OR REPLACE TRIGGER withdraw_area_approval BEFORE DELETE ON fangdi.area_approval
    FOR EACH ROW EXECUTE FUNCTION fangdi.withdraw_entry();

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

-- A version that has begun is only ever ended, today at the earliest; one that has not begun may be withdrawn.
CREATE OR REPLACE FUNCTION fangdi.keep_norm() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF COALESCE(lower(OLD.valid) <= current_date, true) AND current_user = 'fangdi_app' THEN
            PERFORM fangdi.refuse('FD422', 'norm_has_begun');
        END IF;
        RETURN OLD;
    END IF;
    IF (to_jsonb(NEW) - 'valid') <> (to_jsonb(OLD) - 'valid') OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid)
       OR COALESCE(upper(NEW.valid) < current_date, false) OR COALESCE(upper(OLD.valid) <= current_date, false) THEN
        PERFORM fangdi.refuse('FD422', 'norm_has_begun');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_norm BEFORE UPDATE OR DELETE ON fangdi.norm
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_norm();

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

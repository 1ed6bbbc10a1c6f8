-- What floor plans, saved mappings and audits say of themselves, set here so that nobody can say otherwise.

CREATE OR REPLACE FUNCTION fangdi.acting_login() RETURNS text
LANGUAGE sql STABLE AS $$ SELECT COALESCE(fangdi.scope() ->> 'login', session_user) $$;

-- The next number of a building's plans, over those that whoever uploads may see: a number left out would tell that there is
-- a plan which is hidden from them. So those with clearance may meet a number twice, once on a plan for everybody and once
-- on one for them. Uploads at the same time wait for each other.
CREATE OR REPLACE FUNCTION fangdi.next_plan_version(building_number bigint) RETURNS integer
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('fangdi.plan.version', building_number));
    RETURN 1 + (SELECT COALESCE(max(version), 0) FROM fangdi.plan WHERE building_id = building_number);
END $$;

-- With the rights of whoever uploads: of a building that is hidden from them there is no plan.
CREATE OR REPLACE FUNCTION fangdi.begin_plan() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    drawn fangdi.building;
BEGIN
    SELECT * INTO drawn FROM fangdi.building WHERE id = NEW.building_id;
    IF drawn.id IS NULL THEN
        PERFORM fangdi.refuse('FD404', 'no_building');
    END IF;
    NEW.jurisdiction_code := drawn.jurisdiction_code;
    -- Whoever may see the building's classified rooms may have drawn them.
    NEW.classified := NEW.classified OR fangdi.is_cleared()
        AND EXISTS (SELECT FROM fangdi.room WHERE building_id = NEW.building_id AND secret);
    NEW.secret := NEW.classified OR drawn.secret;
    NEW.version := fangdi.next_plan_version(NEW.building_id);
    NEW.status := 'draft';
    NEW.uploaded_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_plan BEFORE INSERT ON fangdi.plan
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_plan();

CREATE OR REPLACE FUNCTION fangdi.sign_mapping() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.changed_at := now();
    NEW.changed_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER sign_mapping BEFORE INSERT OR UPDATE ON fangdi.plan_mapping
    FOR EACH ROW EXECUTE FUNCTION fangdi.sign_mapping();

CREATE OR REPLACE FUNCTION fangdi.begin_area_audit() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    judged fangdi.plan;
BEGIN
    SELECT * INTO judged FROM fangdi.plan WHERE id = NEW.plan_id;
    IF judged.id IS NULL THEN
        PERFORM fangdi.refuse('FD404', 'no_plan');
    ELSIF judged.status = 'superseded' THEN
        PERFORM fangdi.refuse('FD409', 'superseded');
    END IF;
    NEW.jurisdiction_code := judged.jurisdiction_code;
    NEW.secret := judged.secret;
    NEW.plan_revision := judged.revision;
    NEW.status := 'draft';
    NEW.made_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_area_audit BEFORE INSERT ON fangdi.area_audit
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_area_audit();

-- An accepted audit and its lines stay as they are, whoever writes; only where they belong and whether they are secret
-- follows their building.
CREATE OR REPLACE FUNCTION fangdi.keep_accepted_audit() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.status = 'accepted' AND (TG_OP = 'DELETE' OR to_jsonb(OLD) - ARRAY['secret', 'jurisdiction_code']
                                    IS DISTINCT FROM to_jsonb(NEW) - ARRAY['secret', 'jurisdiction_code']) THEN
        PERFORM fangdi.refuse('FD409', 'accepted');
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER keep_accepted BEFORE UPDATE OR DELETE ON fangdi.area_audit
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_accepted_audit();

CREATE OR REPLACE FUNCTION fangdi.keep_accepted_lines() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    line fangdi.area_audit_line := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
BEGIN
    IF EXISTS (SELECT FROM fangdi.area_audit WHERE id = line.audit_id AND status = 'accepted')
       OR TG_OP = 'UPDATE' AND EXISTS (SELECT FROM fangdi.area_audit WHERE id = OLD.audit_id AND status = 'accepted') THEN
        IF TG_OP <> 'UPDATE'
           OR to_jsonb(OLD) - 'jurisdiction_code' IS DISTINCT FROM to_jsonb(NEW) - 'jurisdiction_code' THEN
            PERFORM fangdi.refuse('FD409', 'accepted');
        END IF;
    ELSIF TG_OP = 'UPDATE' AND ROW(OLD.decision, OLD.remark) IS DISTINCT FROM ROW(NEW.decision, NEW.remark) THEN
        NEW.decided_at := now();
        NEW.decided_by := fangdi.acting_login();
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER keep_accepted BEFORE INSERT OR UPDATE OR DELETE ON fangdi.area_audit_line
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_accepted_lines();

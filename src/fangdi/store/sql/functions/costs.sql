-- What rates of the cost of use and rules of what is idle say of themselves, and that the past stays as it was.

CREATE OR REPLACE FUNCTION fangdi.begin_cost_rate() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.building_id IS NOT NULL THEN
        -- What is secret has no rates of its own: they would tell of it.
        NEW.jurisdiction_code := (SELECT jurisdiction_code FROM fangdi.building WHERE id = NEW.building_id AND NOT secret);
        IF NEW.jurisdiction_code IS NULL THEN
            PERFORM fangdi.refuse('FD404', 'no_building');
        END IF;
    ELSIF NEW.jurisdiction_code IS NOT NULL
          AND NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = NEW.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD404', 'no_jurisdiction');
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_cost_rate BEFORE INSERT ON fangdi.cost_rate
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_cost_rate();

CREATE OR REPLACE FUNCTION fangdi.begin_idle_rule() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.jurisdiction_code IS NOT NULL
       AND NOT EXISTS (SELECT FROM fangdi.jurisdiction WHERE code = NEW.jurisdiction_code) THEN
        PERFORM fangdi.refuse('FD404', 'no_jurisdiction');
    END IF;
    IF EXISTS (SELECT FROM unnest(NEW.use_codes) AS wanted (code)
                WHERE NOT EXISTS (SELECT FROM fangdi.room_use WHERE room_use.code = wanted.code AND room_use.assignable)) THEN
        PERFORM fangdi.refuse('FD422', 'no_use');
    END IF;
    NEW.entered_at := now();
    NEW.entered_by := fangdi.acting_login();
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER begin_idle_rule BEFORE INSERT ON fangdi.idle_rule
    FOR EACH ROW EXECUTE FUNCTION fangdi.begin_idle_rule();

CREATE OR REPLACE TRIGGER keep_version BEFORE UPDATE OR DELETE ON fangdi.cost_rate
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_version('has_begun');
CREATE OR REPLACE TRIGGER keep_version BEFORE UPDATE OR DELETE ON fangdi.idle_rule
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_version('has_begun');

-- A version (of a norm, a rate, a rule) that has begun is only ever ended, today at the earliest; one that has not begun, or was
-- entered today, may be withdrawn, and then what it ended holds on. The argument of the trigger is the word of the refusal. A jurisdiction's code may change with the jurisdiction.
CREATE OR REPLACE FUNCTION fangdi.keep_version() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF COALESCE(lower(OLD.valid) <= current_date, true) AND OLD.entered_at < current_date AND current_user = 'fangdi_app' THEN
            PERFORM fangdi.refuse('FD422', TG_ARGV[0]);
        END IF;
        RETURN OLD;
    END IF;
    IF (to_jsonb(NEW) - ARRAY['valid', 'jurisdiction_code']) <> (to_jsonb(OLD) - ARRAY['valid', 'jurisdiction_code'])
       OR lower(NEW.valid) IS DISTINCT FROM lower(OLD.valid)
       OR COALESCE(upper(NEW.valid) < current_date, false) OR COALESCE(upper(OLD.valid) < current_date, false) THEN
        PERFORM fangdi.refuse('FD422', TG_ARGV[0]);
    END IF;
    RETURN NEW;
END $$;

-- What was entered as a fact (what inspections find, approvals by hand) is taken back on the day of its entry alone, as a slip;
-- the trail keeps it. What goes with its room or agency goes by a trigger of the reference, and is not asked.
CREATE OR REPLACE FUNCTION fangdi.withdraw_entry() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF fangdi.scope() IS NOT NULL AND pg_trigger_depth() = 1 AND OLD.entered_at < current_date THEN
        PERFORM fangdi.refuse('FD422', 'only_today');
    END IF;
    RETURN OLD;
END $$;

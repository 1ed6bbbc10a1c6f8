-- The life of findings: people act by adding an event, and nothing that happened is changed. The recomputation, which has
-- the owner's rights and no scope, writes findings and events itself. The rules of what may follow what are those of
-- fangdi.domain.findings.life; here is what has to hold whoever writes.

CREATE OR REPLACE FUNCTION fangdi.act_on_finding() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    met fangdi.finding;
BEGIN
    IF fangdi.scope() IS NULL THEN  -- the owner: the recomputation
        RETURN NEW;
    END IF;
    SELECT * INTO met FROM fangdi.finding WHERE id = NEW.finding_id FOR UPDATE;
    IF met.id IS NULL THEN
        PERFORM fangdi.refuse('FD404', 'no_finding');
    ELSIF met.last_event_id IS DISTINCT FROM NEW.after_event_id THEN
        PERFORM fangdi.refuse('FD409', 'finding_changed');
    ELSIF NEW.action NOT IN ('warn', 'order', 'explain', 'close', 'reopen') THEN
        PERFORM fangdi.refuse('FD422', 'not_now');
    END IF;
    NEW.state := CASE NEW.action WHEN 'warn' THEN 'warned' WHEN 'order' THEN 'ordered' WHEN 'explain' THEN 'explained'
                                 WHEN 'close' THEN 'closed' ELSE 'open' END;
    NEW.deadline := CASE NEW.action WHEN 'order' THEN NEW.deadline WHEN 'explain' THEN met.deadline END;
    NEW.jurisdiction_code := met.jurisdiction_code;
    NEW.episode := met.episode + CASE NEW.action WHEN 'reopen' THEN 1 ELSE 0 END;
    NEW.day := GREATEST(current_date, (SELECT day FROM fangdi.finding_event WHERE id = met.last_event_id));
    NEW.severity := met.severity;
    NEW.measure := met.measure;
    NEW.figures := met.figures;
    NEW.rooms := met.rooms;
    NEW.secret := met.secret;
    NEW.account_id := fangdi.acting_account();
    NEW.done_by := fangdi.acting_login();
    NEW.done_by_name := (SELECT name FROM fangdi.account WHERE id = NEW.account_id);
    NEW.done_at := now();
    UPDATE fangdi.finding
       SET state = NEW.state, deadline = NEW.deadline, episode = NEW.episode, last_event_id = NEW.id,
           since = CASE NEW.action WHEN 'reopen' THEN NEW.day ELSE since END
     WHERE id = met.id;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER act_on_finding BEFORE INSERT ON fangdi.finding_event
    FOR EACH ROW EXECUTE FUNCTION fangdi.act_on_finding();

-- Whoever writes: what happened stays; only where it belongs and whether it is secret follow the data.
CREATE OR REPLACE FUNCTION fangdi.keep_finding_event() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - ARRAY['secret', 'jurisdiction_code']
                           IS DISTINCT FROM to_jsonb(NEW) - ARRAY['secret', 'jurisdiction_code'] THEN
        PERFORM fangdi.refuse('FD409', 'only_added_to');
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER keep_finding_event BEFORE UPDATE OR DELETE ON fangdi.finding_event
    FOR EACH ROW EXECUTE FUNCTION fangdi.keep_finding_event();

-- What becomes secret takes its findings along at once; what they say without it, the next recomputation finds out.
CREATE OR REPLACE FUNCTION fangdi.hide_findings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    hidden bigint[];
BEGIN
    IF TG_TABLE_NAME = 'room' THEN
        hidden := ARRAY(
            SELECT id FROM fangdi.finding WHERE NOT secret AND room_ids @> ARRAY[NEW.id]
             UNION
            SELECT id FROM fangdi.finding
             WHERE NOT secret AND rule = 'over_area'
               AND agency_id IN (SELECT agency_id FROM fangdi.occupancy WHERE room_id = NEW.id));
    ELSIF TG_TABLE_NAME = 'building' THEN
        hidden := ARRAY(SELECT id FROM fangdi.finding WHERE NOT secret AND building_id = NEW.id);
    ELSE
        hidden := ARRAY(SELECT id FROM fangdi.finding WHERE NOT secret AND parcel_id = NEW.id);
    END IF;
    UPDATE fangdi.finding SET secret = true WHERE id = ANY (hidden);
    UPDATE fangdi.finding_event SET secret = true WHERE finding_id = ANY (hidden) AND NOT secret;
    RETURN NULL;
END $$;
DO $$
DECLARE
    hidden text;
BEGIN
    FOREACH hidden IN ARRAY ARRAY['room', 'building', 'parcel'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER hide_findings AFTER UPDATE OF secret ON fangdi.%I FOR EACH ROW '
                       'WHEN (NEW.secret AND NOT OLD.secret) EXECUTE FUNCTION fangdi.hide_findings()', hidden);
    END LOOP;
END $$;

CREATE OR REPLACE TRIGGER bump_layers AFTER INSERT OR TRUNCATE ON fangdi.finding_event
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.bump_layers('findings');

-- Keeps `secret` on floor plans and audits: a plan is secret when it was drawn with classified rooms, when its building is,
-- or when a room that was taken from it is; an audit when its plan is, or a room that it judges.

CREATE OR REPLACE FUNCTION fangdi.plan_is_secret(plan fangdi.plan) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT plan.classified
           OR EXISTS (SELECT FROM fangdi.building WHERE building.id = plan.building_id AND building.secret)
           OR EXISTS (SELECT FROM fangdi.plan_room JOIN fangdi.room ON room.id = plan_room.room_id
                       WHERE plan_room.plan_id = plan.id AND room.secret)
$$;

CREATE OR REPLACE FUNCTION fangdi.spread_secrecy_to_plans(plan_ids bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE fangdi.plan SET secret = NOT secret WHERE id = ANY (plan_ids) AND secret <> fangdi.plan_is_secret(plan.*);
    UPDATE fangdi.area_audit SET secret = NOT area_audit.secret
      FROM fangdi.plan
     WHERE area_audit.plan_id = ANY (plan_ids) AND plan.id = area_audit.plan_id
       AND area_audit.secret <> (plan.secret OR EXISTS (
           SELECT FROM fangdi.area_audit_line JOIN fangdi.room ON room.id = area_audit_line.room_id
            WHERE area_audit_line.audit_id = area_audit.id AND room.secret));
$$;

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_plans() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'building' THEN
        PERFORM fangdi.spread_secrecy_to_plans(ARRAY(SELECT id FROM fangdi.plan WHERE building_id = NEW.id));
    ELSIF TG_TABLE_NAME = 'room' THEN
        PERFORM fangdi.spread_secrecy_to_plans(ARRAY(
            SELECT plan_id FROM fangdi.plan_room WHERE room_id = NEW.id
             UNION
            SELECT area_audit.plan_id
              FROM fangdi.area_audit_line JOIN fangdi.area_audit ON area_audit.id = audit_id WHERE room_id = NEW.id));
    ELSIF TG_TABLE_NAME = 'plan_room' THEN
        PERFORM fangdi.spread_secrecy_to_plans(ARRAY(SELECT DISTINCT plan_id FROM changed WHERE room_id IS NOT NULL));
    ELSE
        PERFORM fangdi.spread_secrecy_to_plans(ARRAY(
            SELECT DISTINCT area_audit.plan_id FROM changed JOIN fangdi.area_audit ON area_audit.id = changed.audit_id
             WHERE changed.room_id IS NOT NULL));
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER secrecy_of_plans AFTER UPDATE OF secret ON fangdi.building FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_of_plans();
CREATE OR REPLACE TRIGGER secrecy_of_plans AFTER UPDATE OF secret ON fangdi.room FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_of_plans();
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.plan_room REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_plans();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE ON fangdi.plan_room REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_plans();
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.area_audit_line REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_plans();

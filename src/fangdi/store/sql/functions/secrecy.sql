-- Keeps `secret`: an asset is secret when it is classified, when a title says that its user holds it for state secrecy
-- (浙江省机关事务 条例 Art. 11, second paragraph), or when it is part of something secret. Policies read this one column.

CREATE OR REPLACE FUNCTION fangdi.building_is_secret(building fangdi.building) RETURNS boolean
LANGUAGE sql STABLE AS $$
    SELECT building.classified
           OR EXISTS (SELECT FROM fangdi.title WHERE title.building_id = building.id AND title.state = 'user')
           OR EXISTS (SELECT FROM fangdi.site WHERE site.id = building.site_id AND site.secret)
$$;

-- Rooms take it from their building, and what hangs on a room from the room.
CREATE OR REPLACE FUNCTION fangdi.spread_secrecy(building_ids bigint[]) RETURNS void
LANGUAGE sql AS $$
    UPDATE fangdi.building SET secret = NOT secret
     WHERE id = ANY (building_ids) AND secret <> fangdi.building_is_secret(building.*);
    UPDATE fangdi.room SET secret = NOT room.secret
      FROM fangdi.building
     WHERE room.building_id = ANY (building_ids) AND building.id = room.building_id
       AND room.secret <> (room.classified OR building.secret);
$$;

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF TG_TABLE_NAME = 'building' THEN
        IF TG_OP = 'UPDATE' OR NEW.secret <> fangdi.building_is_secret(NEW) THEN -- a new one has no rooms yet
            PERFORM fangdi.spread_secrecy(ARRAY[NEW.id]);
        END IF;
    ELSIF TG_TABLE_NAME = 'site' THEN
        UPDATE fangdi.site SET secret = NEW.classified WHERE id = NEW.id AND secret <> NEW.classified;
        PERFORM fangdi.spread_secrecy(ARRAY(SELECT id FROM fangdi.building WHERE site_id = NEW.id));
    ELSIF TG_TABLE_NAME = 'parcel' THEN
        UPDATE fangdi.parcel SET secret = NOT secret WHERE id = NEW.id AND secret <> (classified OR EXISTS (
            SELECT FROM fangdi.title WHERE title.parcel_id = NEW.id AND title.state = 'user'));
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_titled() RETURNS trigger
LANGUAGE plpgsql AS $$
DECLARE
    titles fangdi.title[] := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW] WHEN 'DELETE' THEN ARRAY[OLD] ELSE ARRAY[OLD, NEW] END;
BEGIN
    PERFORM fangdi.spread_secrecy(ARRAY(SELECT building_id FROM unnest(titles) WHERE building_id IS NOT NULL));
    UPDATE fangdi.parcel SET secret = NOT secret
     WHERE id IN (SELECT parcel_id FROM unnest(titles))
       AND secret <> (classified OR EXISTS (
           SELECT FROM fangdi.title WHERE title.parcel_id = parcel.id AND title.state = 'user'));
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.site FOR EACH ROW
    WHEN (NEW.classified OR NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE ON fangdi.site FOR EACH ROW
    WHEN (NEW.classified <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.parcel FOR EACH ROW
    WHEN (NEW.classified OR NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE OF classified, secret ON fangdi.parcel FOR EACH ROW
    WHEN (OLD.classified <> NEW.classified OR OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.building FOR EACH ROW
    WHEN (NEW.classified OR NEW.secret OR NEW.site_id IS NOT NULL) EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE OF classified, secret, site_id ON fangdi.building FOR EACH ROW
    WHEN (OLD.classified <> NEW.classified OR OLD.secret <> NEW.secret OR OLD.site_id IS DISTINCT FROM NEW.site_id)
    EXECUTE FUNCTION fangdi.keep_secrecy();
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.title FOR EACH ROW
    WHEN (NEW.state = 'user') EXECUTE FUNCTION fangdi.keep_secrecy_of_titled();
CREATE OR REPLACE TRIGGER secrecy_delete AFTER DELETE ON fangdi.title FOR EACH ROW
    WHEN (OLD.state = 'user') EXECUTE FUNCTION fangdi.keep_secrecy_of_titled();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE ON fangdi.title FOR EACH ROW
    WHEN (OLD.state = 'user' OR NEW.state = 'user') EXECUTE FUNCTION fangdi.keep_secrecy_of_titled();
-- A site that becomes secret by hand, or stops being so, takes its buildings along.
CREATE OR REPLACE TRIGGER secrecy_spread AFTER UPDATE OF secret ON fangdi.site FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy();

-- Rooms, and what hangs on them, come in great number: they are set right once a statement, and only where something is
-- secret. A load of very many rooms does without and does the same once at its end (loading_rooms.py).
CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_rooms() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed JOIN fangdi.building ON building.id = changed.building_id
                WHERE changed.secret <> (changed.classified OR building.secret)) THEN
        UPDATE fangdi.room SET secret = NOT room.secret
          FROM changed
          JOIN fangdi.building ON building.id = changed.building_id
         WHERE room.id = changed.id AND room.secret <> (room.classified OR building.secret);
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.room REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_rooms();
CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE ON fangdi.room REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_rooms();

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_on_room() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    UPDATE fangdi.occupancy SET secret = NEW.secret WHERE room_id = NEW.id AND secret <> NEW.secret;
    UPDATE fangdi.room_status SET secret = NEW.secret WHERE room_id = NEW.id AND secret <> NEW.secret;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER secrecy_spread AFTER UPDATE OF secret ON fangdi.room FOR EACH ROW
    WHEN (OLD.secret <> NEW.secret) EXECUTE FUNCTION fangdi.keep_secrecy_on_room();

CREATE OR REPLACE FUNCTION fangdi.keep_secrecy_of_uses() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM changed JOIN fangdi.room ON room.id = changed.room_id WHERE changed.secret <> room.secret) THEN
        EXECUTE format(
            'UPDATE fangdi.%1$I SET secret = NOT %1$I.secret FROM changed JOIN fangdi.room ON room.id = changed.room_id '
            'WHERE %1$I.id = changed.id AND %1$I.secret <> room.secret', TG_TABLE_NAME);
    END IF;
    RETURN NULL;
END $$;
DO $$
DECLARE of_room text;
BEGIN
    FOREACH of_room IN ARRAY ARRAY['occupancy', 'room_status'] LOOP
        EXECUTE format('CREATE OR REPLACE TRIGGER secrecy_insert AFTER INSERT ON fangdi.%I REFERENCING NEW TABLE AS changed '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_uses()', of_room);
        EXECUTE format('CREATE OR REPLACE TRIGGER secrecy_update AFTER UPDATE ON fangdi.%I REFERENCING NEW TABLE AS changed '
                       'FOR EACH STATEMENT EXECUTE FUNCTION fangdi.keep_secrecy_of_uses()', of_room);
    END LOOP;
END $$;

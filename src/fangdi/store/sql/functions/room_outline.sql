-- Keeps invalid outlines out of rooms, and their copy for tiles in step, as a check and a generated column do elsewhere.
-- Triggers, because a load of very many rooms can set them aside in its own transaction (load_droppable.sql): GEOS has
-- just judged the same outlines, and PROJ can project many at once. Otherwise the server would spend a third of the load
-- on doing both again, one by one.
CREATE OR REPLACE FUNCTION fangdi.refuse_room_outline() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the outline of room % (building %) is not valid: %', NEW.code, NEW.building_id, ST_IsValidReason(NEW.outline)
          USING ERRCODE = 'check_violation', SCHEMA = 'fangdi', TABLE = 'room', COLUMN = 'outline',
                CONSTRAINT = 'ck_room_outline_valid';
END $$;

CREATE OR REPLACE TRIGGER outline_valid AFTER INSERT OR UPDATE ON fangdi.room
    FOR EACH ROW WHEN (NOT ST_IsValid(NEW.outline)) EXECUTE FUNCTION fangdi.refuse_room_outline();

CREATE OR REPLACE FUNCTION fangdi.project_room_outline() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    NEW.tile_shape := ST_Transform(NEW.outline, 3857);
    RETURN NEW;
END $$;

CREATE OR REPLACE TRIGGER outline_on_tiles BEFORE INSERT OR UPDATE OF outline, tile_shape ON fangdi.room
    FOR EACH ROW EXECUTE FUNCTION fangdi.project_room_outline();

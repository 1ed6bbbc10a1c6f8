-- Keeps invalid outlines out of rooms, as check constraints do elsewhere.
-- A trigger, because a load of very many rooms, which has just had GEOS judge the same outlines, can set it aside in its
-- own transaction (load_droppable.sql); a check constraint would judge them a second time, a fifth of the whole load.
CREATE OR REPLACE FUNCTION fangdi.refuse_room_outline() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the outline of room % (building %) is not valid: %', NEW.code, NEW.building_id, ST_IsValidReason(NEW.outline)
          USING ERRCODE = 'check_violation', SCHEMA = 'fangdi', TABLE = 'room', COLUMN = 'outline',
                CONSTRAINT = 'ck_room_outline_valid';
END $$;

CREATE OR REPLACE TRIGGER outline_valid AFTER INSERT OR UPDATE ON fangdi.room
    FOR EACH ROW WHEN (NOT ST_IsValid(NEW.outline)) EXECUTE FUNCTION fangdi.refuse_room_outline();

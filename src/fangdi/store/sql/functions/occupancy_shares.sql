-- Refuses occupancies whose shares of one room add up to more than 1 on any day.
-- The sum can only rise on a day when some occupancy begins, so the first days are the only ones to look at.
-- Room by room through the index: during a bulk load the table has no statistics yet, and any other plan may compare
-- all occupancies with all.
CREATE OR REPLACE FUNCTION fangdi.check_occupancy_shares() RETURNS trigger
LANGUAGE plpgsql SET enable_seqscan = off AS $$
DECLARE
    over record;
BEGIN
    SELECT room.room_id, first_day.since, first_day.total
      INTO over
      FROM (SELECT DISTINCT room_id FROM changed) AS room
     CROSS JOIN LATERAL (
        SELECT lower(o.valid) AS since,
               (SELECT sum(other.share)
                  FROM fangdi.occupancy AS other
                 WHERE other.room_id = o.room_id
                   AND other.valid && o.valid
                   AND COALESCE(lower(other.valid), '-infinity') <= COALESCE(lower(o.valid), '-infinity')) AS total
          FROM fangdi.occupancy AS o
         WHERE o.room_id = room.room_id
        OFFSET 0
     ) AS first_day
     WHERE first_day.total > 1.00001
     LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'room % would be shared out to % of its area from %',
            over.room_id, over.total, COALESCE(over.since::text, 'the beginning')
            USING ERRCODE = 'check_violation', CONSTRAINT = 'occupancy_shares_within_room',
                  HINT = 'End an occupancy or lower its share first.';
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER check_shares_inserted AFTER INSERT ON fangdi.occupancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fangdi.check_occupancy_shares();
CREATE OR REPLACE TRIGGER check_shares_updated AFTER UPDATE ON fangdi.occupancy
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION fangdi.check_occupancy_shares();

-- What did the newest audit of a plan say about its rooms?
-- psql: \set plan_id 1
SELECT room_key, verdict
  FROM fangdi.area_audit_line
 WHERE subject = 'room' AND room_key IS NOT NULL
   AND audit_id = (SELECT max(id) FROM fangdi.area_audit WHERE plan_id = :plan_id);

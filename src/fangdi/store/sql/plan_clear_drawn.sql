-- Takes away the floors, and with them the rooms, of a draft that is read anew.
WITH rooms AS (DELETE FROM fangdi.plan_room WHERE plan_id = :plan_id)
DELETE FROM fangdi.plan_floor WHERE plan_id = :plan_id;

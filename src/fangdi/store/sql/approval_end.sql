-- End the approval by hand that holds on a day, which is the first without it; with the end that it had.
-- psql: \set agency_id 1 \set ends '''2027-01-01'''
WITH held AS (
    SELECT id, upper(valid) AS until
      FROM fangdi.area_approval
     WHERE agency_id = :agency_id AND valid @> CAST(:ends AS date) AND COALESCE(lower(valid) < CAST(:ends AS date), true)
       FOR UPDATE
)
UPDATE fangdi.area_approval SET valid = daterange(lower(valid), CAST(:ends AS date))
  FROM held WHERE area_approval.id = held.id
RETURNING held.id, held.until;

-- End the approval by hand that holds on a day; the day is the first without it.
-- psql: \set agency_id 1 \set ends '''2027-01-01'''
UPDATE fangdi.area_approval SET valid = daterange(lower(valid), CAST(:ends AS date))
 WHERE agency_id = :agency_id AND valid @> CAST(:ends AS date) AND COALESCE(lower(valid) < CAST(:ends AS date), true)
RETURNING id;

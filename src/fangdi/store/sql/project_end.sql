-- End the version of a building project that holds on a day; the day is the first without it.
-- psql: \set jurisdiction_code '''330200''' \set code '''2026-01''' \set ends '''2027-01-01'''
UPDATE fangdi.construction_project SET valid = daterange(lower(valid), CAST(:ends AS date))
 WHERE jurisdiction_code = :jurisdiction_code AND code = :code
   AND valid @> CAST(:ends AS date) AND COALESCE(lower(valid) < CAST(:ends AS date), true)
RETURNING id;

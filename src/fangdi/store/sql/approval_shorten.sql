-- End an approval by hand sooner than it would; the day is the first without it.
-- psql: \set id 1 \set ends '''2027-01-01'''
UPDATE fangdi.area_approval SET valid = daterange(lower(valid), CAST(:ends AS date)) WHERE id = :id RETURNING id;

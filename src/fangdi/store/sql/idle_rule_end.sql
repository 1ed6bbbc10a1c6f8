-- End a version of the rule on a day, which is the first without it, or let it hold until further notice.
-- psql: \set id 1 \set ends '''2027-01-01'''
UPDATE fangdi.idle_rule SET valid = daterange(lower(valid), CAST(:ends AS date)) WHERE id = :id RETURNING id;

-- Let the approval hold on that a withdrawn one had ended on its first day, unless its end was changed since.
-- psql: \set id 1 \set ended '''2026-01-01''' \set until null
UPDATE fangdi.area_approval SET valid = daterange(lower(valid), CAST(:until AS date))
 WHERE id = :id AND upper(valid) = CAST(:ended AS date)
RETURNING id;

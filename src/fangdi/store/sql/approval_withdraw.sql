-- Take back an approval by hand that was entered today; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.area_approval WHERE id = :id
RETURNING replaces_id, LEAST(replaces_until, upper(valid)) AS until, lower(valid) AS since;

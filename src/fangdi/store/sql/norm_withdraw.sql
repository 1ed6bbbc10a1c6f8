-- Remove a version of a norm figure that has not begun; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.norm WHERE id = :id RETURNING id;

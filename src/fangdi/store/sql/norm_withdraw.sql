-- Remove a version of a norm figure that has not begun or was entered today; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.norm WHERE id = :id RETURNING id;

-- Remove a version of a rate that has not begun or was entered today; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.cost_rate WHERE id = :id RETURNING id;

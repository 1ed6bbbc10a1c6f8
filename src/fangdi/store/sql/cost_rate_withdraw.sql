-- Remove a version of a rate that has not begun; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.cost_rate WHERE id = :id RETURNING id;

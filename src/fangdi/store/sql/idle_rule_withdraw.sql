-- Remove a version of the rule that has not begun or was entered today; a trigger refuses others.
-- psql: \set id 1
DELETE FROM fangdi.idle_rule WHERE id = :id RETURNING id;

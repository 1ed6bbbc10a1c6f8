-- What is the file of a plan?
-- psql: \set plan_id 1
SELECT content, file_name, format FROM fangdi.plan WHERE id = :plan_id;

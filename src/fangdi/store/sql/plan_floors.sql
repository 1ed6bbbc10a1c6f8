-- Which floors does a plan draw? Shapes in metres of the plan's own frame.
-- psql: \set plan_id 1
SELECT key, name, CAST(level AS double precision) AS level, elevation_m, height_m, measured_outline_m2,
       ST_AsBinary(plan_outline) AS plan_outline, outline_implied, ST_AsBinary(backdrop) AS backdrop, parts, labels
  FROM fangdi.plan_floor
 WHERE plan_id = :plan_id
 ORDER BY sort;

-- Which rooms does a plan draw? Shapes in metres of the plan's own frame, areas in m².
-- psql: \set plan_id 1
SELECT key, floor_key, number, name, use, use_code, found_by, handle, layer, height_m, measured_usable_m2, stated, edited, room_id,
       ST_AsBinary(plan_outline) AS plan_outline
  FROM fangdi.plan_room
 WHERE plan_id = :plan_id
 ORDER BY sort;

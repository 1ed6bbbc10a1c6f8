-- What is wrong with a plan? Shapes in metres of the plan's own frame.
-- psql: \set plan_id 1
SELECT id, said_by, code, severity, details, floor_key, room_keys, handle, ST_AsBinary(place) AS place,
       ST_AsBinary(shape) AS shape
  FROM fangdi.plan_finding
 WHERE plan_id = :plan_id
 ORDER BY array_position(ARRAY['error', 'warning', 'note'], severity), id;

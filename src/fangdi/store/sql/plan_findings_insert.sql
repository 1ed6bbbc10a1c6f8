-- Writes findings about a plan; geometry as hexadecimal WKB, metres of the plan's own frame.
INSERT INTO fangdi.plan_finding (jurisdiction_code, plan_id, said_by, code, severity, details, floor_key, room_keys, handle,
                                 place, shape)
SELECT :jurisdiction_code, CAST(:plan_id AS bigint), :said_by, code, severity, details, floor_key, room_keys, handle,
       CAST(place AS geometry), CAST(shape AS geometry)
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS one (code text, severity text, details jsonb, floor_key text,
       room_keys text[], handle text, place text, shape text);

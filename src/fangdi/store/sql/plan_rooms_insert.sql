-- Writes the rooms of a plan; geometry as hexadecimal WKB, metres of the plan's own frame.
INSERT INTO fangdi.plan_room (jurisdiction_code, plan_id, floor_key, key, sort, number, name, use, use_code, found_by, handle, layer,
                              height_m, measured_usable_m2, stated, plan_outline, edited)
SELECT :jurisdiction_code, CAST(:plan_id AS bigint), floor_key, key, sort, number, name, use, use_code, found_by, handle, layer,
       height_m, area_m2, stated, CAST(outline AS geometry), edited
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS one (floor_key text, key text, sort integer, number text, name text,
       use text, use_code text, found_by text, handle text, layer text, height_m double precision, area_m2 double precision, stated jsonb,
       outline text, edited boolean);

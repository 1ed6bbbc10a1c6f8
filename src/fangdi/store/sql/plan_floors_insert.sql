-- Writes the floors of a plan; geometry as hexadecimal WKB, metres of the plan's own frame.
INSERT INTO fangdi.plan_floor (jurisdiction_code, plan_id, key, sort, name, level, elevation_m, height_m, measured_outline_m2,
                               plan_outline, outline_implied, backdrop, parts, labels)
SELECT :jurisdiction_code, CAST(:plan_id AS bigint), key, sort, name, level, elevation_m, height_m, area_m2,
       CAST(outline AS geometry), implied, CAST(backdrop AS geometry), parts, labels
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS one (key text, sort integer, name text, level numeric,
       elevation_m double precision, height_m double precision, area_m2 double precision, outline text, implied boolean,
       backdrop text, parts jsonb, labels jsonb);

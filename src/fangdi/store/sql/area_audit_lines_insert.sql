-- Writes the lines of an audit.
INSERT INTO fangdi.area_audit_line (jurisdiction_code, audit_id, sort, subject, measure, label, level, floor_key, room_key,
                                    room_id, agency_id, drawn_only, registered_m2, planning_m2, declared_m2, stated_m2,
                                    measured_m2, comparisons, verdict)
SELECT :jurisdiction_code, CAST(:audit_id AS bigint), sort, subject, measure, label, level, floor_key, room_key, room_id,
       agency_id, COALESCE(drawn_only, false), registered_m2, planning_m2, declared_m2, stated_m2, measured_m2, comparisons,
       verdict
  FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS one (sort integer, subject text, measure text, label text, level numeric,
       floor_key text, room_key text, room_id bigint, agency_id bigint, drawn_only boolean, registered_m2 double precision,
       planning_m2 double precision, declared_m2 double precision, stated_m2 double precision,
       measured_m2 double precision, comparisons jsonb, verdict text);

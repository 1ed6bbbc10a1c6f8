-- What does an audit say, line by line? Areas in m², each of the basis that its column names.
-- psql: \set audit_id 1 \set id null
SELECT id, subject, measure, label, CAST(level AS double precision) AS level, floor_key AS floor, room_key AS room, room_id,
       agency_id, drawn_only, registered_m2, planning_m2, declared_m2, stated_m2, measured_m2, comparisons, verdict, decision, remark,
       decided_by, decided_at
  FROM fangdi.area_audit_line
 WHERE audit_id = :audit_id AND (CAST(:id AS bigint) IS NULL OR id = :id)
 ORDER BY sort;

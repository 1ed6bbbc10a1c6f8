-- Which floor plans are there, with counts and usable area (m², basis: measured)? One, or a page, the latest first.
-- psql: \set id null \set building_id null \set status null \set before null \set page_size 100
SELECT plan.id, plan.jurisdiction_code, plan.building_id, building.name AS building_name, plan.file_name, plan.format,
       plan.size_bytes, plan.sha256, plan.version, plan.status, plan.revision, plan.reading, plan.unit_name, plan.unit_metres,
       plan.unit_said_by, plan.unit_confirmed, plan.layers, plan.edits, plan.repairs, plan.georeference, plan.placement,
       plan.frozen_at, plan.secret, plan.uploaded_at, plan.uploaded_by, plan.imported_at, plan.imported_by,
       (SELECT count(*) FROM fangdi.plan_floor WHERE plan_id = plan.id) AS floors_count,
       drawn.rooms_count, drawn.usable_m2, found.findings
  FROM fangdi.plan
  JOIN fangdi.building ON building.id = plan.building_id
 CROSS JOIN LATERAL (SELECT count(*) AS rooms_count,
                            COALESCE(sum(measured_usable_m2) FILTER (WHERE room_use.category IS DISTINCT FROM 'circulation'),
                                     0) AS usable_m2
                       FROM fangdi.plan_room LEFT JOIN fangdi.room_use ON room_use.code = use_code
                      WHERE plan_id = plan.id) AS drawn
 CROSS JOIN LATERAL (SELECT COALESCE(jsonb_object_agg(severity, n), '{}') AS findings
                       FROM (SELECT severity, count(*) AS n FROM fangdi.plan_finding WHERE plan_id = plan.id
                              GROUP BY severity) AS counted) AS found
 WHERE (CAST(:id AS bigint) IS NULL OR plan.id = :id)
   AND (CAST(:building_id AS bigint) IS NULL OR plan.building_id = :building_id)
   AND (CAST(:status AS text) IS NULL OR plan.status = :status)
   AND (CAST(:before AS bigint) IS NULL OR plan.id < :before)
 ORDER BY plan.id DESC
 LIMIT CAST(:page_size AS integer);

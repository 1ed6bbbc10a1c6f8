-- Which audits of areas (面积核查) are there? One, or a page, the latest first.
-- psql: \set id null \set building_id null \set plan_id null \set before null \set page_size 100
SELECT area_audit.id, area_audit.jurisdiction_code, area_audit.plan_id, area_audit.status, area_audit.number,
       area_audit.plan_revision, area_audit.as_of, area_audit.made_at, area_audit.made_by, area_audit.accepted_at, area_audit.accepted_by,
       area_audit.lines_sha256, plan.file_name, plan.revision, plan.building_id, building.name AS building_name,
       jurisdiction.name AS jurisdiction_name,
       tolerance_rule.accuracy, tolerance_rule.root, tolerance_rule.linear, tolerance_rule.source, tolerance_rule.verified,
       (SELECT COALESCE(jsonb_object_agg(verdict, n), '{}')
          FROM (SELECT verdict, count(*) AS n FROM fangdi.area_audit_line WHERE audit_id = area_audit.id GROUP BY verdict)
               AS counted) AS verdicts,
       (SELECT count(*) FROM fangdi.area_audit_line
         WHERE audit_id = area_audit.id AND verdict = 'beyond' AND decision = 'open') AS undecided
  FROM fangdi.area_audit
  JOIN fangdi.plan ON plan.id = area_audit.plan_id
  JOIN fangdi.building ON building.id = plan.building_id
  LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = area_audit.jurisdiction_code
  JOIN fangdi.tolerance_rule ON tolerance_rule.id = area_audit.rule_id
 WHERE (CAST(:id AS bigint) IS NULL OR area_audit.id = :id)
   AND (CAST(:building_id AS bigint) IS NULL OR plan.building_id = :building_id)
   AND (CAST(:plan_id AS bigint) IS NULL OR area_audit.plan_id = :plan_id)
   AND (CAST(:before AS bigint) IS NULL OR area_audit.id < :before)
 ORDER BY area_audit.id DESC
 LIMIT CAST(:page_size AS integer);

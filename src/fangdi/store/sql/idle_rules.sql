-- Which rules say what is idle (闲置) and under-used? Those in force on a date, or all versions.
-- psql: \set as_of null \set id null
SELECT idle_rule.id, idle_rule.jurisdiction_code, jurisdiction.name AS jurisdiction, jurisdiction.name_en AS jurisdiction_en,
       idle_rule.min_days, idle_rule.use_codes, idle_rule.statuses, idle_rule.period_months, idle_rule.m2_per_head,
       idle_rule.seat_share, idle_rule.source, idle_rule.verification, lower(idle_rule.valid) AS valid_from,
       upper(idle_rule.valid) AS valid_until, idle_rule.entered_at, idle_rule.entered_by, idle_rule.reason,
       COALESCE(lower(idle_rule.valid) > current_date, false) OR idle_rule.entered_at >= current_date AS withdrawable
  FROM fangdi.idle_rule
  LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = idle_rule.jurisdiction_code
 WHERE (CAST(:as_of AS date) IS NULL OR idle_rule.valid @> CAST(:as_of AS date))
   AND (CAST(:id AS bigint) IS NULL OR idle_rule.id = :id)
 ORDER BY idle_rule.jurisdiction_code NULLS FIRST, lower(idle_rule.valid) NULLS FIRST, idle_rule.id;

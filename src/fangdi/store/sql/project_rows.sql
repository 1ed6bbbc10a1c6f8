-- Which building projects (建设项目) stand in the list on a date: gross area in m² (planning), estimate in 10,000 CNY?
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null
SELECT id, jurisdiction_code, code, name, approved_by, builder, user_name, address, planning_gross_m2, estimate_10k_yuan,
       classified, lower(valid) AS valid_from, upper(valid) AS valid_until, entered_by, entered_at
  FROM fangdi.construction_project
 WHERE valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY jurisdiction_code, code;

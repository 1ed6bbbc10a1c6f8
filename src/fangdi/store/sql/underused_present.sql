-- How many staff were present (实有人数, persons) in each agency that exists on a date, on each of some days?
-- psql: \set as_of '''2026-01-01''' \set days '''{2025-09-30,2025-12-31}''' \set jurisdictions null
SELECT agency.id, agency.name, agency.level, agency.jurisdiction_code, wanted.day, agency_staff.present
  FROM fangdi.agency
 CROSS JOIN unnest(CAST(:days AS date[])) AS wanted (day)
  JOIN fangdi.agency_staff ON agency_staff.agency_id = agency.id AND agency_staff.valid @> wanted.day
 WHERE agency.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR agency.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY agency.id, wanted.day;

-- In which jurisdictions does each agency use rooms on a date?
-- psql: \set as_of '''2026-01-01'''
SELECT agency_id, array_agg(DISTINCT jurisdiction_code) AS places
  FROM fangdi.occupancy
 WHERE valid @> CAST(:as_of AS date)
 GROUP BY agency_id;

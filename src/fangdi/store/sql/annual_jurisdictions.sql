-- Which jurisdictions (行政区划) does the yearly report list on a date?
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null
SELECT code, name, level
  FROM fangdi.jurisdiction
 WHERE valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL OR code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY code;

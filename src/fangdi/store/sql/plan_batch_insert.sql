-- Keeps a batch of floor plans in the smallest jurisdiction that holds its buildings; returns its number, or no row when no
-- jurisdiction holds them all.
INSERT INTO fangdi.job (jurisdiction_code, kind, name, details)
SELECT place, 'plan_batch', :name, CAST(:details AS jsonb)
  FROM fangdi.jurisdiction_above(CAST(:jurisdictions AS text[])) AS place
 WHERE place IS NOT NULL
RETURNING id, jurisdiction_code;

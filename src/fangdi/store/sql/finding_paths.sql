-- Which jurisdictions lead from the uppermost down to each?
WITH RECURSIVE reached AS (
    SELECT code, ARRAY[code] AS path FROM fangdi.jurisdiction WHERE parent_code IS NULL
     UNION ALL
    SELECT below.code, reached.path || below.code
      FROM reached JOIN fangdi.jurisdiction AS below ON below.parent_code = reached.code
)
SELECT code, path FROM reached;

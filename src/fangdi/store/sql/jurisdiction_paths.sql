-- Which codes lead from the uppermost jurisdiction down to each, and what is it called?
WITH RECURSIVE reached AS (
    SELECT code, name, ARRAY[code] AS path FROM fangdi.jurisdiction WHERE parent_code IS NULL
     UNION ALL
    SELECT below.code, below.name, reached.path || below.code
      FROM reached JOIN fangdi.jurisdiction AS below ON below.parent_code = reached.code
)
SELECT code, name, path FROM reached ORDER BY code;

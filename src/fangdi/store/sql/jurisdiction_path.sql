-- Which jurisdictions lead down to this one, the uppermost first?
-- psql: \set code '''330203'''
WITH RECURSIVE up AS (
    SELECT code, parent_code, 0 AS steps FROM fangdi.jurisdiction WHERE code = :code
     UNION ALL
    SELECT above.code, above.parent_code, up.steps + 1 FROM up JOIN fangdi.jurisdiction AS above ON above.code = up.parent_code
)
SELECT code FROM up ORDER BY steps DESC;

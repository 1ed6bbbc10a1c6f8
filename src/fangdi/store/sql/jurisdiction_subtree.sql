-- Which jurisdictions (行政区) are this one and everything below it? Codes.
-- psql: \set top '''330200'''
WITH RECURSIVE subtree AS (
    SELECT code FROM fangdi.jurisdiction WHERE code = :top
    UNION
    SELECT below.code FROM subtree JOIN fangdi.jurisdiction AS below ON below.parent_code = subtree.code
)
SELECT code FROM subtree ORDER BY code;

-- Which clauses do findings rest on, on a date or ever?
-- psql: \set as_of null
SELECT finding_clause.id, finding_clause.rule, finding_clause.jurisdiction_code, finding_clause.title, finding_clause.title_en,
       finding_clause.number, finding_clause.article, finding_clause.verification, finding_clause.evidence,
       finding_clause.parameters, lower(finding_clause.valid) AS valid_from, upper(finding_clause.valid) AS valid_until
  FROM fangdi.finding_clause
 WHERE CAST(:as_of AS date) IS NULL OR valid @> CAST(:as_of AS date)
 ORDER BY finding_clause.rule, finding_clause.jurisdiction_code NULLS FIRST, finding_clause.id;

-- Which agencies and jurisdictions are there, and to whom does each belong? `in_scope`: exists on the date in the places asked for.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null
SELECT 'agency' AS kind, CAST(id AS text) AS id, CAST(parent_id AS text) AS parent, jurisdiction_code AS place, name, level,
       valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdictions AS text[]) IS NULL
            OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[]))) AS in_scope, id AS sort
  FROM fangdi.agency
 UNION ALL
SELECT 'jurisdiction', code, parent_code, code, name, level, true, 0 FROM fangdi.jurisdiction
 ORDER BY kind DESC, sort, id;

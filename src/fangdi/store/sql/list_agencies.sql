-- Which agencies (机关) exist on a date? One page in the order of ids.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set after 0 \set page_size 100
SELECT id, code, name, short_name, name_en, level, kind, jurisdiction_code, parent_id
  FROM fangdi.agency
 WHERE agency.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR agency.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND agency.id > CAST(:after AS bigint)
 ORDER BY agency.id
 LIMIT CAST(:page_size AS integer);

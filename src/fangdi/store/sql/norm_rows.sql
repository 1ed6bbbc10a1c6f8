-- Which norm figures are there, in the unit of their kind, with where they stand? Versions in force on a date, or all.
-- psql: \set as_of null \set id null \set kind null
SELECT norm.id, norm.jurisdiction_code, jurisdiction.name AS jurisdiction, jurisdiction.name_en AS jurisdiction_en, norm.kind,
       norm.level, norm.rank_code, staff_rank.name AS rank, staff_rank.name_en AS rank_en, norm.figure, norm.upto, norm.beyond_from,
       norm.figure_beyond, norm.article, norm.verification, norm.evidence, lower(norm.valid) AS valid_from,
       upper(norm.valid) AS valid_until, norm.entered_at, norm.entered_by, norm.reason,
       COALESCE(lower(norm.valid) > current_date, false) OR norm.entered_at >= current_date AS withdrawable, norm.source_id AS document_id,
       norm_document.title, norm_document.title_en, norm_document.number
  FROM fangdi.norm
  JOIN fangdi.norm_document ON norm_document.id = norm.source_id
  LEFT JOIN fangdi.staff_rank ON staff_rank.code = norm.rank_code
  LEFT JOIN fangdi.jurisdiction ON jurisdiction.code = norm.jurisdiction_code
 WHERE (CAST(:as_of AS date) IS NULL OR norm.valid @> CAST(:as_of AS date))
   AND (CAST(:id AS bigint) IS NULL OR norm.id = :id)
   AND (CAST(:kind AS text) IS NULL OR norm.kind = :kind)
 ORDER BY norm.jurisdiction_code NULLS FIRST, norm.kind, array_position(
              ARRAY['central', 'province', 'city', 'county', 'township'], norm.level), staff_rank.sort, lower(norm.valid), norm.id;

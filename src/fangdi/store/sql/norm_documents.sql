-- Which documents lay down norm figures, and how many versions of figures stand in each?
-- psql: \set id null
SELECT norm_document.id, norm_document.code, norm_document.jurisdiction_code, norm_document.title, norm_document.title_en,
       norm_document.number, norm_document.issued_by, norm_document.issued_on, norm_document.remark,
       (SELECT count(*) FROM fangdi.norm WHERE norm.source_id = norm_document.id) AS figures
  FROM fangdi.norm_document
 WHERE (CAST(:id AS bigint) IS NULL OR norm_document.id = :id)
 ORDER BY norm_document.jurisdiction_code NULLS FIRST, norm_document.issued_on NULLS LAST, norm_document.id;

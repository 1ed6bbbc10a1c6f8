-- Which compounds (院落) are held on a date? One page in the order of ids.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set after 0 \set page_size 100
SELECT id, code, name, name_en, address, jurisdiction_code, classified,
       fangdi.lonlat(outline) AS location, fangdi.bbox(outline) AS bbox
  FROM fangdi.site
 WHERE site.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR site.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND site.id > CAST(:after AS bigint)
 ORDER BY site.id
 LIMIT CAST(:page_size AS integer);

-- Which buildings (楼座) stand on a date? One page in the order of ids.
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null \set site_id null \set after 0 \set page_size 100
SELECT id, code, name, name_en, address, site_id, storeys_above, storeys_below, built_year, jurisdiction_code, classified,
       fangdi.lonlat(location) AS location, fangdi.bbox(COALESCE(outline, location)) AS bbox
  FROM fangdi.building
 WHERE building.valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR building.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
   AND (CAST(:site_id AS bigint) IS NULL OR site_id = :site_id)
   AND building.id > CAST(:after AS bigint)
 ORDER BY building.id
 LIMIT CAST(:page_size AS integer);

-- Which jurisdictions (行政区) are in force on a date? One page in the order of their codes.
-- psql: \set as_of '''2026-01-01''' \set after '''''' \set page_size 100
SELECT code, name, name_en, level, parent_code, fangdi.lonlat(boundary) AS location, fangdi.bbox(boundary) AS bbox
  FROM fangdi.jurisdiction
 WHERE valid @> CAST(:as_of AS date)
   AND code > CAST(:after AS text)
 ORDER BY code
 LIMIT CAST(:page_size AS integer);

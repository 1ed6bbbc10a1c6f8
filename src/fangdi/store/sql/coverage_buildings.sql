-- Which buildings stand on a date, and where (EPSG:4490)?
-- psql: \set as_of '''2026-01-01''' \set jurisdictions null
SELECT id, name, ST_X(location) AS longitude, ST_Y(location) AS latitude
  FROM fangdi.building
 WHERE valid @> CAST(:as_of AS date)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY id;

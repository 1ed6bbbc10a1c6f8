-- Which concentrated-office zones (集中办公区) are designated on a date? Outlines as GeoJSON (CGCS2000 degrees), radius in m.
-- psql: \set as_of '''2026-01-01''' \set zone_id null \set jurisdictions null
SELECT id, code, name, name_en, jurisdiction_code, radius_m,
       CAST(ST_AsGeoJSON(outline, 9, 0) AS json) AS outline, fangdi.lonlat(outline) AS location, fangdi.bbox(outline) AS bbox
  FROM fangdi.zone
 WHERE kind = 'concentrated'
   AND valid @> CAST(:as_of AS date)
   AND (CAST(:zone_id AS bigint) IS NULL OR id = :zone_id)
   AND (CAST(:jurisdictions AS text[]) IS NULL
        OR jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
 ORDER BY id;

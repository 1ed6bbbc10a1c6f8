-- Which sites (院落), not classified, do these buildings stand in? Outlines as GeoJSON, EPSG:4490.
-- psql: \set building_ids '''{1,2}''' \set as_of '''2026-01-01'''
SELECT id, name, name_en, address, ST_AsGeoJSON(outline, 7)::jsonb AS shape
  FROM fangdi.site
 WHERE outline IS NOT NULL AND NOT classified AND valid @> CAST(:as_of AS date)
   AND id IN (SELECT site_id FROM fangdi.building WHERE building.id = ANY (CAST(:building_ids AS bigint[])))
 ORDER BY id;

-- Which parcels (宗地), not classified, carry these buildings or their sites? Outlines as GeoJSON, EPSG:4490.
-- Areas in m²: registered, measured.
-- psql: \set building_ids '''{1,2}''' \set as_of '''2026-01-01'''
SELECT parcel.id, parcel.code, parcel.address, parcel.land_use_code, parcel.land_use_scheme,
       parcel.registered_land_m2, parcel.measured_land_m2, title.state AS title,
       ST_AsGeoJSON(parcel.outline, 7)::jsonb AS shape
  FROM fangdi.parcel
  LEFT JOIN fangdi.title ON title.parcel_id = parcel.id AND title.valid @> CAST(:as_of AS date)
 WHERE parcel.valid @> CAST(:as_of AS date) AND NOT parcel.classified
   AND parcel.id IN (SELECT parcel_id FROM fangdi.building_parcel
                      WHERE building_id = ANY (CAST(:building_ids AS bigint[]))
                      UNION
                     SELECT site_parcel.parcel_id
                       FROM fangdi.site_parcel JOIN fangdi.building ON building.site_id = site_parcel.site_id
                      WHERE building.id = ANY (CAST(:building_ids AS bigint[])))
 ORDER BY parcel.id;

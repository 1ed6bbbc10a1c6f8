-- What is this compound (院落) on a date, on which parcels does it lie and which buildings stand in it?
-- psql: \set id 1 \set as_of '''2026-01-01'''
SELECT here.id, here.code, here.jurisdiction_code, here.name, here.name_en, here.address, here.classified,
       lower(here.valid) AS valid_from, upper(here.valid) AS valid_until,
       fangdi.bbox(COALESCE(here.outline, inside.extent)) AS bbox,
       fangdi.lonlat(COALESCE(here.outline, ST_Centroid(inside.extent))) AS location,
       jsonb_build_object(
           'up', (SELECT jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name))
                    FROM fangdi.jurisdiction WHERE code = here.jurisdiction_code)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'parcel', 'id', parcel.id,
                                                               'label', parcel.code) ORDER BY parcel.id), '[]')
                    FROM fangdi.site_parcel JOIN fangdi.parcel ON parcel.id = site_parcel.parcel_id
                   WHERE site_parcel.site_id = here.id),
           'down', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'building', 'id', id, 'label', name)
                                              ORDER BY id), '[]')
                      FROM fangdi.building
                     WHERE site_id = here.id AND valid @> CAST(:as_of AS date))) AS links
  FROM fangdi.site AS here
 CROSS JOIN LATERAL (
       SELECT ST_SetSRID(geometry(ST_Extent(COALESCE(outline, location))), 4490) AS extent
         FROM fangdi.building WHERE site_id = here.id
       ) AS inside
 WHERE here.id = :id;

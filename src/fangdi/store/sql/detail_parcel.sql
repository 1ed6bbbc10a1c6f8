-- What is this parcel (宗地) on a date: its right, title and land area (m²) by basis, and what stands on it?
-- psql: \set id 1 \set as_of '''2026-01-01'''
SELECT here.id, here.code, here.jurisdiction_code, here.parcel_code, here.unit_code, here.address, here.right_type,
       here.right_nature, here.holder, here.land_use_scheme, here.land_use_code, here.classified,
       lower(here.valid) AS valid_from, upper(here.valid) AS valid_until,
       jsonb_build_object('registered', registered_land_m2, 'planning', planning_land_m2,
                          'declared', declared_land_m2, 'measured', measured_land_m2) AS areas,
       (SELECT jsonb_build_object('state', state, 'holder', holder, 'holder_agency_id', holder_agency_id,
                                  'certificate_no', certificate_no, 'since', lower(valid))
          FROM fangdi.title WHERE parcel_id = here.id AND valid @> CAST(:as_of AS date)) AS title,
       fangdi.bbox(here.outline) AS bbox, fangdi.lonlat(here.outline) AS location,
       jsonb_build_object(
           'up', (SELECT jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name))
                    FROM fangdi.jurisdiction WHERE code = here.jurisdiction_code)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'agency', 'id', id, 'label', name)), '[]')
                    FROM fangdi.agency WHERE id = here.holder_agency_id),
           'down', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'site', 'id', site.id, 'label', site.name)
                                              ORDER BY site.id), '[]')
                      FROM fangdi.site_parcel JOIN fangdi.site ON site.id = site_parcel.site_id
                     WHERE site_parcel.parcel_id = here.id)
                || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'building', 'id', building.id,
                                                                 'label', building.name) ORDER BY building.id), '[]')
                      FROM fangdi.building_parcel JOIN fangdi.building ON building.id = building_parcel.building_id
                     WHERE building_parcel.parcel_id = here.id AND building.valid @> CAST(:as_of AS date))) AS links
  FROM fangdi.parcel AS here
 WHERE here.id = :id;

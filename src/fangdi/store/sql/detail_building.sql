-- What is this building (楼座) on a date: floors, title, tenure, gross area (建筑面积, m²) by basis, and who is in it?
-- psql: \set id 1 \set as_of '''2026-01-01'''
SELECT here.id, here.code, here.jurisdiction_code, here.site_id, here.natural_code, here.name, here.name_en,
       here.address, here.storeys_above, here.storeys_below, here.height_m, here.built_year, here.structure,
       here.safety_grade, here.has_lift, here.classified, here.plan_crs,
       lower(here.valid) AS valid_from, upper(here.valid) AS valid_until,
       jsonb_build_object('registered', registered_gross_m2, 'planning', planning_gross_m2,
                          'declared', declared_gross_m2, 'measured', measured_gross_m2) AS areas,
       (SELECT jsonb_build_object('state', state, 'holder', holder, 'holder_agency_id', holder_agency_id,
                                  'certificate_no', certificate_no, 'since', lower(valid))
          FROM fangdi.title WHERE building_id = here.id AND valid @> CAST(:as_of AS date)) AS title,
       (SELECT jsonb_build_object('kind', kind, 'counterparty', counterparty, 'annual_rent_yuan', annual_rent_yuan,
                                  'since', lower(valid), 'until', upper(valid))
          FROM fangdi.tenure WHERE building_id = here.id AND valid @> CAST(:as_of AS date)) AS tenure,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object(
                   'id', floor.id, 'level', floor.level, 'name', floor.name,
                   'rooms', (SELECT count(*) FROM fangdi.room
                              WHERE room.floor_id = floor.id AND room.valid @> CAST(:as_of AS date)))
                   ORDER BY floor.level), '[]')
          FROM fangdi.floor WHERE floor.building_id = here.id) AS floors,
       fangdi.bbox(COALESCE(here.outline, here.location)) AS bbox, fangdi.lonlat(here.location) AS location,
       jsonb_build_object(
           'up', (SELECT jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name))
                    FROM fangdi.jurisdiction WHERE code = here.jurisdiction_code)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'parcel', 'id', parcel.id,
                                                               'label', parcel.code) ORDER BY parcel.id), '[]')
                    FROM fangdi.building_parcel JOIN fangdi.parcel ON parcel.id = building_parcel.parcel_id
                   WHERE building_parcel.building_id = here.id)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'site', 'id', id, 'label', name)), '[]')
                    FROM fangdi.site WHERE id = here.site_id),
           'down', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'floor', 'id', id, 'label', name)
                                              ORDER BY level), '[]')
                      FROM fangdi.floor WHERE building_id = here.id)
                || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'agency', 'id', id, 'label', name)
                                              ORDER BY id), '[]')
                      FROM fangdi.agency
                     WHERE id IN (SELECT occupancy.agency_id
                                    FROM fangdi.room JOIN fangdi.occupancy ON occupancy.room_id = room.id
                                   WHERE room.building_id = here.id AND room.valid @> CAST(:as_of AS date)
                                     AND occupancy.valid @> CAST(:as_of AS date)))) AS links
  FROM fangdi.building AS here
 WHERE here.id = :id;

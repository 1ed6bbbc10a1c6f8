-- What is this room (房间) on a date: usable area (使用面积, m²) by basis, who uses it, who used it, and its status?
-- psql: \set id 1 \set as_of '''2026-01-01'''
SELECT here.id, here.code, here.jurisdiction_code, here.building_id, here.floor_id, floor.level, here.number, here.name,
       here.use_code AS use, room_use.name AS use_name, room_use.name_en AS use_name_en, room_use.category,
       room_use.assignable, here.seats, here.classified,
       lower(here.valid) AS valid_from, upper(here.valid) AS valid_until, here.valid @> CAST(:as_of AS date) AND building.valid @> CAST(:as_of AS date) AS exists,
       jsonb_build_object('registered', here.registered_usable_m2, 'planning', here.planning_usable_m2,
                          'declared', here.declared_usable_m2, 'measured', here.measured_usable_m2) AS areas,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('agency_id', agency.id, 'agency_name', agency.name, 'unit', unit,
                                                     'share', share, 'since', lower(occupancy.valid),
                                                     'until', upper(occupancy.valid))
                                  ORDER BY share DESC, agency.id), '[]')
          FROM fangdi.occupancy JOIN fangdi.agency ON agency.id = occupancy.agency_id
         WHERE room_id = here.id AND occupancy.valid @> CAST(:as_of AS date)) AS occupants,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('agency_id', agency.id, 'agency_name', agency.name, 'unit', unit,
                                                     'share', share, 'since', lower(occupancy.valid),
                                                     'until', upper(occupancy.valid))
                                  ORDER BY lower(occupancy.valid) DESC NULLS LAST, agency.id), '[]')
          FROM fangdi.occupancy JOIN fangdi.agency ON agency.id = occupancy.agency_id
         WHERE room_id = here.id) AS history,
       (SELECT jsonb_build_object('status', status, 'reason', reason, 'since', lower(valid), 'until', upper(valid))
          FROM fangdi.room_status WHERE room_id = here.id AND valid @> CAST(:as_of AS date)) AS status,
       COALESCE(GREATEST(
           (SELECT max(upper(valid)) FROM fangdi.occupancy
             WHERE room_id = here.id AND upper(valid) <= CAST(:as_of AS date)),
           (SELECT max(upper(valid)) FROM fangdi.room_status
             WHERE room_id = here.id AND upper(valid) <= CAST(:as_of AS date))),
           GREATEST(lower(here.valid), lower(building.valid))) AS free_since,
       fangdi.bbox(COALESCE(here.outline, building.location)) AS bbox,
       fangdi.lonlat(COALESCE(here.outline, building.location)) AS location,
       jsonb_build_object(
           'up', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'parcel', 'id', parcel.id,
                                                               'label', parcel.code) ORDER BY parcel.id), '[]')
                    FROM fangdi.building_parcel JOIN fangdi.parcel ON parcel.id = building_parcel.parcel_id
                   WHERE building_parcel.building_id = here.building_id)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'site', 'id', id, 'label', name)), '[]')
                    FROM fangdi.site WHERE id = building.site_id)
              || jsonb_build_array(jsonb_build_object('kind', 'building', 'id', building.id, 'label', building.name),
                                   jsonb_build_object('kind', 'floor', 'id', floor.id, 'label', floor.name)),
           'down', (SELECT COALESCE(jsonb_agg(DISTINCT jsonb_build_object('kind', 'agency', 'id', agency.id,
                                                                          'label', agency.name)), '[]')
                      FROM fangdi.occupancy JOIN fangdi.agency ON agency.id = occupancy.agency_id
                     WHERE room_id = here.id AND occupancy.valid @> CAST(:as_of AS date))) AS links
  FROM fangdi.room AS here
  JOIN fangdi.room_use ON room_use.code = here.use_code
  JOIN fangdi.floor ON floor.id = here.floor_id
  JOIN fangdi.building ON building.id = here.building_id
 WHERE here.id = :id;

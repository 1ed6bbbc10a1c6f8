-- What is this floor (楼层) on a date: gross area (m²) by basis and its rooms?
-- psql: \set id 1 \set as_of '''2026-01-01'''
SELECT here.id, here.jurisdiction_code, here.building_id, here.level, here.name, here.elevation_m, here.height_m,
       jsonb_build_object('registered', here.registered_gross_m2, 'planning', here.planning_gross_m2,
                          'declared', here.declared_gross_m2, 'measured', here.measured_gross_m2) AS areas,
       inside.rooms,
       fangdi.bbox(COALESCE(here.outline, inside.extent, building.location)) AS bbox,
       fangdi.lonlat(COALESCE(here.outline, building.location)) AS location,
       jsonb_build_object(
           'up', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'site', 'id', id, 'label', name)), '[]')
                    FROM fangdi.site WHERE id = building.site_id)
              || jsonb_build_array(jsonb_build_object('kind', 'building', 'id', building.id, 'label', building.name)),
           'down', inside.links) AS links
  FROM fangdi.floor AS here
  JOIN fangdi.building ON building.id = here.building_id
 CROSS JOIN LATERAL (
       SELECT count(*) AS rooms, ST_SetSRID(geometry(ST_Extent(outline)), 4490) AS extent,
              COALESCE(jsonb_agg(jsonb_build_object('kind', 'room', 'id', id, 'label', COALESCE(number, name, code))
                                 ORDER BY number, id), '[]') AS links
         FROM fangdi.room WHERE floor_id = here.id AND valid @> CAST(:as_of AS date)
       ) AS inside
 WHERE here.id = :id;

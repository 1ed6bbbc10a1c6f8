-- What is this agency (机关) on a date: its posts (编制, persons), staff present and the buildings it uses?
-- psql: \set id 1 \set as_of '''2026-01-01'''
WITH uses AS (
    SELECT room.building_id, count(DISTINCT room.id) AS rooms
      FROM fangdi.occupancy
      JOIN fangdi.room ON room.id = occupancy.room_id AND room.valid @> CAST(:as_of AS date)
           AND room.building_id NOT IN (SELECT building_gone.id FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone)
     WHERE occupancy.agency_id = :id AND occupancy.valid @> CAST(:as_of AS date)
     GROUP BY room.building_id
)
SELECT here.id, here.code, here.jurisdiction_code, here.name, here.short_name, here.name_en, here.level, here.kind,
       here.uscc, lower(here.valid) AS valid_from, upper(here.valid) AS valid_until,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('rank', staff_rank.code, 'zh', staff_rank.name,
                                                     'en', staff_rank.name_en, 'leader', staff_rank.leader,
                                                     'posts', agency_posts.posts) ORDER BY staff_rank.sort), '[]')
          FROM fangdi.agency_posts JOIN fangdi.staff_rank ON staff_rank.code = agency_posts.rank_code
         WHERE agency_posts.agency_id = here.id AND agency_posts.valid @> CAST(:as_of AS date)) AS posts_by_rank,
       (SELECT present FROM fangdi.agency_staff
         WHERE agency_id = here.id AND valid @> CAST(:as_of AS date)) AS present,
       (SELECT COALESCE(jsonb_agg(jsonb_build_object('id', building.id, 'name', building.name, 'rooms', uses.rooms,
                                                     'location', fangdi.lonlat(building.location))
                                  ORDER BY uses.rooms DESC, building.id), '[]')
          FROM uses JOIN fangdi.building ON building.id = uses.building_id) AS buildings,
       (SELECT fangdi.bbox(ST_SetSRID(ST_Extent(COALESCE(building.outline, building.location)), 4490))
          FROM uses JOIN fangdi.building ON building.id = uses.building_id) AS bbox,
       (SELECT fangdi.lonlat(building.location)
          FROM uses JOIN fangdi.building ON building.id = uses.building_id
         ORDER BY uses.rooms DESC, building.id LIMIT 1) AS location,
       jsonb_build_object(
           'up', (SELECT jsonb_agg(jsonb_build_object('kind', 'jurisdiction', 'id', code, 'label', name))
                    FROM fangdi.jurisdiction WHERE code = here.jurisdiction_code)
              || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'agency', 'id', id, 'label', name)), '[]')
                    FROM fangdi.agency WHERE id = here.parent_id),
           'down', (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'agency', 'id', id, 'label', name)
                                              ORDER BY id), '[]')
                      FROM fangdi.agency WHERE parent_id = here.id AND valid @> CAST(:as_of AS date))
                || (SELECT COALESCE(jsonb_agg(jsonb_build_object('kind', 'building', 'id', building.id,
                                                                 'label', building.name)
                                              ORDER BY uses.rooms DESC, building.id), '[]')
                      FROM uses JOIN fangdi.building ON building.id = uses.building_id)) AS links
  FROM fangdi.agency AS here
 WHERE here.id = :id;

-- What usable area (使用面积, m², one basis) has each agency on a date, by building and category? One page.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set agency_id null
--       \set category null \set after_agency 0 \set after_building 0
--       \set after_category '''''' \set page_size 100
-- Agency by agency, so that a page is found without adding up all agencies.
SELECT agency.id AS agency_id, agency.name AS agency_name, agency.level AS agency_level,
       counted.building_id, building.name AS building_name, fangdi.lonlat(building.location) AS building_location,
       counted.category, counted.rooms, COALESCE(counted.area_m2, 0) AS area_m2,
       counted.rooms - counted.with_area AS rooms_without_area
  FROM fangdi.agency
 CROSS JOIN LATERAL (
       SELECT room.building_id, room_use.category, count(*) AS rooms,
              count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                    room.declared_usable_m2, room.measured_usable_m2)) AS with_area,
              sum(used.share * fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                               room.declared_usable_m2, room.measured_usable_m2)) AS area_m2
         FROM (SELECT room_id, CAST(sum(share) AS double precision) AS share
                 FROM fangdi.occupancy
                WHERE agency_id = agency.id AND valid @> CAST(:as_of AS date)
                GROUP BY room_id) AS used
         JOIN fangdi.room ON room.id = used.room_id
         JOIN fangdi.room_use ON room_use.code = room.use_code
        WHERE room.valid @> CAST(:as_of AS date)
          AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone
                            WHERE building_gone.id = room.building_id)
          AND room_use.category <> 'circulation'
          AND (CAST(:category AS text) IS NULL OR room_use.category = :category)
          AND (CAST(:jurisdictions AS text[]) IS NULL
               OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
        GROUP BY room.building_id, room_use.category
       ) AS counted
  JOIN fangdi.building ON building.id = counted.building_id
 WHERE agency.id >= CAST(:after_agency AS bigint)
   AND (CAST(:agency_id AS bigint) IS NULL OR agency.id = :agency_id)
   AND (agency.id, counted.building_id, counted.category)
       > (CAST(:after_agency AS bigint), CAST(:after_building AS bigint), CAST(:after_category AS text))
 ORDER BY agency.id, counted.building_id, counted.category
 LIMIT CAST(:page_size AS integer);

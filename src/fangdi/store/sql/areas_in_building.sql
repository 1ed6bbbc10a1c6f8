-- What usable area (使用面积, m², one basis) has each agency in one building on a date, by category? One page.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdictions null \set agency_id null
--       \set building_id 1 \set category null \set after_agency 0 \set after_building 0
--       \set after_category '''''' \set page_size 100
WITH used AS (
    SELECT occupancy.agency_id, room_use.category, room.id,
           fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                           room.declared_usable_m2, room.measured_usable_m2) AS area_m2,
           CAST(sum(occupancy.share) AS double precision) AS share
      FROM fangdi.room
      JOIN fangdi.room_use ON room_use.code = room.use_code
      JOIN fangdi.occupancy ON occupancy.room_id = room.id
     WHERE room.building_id = :building_id
       AND room.valid @> CAST(:as_of AS date)
       AND NOT EXISTS (SELECT FROM fangdi.buildings_gone(CAST(:as_of AS date)) AS building_gone
                            WHERE building_gone.id = room.building_id)
       AND occupancy.valid @> CAST(:as_of AS date)
       AND room_use.category <> 'circulation'
       AND (CAST(:category AS text) IS NULL OR room_use.category = :category)
       AND (CAST(:agency_id AS bigint) IS NULL OR occupancy.agency_id = :agency_id)
       AND (CAST(:jurisdictions AS text[]) IS NULL
            OR room.jurisdiction_code = ANY (CAST(:jurisdictions AS text[])))
     GROUP BY occupancy.agency_id, room_use.category, room.id
)
SELECT agency.id AS agency_id, agency.name AS agency_name, agency.level AS agency_level,
       building.id AS building_id, building.name AS building_name,
       fangdi.lonlat(building.location) AS building_location, used.category,
       count(*) AS rooms, COALESCE(sum(used.share * used.area_m2), 0) AS area_m2,
       count(*) - count(used.area_m2) AS rooms_without_area
  FROM used
  JOIN fangdi.agency ON agency.id = used.agency_id
  JOIN fangdi.building ON building.id = :building_id
 WHERE (agency.id, building.id, used.category)
       > (CAST(:after_agency AS bigint), CAST(:after_building AS bigint), CAST(:after_category AS text))
 GROUP BY agency.id, building.id, used.category
 ORDER BY agency.id, building.id, used.category
 LIMIT CAST(:page_size AS integer);

-- What usable area (使用面积, m², one basis) has each agency on a date, by building and category? One page and the total.
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdiction null \set agency_id null
--       \set building_id null \set category null \set after_agency 0 \set after_building 0
--       \set after_category '''''' \set page_size 100
-- A room used whole has one row here; a shared one has a row an agency. `first` marks one row of each room, so that the
-- total counts a shared room once.
WITH used AS (
    SELECT agency_id, room_id, CAST(1 AS double precision) AS share, true AS first
      FROM fangdi.occupancy
     WHERE share = 1
       AND valid @> CAST(:as_of AS date)
       AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
    UNION ALL
    SELECT agency_id, room_id, CAST(sum(share) AS double precision),
           row_number() OVER (PARTITION BY room_id ORDER BY agency_id) = 1
      FROM fangdi.occupancy
     WHERE share < 1
       AND valid @> CAST(:as_of AS date)
       AND (CAST(:agency_id AS bigint) IS NULL OR agency_id = :agency_id)
     GROUP BY agency_id, room_id
),
by_use AS (
    SELECT used.agency_id, room.building_id, room.use_code,
           count(*) AS rooms,
           count(*) FILTER (WHERE used.first) AS rooms_once,
           sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                               room.declared_usable_m2, room.measured_usable_m2) * used.share) AS area_m2,
           count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                 room.declared_usable_m2, room.measured_usable_m2)) AS with_area,
           count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                 room.declared_usable_m2, room.measured_usable_m2)) FILTER (WHERE used.first) AS with_area_once
      FROM used
      JOIN fangdi.room ON room.id = used.room_id
     WHERE room.valid @> CAST(:as_of AS date)
       AND (CAST(:building_id AS bigint) IS NULL OR room.building_id = :building_id)
       AND (CAST(:jurisdiction AS text) IS NULL
            OR room.jurisdiction_code IN (SELECT fangdi.jurisdiction_subtree(:jurisdiction)))
     GROUP BY used.agency_id, room.building_id, room.use_code
),
counted AS MATERIALIZED (
    SELECT agency_id, building_id, room_use.category,
           CAST(sum(rooms) AS bigint) AS rooms,
           CAST(sum(rooms_once) AS bigint) AS rooms_once,
           COALESCE(sum(area_m2), 0) AS area_m2,
           CAST(sum(rooms - with_area) AS bigint) AS rooms_without_area,
           CAST(sum(rooms_once - with_area_once) AS bigint) AS without_area_once
      FROM by_use
      JOIN fangdi.room_use ON room_use.code = by_use.use_code
     WHERE room_use.category <> 'circulation'
       AND (CAST(:category AS text) IS NULL OR room_use.category = :category)
     GROUP BY agency_id, building_id, room_use.category
),
total AS (
    SELECT CAST(COALESCE(sum(rooms_once), 0) AS bigint) AS total_rooms,
           COALESCE(sum(area_m2), 0) AS total_area_m2,
           CAST(COALESCE(sum(without_area_once), 0) AS bigint) AS total_rooms_without_area
      FROM counted
)
SELECT total.*, page.*
  FROM total
  LEFT JOIN (
       SELECT counted.agency_id, agency.name AS agency_name, agency.level AS agency_level,
              counted.building_id, building.name AS building_name, fangdi.lonlat(building.location) AS building_location,
              counted.category, counted.rooms, counted.area_m2, counted.rooms_without_area
         FROM counted
         JOIN fangdi.agency ON agency.id = counted.agency_id
         JOIN fangdi.building ON building.id = counted.building_id
        WHERE (counted.agency_id, counted.building_id, counted.category)
              > (CAST(:after_agency AS bigint), CAST(:after_building AS bigint), CAST(:after_category AS text))
        ORDER BY counted.agency_id, counted.building_id, counted.category
        LIMIT CAST(:page_size AS integer)
       ) AS page ON true
 ORDER BY page.agency_id, page.building_id, page.category;

-- What usable area (使用面积, m², one basis) has each agency on a date, by category?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdiction null
-- `rooms_once` and `without_area_once` count a shared room for one of its users only, so that they add up to all rooms.
WITH used AS (
    SELECT agency_id, room_id, CAST(1 AS double precision) AS share, true AS first
      FROM fangdi.occupancy
     WHERE share = 1
       AND valid @> CAST(:as_of AS date)
    UNION ALL
    SELECT agency_id, room_id, CAST(sum(share) AS double precision),
           row_number() OVER (PARTITION BY room_id ORDER BY agency_id) = 1
      FROM fangdi.occupancy
     WHERE share < 1
       AND valid @> CAST(:as_of AS date)
     GROUP BY agency_id, room_id
),
by_use AS (
    SELECT used.agency_id, room.use_code,
           count(*) AS rooms,
           count(*) FILTER (WHERE used.first) AS rooms_once,
           sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                               room.declared_usable_m2, room.measured_usable_m2) * used.share) AS area_m2,
           count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                 room.declared_usable_m2, room.measured_usable_m2)) AS with_area,
           count(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                 room.declared_usable_m2, room.measured_usable_m2))
               FILTER (WHERE used.first) AS with_area_once
      FROM used
      JOIN fangdi.room ON room.id = used.room_id
     WHERE room.valid @> CAST(:as_of AS date)
       AND (CAST(:jurisdiction AS text) IS NULL
            OR room.jurisdiction_code IN (SELECT fangdi.jurisdiction_subtree(:jurisdiction)))
     GROUP BY used.agency_id, room.use_code
)
SELECT agency_id, room_use.category,
       CAST(sum(rooms) AS bigint) AS rooms,
       CAST(sum(rooms_once) AS bigint) AS rooms_once,
       COALESCE(sum(area_m2), 0) AS area_m2,
       CAST(sum(rooms - with_area) AS bigint) AS rooms_without_area,
       CAST(sum(rooms_once - with_area_once) AS bigint) AS without_area_once
  FROM by_use
  JOIN fangdi.room_use ON room_use.code = by_use.use_code
 WHERE room_use.category <> 'circulation'
 GROUP BY agency_id, room_use.category
 ORDER BY agency_id, room_use.category;

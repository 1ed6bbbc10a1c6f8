-- What usable area (使用面积, m², one basis) has each agency in each building on a date?
-- psql: \set as_of '''2026-01-01''' \set basis '''measured''' \set jurisdiction null
SELECT occupancy.agency_id, room.building_id,
       COALESCE(sum(fangdi.of_basis(:basis, room.registered_usable_m2, room.planning_usable_m2,
                                    room.declared_usable_m2, room.measured_usable_m2)
                    * CASE WHEN occupancy.share = 1 THEN 1 ELSE CAST(occupancy.share AS double precision) END), 0) AS area_m2
  FROM fangdi.occupancy
  JOIN fangdi.room ON room.id = occupancy.room_id
  JOIN fangdi.room_use ON room_use.code = room.use_code
 WHERE occupancy.valid @> CAST(:as_of AS date)
   AND room.valid @> CAST(:as_of AS date)
   AND room_use.category <> 'circulation'
   AND (CAST(:jurisdiction AS text) IS NULL
        OR room.jurisdiction_code IN (SELECT fangdi.jurisdiction_subtree(:jurisdiction)))
 GROUP BY occupancy.agency_id, room.building_id;
